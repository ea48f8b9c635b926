// @ts-check
/** The bar in which a quote gets its topics and its levels. */
import { h, uid } from "./dom.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{topics: string[], spoiler: string, mature: boolean, drawn: boolean}} Fields */
/** @typedef {{title: string, text: string, words: number, fields: Fields, yes: string, isNew: boolean}} Draft */

const LEVELS = ["none", "mild", "major"];
const OFFERED = 12;

export class QuoteForm {
  /**
   * @param {HTMLFormElement} form
   * @param {{save: () => void, withdraw: () => void, cancel: () => void}} acts
   */
  constructor(form, acts) {
    this.form = form;
    this.isRandomChosen = false;
    this.least = 0;
    this.most = 0;
    this.title = h("p", { class: "form-title" });
    this.text = h("p", { class: "form-text", dir: "auto", tabindex: 0, role: "region", "aria-label": "Words of the quote" });
    this.length = h("p", { class: "form-length", id: uid("length") });
    this.topics = h("input", { class: "input", id: uid("topics"), autocomplete: "off", maxlength: 300, "aria-describedby": "topics-note" });
    this.offered = h("div", { class: "offered", role: "group", "aria-label": "Topics of this interview" });
    this.levels = LEVELS.map((level) => h("input", { type: "radio", name: "spoiler", id: uid("level"), value: level }));
    this.mature = h("input", { type: "checkbox", id: uid("mature") });
    this.drawn = h("input", { type: "checkbox", id: uid("drawn"), "aria-describedby": this.length.id });
    this.yes = h("button", { class: "button primary", type: "submit" });
    this.withdraw = h("button", { class: "button secondary", type: "button", onclick: acts.withdraw }, "Withdraw");
    form.append(
      h("div", { class: "form-words" }, this.title, this.text, this.length),
      h("div", { class: "form-topics" }, h("label", { for: this.topics.id }, "Topics"), this.topics, h("span", { id: "topics-note", class: "unseen" }, "With commas between"), this.offered),
      h("fieldset", { class: "form-levels" }, h("legend", {}, "Spoiler"), this.levels.map((one) => h("label", {}, one, one.value))),
      h("div", { class: "form-levels" }, h("label", {}, this.mature, "Mature"), h("label", {}, this.drawn, "At random")),
      h("div", { class: "buttons" }, this.yes, this.withdraw, h("button", { class: "button secondary", type: "button", onclick: acts.cancel }, "Cancel")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      acts.save();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") acts.cancel();
    });
    this.drawn.addEventListener("change", () => (this.isRandomChosen = true));
    this.topics.addEventListener("input", () => this.showOffered());
    /** @type {string[]} */
    this.known = [];
  }

  /** @param {Draft} draft @param {string[]} known Topics that there are. */
  open(draft, known) {
    this.form.hidden = false;
    this.known = known;
    this.isRandomChosen = false;
    this.topics.value = draft.fields.topics.join(", ");
    for (const level of this.levels) level.checked = level.value === draft.fields.spoiler;
    this.mature.checked = draft.fields.mature;
    this.drawn.checked = draft.fields.drawn;
    this.yes.textContent = draft.yes;
    this.withdraw.hidden = draft.isNew;
    this.showOffered();
  }

  /** @param {string} title @param {string} text @param {number} words */
  showWords(title, text, words) {
    this.title.textContent = title;
    this.text.textContent = text;
    const isGood = words >= this.least && words <= this.most;
    const advice = words < this.least ? " A little short: add a neighbour?" : words > this.most ? " A little long: choose fewer sentences?" : "";
    const count = words === 1 ? "1 word" : `${words} words`;
    this.length.textContent = isGood ? `${count}, a good length to come up at random.` : `${count}; ${this.least} to ${this.most} are best.${advice}`;
    this.length.classList.toggle("is-warning", !isGood);
    return isGood;
  }

  /** Propose what its length says, unless somebody decided. @param {boolean} isGood */
  proposeRandom(isGood) {
    if (!this.isRandomChosen) this.drawn.checked = isGood;
  }

  close() {
    this.form.hidden = true;
  }

  /** @returns {Fields} */
  get fields() {
    return {
      topics: this.chosenTopics,
      spoiler: this.levels.find((one) => one.checked)?.value ?? "none",
      mature: this.mature.checked,
      drawn: this.drawn.checked,
    };
  }

  get chosenTopics() {
    return this.topics.value.split(",").map((one) => one.trim()).filter(Boolean);
  }

  showOffered() {
    const chosen = new Set(this.chosenTopics);
    const focused = document.activeElement?.parentElement === this.offered ? document.activeElement?.textContent : "";
    this.offered.replaceChildren(
      ...this.known.slice(0, OFFERED).map((topic) =>
        h("button", { class: "tool", type: "button", "aria-pressed": chosen.has(topic), onclick: () => this.toggle(topic) }, topic),
      ),
    );
    const same = [...this.offered.children].find((one) => focused && one.textContent === focused);
    /** @type {HTMLElement | undefined} */ (same)?.focus({ preventScroll: true });
  }

  /** @param {string} topic */
  toggle(topic) {
    const chosen = this.chosenTopics;
    const others = chosen.filter((one) => one !== topic);
    this.topics.value = (others.length < chosen.length ? others : [...chosen, topic]).join(", ");
    this.showOffered();
  }
}
