// @ts-check
/** Discord's markdown as nodes: blocks, line by line. Nothing here ever becomes HTML. */
import { h } from "./dom.js";
import { inline } from "./inline.js";

/** @typedef {import("./mentions.js").Names} Names */

const HEADING = /^(#{1,3}) +(\S.*)$/;
const SMALL = /^-# +(\S.*)$/;
const ITEM = /^( {0,20})(?:[-*]|(\d{1,9})\.) +(\S.*)$/;
const QUOTE = /^> (.*)$/;
const FENCE = "```";
const DEEPEST_LIST = 6;

/** @param {string} text @param {Names} names @returns {DocumentFragment} */
export function markdown(text, names) {
  const fragment = document.createDocumentFragment();
  fragment.append(...blocks(text, names, true));
  rank(fragment);
  return fragment;
}

/**
 * Let no heading be more than a level below the one before, whatever size it has.
 *
 * @param {DocumentFragment} fragment
 */
function rank(fragment) {
  let level = 1;
  for (const heading of fragment.querySelectorAll(".heading")) {
    level = Math.min(level + 1, Number(heading.tagName[1]));
    const tag = /** @type {const} */ (["h2", "h3", "h4"])[level - 2];
    heading.replaceWith(h(tag, { class: heading.className }, [...heading.childNodes]));
  }
}

/** @param {string} text @param {Names} names @param {boolean} canQuote @returns {Node[]} */
function blocks(text, names, canQuote) {
  /** @type {Node[]} */
  const made = [];
  let rest = 0;
  let hasFences = true;
  while (rest <= text.length) {
    const lineEnd = endOfLine(text, rest);
    const line = text.slice(rest, lineEnd);
    if (canQuote && line.startsWith(">>> ")) {
      made.push(h("blockquote", { class: "quote" }, blocks(text.slice(rest + 4), names, false)));
      break;
    }
    if (canQuote && QUOTE.test(line)) {
      const [lines, end] = take(text, rest, (one) => QUOTE.exec(one)?.[1]);
      made.push(h("blockquote", { class: "quote" }, blocks(lines.join("\n"), names, false)));
      rest = end;
      continue;
    }
    const fence = hasFences ? line.indexOf(FENCE) : -1;
    const closing = fence < 0 ? -1 : text.indexOf(FENCE, rest + fence + 3);
    if (fence >= 0 && closing < 0) hasFences = false;
    if (closing > rest + fence + 3) {
      if (fence) made.push(...plain([line.slice(0, fence)], names));
      made.push(codeBlock(text.slice(rest + fence + 3, closing)));
      rest = closing + 3;
      if (text[rest] === "\n") rest += 1;
      if (rest >= text.length) break;
      continue;
    }
    if (ITEM.test(line)) {
      const [lines, end] = take(text, rest, (one) => (ITEM.test(one) ? one : undefined));
      made.push(list(lines, names));
      rest = end;
      continue;
    }
    const special = oneLine(line, names);
    if (special) {
      made.push(special);
      rest = lineEnd + 1;
      continue;
    }
    const [lines, end] = take(text, rest, (one, place) => {
      const ends = place > rest && isBlock(one, canQuote, hasFences);
      return ends ? undefined : one;
    });
    made.push(...plain(lines, names));
    rest = end;
  }
  return made;
}

/** @param {string} line @param {boolean} canQuote @param {boolean} hasFences */
function isBlock(line, canQuote, hasFences) {
  if (canQuote && (QUOTE.test(line) || line.startsWith(">>> "))) return true;
  return HEADING.test(line) || SMALL.test(line) || ITEM.test(line) || (hasFences && line.includes(FENCE));
}

/** @param {string} text @param {number} from */
function endOfLine(text, from) {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/**
 * Take lines as long as `read` gives something for them; also says where the next line begins.
 *
 * @param {string} text
 * @param {number} from
 * @param {(line: string, place: number) => string | undefined} read
 * @returns {[string[], number]}
 */
function take(text, from, read) {
  const lines = [];
  let place = from;
  while (place <= text.length) {
    const end = endOfLine(text, place);
    const line = read(text.slice(place, end), place);
    if (line === undefined) break;
    lines.push(line);
    place = end + 1;
  }
  return [lines, place];
}

/** @param {string[]} lines @param {Names} names @returns {Node[]} */
function plain(lines, names) {
  const text = lines.join("\n");
  return text.trim() ? ownLines(inline(text, names)) : [h("p", { class: "gap" })];
}

/**
 * Let each line be a paragraph, so that they are read one by one; marks that go on keep theirs together.
 *
 * @param {(Node | string)[]} nodes
 */
function ownLines(nodes) {
  /** @type {(Node | string)[][]} */
  const lines = [[]];
  for (const node of nodes) {
    const [first, ...more] = typeof node === "string" ? node.split("\n") : [node];
    lines[lines.length - 1].push(first);
    for (const one of more) lines.push([one]);
  }
  return lines.map((line) => (line.some(Boolean) ? h("p", {}, line) : h("p", { class: "gap" })));
}

/** @param {string} line @param {Names} names */
function oneLine(line, names) {
  const small = SMALL.exec(line);
  if (small) return h("p", { class: "small" }, h("small", {}, inline(small[1], names)));
  const heading = HEADING.exec(line);
  if (!heading) return null;
  const tag = /** @type {const} */ (["h2", "h3", "h4"])[heading[1].length - 1];
  return h(tag, { class: `heading heading-${heading[1].length}` }, inline(heading[2], names));
}

/** @param {string} text */
function codeBlock(text) {
  const found = /^[\w+#.-]{0,30}\n/.exec(text);
  const code = text.slice(found && text.trim().includes("\n") ? found[0].length : 0);
  return h("pre", { class: "code-block", tabindex: 0 }, h("code", {}, code.replace(/^\n|\n$/g, "")));
}

/**
 * Nest list items by their indentation.
 *
 * @param {string[]} lines
 * @param {Names} names
 */
function list(lines, names) {
  /** @type {{indent: number, tag: "ol" | "ul", list: HTMLElement}[]} */
  const open = [];
  const outermost = h("div", { class: "lists" });
  for (const line of lines) {
    const [, spaces, number, text] = /** @type {RegExpExecArray} */ (ITEM.exec(line));
    const indent = spaces.length;
    const tag = number ? "ol" : "ul";
    while (open.length && open[open.length - 1].indent > indent) open.pop();
    if (open.at(-1)?.indent === indent && open.at(-1)?.tag !== tag) open.pop();
    const top = open.at(-1);
    if (!top || (top.indent < indent && open.length < DEEPEST_LIST)) {
      const made = h(tag, { start: number });
      (top?.list.lastElementChild ?? outermost).append(made);
      open.push({ indent, tag, list: made });
    }
    open[open.length - 1].list.append(h("li", {}, inline(text, names)));
  }
  return outermost;
}
