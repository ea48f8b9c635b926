// @ts-check
/** The transcript: turns with their voice, questions, what was left out, and doubts in between. */
import { h } from "./dom.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {[number, string, number, number]} Row Line number, text, place of the voice, is it a question. */

const CHUNK = 100;
const COLOURS = 8;

/** @param {number} voice */
export function colour(voice) {
  return `colour-${voice % COLOURS}`;
}

/** @param {{name: string}} voice */
export function nameOf(voice) {
  return voice.name || "Who asks (not named)";
}

export class Lines {
  /** @param {HTMLElement} element @param {import("./socket.js").Line} line */
  constructor(element, line) {
    this.element = element;
    this.line = line;
    this.version = 0;
    /** @type {{element: HTMLElement, key: string}[]} */
    this.chunks = [];
    /** @type {Json} */
    this.overview = {};
    /** The doubt to go to once it is there. */
    this.wanted = -1;
  }

  /** @param {Json} overview @param {number} version */
  async show(overview, version) {
    this.version = version;
    this.overview = overview;
    this.byRow = doubtsByRow(overview.doubts);
    const voices = JSON.stringify(overview.voices.map((one) => [one.name, one.asks]));
    let start = 0;
    while (start < overview.rows) {
      const { rows } = await this.line.ask("lines", { version, start });
      // Something newer is on its way.
      if (!rows?.length || version !== this.version) return;
      for (let at = 0; at < rows.length; at += CHUNK) {
        this.put(start + at, rows.slice(at, at + CHUNK), voices);
      }
      start += rows.length;
    }
    for (const { element } of this.chunks.splice(Math.ceil(overview.rows / CHUNK))) element.remove();
  }

  /** @param {number} start @param {Row[]} rows @param {string} voices */
  put(start, rows, voices) {
    const place = start / CHUNK;
    this.chunks[place] ??= { element: this.element.appendChild(h("div", { class: "chunk" })), key: "" };
    const chunk = this.chunks[place];
    const notes = rows.map((_row, at) => this.byRow?.get(start + at) ?? 0);
    const key = JSON.stringify([rows, voices, notes]);
    if (key !== chunk.key) {
      const focused = chunk.element.contains(document.activeElement) ? document.activeElement?.id : "";
      chunk.element.replaceChildren(...this.turns(start, rows));
      chunk.key = key;
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    if (this.wanted >= 0) this.goTo(this.wanted);
  }

  /** @param {number} start @param {Row[]} rows */
  turns(start, rows) {
    /** @type {HTMLElement[]} */
    const turns = [];
    let before = -2;
    rows.forEach((row, at) => {
      const [, , voice] = row;
      if (voice !== before) turns.push(this.turn(voice));
      before = voice;
      const doubts = this.byRow?.get(start + at) ?? [];
      turns[turns.length - 1].append(...doubts.map((number) => this.doubt(number)), this.row(row));
    });
    return turns;
  }

  /** @param {number} place */
  turn(place) {
    if (place < 0) return h("div", { class: "turn nobody" });
    const voice = this.overview.voices[place];
    return h(
      "div",
      { class: `turn ${colour(place)}` },
      h("p", { class: "who" }, nameOf(voice), voice.asks && h("span", { class: "badge" }, "asks")),
    );
  }

  /** @param {Row} row */
  row([number, text, voice, isQuestion]) {
    return h(
      "p",
      { class: isQuestion ? "said is-question" : "said" },
      h("span", { class: "number", "aria-hidden": true }, String(number)),
      voice < 0 && h("span", { class: "unseen" }, "Left out: "),
      h("span", { class: "text", dir: "auto" }, text),
    );
  }

  /** @param {number} number */
  doubt(number) {
    const { why, line } = this.overview.doubts[number];
    const count = this.overview.doubts.length;
    return h(
      "p",
      { class: "doubt", id: `doubt-${number}`, tabindex: -1 },
      h("strong", {}, `Doubt ${number + 1} of ${count}, line ${line}: `),
      why,
    );
  }

  /** @param {number} number */
  goTo(number) {
    const note = document.getElementById(`doubt-${number}`);
    this.wanted = note ? -1 : number;
    if (!note) return;
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "center" });
  }
}

/** @param {{row: number}[]} doubts @returns {Map<number, number[]>} */
function doubtsByRow(doubts) {
  const byRow = new Map();
  doubts.forEach(({ row }, number) => byRow.set(row, [...(byRow.get(row) ?? []), number]));
  return byRow;
}
