// @ts-check
/** The messages of the open channel, edited in place without losing who is focused. */
import { byId, h } from "./dom.js";
import { message, nameOf } from "./message.js";
import { welcome } from "./welcome.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./state.js").Store} Store */
/** @typedef {{view: View, element: HTMLElement, busyId: string, error: string}} Entry */

const TOGETHER_MS = 7 * 60 * 1000;
const NEAR_END = 120;
const OPENING = 60;

export class Log {
  /** @param {HTMLElement} list @param {import("./actions.js").Actions} actions */
  constructor(list, actions) {
    this.list = list;
    this.actions = actions;
    this.jump = byId("jump");
    this.jump.addEventListener("click", () => {
      this.toEnd();
      actions.focusEntry();
    });
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.hint = h("section", { class: "hint", "aria-label": say("Welcome") });
    actions.store.follow(["commands", "bot", "user", "users", "channel"], () => this.showHint());
    list.addEventListener("contextmenu", (event) => this.contextMenu(event));
    // Pictures and late answers grow; who reads the end stays there.
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(list);
    this.isAtEnd = true;
    list.addEventListener("scroll", () => this.look());
  }

  /** See whether the end is being read, before something changes it. */
  look() {
    const { list } = this;
    this.isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
    if (this.isAtEnd) this.jump.hidden = true;
  }

  /** @param {View[]} views */
  show(views) {
    this.list.setAttribute("aria-busy", "true");
    this.entries.clear();
    this.list.replaceChildren();
    for (const view of views) this.put(view);
    this.list.setAttribute("aria-busy", "false");
    this.showHint();
    this.isAtEnd = true;
    this.jump.hidden = true;
    this.toEnd();
  }

  /**
   * Add a message, or write it anew where it is there already.
   *
   * @param {View} view
   */
  put(view) {
    const { id } = view.payload;
    const known = this.entries.get(id);
    if (known) {
      known.view = view;
      known.error = "";
      this.draw(known);
    } else {
      this.look();
      const element = h("article", { class: "message", tabindex: -1, "data-id": id });
      const entry = { view, element, busyId: "", error: "" };
      this.entries.set(id, entry);
      this.list.append(element);
      this.draw(entry);
      this.arrived();
    }
    if (this.isAtEnd) this.toEnd();
  }

  /** @param {string} id */
  remove(id) {
    const entry = this.entries.get(id);
    if (!entry) return;
    const hadFocus = entry.element.contains(document.activeElement);
    const next = /** @type {HTMLElement | null} */ (entry.element.nextElementSibling);
    this.entries.delete(id);
    entry.element.remove();
    const after = this.entries.get(next?.dataset.id ?? "");
    if (after) this.draw(after);
    if (hadFocus) this.actions.focusEntry();
    this.showHint();
  }

  /**
   * Show which component awaits an answer; an empty id ends that.
   *
   * @param {string} id
   * @param {string} customId
   */
  setBusy(id, customId) {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.busyId = customId;
    if (customId) entry.error = "";
    this.mark(entry);
  }

  /**
   * Write what is awaited, and what failed, into a message as it stands: what was chosen stays.
   *
   * @param {Entry} entry
   */
  mark({ element, busyId, error }) {
    for (const control of element.querySelectorAll(".body [data-key]")) {
      const isPressed = busyId !== "" && control.getAttribute("data-key") === busyId;
      control.setAttribute("aria-disabled", String(busyId !== ""));
      control.setAttribute("aria-busy", String(isPressed));
    }
    element.querySelector(".failure")?.remove();
    const failure = error && h("p", { class: "failure", role: "alert" }, error);
    if (failure) element.querySelector(".body")?.after(failure);
  }

  /** @param {string} id @param {string} sentence */
  fail(id, sentence) {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.error = sentence;
    this.mark(entry);
    if (this.isAtEnd) this.toEnd();
  }

  /**
   * Add a line that is no message, such as a command that was not answered.
   *
   * @param {Node[]} words
   * @returns {() => void} What takes it away again.
   */
  note(...words) {
    this.look();
    const element = h("p", { class: "note" }, words);
    this.list.append(element);
    this.arrived();
    return () => {
      element.remove();
      this.showHint();
    };
  }

  /** @param {Entry} entry */
  draw(entry) {
    const { element, view } = entry;
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    const key = /** @type {HTMLElement | null} */ (focused)?.dataset.key;
    const { me } = this.actions;
    const isFollowing = this.isFollowing(entry);
    element.className = [
      "message",
      isFollowing ? "is-following" : "",
      view.is_ephemeral ? "is-ephemeral" : "",
      view.payload.mentions.some((one) => one.id === me) ? "is-for-me" : "",
    ].join(" ");
    const scene = this.actions.scene(view);
    element.replaceChildren(...message(view, scene, this.deeds(entry), isFollowing));
    const name = nameOf(view.payload.author, this.actions.names);
    const who = view.is_ephemeral ? say("{name}, only for you", { name }) : name;
    element.setAttribute("aria-label", `${who}: ${opening(element)}`);
    this.mark(entry);
    if (focused) this.refocus(element, key);
  }

  /** A thread can be named before the page has heard of it. */
  redrawUnknown() {
    for (const entry of this.entries.values()) {
      if (entry.element.querySelector(".is-unknown")) this.draw(entry);
    }
  }

  /** @param {HTMLElement} element @param {string | undefined} key */
  refocus(element, key) {
    const same = key === undefined ? null : element.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
    const target = /** @type {HTMLElement} */ (same ?? element);
    target.focus({ preventScroll: true });
  }

  /** @param {Entry} entry */
  deeds(entry) {
    const { actions } = this;
    return {
      openMenu: (/** @type {HTMLElement | DOMPoint} */ at) => actions.openMessageMenu(entry.view, at),
      openUserMenu: (/** @type {HTMLElement | DOMPoint} */ at) => actions.openUserMenu(entry.view.payload.author.id, at),
      dismiss: () => actions.dismiss(entry.view.payload.id),
    };
  }

  /**
   * Say whether a message goes on where the same author just wrote.
   *
   * @param {Entry} entry
   */
  isFollowing({ view, element }) {
    const previous = /** @type {HTMLElement | null} */ (element.previousElementSibling);
    const before = this.entries.get(previous?.dataset.id ?? "")?.view;
    if (!before || view.used_by || before.is_ephemeral !== view.is_ephemeral) return false;
    const between = Date.parse(view.payload.timestamp) - Date.parse(before.payload.timestamp);
    return before.payload.author.id === view.payload.author.id && between < TOGETHER_MS;
  }

  /** @param {MouseEvent} event */
  contextMenu(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const id = target.closest?.(".message")?.getAttribute("data-id");
    const entry = id && this.entries.get(id);
    if (!entry || target.closest("a, img") || String(getSelection())) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY);
    if (target.closest(".author")) this.deeds(entry).openUserMenu(at);
    else this.deeds(entry).openMenu(at);
  }

  /** The newest message that the bot wrote. */
  newest() {
    return [...this.entries.values()].reverse().find((one) => one.view.payload.author.bot)?.view;
  }

  arrived() {
    this.showHint();
    if (this.isAtEnd) this.toEnd();
    else this.jump.hidden = false;
  }

  toEnd() {
    this.isAtEnd = true;
    this.jump.hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }

  showHint() {
    if (this.list.querySelector(".message, .note")) {
      this.hint.remove();
    } else {
      this.hint.replaceChildren(...welcome(this.actions));
      this.list.append(this.hint);
    }
  }
}

/**
 * Give the first words of a message, which tell it from the others; never what is hidden.
 *
 * @param {HTMLElement} element
 */
function opening(element) {
  const lines = [...element.querySelectorAll(".body :is(h2, h3, h4, p, .thinking)")];
  const shown = lines.filter((one) => one.textContent && !one.closest("[inert]"));
  const words = shown[0]?.cloneNode(true);
  if (!(words instanceof Element)) return element.querySelector(".before")?.textContent ?? "";
  for (const hidden of words.querySelectorAll("[inert]")) hidden.replaceWith("…");
  return [...(words.textContent ?? "")].slice(0, OPENING).join("");
}
