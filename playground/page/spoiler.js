// @ts-check
/** What is hidden until it is asked for, by click or keyboard, and hidden from a screen reader too. */
import { h } from "./dom.js";
import { say } from "./words.js";

/**
 * Hide words within a line.
 *
 * @param {(Node | string)[]} children
 */
export function spoiler(children) {
  const inner = h("span", { class: "spoiler-words", "aria-hidden": true, inert: true }, children);
  const outer = h(
    "span",
    { class: "spoiler", role: "button", tabindex: 0, "aria-label": say("{what}: show", { what: say("Spoiler") }) },
    inner,
  );
  whenUsed(outer, () => {
    for (const name of ["role", "aria-label"]) outer.removeAttribute(name);
    outer.tabIndex = -1;
    outer.classList.add("is-open");
    inner.removeAttribute("aria-hidden");
    inner.inert = false;
  });
  return outer;
}

/**
 * Hide a block: a container, a picture, a file.
 *
 * @param {HTMLElement} block
 * @param {string} [what]
 */
export function spoilerBlock(block, what = say("Spoiler")) {
  block.inert = true;
  const outer = h("div", { class: "veil" }, block);
  const open = () => {
    block.inert = false;
    button.remove();
    outer.classList.add("is-open");
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  };
  const button = h(
    "button",
    { class: "veil-button", type: "button", "aria-label": say("{what}: show", { what }), onclick: open },
    h("span", { class: "veil-word" }, what),
  );
  outer.prepend(button);
  return outer;
}

/** @param {HTMLElement} element @param {() => void} use */
function whenUsed(element, use) {
  const once = new AbortController();
  const done = (/** @type {Event} */ event) => {
    event.preventDefault();
    once.abort();
    use();
  };
  const { signal } = once;
  element.addEventListener("click", done, { signal });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") done(event);
  }, { signal });
}
