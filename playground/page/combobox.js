// @ts-check
/** A field with a list of suggestions, walked by keyboard as the ARIA combobox pattern says. */
import { h, uid } from "./dom.js";

/**
 * @typedef {{label: string, detail?: string, note?: string, value: any}} Item
 * @typedef {object} Plan
 * @property {(text: string) => Item[] | Promise<Item[]>} load
 * @property {(item: Item) => void} pick
 * @property {(text: string) => boolean} isEager Whether the first one is marked by itself.
 * @property {string} title What stands above the list.
 * @property {number} [wait] Milliseconds to wait for more typing.
 */

export class Combobox {
  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} input
   * @param {HTMLElement} box Where the list is shown; several fields can share one.
   * @param {Plan} plan
   */
  constructor(input, box, plan) {
    this.input = input;
    this.box = box;
    this.plan = plan;
    /** @type {Item[]} */
    this.items = [];
    this.active = -1;
    this.asked = 0;
    this.isOpen = false;
    this.timer = 0;
    this.list = h("div", { role: "listbox", id: uid("suggestions"), "aria-label": plan.title });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-haspopup", "listbox");
    // What has several lines may not be called a combobox, and so not expanded.
    this.isCombobox = input instanceof HTMLInputElement;
    if (this.isCombobox) input.setAttribute("role", "combobox");
    this.tell(false);
    input.addEventListener("input", () => this.refresh());
    input.addEventListener("focus", () => this.refresh());
    input.addEventListener("blur", () => this.close());
  }

  /** Load what fits; an answer that was overtaken by more typing is dropped. */
  refresh() {
    this.asked += 1;
    const number = this.asked;
    clearTimeout(this.timer);
    const load = async () => {
      const items = await this.plan.load(this.input.value);
      if (number === this.asked && document.activeElement === this.input) this.show(items);
    };
    if (this.plan.wait) this.timer = setTimeout(load, this.plan.wait);
    else load();
  }

  /** @param {Item[]} items */
  show(items) {
    this.items = items;
    this.active = -1;
    if (!items.length) {
      this.close();
      return;
    }
    this.list.replaceChildren(...items.map((item, place) => this.row(item, place)));
    this.box.replaceChildren(h("p", { class: "suggestions-title" }, this.plan.title), this.list);
    this.box.hidden = false;
    this.tell(true);
    if (this.plan.isEager(this.input.value)) this.move(0);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Item} item @param {number} place */
  row(item, place) {
    return h(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: `${this.list.id}-${place}`,
        "aria-selected": false,
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => this.pick(place),
      },
      h("span", { class: "suggestion-label" }, item.label),
      item.note && h("span", { class: "badge" }, item.note),
      item.detail && h("span", { class: "suggestion-detail" }, item.detail),
    );
  }

  /** @param {boolean} isOpen */
  tell(isOpen) {
    this.isOpen = isOpen;
    if (this.isCombobox) this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.active = -1;
    if (!this.isOpen) return;
    this.tell(false);
    this.box.hidden = true;
    this.box.replaceChildren();
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  move(place) {
    const rows = this.list.children;
    rows[this.active]?.setAttribute("aria-selected", "false");
    this.active = (place + rows.length) % rows.length;
    const row = rows[this.active];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  /** @param {number} place */
  pick(place) {
    const item = this.items[place];
    this.close();
    this.plan.pick(item);
  }

  /**
   * Use a key; false where it means nothing to the list.
   *
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const isPicking = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey);
    if (isPicking && this.active >= 0) this.pick(this.active);
    else if (event.key === "ArrowDown") this.move(this.active + 1);
    else if (event.key === "ArrowUp") this.move(this.active < 0 ? -1 : this.active - 1);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
