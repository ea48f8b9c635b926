// @ts-check
/**
 * Discord's markdown within a line, in one pass: a stack of open marks, of limited depth, so that
 * the time grows with the length of a text and a bomb of marks stays text.
 */
import { h } from "./dom.js";
import { link, mention, time } from "./mentions.js";
import { spoiler } from "./spoiler.js";

/** @typedef {import("./mentions.js").Names} Names */
/** @typedef {{mark: string, children: (Node | string)[]}} Frame */

const DEEPEST = 12;
/** @type {Record<string, "strong" | "em" | "u" | "s">} */
const TAGS = { "**": "strong", "*": "em", _: "em", __: "u", "~~": "s" };
const SPECIAL = /[\\`*_~|<[]|https?:\/\//g;
const WORD = /[\p{L}\p{N}_]/u;
const MASKED = /\[([^[\]\n]{1,1000})\]\((?:<(https?:\/\/[^\s<>]{1,2000})>|(https?:\/\/(?:[^\s<>()]|\([^\s<>()]{0,200}\)){1,2000}))(?:\s+"[^"\n]{0,200}")?\)/y;
const ANGLED = /<(?:(https?:\/\/[^\s<>]{1,2000})|t:(-?\d{1,13})(?::([tTdDfFRsS]))?|(@&|@!?|#|\/)([^<>\n]{1,140})|a?:(\w{1,32}):\d{1,20})>/y;
const BARE = /https?:\/\/[^\s<>]{1,2000}/y;

/**
 * Write a line, or several, as nodes.
 *
 * @param {string} text
 * @param {Names} names
 * @returns {(Node | string)[]}
 */
export function inline(text, names) {
  return new Reader(text, names, false).read();
}

class Reader {
  /**
   * @param {string} text
   * @param {Names} names
   * @param {boolean} isLabel Whether it is the text of a link, in which no other can be.
   */
  constructor(text, names, isLabel) {
    this.text = text;
    this.names = names;
    this.isLabel = isLabel;
    this.at = 0;
    /** @type {Frame[]} */
    this.stack = [{ mark: "", children: [] }];
    this.plain = "";
    this.ticks = runsOf(text);
  }

  read() {
    const { text } = this;
    while (this.at < text.length) {
      SPECIAL.lastIndex = this.at;
      const next = SPECIAL.exec(text)?.index ?? text.length;
      this.plain += text.slice(this.at, next);
      this.at = next;
      if (next < text.length && !this.special()) {
        this.plain += text[next];
        this.at += 1;
      }
    }
    while (this.stack.length > 1) this.unwind();
    this.flush();
    return this.stack[0].children;
  }

  /** Read what stands here; false where it is only a character. */
  special() {
    switch (this.text[this.at]) {
      case "\\":
        return this.escape();
      case "`":
        return this.code();
      case "[":
        return !this.isLabel && this.masked();
      case "<":
        return !this.isLabel && this.angled();
      case "h":
        return !this.isLabel && this.bare();
      default:
        return this.marks();
    }
  }

  escape() {
    const next = this.text[this.at + 1];
    if (!next || /[0-9A-Za-z\s]/.test(next)) return false;
    this.plain += next;
    this.at += 2;
    return true;
  }

  code() {
    const { text, at } = this;
    const length = runLength(text, at);
    const places = this.ticks.get(length) ?? [];
    while ((places.at(-1) ?? Infinity) <= at) places.pop();
    const end = places.at(-1);
    if (end === undefined) {
      this.plain += text.slice(at, at + length);
      this.at += length;
    } else {
      const inner = text.slice(at + length, end);
      this.put(h("code", { class: "code" }, length > 1 ? inner.trim() : inner));
      this.at = end + length;
    }
    return true;
  }

  masked() {
    MASKED.lastIndex = this.at;
    const found = MASKED.exec(this.text);
    // A label that looks like an address could hide another one: Discord leaves that as text.
    if (!found || found[1].includes("://")) return false;
    this.put(link(found[2] ?? found[3], new Reader(found[1], this.names, true).read()));
    this.at = MASKED.lastIndex;
    return true;
  }

  angled() {
    ANGLED.lastIndex = this.at;
    const found = ANGLED.exec(this.text);
    if (!found) return false;
    const [, address, seconds, style, sign, id, emoji] = found;
    const made = address
      ? link(address, [address])
      : seconds
        ? time(Number(seconds), style)
        : emoji
          ? `:${emoji}:`
          : mention(sign, id, this.names);
    if (made === null) return false;
    this.put(made);
    this.at = ANGLED.lastIndex;
    return true;
  }

  bare() {
    BARE.lastIndex = this.at;
    const address = trimmed(BARE.exec(this.text)?.[0] ?? "");
    if (!URL.canParse(address)) return false;
    this.put(link(address, [address]));
    this.at += address.length;
    return true;
  }

  marks() {
    const { text, at } = this;
    const length = runLength(text, at);
    const run = text.slice(at, at + length);
    this.at += length;
    const isClosing = !/\s/.test(text[at - 1] ?? " ");
    const isOpening = !/\s/.test(text[this.at] ?? " ");
    for (const mark of this.split(run)) {
      if (isSingle(mark) && !this.fits(mark, at)) this.plain += mark;
      else if (this.isOpen(mark) && (isClosing || !isSingle(mark))) this.close(mark);
      else if ((isOpening || !isSingle(mark)) && this.stack.length < DEEPEST) this.begin(mark);
      else this.plain += mark;
    }
    return true;
  }

  /**
   * Split a run such as `***` into its marks; a run that is none stays whole.
   *
   * @param {string} run
   */
  split(run) {
    const [sign] = run;
    if (sign === "|") return run.length % 2 || run.length > 4 ? [run] : Array(run.length / 2).fill("||");
    if (sign === "~" || run.length > 3) return [run];
    if (run.length < 3) return [run];
    return this.stack.at(-1)?.mark === sign ? [sign, sign + sign] : [sign + sign, sign];
  }

  /**
   * Say whether a mark can be one here: `_` not within a word.
   *
   * @param {string} mark
   * @param {number} at
   */
  fits(mark, at) {
    if (mark !== "_") return true;
    const before = WORD.test(this.text[at - 1] ?? " ");
    const after = WORD.test(this.text[this.at] ?? " ");
    return this.isOpen(mark) ? !after : !before;
  }

  /** @param {string} mark */
  isOpen(mark) {
    return this.stack.some((frame) => frame.mark === mark);
  }

  /** @param {string} mark */
  begin(mark) {
    if (!(mark in TAGS) && mark !== "||") {
      this.plain += mark;
      return;
    }
    this.flush();
    this.stack.push({ mark, children: [] });
  }

  /** @param {string} mark */
  close(mark) {
    while (this.stack.at(-1)?.mark !== mark) this.unwind();
    this.flush();
    const { children } = /** @type {Frame} */ (this.stack.pop());
    if (!children.length) this.plain += mark + mark;
    else this.put(mark === "||" ? spoiler(children) : h(TAGS[mark], {}, children));
  }

  /** Make text of a mark that was opened and never closed. */
  unwind() {
    this.flush();
    const { mark, children } = /** @type {Frame} */ (this.stack.pop());
    this.stack.at(-1)?.children.push(mark, ...children);
  }

  /** @param {Node | string} node */
  put(node) {
    this.flush();
    this.stack.at(-1)?.children.push(node);
  }

  flush() {
    if (this.plain) this.stack.at(-1)?.children.push(this.plain);
    this.plain = "";
  }
}

/** @param {string} mark */
function isSingle(mark) {
  return mark.length === 1;
}

/** @param {string} text @param {number} at */
function runLength(text, at) {
  let end = at;
  while (text[end] === text[at]) end += 1;
  return end - at;
}

/**
 * List where runs of backticks begin, by their length, the first one last.
 *
 * @param {string} text
 */
function runsOf(text) {
  /** @type {Map<number, number[]>} */
  const runs = new Map();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const places = runs.get(run.length);
    if (places) places.push(index);
    else runs.set(run.length, [index]);
  }
  for (const places of runs.values()) places.reverse();
  return runs;
}

/**
 * Cut the punctuation that ends a sentence from the end of an address.
 *
 * @param {string} address
 */
function trimmed(address) {
  let end = address.length;
  const opened = address.split("(").length - address.split(")").length;
  if (opened < 0 && address.endsWith(")")) end -= 1;
  while (end > 8 && ".,:;\"'!?*_~|]".includes(address[end - 1])) end -= 1;
  return address.slice(0, end);
}
