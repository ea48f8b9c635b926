// @ts-check
/** Buttons of a message. */
import { h } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./components.js").Scene} Scene */

const STYLES = ["", "primary", "secondary", "success", "danger", "link", "premium"];
const LINK = 5;
const PREMIUM = 6;

/**
 * Show an emoji; those of a server only by name, for their pictures are elsewhere.
 *
 * @param {Json | null | undefined} one
 */
export function emoji(one) {
  if (!one) return null;
  return h("span", { class: "emoji", "aria-hidden": true }, one.id ? `:${one.name}:` : one.name);
}

/** @param {Json} one @param {Scene} scene */
export function button(one, scene) {
  const name = `button ${STYLES[one.style] ?? "secondary"}`;
  const words = [emoji(one.emoji), one.label && h("span", {}, one.label)];
  const spoken = one.label ? undefined : (one.emoji?.name ?? say("Button"));
  if (one.style === LINK) return linkButton(one, name, words, spoken);
  if (one.style === PREMIUM) {
    return h("button", { class: name, type: "button", disabled: true }, words, say("A purchase; not in this preview"));
  }
  return h(
    "button",
    {
      class: name,
      type: "button",
      disabled: Boolean(one.disabled),
      "aria-label": spoken,
      "data-key": one.custom_id,
      onclick: () => scene.press(one.custom_id),
    },
    words,
  );
}

/**
 * @param {Json} one
 * @param {string} name
 * @param {import("./dom.js").Child[]} words
 * @param {string | undefined} spoken
 */
function linkButton(one, name, words, spoken) {
  if (one.disabled) {
    return h("button", { class: name, type: "button", disabled: true, "aria-label": spoken }, words);
  }
  const sign = h("span", { class: "out", "aria-hidden": true }, "↗");
  const address = /^(https?|discord):/.test(one.url) ? one.url : undefined;
  return h("a", { class: name, href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": spoken }, words, sign);
}
