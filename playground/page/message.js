// @ts-check
/** One message: who, when, what, and what came of a press. */
import { components } from "./components.js";
import { h } from "./dom.js";
import { embed } from "./embeds.js";
import { markdown } from "./markdown.js";
import { attachments } from "./media.js";
import { locale, parts, say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./components.js").Scene} Scene */

const SUPPRESS_EMBEDS = 1 << 2;
const COMPONENTS_V2 = 1 << 15;
const REPLY = 19;
const HUES = 360;

/**
 * What a message can do besides being read.
 *
 * @typedef {object} Deeds
 * @property {(at: HTMLElement | DOMPoint) => void} openMenu
 * @property {(at: HTMLElement | DOMPoint) => void} openUserMenu
 * @property {() => void} dismiss
 */

/** @param {Json} author @param {import("./mentions.js").Names} names */
export function nameOf(author, names) {
  return names.user(author.id) ?? author.global_name ?? author.username;
}

/**
 * Draw a disc with a picture of ours, or an initial; nobody's artwork.
 *
 * @param {string} id
 * @param {string} name
 * @param {string} [picture]
 */
export function disc(id, name, picture) {
  if (picture) return h("img", { class: "disc", src: `./${picture}`, alt: "" });
  const element = h("span", { class: "disc", "aria-hidden": true }, [...name][0]?.toUpperCase() ?? "?");
  const hue = Number((BigInt(id.replace(/\D/g, "") || 0) >> 22n) * 137n % BigInt(HUES));
  element.style.setProperty("--hue", String(hue));
  return element;
}

/**
 * Write the inside of a message.
 *
 * @param {View} view
 * @param {Scene} scene
 * @param {Deeds} deeds
 * @param {boolean} isFollowing
 */
export function message(view, scene, deeds, isFollowing) {
  const { payload } = view;
  const name = nameOf(payload.author, scene.names);
  const isApart = !isFollowing || view.used_by || isReply(payload);
  const children = [
    before(view, scene),
    isApart && disc(payload.author.id, name, scene.store.findMember(payload.author.id)?.picture),
    isApart ? head(view, name, deeds) : h("span", { class: "unseen" }, `${name} `),
    h("div", { class: "body" }, view.is_thinking ? thinking(name) : body(view, scene)),
    view.is_ephemeral && onlyYou(deeds),
    !isApart && tools(deeds),
  ];
  return children.filter((one) => one);
}

/** @param {Json} payload */
function isReply(payload) {
  return payload.type === REPLY && payload.referenced_message;
}

/**
 * Say above a message what it answers.
 *
 * @param {View} view
 * @param {Scene} scene
 */
function before(view, scene) {
  const { used_by, payload } = view;
  if (used_by) {
    const isMenu = (payload.interaction_metadata?.command_type ?? 1) > 1;
    const words = isMenu ? used_by.command.slice(1) : used_by.command;
    const command = h("span", { class: "command-name" }, words);
    return h("p", { class: "before" }, parts("{name} used {command}", { name: h("b", {}, used_by.name), command }));
  }
  if (!isReply(payload)) return null;
  const answered = payload.referenced_message;
  const words = answered.content ? answered.content.slice(0, 120) : say("a message");
  const name = h("b", {}, nameOf(answered.author, scene.names));
  return h("p", { class: "before" }, parts("in reply to {name}: {words}", { name, words: h("span", { class: "excerpt" }, words) }));
}

/** @param {View} view @param {string} name @param {Deeds} deeds */
function head({ payload, is_thinking }, name, deeds) {
  const { author } = payload;
  const open = (/** @type {Event} */ event) => deeds.openUserMenu(/** @type {HTMLElement} */ (event.currentTarget));
  const date = new Date(payload.timestamp);
  const clock = date.toLocaleTimeString(locale(), { timeStyle: "short" });
  return h(
    "p",
    { class: "head" },
    h("button", { class: "author", type: "button", "aria-haspopup": "menu", "data-key": "author", onclick: open }, name),
    author.bot && h("span", { class: "badge" }, say("App")),
    h("time", { datetime: payload.timestamp, title: date.toLocaleString(locale()) }, clock),
    payload.edited_timestamp && !is_thinking && h("span", { class: "edited" }, say("(edited)")),
    tools(deeds),
  );
}

/** @param {string} name */
function thinking(name) {
  const dots = h("span", { class: "dots", "aria-hidden": true }, h("i"), h("i"), h("i"));
  return [dots, h("span", { class: "thinking" }, say("{name} is thinking…", { name }))];
}

/** @param {View} view @param {Scene} scene */
function body({ payload }, scene) {
  const isLayout = payload.flags & COMPONENTS_V2;
  const embeds = isLayout || payload.flags & SUPPRESS_EMBEDS ? [] : payload.embeds;
  return [
    payload.content && h("div", { class: "text", dir: "auto" }, markdown(payload.content, scene.names)),
    isLayout ? null : attachments(payload.attachments),
    ...embeds.map((one) => embed(one, scene.names)),
    ...components(payload.components, scene),
  ];
}

/** @param {Deeds} deeds */
function onlyYou(deeds) {
  const dismiss = h("button", { class: "as-link", type: "button", "data-key": "dismiss", onclick: deeds.dismiss }, say("Dismiss message"));
  return h("p", { class: "only-you" }, `${say("Only you can see this")} · `, dismiss);
}

/** @param {Deeds} deeds */
function tools(deeds) {
  const open = (/** @type {Event} */ event) => deeds.openMenu(/** @type {HTMLElement} */ (event.currentTarget));
  return h(
    "div",
    { class: "tools" },
    h("button", { class: "more", type: "button", "aria-label": say("More of this message"), "aria-haspopup": "menu", "data-key": "more", onclick: open }, "⋯"),
  );
}
