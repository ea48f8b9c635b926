// @ts-check
/** The voices, and what can be decided about each. */
import { h } from "./dom.js";
import { colour, nameOf } from "./lines.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{name: string, labels: string[], asks: boolean, turns: number, first: string}} Voice */
/** @typedef {{decide: (what: string, more?: Json) => Promise<any>, send: (what: string, more?: Json) => Promise<any>}} Deciding */

export class Voices {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} silenced Where those are that were left out.
   * @param {import("./question.js").Question} question
   * @param {Deciding} deciding
   */
  constructor(list, silenced, question, deciding) {
    this.list = list;
    this.silenced = silenced;
    this.question = question;
    this.deciding = deciding;
    /** @type {Voice[]} */
    this.all = [];
  }

  /** @param {Json} overview */
  show(overview) {
    this.all = overview.voices;
    const key = document.activeElement?.getAttribute("data-key");
    this.list.replaceChildren(...this.all.map((voice, place) => this.card(voice, place)));
    this.silenced.replaceChildren(...this.leftOut(overview.nobody));
    if (key) this.focus(key);
  }

  /** Go on where somebody was, though the voice may have another name, or be no more. @param {string} key */
  focus(key) {
    const buttons = [...document.querySelectorAll("[data-key]")];
    const same = buttons.find((one) => one.getAttribute("data-key") === key);
    /** @type {HTMLElement | null | undefined} */ (same ?? document.querySelector("#voices-fold summary"))?.focus();
  }

  /** @param {Voice} voice @param {number} place */
  card(voice, place) {
    const turns = voice.turns === 1 ? "1 turn" : `${voice.turns} turns`;
    return h(
      "li",
      { class: `voice ${colour(place)}` },
      h("h3", { class: "who" }, nameOf(voice)),
      h("p", { class: "quiet" }, voice.asks ? `Asks · ${turns}` : `Answers · ${turns}`),
      h("p", { class: "first", dir: "auto" }, voice.first),
      voice.labels.length > 1 && this.labels(voice),
      voice.labels.length ? this.buttons(voice) : h("p", { class: "quiet" }, "The file has no label for it."),
    );
  }

  /** @param {Voice} voice */
  labels(voice) {
    return h(
      "ul",
      { class: "labels", "aria-label": `How the file writes ${nameOf(voice)}` },
      voice.labels.map((label) =>
        h("li", {}, h("span", {}, label), this.button("On its own", label, `split ${label}`, () => this.deciding.decide("split", { label }))),
      ),
    );
  }

  /** @param {Voice} voice */
  buttons(voice) {
    const { labels } = voice;
    const name = nameOf(voice);
    const { decide } = this.deciding;
    const asks = this.button("Asks", name, `ask ${labels[0]}`, () => decide("ask", { labels, does: !voice.asks }));
    asks.setAttribute("aria-pressed", String(voice.asks));
    return h(
      "div",
      { class: "buttons" },
      this.button("Rename", name, `rename ${labels[0]}`, () => this.rename(voice)),
      this.others(voice).length > 0 && this.button("Same voice as…", name, `join ${labels[0]}`, () => this.join(voice)),
      asks,
      this.button("Leave out", name, `silence ${labels[0]}`, () => decide("silence", { labels })),
    );
  }

  /** @param {string} words @param {string} name @param {string} key @param {() => void} onclick */
  button(words, name, key, onclick) {
    return h("button", { class: "tool", type: "button", "data-key": key, "aria-label": `${words}: ${name}`, onclick }, words);
  }

  /** @param {string[]} nobody */
  leftOut(nobody) {
    if (!nobody.length) return [];
    const bringBack = (/** @type {string} */ label) =>
      this.button("Bring back", label, `back ${label}`, () => this.deciding.decide("bring_back", { label }));
    return [
      h("h3", { class: "quiet" }, "Left out"),
      h("ul", { class: "labels" }, nobody.map((label) => h("li", {}, h("span", {}, label), bringBack(label)))),
    ];
  }

  /** @param {Voice} voice */
  others(voice) {
    return this.all.filter((one) => one !== voice && one.labels.length);
  }

  /** @param {Voice} voice */
  rename(voice) {
    const input = h("input", { class: "input", maxlength: 100, required: true, autocomplete: "off", value: voice.name });
    const { labels } = voice;
    this.question.ask(`Rename ${nameOf(voice)}`, "Name", input, "Rename", () => this.deciding.send("rename", { labels, name: input.value }));
    input.select();
  }

  /** @param {Voice} voice */
  join(voice) {
    const others = this.others(voice);
    const options = others.map((one, place) => h("option", { value: place }, nameOf(one)));
    const select = h("select", { class: "input", required: true }, h("option", { value: "" }, "Choose…"), options);
    const { labels } = voice;
    this.question.ask(`Who is ${nameOf(voice)}?`, "The same voice as", select, "Join", () =>
      this.deciding.send("join", { labels, others: others[Number(select.value)].labels }),
    );
  }
}
