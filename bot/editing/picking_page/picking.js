// @ts-check
/** Where the parts of the page meet: sentences are chosen, and what becomes of them is sent. */
import { Colours } from "./colours.js";
import { byId, h } from "./dom.js";
import { Picked } from "./picked.js";
import { QuoteForm } from "./quote_form.js";
import { Sentences } from "./sentences.js";
import { Line, Refused } from "./socket.js";

/** @typedef {Record<string, any>} Json */

const CLOSED_UP = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]/;

/** @type {Json} */
let state = { quotes: [], topics: [] };
/** @type {Json} */
let overview = { questions: [], answers: [] };
let link = "connecting";
let told = "";
/** The quote that is being changed. @type {Json | null} */
let quote = null;
/** The sentences that are to become one. @type {number[]} */
let places = [];
/** What they said when they were chosen. @type {string[]} */
let words = [];

const line = new Line(receive, (now) => {
  link = now;
  showStatus();
});
line.lost = "The program behind this page doesn't answer; nothing was changed.";
const sentences = new Sentences(byId("spoken"), line, choose);
const form = new QuoteForm(/** @type {HTMLFormElement} */ (byId("form")), { save, withdraw, cancel });
const picked = new Picked({ change: openFromList, bringBack });
const colours = new Colours(/** @type {HTMLFormElement} */ (byId("colours")), chooseColours);

/** @param {Json} event */
function receive(event) {
  if (event.event !== "pack") return;
  state = { ...state, ...event };
  if (event.overview) showOverview(event.overview);
  if (event.quotes) showQuotes();
  showMistakes();
  showStatus();
}

/** @param {Json} now */
function showOverview(now) {
  overview = now;
  byId("folder").textContent = state.folder;
  byId("title").textContent = overview.title;
  document.title = `${overview.title} · quotes`;
  byId("see").textContent = overview.see;
  byId("check").textContent = overview.check;
  byId("more").hidden = !overview.hasMore;
  form.least = overview.least;
  form.most = overview.most;
  colours.show(overview.colours);
  const spoken = new Set(overview.answers.map((/** @type {number[]} */ one) => one[0]));
  const questions = overview.questions.filter((/** @type {Json} */ one) => spoken.has(one.number));
  byId("question").replaceChildren(
    h("option", { value: "" }, "Go to…"),
    ...questions.map((/** @type {Json} */ one) => h("option", { value: one.number }, `${one.number}. ${one.title}`)),
  );
  void tried(showSentences);
}

/** Show again what was said: a pick stays where its words do. */
async function showSentences() {
  if (!(await sentences.show(overview, state.version))) return;
  if (places.every((place, at) => sentences.all[place]?.[0] === words[at])) return;
  cancel();
  showProblem("What was said has changed. Choose again.");
}

function showQuotes() {
  sentences.showQuotes(state.quotes);
  picked.show(state.quotes);
  const count = state.quotes.filter((/** @type {Json} */ one) => !one.withdrawn).length;
  byId("count").textContent = count === 1 ? "1 quote" : `${count} quotes`;
}

function showMistakes() {
  const region = byId("mistakes");
  const key = JSON.stringify(state.mistakes);
  if (region.dataset.key === key) return;
  region.dataset.key = key;
  region.hidden = !state.mistakes.length;
  region.replaceChildren(
    h("h2", {}, "Fix this first"),
    h("ul", {}, state.mistakes.map((/** @type {string} */ one) => h("li", {}, one))),
  );
}

function showStatus() {
  const lost = { stopped: "The page was stopped. Everything you picked is saved.", lost: "No answer. Trying again…" }[link];
  const words = lost ?? told;
  if (byId("status").textContent !== words) byId("status").textContent = words;
}

/** A sentence was clicked. @param {number} place */
function choose(place) {
  showProblem("");
  const number = sentences.quoted.get(place);
  if (number !== undefined) {
    openQuote(state.quotes.find((/** @type {Json} */ one) => one.number === number));
    return;
  }
  const isFirst = quote !== null || !places.length;
  const answer = sentences.partOf(place).answer;
  if (quote || (places.length && sentences.partOf(places[0]).answer !== answer)) places = [];
  quote = null;
  const isNew = !places.length;
  places = places.includes(place) ? places.filter((one) => one !== place) : [...places, place].sort((a, b) => a - b);
  if (!places.length) cancel();
  else showPick(isFirst || isNew);
}

/** @param {boolean} isNew */
function showPick(isNew) {
  const part = sentences.partOf(places[0]);
  const question = questionOf(part.exchange);
  words = places.map((one) => sentences.all[one][0]);
  sentences.showChosen(places);
  if (isNew) {
    const fields = { topics: question.topics, spoiler: question.spoiler, mature: false, drawn: true };
    form.open({ title: "", text: "", words: 0, fields, yes: "Add quote", isNew: true }, topicsFor(question));
  }
  const count = places.reduce((sum, place) => sum + sentences.all[place][1], 0);
  form.proposeRandom(form.showWords(`${sentences.nameOf(part)}, question ${part.exchange}`, textOf(places), count));
  makeRoom();
}

/** The bar lies over the page: what was clicked is not to be below it. */
function makeRoom() {
  document.documentElement.style.setProperty("--bar-height", `${byId("bottom").offsetHeight + 12}px`);
  sentences.stayInView();
}

/** Join sentences as they will stand in the quote. @param {number[]} chosen */
function textOf(chosen) {
  let text = "";
  chosen.forEach((place, at) => {
    const sentence = sentences.all[place][0];
    const isNext = at > 0 && place === chosen[at - 1] + 1;
    const isClosedUp = isNext && CLOSED_UP.test(text.slice(-1)) && CLOSED_UP.test(sentence[0]);
    text += at === 0 || isClosedUp ? sentence : isNext ? ` ${sentence}` : ` […] ${sentence}`;
  });
  return text;
}

/** @param {number} number @returns {Json} */
function questionOf(number) {
  return overview.questions.find((/** @type {Json} */ one) => one.number === number) ?? { topics: [], spoiler: "none" };
}

/** @param {Json} question */
function topicsFor(question) {
  return [...new Set([...question.topics, ...state.topics])];
}

/** @param {Json} one */
function openQuote(one) {
  quote = one;
  places = [];
  sentences.showChosen(one.places);
  form.open({ title: "", text: "", words: 0, fields: fieldsOf(one), yes: "Save", isNew: false }, topicsFor(questionOf(one.exchange)));
  const count = one.places.reduce((/** @type {number} */ sum, /** @type {number} */ place) => sum + sentences.all[place][1], 0);
  form.showWords(`Quote ${one.number}, ${one.speaker}`, one.text, count || one.text.split(/\s+/).length);
  makeRoom();
}

/** @param {Json} one */
function fieldsOf(one) {
  return { topics: one.topics, spoiler: one.spoiler, mature: one.mature, drawn: one.drawn };
}

/** @param {Json} one */
function openFromList(one) {
  openQuote(one);
  if (one.places.length) sentences.goTo(one.places[0]);
  form.topics.focus();
}

function save() {
  const { fields } = form;
  if (quote) {
    const { number, mark } = quote;
    void acted(() => line.ask("change", { number, mark, ...fields }), `Quote ${number} is saved.`);
    return;
  }
  if (!places.length) return;
  const { answer, first } = sentences.partOf(places[0]);
  const pick = { version: sentences.version, answer, places: places.map((place) => place - first) };
  void acted(() => line.ask("add", { ...pick, ...fields }), ({ number }) => `Quote ${number} is added.`);
}

function withdraw() {
  if (!quote) return;
  const { number, mark } = quote;
  void acted(() => line.ask("withdraw", { number, mark }), `Quote ${number} is withdrawn; its number stays taken.`);
}

/** @param {Json} one */
function bringBack(one) {
  const { number, mark } = one;
  void acted(() => line.ask("bring_back", { number, mark }), `Quote ${number} is back.`);
}

/** @param {Record<string, string>} values */
function chooseColours(values) {
  void tried(async () => {
    await line.ask("colours", values);
    tell("The colours are saved.");
  });
}

function cancel() {
  const isWithin = byId("form").contains(document.activeElement);
  quote = null;
  places = [];
  sentences.showChosen([]);
  form.close();
  showProblem("");
  if (isWithin) sentences.goBack();
}

/**
 * Send what was decided about a quote; what is refused leaves the form open.
 *
 * @param {() => Promise<any>} act @param {string | ((result: Json) => string)} words
 */
function acted(act, words) {
  return tried(async () => {
    const result = await act();
    cancel();
    tell(typeof words === "string" ? words : words(result));
  });
}

/** @param {() => Promise<any>} act */
async function tried(act) {
  try {
    showProblem("");
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell("");
    showProblem(error.message);
  }
}

/** @param {string} words */
function tell(words) {
  told = words;
  showStatus();
}

/** @param {string} sentence */
function showProblem(sentence) {
  const region = byId("problem");
  // Said once: the same words again would be read aloud again.
  if (region.textContent !== sentence) region.textContent = sentence;
}

byId("question").addEventListener("change", (event) => {
  const select = /** @type {HTMLSelectElement} */ (event.target);
  const place = sentences.parts.find((part) => part.exchange === Number(select.value))?.first;
  document.getElementById(`question-${select.value}`)?.scrollIntoView({ block: "start" });
  if (place !== undefined) sentences.stand(place);
  select.value = "";
});
