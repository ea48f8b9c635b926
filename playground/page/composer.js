// @ts-check
/** The message box: text, and behind a slash the commands. */
import { Combobox } from "./combobox.js";
import { CommandEntry } from "./command.js";
import { fitting, leaves, typedCommand } from "./commands.js";
import { h } from "./dom.js";
import { whyNone } from "./welcome.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./commands.js").Leaf} Leaf */

const MOST = 2000;

export class Composer {
  /** @param {HTMLElement} form @param {import("./actions.js").Actions} actions */
  constructor(form, actions) {
    this.actions = actions;
    /** @type {CommandEntry | null} */
    this.command = null;
    this.box = h("div", { class: "suggestions", hidden: true });
    this.text = h("textarea", {
      id: "entry",
      class: "entry",
      rows: 1,
      maxlength: MOST,
      "aria-label": say("Message, or / for commands"),
      oninput: () => this.typed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.picker = new Combobox(this.text, this.box, {
      title: say("Commands"),
      load: (text) => this.suggest(text),
      isEager: () => true,
      pick: ({ value }) => this.begin(value, ""),
    });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.place = h("div", { class: "entry-place" }, this.text);
    this.sendButton = h("button", { class: "button primary send", type: "submit" }, say("Send"));
    form.append(this.box, this.problem, h("div", { class: "entry-row" }, this.place, this.sendButton));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    actions.store.follow(["channel"], ({ channel, bot, direct, user }) => {
      if (!channel) return;
      const where = channel.id === direct?.id ? bot?.name : `#${channel.name}`;
      const fields = { where, name: user?.name };
      // The name of a thread is a title: there is no room for it here.
      this.text.placeholder = channel.is_thread ? say("Message as {name}", fields) : say("Message {where} as {name}", fields);
      if (channel.id !== this.channel) this.leave("");
      this.channel = channel.id;
    });
  }

  get leaves() {
    const { commands, user } = this.actions.store.now;
    return leaves(commands, user?.locale ?? "en-US");
  }

  focus() {
    if (this.command) this.command.focus();
    else this.text.focus();
  }

  /** @param {string} text */
  type(text) {
    this.leave(text);
    this.text.focus();
    this.picker.refresh();
  }

  /**
   * Begin a command by its words, as a mention of it does.
   *
   * @param {string} words
   */
  choose(words) {
    const leaf = this.leaves.find((one) => one.words === words || one.shown === words);
    if (leaf) this.begin(leaf, "");
    else this.type(`/${words}`);
  }

  /**
   * Send a command at once, or begin it where it needs something.
   *
   * @param {Leaf} leaf
   */
  run(leaf) {
    if (leaf.options.some((option) => option.required)) this.begin(leaf, "");
    else this.actions.command(leaf.words, {});
  }

  /**
   * Say why a command is not there.
   *
   * @param {string} typed
   */
  missing(typed) {
    const { now } = this.actions.store;
    const fields = { typed, name: now.user?.name };
    return whyNone(now) || say("There is no command {typed} here for {name}. Some are only for those who manage the server.", fields);
  }

  /** @param {string} text */
  suggest(text) {
    if (!text.startsWith("/") || text.includes("\n")) return [];
    return fitting(this.leaves, text.slice(1)).map((leaf) => ({
      label: `/${leaf.shown}`,
      detail: leaf.description,
      value: leaf,
    }));
  }

  typed() {
    this.complain("");
    this.grow();
    if (this.text.value === "/" && !this.leaves.length) this.complain(whyNone(this.actions.store.now));
    const found = typedCommand(this.leaves, this.text.value);
    if (found) this.begin(found.leaf, found.rest);
  }

  grow() {
    this.text.style.setProperty("height", "auto");
    if (this.text.value) this.text.style.setProperty("height", `${Math.min(160, this.text.scrollHeight)}px`);
  }

  /** @param {Leaf} leaf @param {string} rest */
  begin(leaf, rest) {
    this.picker.close();
    this.complain("");
    this.command = new CommandEntry(leaf, rest, {
      actions: this.actions,
      box: this.box,
      leave: (text) => this.type(text),
      send: (words, options) => {
        this.type("");
        this.actions.command(words, options);
      },
      complain: (sentence) => this.complain(sentence),
    });
    this.place.replaceChildren(this.command.element);
    this.command.focus();
  }

  /** @param {string} text */
  leave(text) {
    if (this.command) {
      this.command = null;
      this.box.hidden = true;
      this.place.replaceChildren(this.text);
    }
    this.text.value = text;
    this.complain("");
    this.grow();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const isSending = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    // A command that is typed to its end and needs nothing is sent by the first Enter.
    if (isSending && this.typedWhole() && this.picker.active <= 0) {
      event.preventDefault();
      this.submit();
      return;
    }
    if (this.picker.key(event) || !isSending) return;
    event.preventDefault();
    this.submit();
  }

  typedWhole() {
    const text = this.text.value.trim();
    const leaf = this.leaves.find((one) => text === `/${one.shown}` || text === `/${one.words}`);
    return leaf && !leaf.options.some((option) => option.required) ? leaf : null;
  }

  submit() {
    if (this.command) {
      this.command.send();
      return;
    }
    const text = this.text.value.trim();
    const leaf = this.typedWhole();
    if (!text) return;
    if (leaf) {
      this.type("");
      this.actions.command(leaf.words, {});
    } else if (text === "/") {
      this.type("/");
      this.typed();
    } else if (/^\/\S/.test(text)) {
      this.complain(this.missing(text.split(/\s/)[0]));
    } else {
      this.type("");
      this.actions.post(text);
    }
  }

  /** @param {string} sentence */
  complain(sentence) {
    this.problem.textContent = sentence;
  }
}
