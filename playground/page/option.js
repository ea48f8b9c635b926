// @ts-check
/** One option of a command that is being typed: its name, its field, its suggestions. */
import { Combobox } from "./combobox.js";
import { KIND_NAMES, localised, OptionType, written } from "./commands.js";
import { h, readFile, uid } from "./dom.js";
import { channelOptions, peopleOptions, roleOptions } from "./selects.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./combobox.js").Item} Item */
/** @typedef {{value: any} | {problem: string}} Written */

const AUTOCOMPLETE_WAIT = 100;

/**
 * @typedef {object} Home The command of which the option is a part.
 * @property {import("./actions.js").Actions} actions
 * @property {HTMLElement} box
 * @property {string} words
 * @property {(except: OptionField) => Json} others What the other options hold.
 * @property {(field: OptionField) => void} next
 * @property {(text: string) => string} split Make options of those that a text goes on with; what is left.
 * @property {(field: OptionField) => void} remove
 * @property {() => void} send
 */

export class OptionField {
  /** @param {Json} option @param {Home} home */
  constructor(option, home) {
    this.option = option;
    this.home = home;
    /** @type {Item | null} */
    this.picked = null;
    const { locale = "en-US" } = home.actions.store.now.user ?? {};
    const name = localised(option, "name", locale);
    const id = uid("option");
    const isFile = option.type === OptionType.ATTACHMENT;
    this.input = h("input", {
      id,
      class: "pill-input",
      type: isFile ? "file" : "text",
      maxlength: 6000,
      "aria-label": `${name}: ${localised(option, "description", locale)}`,
      "aria-required": Boolean(option.required),
      oninput: () => this.typed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.element = h(
      "span",
      { class: option.required ? "pill is-required" : "pill" },
      h("label", { class: "pill-name", for: id }, `${name}:`),
      this.input,
    );
    this.list = isFile ? null : this.suggestions(localised(option, "description", locale));
    this.fit();
  }

  /** @param {string} description */
  suggestions(description) {
    const isLive = Boolean(this.option.autocomplete);
    const title = `${description} · ${KIND_NAMES[this.option.type]()}`;
    return new Combobox(this.input, this.home.box, {
      title,
      wait: isLive ? AUTOCOMPLETE_WAIT : 0,
      load: (text) => (isLive ? this.live(text) : this.fixed(text)),
      isEager: () => true,
      pick: (item) => {
        this.picked = item;
        this.input.value = item.label;
        this.fit();
        this.home.next(this);
      },
    });
  }

  /**
   * Ask the bot.
   *
   * @param {string} text
   * @returns {Promise<Item[]>}
   */
  async live(text) {
    if (this.picked) return [];
    const { actions, words } = this.home;
    try {
      const answer = await actions.autocomplete(words, this.option.name, text, this.home.others(this));
      return answer.choices.map(({ name, value }) => ({ label: name, value }));
    } catch {
      return [];
    }
  }

  /** @param {string} text @returns {Item[]} */
  fixed(text) {
    if (this.picked) return [];
    return this.offered().filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  }

  /** @returns {Item[]} */
  offered() {
    const { type, choices } = this.option;
    const { store } = this.home.actions;
    const { locale = "en-US" } = store.now.user ?? {};
    if (choices) {
      return choices.map((one) => ({ label: localised(one, "name", locale), value: one.value }));
    }
    if (type === OptionType.BOOLEAN) return [true, false].map((value) => ({ label: value ? say("True") : say("False"), value }));
    const people = type === OptionType.USER || type === OptionType.MENTIONABLE;
    const roles = type === OptionType.ROLE || type === OptionType.MENTIONABLE;
    const found = [
      ...(people ? peopleOptions(store) : []),
      ...(roles ? roleOptions(store) : []),
      ...(type === OptionType.CHANNEL ? channelOptions(store) : []),
    ];
    return found.map(({ label, description, value }) => ({ label, note: description, value }));
  }

  /** What was typed since is no longer what was picked. */
  typed() {
    this.picked = null;
    if (this.input.type !== "file") this.part();
    this.fit();
    this.element.classList.remove("is-wrong");
  }

  /** Take what was typed on from here, as `word:two words number:3`, to where it belongs. */
  part() {
    const { value } = this.input;
    const own = `${this.option.name}:`;
    const text = this.home.split(value.startsWith(own) ? value.slice(own.length) : value);
    if (text !== value) this.input.value = text;
  }

  fit() {
    this.input.size = Math.min(40, Math.max(4, this.input.value.length + 1));
  }

  /** @param {string} text */
  fill(text) {
    this.input.value = text;
    this.fit();
  }

  get isEmpty() {
    return this.input.type === "file" ? !this.input.files?.length : this.input.value === "";
  }

  /**
   * Give what is sent for it; null where it is left out.
   *
   * @returns {Promise<Written | null>}
   */
  async read() {
    if (this.isEmpty) return this.option.required ? { problem: say("{option} is needed.", { option: this.option.name }) } : null;
    if (this.input.type === "file") return { value: await readFile(/** @type {FileList} */ (this.input.files)[0]) };
    return this.now();
  }

  /** Give what stands in the field now, for the others' autocomplete. */
  now() {
    if (this.picked) return { value: this.picked.value };
    const text = this.input.value;
    const same = this.offered().find(({ label }) => label.toLowerCase() === text.toLowerCase());
    if (same) return { value: same.value };
    const isOffered = this.option.choices || this.option.type > OptionType.BOOLEAN;
    if (isOffered && this.option.type !== OptionType.NUMBER) {
      return { problem: say("{option} takes one from its list.", { option: this.option.name }) };
    }
    return written(this.option, text);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.list?.key(event)) return;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.home.send();
    } else if (event.key === "Backspace" && this.isEmpty && this.input.type !== "file") {
      event.preventDefault();
      this.home.remove(this);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.home.remove(this);
    }
  }

  markWrong() {
    this.element.classList.add("is-wrong");
    this.input.setAttribute("aria-invalid", "true");
    this.input.focus();
  }
}
