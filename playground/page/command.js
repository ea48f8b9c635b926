// @ts-check
/** A command that was chosen and is being filled in: its name and its options as pills. */
import { Combobox } from "./combobox.js";
import { KIND_NAMES, localised, OptionType, typedOptions } from "./commands.js";
import { h } from "./dom.js";
import { OptionField } from "./option.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./commands.js").Leaf} Leaf */

/**
 * @typedef {object} Desk What surrounds it.
 * @property {import("./actions.js").Actions} actions
 * @property {HTMLElement} box Where suggestions are shown.
 * @property {(text: string) => void} leave Go back to plain text.
 * @property {(words: string, options: Json) => void} send
 * @property {(sentence: string) => void} complain
 */

export class CommandEntry {
  /** @param {Leaf} leaf @param {string} rest What was typed after its name. @param {Desk} desk */
  constructor(leaf, rest, desk) {
    this.leaf = leaf;
    this.desk = desk;
    /** @type {OptionField[]} */
    this.fields = [];
    this.pills = h("span", { class: "pills" });
    this.more = h("input", {
      id: "entry",
      class: "more-options",
      type: "text",
      "aria-label": say("Options of /{command}; Enter sends", { command: leaf.shown }),
      placeholder: leaf.options.length ? say("Add an option") : "",
      oninput: () => this.readOptions(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.list = new Combobox(this.more, desk.box, {
      title: say("Options of /{command}", { command: leaf.shown }),
      load: (text) => this.unused(text),
      isEager: (text) => text !== "",
      pick: ({ value }) => this.add(value).input.focus(),
    });
    this.element = h(
      "div",
      { class: "command", role: "group", "aria-label": `/${leaf.shown}`, oninput: () => desk.complain("") },
      h("span", { class: "command-chip" }, `/${leaf.shown}`),
      this.pills,
      this.more,
      h(
        "button",
        { class: "drop", type: "button", "aria-label": say("Leave /{command}", { command: leaf.shown }), onclick: () => desk.leave("") },
        h("span", { "aria-hidden": true }, "×"),
      ),
    );
    for (const option of leaf.options) if (option.required) this.add(option);
    this.more.value = rest;
    this.readOptions();
  }

  get locale() {
    return this.desk.actions.store.now.user?.locale ?? "en-US";
  }

  focus() {
    const missing = this.fields.find((field) => field.isEmpty && field.option.required);
    (missing?.input ?? this.more).focus();
  }

  /** @param {string} text */
  unused(text) {
    const used = this.fields.map((field) => field.option);
    return this.leaf.options
      .filter((option) => !used.includes(option))
      .map((option) => ({
        label: localised(option, "name", this.locale),
        detail: localised(option, "description", this.locale),
        note: KIND_NAMES[option.type](),
        value: option,
      }))
      .filter(({ label }) => label.startsWith(text.trim().toLowerCase()));
  }

  /** @param {Json} option */
  add(option) {
    const field = new OptionField(option, {
      actions: this.desk.actions,
      box: this.desk.box,
      words: this.leaf.words,
      others: (except) => this.others(except),
      next: () => this.focus(),
      split: (text) => this.split(text),
      remove: (one) => this.remove(one),
      send: () => this.send(),
    });
    this.fields.push(field);
    this.pills.append(field.element);
    this.more.value = "";
    return field;
  }

  /** @param {OptionField} field */
  remove(field) {
    if (field.option.required) {
      if (this.fields.length === 1) this.desk.leave(`/${this.leaf.shown}`);
      return;
    }
    this.fields = this.fields.filter((one) => one !== field);
    field.list?.close();
    field.element.remove();
    this.more.focus();
  }

  /** Make fields of `name:` or `name:value` where somebody types, or pastes, it as text. */
  readOptions() {
    const rest = this.split(this.more.value);
    if (rest !== this.more.value) this.more.value = "";
  }

  /**
   * Make fields of the options that a text names, and go to the last; what stands before them is left.
   *
   * @param {string} text
   */
  split(text) {
    const unused = this.unused("").map(({ value }) => value);
    const found = typedOptions(unused, text, this.locale);
    for (const { option, text } of found) {
      const field = this.add(option);
      if (option.type !== OptionType.ATTACHMENT) field.fill(text);
    }
    if (!found.length) return text;
    this.fields.at(-1)?.input.focus();
    return text.slice(0, found[0].at).trim();
  }

  /** @param {OptionField} except */
  others(except) {
    /** @type {Json} */
    const values = {};
    for (const field of this.fields) {
      if (field === except || field.isEmpty || field.input.type === "file") continue;
      const read = field.now();
      if ("value" in read) values[field.option.name] = read.value;
    }
    return values;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const isEmpty = this.more.value === "";
    const isLeaving = event.key === "Escape" && isEmpty;
    if (!isLeaving && this.list.key(event)) return;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (isLeaving) {
      event.preventDefault();
      this.desk.leave("");
    } else if (event.key === "Backspace" && isEmpty) {
      event.preventDefault();
      const last = this.fields.at(-1);
      if (last) last.input.focus();
      else this.desk.leave(`/${this.leaf.shown}`);
    }
  }

  async send() {
    if (this.more.value.trim()) {
      this.desk.complain(say("/{command} has no option “{option}”.", { command: this.leaf.shown, option: this.more.value.trim() }));
      this.more.focus();
      return;
    }
    /** @type {Json} */
    const values = {};
    for (const field of this.fields) {
      const read = await field.read();
      if (read && "problem" in read) {
        this.desk.complain(read.problem);
        field.markWrong();
        return;
      }
      if (read) values[field.option.name] = read.value;
    }
    this.list.close();
    this.desk.send(this.leaf.words, values);
  }
}
