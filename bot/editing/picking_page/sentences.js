// @ts-check
/** What was said: questions, and under them each answer, sentence by sentence. */
import { h } from "./dom.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{answer: number, exchange: number, person: number, first: number}} Part */

const CHUNK = 100;
const COLOURS = 8;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

export class Sentences {
  /**
   * @param {HTMLElement} element
   * @param {import("./socket.js").Line} line
   * @param {(place: number) => void} choose
   */
  constructor(element, line, choose) {
    this.element = element;
    this.line = line;
    this.version = 0;
    /** @type {Json} */
    this.overview = {};
    /** @type {[string, number][]} Text and count of words. */
    this.all = [];
    /** @type {HTMLElement[]} */
    this.buttons = [];
    /** @type {Part[]} */
    this.parts = [];
    /** @type {Map<number, number>} Numbers of quotes by the places of their sentences. */
    this.quoted = new Map();
    /** @type {Set<number>} */
    this.chosen = new Set();
    this.current = 0;
    element.addEventListener("click", (event) => {
      const place = this.placeOf(event.target);
      if (place < 0) return;
      this.stand(place);
      choose(place);
    });
    element.addEventListener("keydown", (event) => this.walk(event));
  }

  /**
   * Show all of it, where the reader is; false where something newer is on its way.
   *
   * @param {Json} overview @param {number} version @returns {Promise<boolean>}
   */
  async show(overview, version) {
    const isWithin = this.element.contains(document.activeElement);
    // Emptied, it would let the page jump to its top.
    this.element.style.minHeight = `${this.element.offsetHeight}px`;
    this.version = version;
    this.overview = overview;
    this.parts = partsOf(overview.answers);
    const total = overview.answers.reduce((/** @type {number} */ sum, /** @type {number[]} */ one) => sum + one[2], 0);
    this.all = [];
    this.buttons = [];
    this.element.replaceChildren();
    while (this.all.length < total) {
      const { sentences } = await this.line.ask("sentences", { version, start: this.all.length });
      if (!sentences?.length || version !== this.version) return false;
      const start = this.all.length;
      this.all.push(...sentences);
      for (let at = start; at < this.all.length; at += CHUNK) {
        this.element.append(this.chunk(at, Math.min(at + CHUNK, this.all.length)));
      }
      this.mark(start);
    }
    this.element.style.minHeight = "";
    this.stand(Math.min(this.current, Math.max(0, total - 1)));
    if (isWithin) this.buttons[this.current]?.focus({ preventScroll: true });
    return true;
  }

  /** @param {number} start @param {number} end */
  chunk(start, end) {
    const chunk = h("div", { class: "chunk" });
    /** @type {HTMLElement | undefined} */
    let answer;
    for (let place = start; place < end; place += 1) {
      const part = this.partOf(place);
      if (place === part.first) chunk.append(...this.question(part));
      if (!answer || place === part.first) chunk.append((answer = this.answer(part)));
      const button = this.sentence(place);
      this.buttons[place] = button;
      answer.append(button);
    }
    return chunk;
  }

  /** @param {Part} part */
  question(part) {
    const before = this.parts[part.answer - 1];
    if (before?.exchange === part.exchange) return [];
    const question = this.overview.questions.find((/** @type {Json} */ one) => one.number === part.exchange);
    const parts = [
      h("h3", { class: "question", id: `question-${part.exchange}`, tabindex: -1 }, `${part.exchange}. ${question?.title ?? ""}`),
      question?.summary !== question?.title && h("p", { class: "quiet summary", dir: "auto" }, question?.summary),
    ];
    return parts.filter((one) => one instanceof Node);
  }

  /** @param {Part} part */
  answer(part) {
    const name = this.nameOf(part);
    return h(
      "div",
      { class: `answer colour-${Math.max(0, part.person) % COLOURS}`, role: "group", "aria-label": `${name}, question ${part.exchange}` },
      h("p", { class: "who" }, name),
    );
  }

  /** @param {number} place */
  sentence(place) {
    return h(
      "button",
      { class: "sentence", type: "button", tabindex: -1, "aria-pressed": false, "data-place": place },
      h("span", { class: "badge" }),
      h("span", { dir: "auto" }, this.all[place][0]),
    );
  }

  /** @param {Part} part */
  nameOf(part) {
    return this.overview.people[part.person] ?? "Somebody else";
  }

  /** Find the answer of a sentence. @param {number} place */
  partOf(place) {
    let low = 0;
    let high = this.parts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.parts[middle].first <= place) low = middle;
      else high = middle - 1;
    }
    return this.parts[low];
  }

  /** Show which sentences are quotes. @param {Json[]} quotes */
  showQuotes(quotes) {
    const before = this.quoted;
    this.quoted = new Map();
    for (const quote of quotes) for (const place of quote.places) this.quoted.set(place, quote.number);
    for (const place of new Set([...before.keys(), ...this.quoted.keys()])) {
      if (before.get(place) !== this.quoted.get(place)) this.draw(place);
    }
  }

  /** @param {number[]} places */
  showChosen(places) {
    const before = this.chosen;
    this.chosen = new Set(places);
    for (const place of new Set([...before, ...places])) this.draw(place);
  }

  /** @param {number} start */
  mark(start) {
    for (const place of [...this.quoted.keys(), ...this.chosen]) if (place >= start) this.draw(place);
  }

  /** @param {number} place */
  draw(place) {
    const button = this.buttons[place];
    if (!button) return;
    const number = this.quoted.get(place);
    button.classList.toggle("is-quote", number !== undefined);
    button.setAttribute("aria-pressed", String(this.chosen.has(place)));
    button.firstChild?.replaceWith(h("span", { class: "badge" }, number !== undefined && `Quote ${number}`));
  }

  /** Let one sentence be the one that Tab comes to. @param {number} place */
  stand(place) {
    this.buttons[this.current]?.setAttribute("tabindex", "-1");
    this.current = place;
    this.buttons[place]?.setAttribute("tabindex", "0");
  }

  /** @param {number} place */
  goTo(place) {
    this.stand(place);
    this.buttons[place]?.focus({ preventScroll: true });
    this.buttons[place]?.scrollIntoView({ block: "center" });
  }

  /** Move the page no further than it takes to see the current one. */
  stayInView() {
    this.buttons[this.current]?.scrollIntoView({ block: "nearest" });
  }

  /** Go back to where somebody was, without moving the page. */
  goBack() {
    this.buttons[this.current]?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    const place = this.placeOf(event.target);
    if (!step || place < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(this.buttons.length - 1, place + step));
    this.stand(next);
    this.buttons[next].focus({ preventScroll: true });
    this.buttons[next].scrollIntoView({ block: "nearest" });
  }

  /** @param {EventTarget | null} target */
  placeOf(target) {
    const button = target instanceof Element ? target.closest(".sentence") : null;
    return button ? Number(button.getAttribute("data-place")) : -1;
  }
}

/** @param {number[][]} answers @returns {Part[]} */
function partsOf(answers) {
  let first = 0;
  return answers.map(([exchange, person, count], answer) => {
    const part = { answer, exchange, person, first };
    first += count;
    return part;
  });
}
