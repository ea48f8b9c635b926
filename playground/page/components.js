// @ts-check
/** What a message is laid out with: containers, sections, texts, media, rows of buttons. */
import { button } from "./buttons.js";
import { h, hex } from "./dom.js";
import { markdown } from "./markdown.js";
import { file, picture } from "./media.js";
import { select } from "./selects.js";
import { spoilerBlock } from "./spoiler.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./mentions.js").Names} Names */

/**
 * What the components of one message need to know and to do.
 *
 * @typedef {object} Scene
 * @property {Names} names
 * @property {import("./state.js").Store} store
 * @property {(customId: string) => void} press
 * @property {(customId: string, values: string[]) => void} choose
 */

/** @type {Record<number, (component: Json, scene: Scene) => Node>} */
const KINDS = {
  1: row,
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: section,
  10: text,
  11: thumbnail,
  12: gallery,
  13: attached,
  14: separator,
  17: container,
};

/** @param {Json[]} components @param {Scene} scene */
export function components(components, scene) {
  return components.map((one) => component(one, scene));
}

/** @param {Json} one @param {Scene} scene */
function component(one, scene) {
  const make = KINDS[one.type];
  if (make) return make(one, scene);
  return h("p", { class: "unknown" }, say("A component of type {type}, which this preview does not know.", { type: one.type }));
}

/** @param {Json} one @param {Scene} scene */
function row(one, scene) {
  return h("div", { class: "row" }, components(one.components, scene));
}

/** @param {Json} one @param {Scene} scene */
function section(one, scene) {
  return h(
    "div",
    { class: "section" },
    h("div", { class: "section-words" }, components(one.components, scene)),
    h("div", { class: "section-accessory" }, one.accessory && component(one.accessory, scene)),
  );
}

/** @param {Json} one @param {Scene} scene */
function text(one, scene) {
  return h("div", { class: "text", dir: "auto" }, markdown(one.content, scene.names));
}

/** @param {Json} one */
function thumbnail(one) {
  const shown = picture(one.media, one.description ?? "", "thumbnail");
  return one.spoiler ? spoilerBlock(shown) : shown;
}

/** @param {Json} one */
function gallery(one) {
  const items = one.items.map((item) => {
    const shown = picture(item.media, item.description ?? "", "gallery-picture");
    return item.spoiler ? spoilerBlock(shown) : shown;
  });
  return h("div", { class: `gallery gallery-${Math.min(items.length, 3)}` }, items);
}

/** @param {Json} one */
function attached(one) {
  const { url } = one.file;
  const shown = file(url, one.name ?? url.split("/").at(-1), one.size);
  return one.spoiler ? spoilerBlock(shown) : shown;
}

/** @param {Json} one */
function separator(one) {
  const name = `separator${one.spacing === 2 ? " is-large" : ""}${one.divider === false ? " is-blank" : ""}`;
  return h("hr", { class: name, "aria-hidden": true });
}

/** @param {Json} one @param {Scene} scene */
function container(one, scene) {
  const hasAccent = typeof one.accent_color === "number";
  const box = h("div", { class: hasAccent ? "container has-accent" : "container" }, components(one.components, scene));
  if (hasAccent) box.style.setProperty("--accent", hex(one.accent_color));
  return one.spoiler ? spoilerBlock(box) : box;
}
