// @ts-check
/** The panel "Inspect": what the bot sent for a message, how soon, and what is refused. */
import { h } from "./dom.js";
import { nameOf } from "./message.js";
import { Refused } from "./socket.js";
import { locale, say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").View} View */

const SECONDS_TO_ANSWER = 3;
const MOST_REFUSALS = 20;

export class SentPanel {
  /**
   * @param {HTMLElement} panel
   * @param {HTMLElement} opener
   * @param {import("./actions.js").Actions} actions
   */
  constructor(panel, opener, actions) {
    this.panel = panel;
    this.opener = opener;
    this.actions = actions;
    /** @type {View | null} */
    this.view = null;
    this.isPinned = false;
    this.drawn = 0;
    /** @type {string[]} */
    this.refusals = [];
    this.content = h("div", { class: "sent-content" });
    const close = h("button", { class: "tool", type: "button", onclick: () => this.close() }, say("Close"));
    panel.append(h("header", { class: "sent-head" }, h("h2", {}, say("Inspect")), close), this.content);
    opener.addEventListener("click", () => (panel.hidden ? this.open(null) : this.close()));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /**
   * Show a message's requests, or the newest one's.
   *
   * @param {View | null} view
   */
  open(view) {
    this.panel.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.isPinned = view !== null;
    this.view = view;
    this.follow();
    /** @type {HTMLElement | null} */ (this.panel.querySelector("button"))?.focus();
  }

  close() {
    this.panel.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.focus();
  }

  /** Show what is newest, or how the chosen message stands now. */
  follow() {
    if (this.panel.hidden) return;
    const chosen = this.isPinned && this.view ? this.actions.log.entries.get(this.view.payload.id)?.view : null;
    this.view = chosen ?? this.actions.log.newest() ?? null;
    this.draw();
  }

  /**
   * Keep what the bot was refused, to be read also when the panel was closed.
   *
   * @param {string} route
   * @param {string[]} sentences
   */
  refuse(route, sentences) {
    this.refusals = [...sentences.map((one) => `${route}: ${one}`), ...this.refusals].slice(0, MOST_REFUSALS);
    this.opener.textContent = say("Inspect ({count} refused)", { count: this.refusals.length });
    this.follow();
  }

  async draw() {
    this.drawn += 1;
    const number = this.drawn;
    const { view } = this;
    const requests = await this.requests(view);
    if (number !== this.drawn) return;
    this.content.replaceChildren(
      ...this.refused(),
      ...(view ? report(view, nameOf(view.payload.author, this.actions.names)) : [h("p", {}, say("The bot has not written here yet."))]),
      h("h3", {}, view ? say("Requests") : say("The last requests")),
      requests.length ? h("ol", { class: "requests" }, requests.map(request)) : h("p", {}, say("None.")),
    );
  }

  /** @param {View | null} view @returns {Promise<Json[]>} */
  async requests(view) {
    try {
      const asked = { message: view?.payload.id ?? null };
      return (await this.actions.line.ask("requests", asked)).requests;
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  }

  refused() {
    if (!this.refusals.length) return [];
    const rows = this.refusals.map((one) => h("li", {}, one));
    return [h("section", { class: "refusals", "aria-label": say("Refused") }, h("h3", {}, say("Discord would have refused")), h("ul", {}, rows))];
  }
}

/** @param {View} view @param {string} name */
function report({ report, used_by }, name) {
  const { ms, sent, refused } = report;
  const command = used_by ? say(", to {name}’s {command}", { name: used_by.name, command: used_by.command }) : "";
  const speed = ms === null
    ? say("Nobody waited for it.")
    : say("First answer after {ms} ms; Discord allows {most} s.", { ms: ms.toLocaleString(locale(), { maximumFractionDigits: 1 }), most: SECONDS_TO_ANSWER });
  return [
    h("p", { class: "sent-what" }, h("b", {}, name), command),
    h("p", { class: "sent-speed" }, speed),
    refused.length
      ? h("section", { class: "refusals" }, h("h3", {}, say("Discord would have refused")), h("ul", {}, refused.map((one) => h("li", {}, one))))
      : h("p", { class: "sent-fine" }, say("✓ Within Discord’s limits.")),
    ...sent.map((body, place) => json(sent.length > 1 ? say("Body {number} of {count}", { number: place + 1, count: sent.length }) : say("Body"), body)),
  ];
}

/** @param {Json} one */
function request(one) {
  const time = one.ms_since_interaction == null ? "" : ` · ${Math.round(one.ms_since_interaction)} ms`;
  const isRefused = one.status >= 400;
  return h(
    "li",
    { class: isRefused ? "is-refused" : "" },
    h("code", {}, `${one.method} ${one.route}`),
    h("span", {}, ` ${one.status}${time}`),
    isRefused && h("ul", {}, (one.refusals ?? []).map((/** @type {string} */ why) => h("li", {}, why))),
  );
}

/** @param {string} title @param {Json} body */
function json(title, body) {
  return h(
    "details",
    { class: "json", open: true },
    h("summary", {}, title),
    h("pre", { tabindex: 0, "aria-label": title }, h("code", {}, written(body))),
  );
}

/**
 * Write marks of direction as escapes, so that a text cannot turn the JSON around it.
 *
 * @param {Json} body
 */
function written(body) {
  const escape = (/** @type {string} */ mark) => `\\u${mark.charCodeAt(0).toString(16)}`;
  return JSON.stringify(body, null, 2).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escape);
}
