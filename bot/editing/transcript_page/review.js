// @ts-check
/** Where the parts of the page meet: what was understood is shown, what is decided is sent. */
import { Doubts } from "./doubts.js";
import { byId, h } from "./dom.js";
import { Lines } from "./lines.js";
import { Question } from "./question.js";
import { Line, Refused } from "./socket.js";
import { Voices } from "./voices.js";

/** @typedef {Record<string, any>} Json */

const NARROW = "(max-width: 860px)";
const MANY_VOICES = 3;

/** @type {Json} */
let state = {};
/** @type {Json} */
let overview = { voices: [], doubts: [], nobody: [], leftOut: [], rows: 0, problem: "", plan: "", shape: "", shapes: [] };
let link = "connecting";
let isFirst = true;
/** What this page was refused, until something else is decided. */
let refused = "";
/** Whether it is being written: of hours of talk that takes seconds. */
let isWriting = false;

const line = new Line(receive, (now) => {
  link = now;
  showStatus();
});
const question = new Question(/** @type {HTMLDialogElement} */ (byId("dialog")));
const lines = new Lines(byId("lines"), line);
const voices = new Voices(byId("voices"), byId("silenced"), question, { decide, send });
const doubts = new Doubts(lines);

/** @param {Json} event */
function receive(event) {
  if (event.event === "next" || event.event === "pack") location.reload();
  if (event.event !== "state") return;
  const wasReading = state.isReading;
  state = event;
  if (event.overview) {
    overview = event.overview;
    show(wasReading);
  }
  showProblem();
  showStatus();
}

/** @param {boolean} [isAgain] */
function show(isAgain) {
  byId("file").textContent = overview.title === overview.name ? "" : overview.name;
  byId("title").textContent = overview.title;
  document.title = `${overview.title} · preview`;
  byId("understood").textContent = isAgain ? `Read again${again()}` : overview.understood;
  byId("sureness").textContent = overview.understood
    ? `How sure: ${overview.sureness}. Shape of the labels: ${overview.shape}.`
    : "";
  input("shape").value = overview.shape;
  if (overview.rows) byId("shape-note").textContent = otherShapes();
  byId("voices-title").textContent = `Voices (${overview.voices.length})`;
  document.body.classList.toggle("is-unread", !overview.rows);
  byId("answerer").hidden = !overview.lacksName;
  if (isFirst) fold();
  isFirst = false;
  voices.show(overview);
  doubts.show(overview.doubts);
  showPlan();
  void tried(() => lines.show(overview, state.version));
}

function again() {
  return overview.rows ? `. ${overview.understood}` : "; that did not help.";
}

function otherShapes() {
  const others = overview.shapes.filter((/** @type {string} */ one) => one !== overview.shape);
  return others.length ? `This file also has: ${others.join(", ")}.` : "No other way was found in this file.";
}

/** On a phone many voices would hide what they say; where there are none, there is another way. */
function fold() {
  const isLong = matchMedia(NARROW).matches && overview.voices.length > MANY_VOICES;
  details("voices-fold").open = !isLong;
  details("otherwise").open = !overview.rows;
}

/** @param {string} id */
function details(id) {
  return /** @type {HTMLDetailsElement} */ (byId(id));
}

function showPlan() {
  byId("plan").textContent = overview.plan;
  const fold = byId("left-out");
  fold.hidden = !overview.leftOut.length;
  fold.querySelector("summary")?.replaceChildren(`Not taken: ${overview.leftOut.length}`);
  fold.querySelector("ul")?.replaceChildren(...overview.leftOut.map((why) => h("li", {}, why)));
}

function showProblem() {
  const sentence = [refused || state.refusal, overview.problem].filter(Boolean).join(" ");
  const region = byId("problem");
  // Said once: the same words again would be read aloud again.
  if (region.textContent !== sentence) region.textContent = sentence;
}

function showStatus() {
  const status = statusOf();
  if (byId("status").textContent !== status) byId("status").textContent = status;
  const isOver = link === "stopped" || Boolean(state.folder);
  document.body.classList.toggle("is-over", isOver);
  byId("bar").setAttribute("aria-busy", String(Boolean(state.isReading)));
  enable("undo", state.canUndo && !isOver);
  enable("start-over", overview.isDecided && !isOver);
  enable("use", !whyNot());
  if (state.folder && !byId("written").textContent) showWritten();
}

function statusOf() {
  if (state.folder) return "";
  if (link === "stopped") return "The preview was stopped. Nothing was written.";
  if (link === "lost") return "The preview does not answer. Trying again…";
  if (!state.version) return "Reading…";
  if (isWriting) return "Writing…";
  return state.isReading ? "Reading again…" : "";
}

/** Say why what is shown cannot be used now; nothing where it can. */
function whyNot() {
  if (state.folder) return "It was written already.";
  if (link !== "open" || state.isReading || isWriting || !state.version) return statusOf() || "One moment.";
  return overview.plan ? "" : overview.problem || "There is nothing to use yet.";
}

function showWritten() {
  // The next page comes by itself.
  if (state.goesOn) return;
  byId("written").append(
    h("strong", {}, "Done: it is an interview now."),
    h("span", {}, ` It was written to ${state.folder}. A bot that is running shows it after it was started again. You can close this page.`),
  );
  byId("written").scrollIntoView({ block: "center" });
}

/** @param {string} id @param {boolean} can */
function enable(id, can) {
  byId(id).setAttribute("aria-disabled", String(!can));
}

/**
 * Send a decision, and give its refusal to who asked for it.
 *
 * @param {string} what @param {Json} [more]
 */
async function send(what, more) {
  if (state.folder) throw new Refused("It was written already; nothing can be changed any more.");
  if (link !== "open") throw new Refused("The preview does not answer; nothing was changed.");
  refused = "";
  const result = await line.ask(what, more);
  showProblem();
  return result;
}

/** @param {string} what @param {Json} [more] */
function decide(what, more) {
  return tried(() => send(what, more));
}

/** @param {() => Promise<any>} act */
async function tried(act) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refused = error.message;
    showProblem();
  }
}

async function write() {
  isWriting = true;
  showStatus();
  await decide("use", { version: state.version });
  isWriting = false;
  showStatus();
}

/** @param {string} id */
function input(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/** @param {string} id @param {() => void} act */
function onClick(id, act) {
  byId(id).addEventListener("click", () => {
    if (byId(id).getAttribute("aria-disabled") !== "true") act();
  });
}

// What opens at the end of the voices would be out of sight.
details("otherwise").addEventListener("toggle", () => details("otherwise").scrollIntoView({ block: "nearest" }));
onClick("undo", () => decide("undo"));
onClick("start-over", () => decide("start_over"));
byId("use").addEventListener("click", () => {
  refused = whyNot();
  showProblem();
  if (!refused) void write();
});
onClick("next", () => doubts.move(1));
onClick("previous", () => doubts.move(-1));
byId("answerer").addEventListener("submit", (event) => {
  event.preventDefault();
  void decide("answerer", { name: input("answerer-name").value });
});
byId("shape-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void decide("shape", { shape: input("shape").value });
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isTyping = /** @type {HTMLElement} */ (event.target).matches?.("input, select");
  if (!step || !event.altKey || isTyping || question.isOpen) return;
  event.preventDefault();
  doubts.move(step);
});
