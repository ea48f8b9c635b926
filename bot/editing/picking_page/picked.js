// @ts-check
/** The list of all quotes of the pack, withdrawn ones among them. */
import { byId, h } from "./dom.js";

/** @typedef {Record<string, any>} Json */

export class Picked {
  /** @param {{change: (quote: Json) => void, bringBack: (quote: Json) => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.list = byId("picked");
    this.fold = /** @type {HTMLDetailsElement} */ (byId("picked-fold"));
    /** @type {Json[]} */
    this.quotes = [];
    this.isDrawn = false;
    this.fold.addEventListener("toggle", () => this.draw());
  }

  /** @param {Json[]} quotes */
  show(quotes) {
    this.quotes = quotes;
    this.isDrawn = false;
    byId("picked-title").textContent = `Quotes (${quotes.filter((one) => !one.withdrawn).length})`;
    this.draw();
  }

  /** Only where it can be seen: a pack may have thousands. */
  draw() {
    if (this.isDrawn || !this.fold.open) return;
    const focused = document.activeElement?.getAttribute("data-quote");
    this.list.replaceChildren(...this.quotes.map((quote) => this.card(quote)));
    this.isDrawn = true;
    if (focused) /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-quote="${focused}"]`))?.focus();
  }

  /** @param {Json} quote */
  card(quote) {
    const { change, bringBack } = this.acts;
    const [words, act] = quote.withdrawn ? ["Bring back", bringBack] : ["Change", change];
    return h(
      "li",
      { class: quote.withdrawn ? "picked-quote is-withdrawn" : "picked-quote" },
      h("p", { class: "who" }, `${quote.number} · ${quote.speaker}`),
      h("p", { class: "first", dir: "auto" }, quote.text),
      h("p", { class: "quiet" }, aboutIt(quote)),
      h("button", { class: "tool", type: "button", "data-quote": quote.number, "aria-label": `${words}: quote ${quote.number}`, onclick: () => act(quote) }, words),
    );
  }
}

/** @param {Json} quote */
function aboutIt(quote) {
  const parts = [
    quote.withdrawn && "withdrawn",
    quote.topics.join(", "),
    quote.spoiler !== "none" && `${quote.spoiler} spoiler`,
    quote.mature && "mature",
    !quote.drawn && "not at random",
    !quote.withdrawn && !quote.places.length && "not word for word in what was said",
  ];
  return parts.filter(Boolean).join(" · ");
}
