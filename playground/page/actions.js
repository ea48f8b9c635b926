// @ts-check
/** What a member can do on the page, and what comes of it. */
import { h } from "./dom.js";
import { messageMenu, openMenu, userMenu } from "./menus.js";
import { Refused } from "./socket.js";
import { locale, say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./components.js").Scene} Scene */

export class Actions {
  /** @param {import("./socket.js").Line} line @param {import("./state.js").Store} store */
  constructor(line, store) {
    this.line = line;
    this.store = store;
    /** @type {import("./log.js").Log} */ (this.log);
    /** @type {import("./composer.js").Composer} */ (this.composer);
    /** @type {import("./modal.js").ModalDialog} */ (this.modal);
    /** @type {import("./sent.js").SentPanel} */ (this.sent);
    /** @type {import("./mentions.js").Names} */
    this.names = {
      user: (id) => store.findMember(id)?.name,
      role: (id) => store.findRole(id)?.name,
      channel: (id) => store.findChannel(id)?.name,
      openChannel: (id) => this.open(id),
      typeCommand: (words) => this.composer.choose(words),
    };
  }

  get me() {
    return this.store.now.user?.id ?? "";
  }

  /** @param {string} text */
  type(text) {
    this.composer.type(text);
  }

  focusEntry() {
    this.composer.focus();
  }

  /**
   * Take the state that the playground gives, and show the channel that was open.
   *
   * @param {Json} state
   */
  async take(state) {
    const before = this.store.now.channel?.id ?? sessionStorage.getItem("channel") ?? "";
    const { user, users, bot, guilds, direct, notices, members, roles } = state;
    this.store.set({ user, users, bot, guilds, direct, notices, members, roles });
    sessionStorage.setItem("user", user.id);
    if (user.locale !== locale()) {
      // Whoever is typing now reads another language: all of the page is said anew.
      location.reload();
      return;
    }
    const wanted = this.store.findChannel(before);
    await this.open((wanted?.can_view ? wanted : this.firstChannel())?.id ?? "");
  }

  firstChannel() {
    return this.store.channels().find((channel) => channel.can_view);
  }

  /** @param {string} id */
  async open(id) {
    const channel = this.store.findChannel(id);
    if (!channel) return;
    const { messages, commands } = await this.line.ask("open", { channel: id });
    const unread = { ...this.store.now.unread, [id]: 0 };
    sessionStorage.setItem("channel", id);
    this.store.set({ channel, commands, unread });
    this.log.show(messages);
    this.sent.follow();
  }

  async refreshCommands() {
    const { channel } = this.store.now;
    if (!channel) return;
    const { commands } = await this.line.ask("open", { channel: channel.id });
    this.store.set({ commands });
  }

  /** Show the threads that were opened since. */
  async refreshPlaces() {
    const { guilds } = await this.line.ask("state");
    this.store.set({ guilds });
    this.log.redrawUnknown();
  }

  /** @param {string} user */
  async become(user) {
    if (user === this.me) return;
    await this.tried(async () => this.take(await this.line.ask("become", { user })));
  }

  /** @param {string} text */
  async post(text) {
    this.log.toEnd();
    await this.tried(() => this.line.ask("post", { channel: this.store.now.channel?.id, text }));
  }

  /** @param {string} words @param {Json} options */
  async command(words, options) {
    this.log.toEnd();
    const done = this.log.note(h("span", { class: "pending" }, say("Sending /{words}…", { words })));
    const asked = { channel: this.store.now.channel?.id, command: words, options };
    await this.tried(async () => this.settle(await this.line.ask("command", asked)), done);
  }

  /** @param {string} command @param {string} option @param {string} typed @param {Json} options */
  async autocomplete(command, option, typed, options) {
    const channel = this.store.now.channel?.id;
    const answer = await this.line.ask("autocomplete", { channel, command, option, typed, options });
    return /** @type {{choices: import("./types.js").Choice[], status: string}} */ (answer);
  }

  /**
   * Write what the components of a message need.
   *
   * @param {View} view
   * @returns {Scene}
   */
  scene(view) {
    const { id } = view.payload;
    return {
      names: this.names,
      store: this.store,
      press: (customId) => this.use(id, customId, "press", {}),
      choose: (customId, values) => this.use(id, customId, "select", { values }),
    };
  }

  /** @param {string} message @param {string} customId @param {string} what @param {Json} more */
  async use(message, customId, what, more) {
    if (this.log.entries.get(message)?.busyId) return;
    this.log.setBusy(message, customId);
    const free = () => this.log.setBusy(message, "");
    try {
      const result = await this.line.ask(what, { message, custom_id: customId, ...more });
      free();
      this.settle(result);
    } catch (error) {
      free();
      if (!(error instanceof Refused)) throw error;
      this.log.fail(message, error.message);
    }
  }

  /** @param {Result} result */
  settle(result) {
    if (result.modal) this.modal.open(result.interaction, result.modal);
  }

  /** @param {string} interaction @param {Json} values @returns {Promise<Result>} */
  async submit(interaction, values) {
    const result = await this.line.ask("submit", { interaction, values });
    this.settle(result);
    return result;
  }

  /** @param {string} message */
  async dismiss(message) {
    await this.tried(async () => {
      await this.line.ask("dismiss", { message });
      this.log.remove(message);
    });
  }

  /** @param {View} view @param {HTMLElement | DOMPoint} at */
  openMessageMenu(view, at) {
    openMenu(messageMenu(view, this), at);
  }

  /** @param {string} user @param {HTMLElement | DOMPoint} at */
  openUserMenu(user, at) {
    openMenu(userMenu(user, this), at);
  }

  /** @param {string} what @param {Json} more */
  async useMenu(what, more) {
    this.log.toEnd();
    await this.tried(async () => this.settle(await this.line.ask(what, more)));
  }

  /**
   * Do something; a refusal becomes a sentence at the message box.
   *
   * @param {() => Promise<unknown>} deed
   * @param {() => void} [after]
   */
  async tried(deed, after) {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.composer.complain(error.message);
    } finally {
      after?.();
    }
  }
}
