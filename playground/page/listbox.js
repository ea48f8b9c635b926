// @ts-check
/** A button that opens a list to choose one or several from: the select of messages and modals. */
import { h, place, uid } from "./dom.js";
import { say } from "./words.js";

/**
 * @typedef {{value: string, label: string, description?: string, sign?: Node | null}} Option
 * @typedef {object} Plan
 * @property {string} name What a screen reader calls it.
 * @property {string} placeholder
 * @property {Option[]} options
 * @property {string[]} chosen
 * @property {number} min
 * @property {number} max
 * @property {boolean} isDisabled
 * @property {string} [key]
 * @property {(values: string[]) => void} onDone Told when another choice was made.
 */

export class Listbox {
  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
    this.chosen = new Set(plan.chosen);
    this.before = [...this.chosen].join("\n");
    this.active = 0;
    const id = uid("list");
    this.list = h("div", {
      class: "options",
      id,
      role: "listbox",
      tabindex: -1,
      popover: "auto",
      "aria-label": plan.name,
      "aria-multiselectable": plan.max > 1 ? true : undefined,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      ontoggle: (event) => event.newState === "closed" && this.closed(),
    });
    this.button = h("button", {
      class: "select",
      type: "button",
      disabled: plan.isDisabled,
      "aria-haspopup": "listbox",
      "aria-expanded": false,
      "aria-controls": id,
      "data-key": plan.key,
      onclick: () => (this.list.matches(":popover-open") ? this.close() : this.open()),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          this.open();
        }
      },
    });
    this.rows = plan.options.map((option, place) => this.row(option, place));
    this.list.append(...this.rows);
    if (plan.max > 1) this.list.append(this.done());
    this.element = h("div", { class: "select-box" }, this.button, this.list);
    this.show();
  }

  values() {
    return this.plan.options.map((one) => one.value).filter((value) => this.chosen.has(value));
  }

  /** @param {Option} option @param {number} place */
  row(option, place) {
    return h(
      "div",
      {
        class: "option",
        role: "option",
        id: uid("option"),
        onclick: () => this.use(place),
        onpointermove: () => this.move(place),
      },
      option.sign,
      h(
        "span",
        { class: "option-words" },
        h("span", { class: "option-label" }, option.label),
        option.description && h("span", { class: "option-description" }, option.description),
      ),
      h("span", { class: "option-mark", "aria-hidden": true }, "✓"),
    );
  }

  /** The way to finish for who has no keyboard; a keyboard has Escape and Tab. */
  done() {
    const { min, max } = this.plan;
    const words = min === max ? say("Choose {max}", { max }) : say("Choose {min} to {max}", { min, max });
    const close = () => this.close();
    return h(
      "div",
      { class: "options-foot", role: "presentation" },
      h("span", { "aria-hidden": true }, words),
      h("span", { class: "options-done", "aria-hidden": true, onclick: close }, say("Done")),
    );
  }

  /** Everything at once: the browser tells of an opening only when more keys may have come. */
  open() {
    this.list.showPopover();
    this.button.setAttribute("aria-expanded", "true");
    place(this.list, this.button.getBoundingClientRect(), this.button.offsetWidth);
    const first = this.plan.options.findIndex((one) => this.chosen.has(one.value));
    this.list.focus();
    this.move(Math.max(0, first));
  }

  close() {
    this.list.hidePopover();
    this.closed();
  }

  closed() {
    this.button.setAttribute("aria-expanded", "false");
    if (this.list.contains(document.activeElement)) this.button.focus();
    const now = this.values().join("\n");
    if (now === this.before || !this.isEnough()) return;
    this.before = now;
    this.plan.onDone(this.values());
  }

  isEnough() {
    return this.chosen.size >= this.plan.min && this.chosen.size <= this.plan.max;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const last = this.rows.length - 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.move(Math.min(last, this.active + 1)),
      ArrowUp: () => this.move(Math.max(0, this.active - 1)),
      Home: () => this.move(0),
      End: () => this.move(last),
      Enter: () => this.use(this.active),
      " ": () => this.use(this.active),
      Tab: () => this.close(),
    };
    const act = keys[event.key] ?? (event.key.length === 1 ? () => this.seek(event.key) : null);
    if (!act) return;
    if (event.key !== "Tab") event.preventDefault();
    act();
  }

  /** @param {string} letter */
  seek(letter) {
    const { options } = this.plan;
    const order = [...options.keys()].map((place) => (place + this.active + 1) % options.length);
    const starts = (/** @type {number} */ place) =>
      options[place].label.toLowerCase().startsWith(letter.toLowerCase());
    const found = order.find(starts);
    if (found !== undefined) this.move(found);
  }

  /** @param {number} place */
  move(place) {
    this.rows[this.active]?.classList.remove("is-active");
    this.active = place;
    const row = this.rows[place];
    row?.classList.add("is-active");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.list.setAttribute("aria-activedescendant", row.id);
  }

  /** @param {number} place */
  use(place) {
    const { value } = this.plan.options[place];
    if (this.plan.max > 1) {
      if (this.chosen.has(value)) this.chosen.delete(value);
      else if (this.chosen.size < this.plan.max) this.chosen.add(value);
    } else if (this.chosen.has(value) && this.plan.min === 0) {
      this.chosen.clear();
    } else {
      this.chosen = new Set([value]);
    }
    this.show();
    if (this.plan.max === 1) this.close();
  }

  show() {
    const labels = this.plan.options.filter((one) => this.chosen.has(one.value)).map((one) => one.label);
    this.button.textContent = labels.join(", ") || this.plan.placeholder;
    this.button.classList.toggle("is-empty", !labels.length);
    this.button.setAttribute("aria-label", [this.plan.name, ...labels].join(": "));
    this.rows.forEach((row, place) => {
      const isChosen = this.chosen.has(this.plan.options[place].value);
      row.setAttribute("aria-selected", String(isChosen));
    });
  }
}
