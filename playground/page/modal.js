// @ts-check
/** A form that the bot opened in front of the member. */
import { h, uid } from "./dom.js";
import { field } from "./fields.js";
import { markdown } from "./markdown.js";
import { Refused } from "./socket.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./fields.js").Field} Field */

const ACTION_ROW = 1;
const TEXT_DISPLAY = 10;
const LABEL = 18;

export class ModalDialog {
  /** @param {HTMLDialogElement} dialog @param {import("./actions.js").Actions} actions */
  constructor(dialog, actions) {
    this.dialog = dialog;
    this.actions = actions;
    /** @type {Field[]} */
    this.fields = [];
    this.interaction = "";
  }

  /** @param {string} interaction @param {Json} modal */
  open(interaction, modal) {
    this.interaction = interaction;
    this.fields = [];
    this.problem = h("p", { class: "problem", role: "alert" });
    const bot = this.actions.store.now.bot?.name ?? say("the bot");
    const form = h(
      "form",
      { class: "modal-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => this.submit(event) },
      h("h2", { id: "modal-title" }, modal.title),
      h("p", { class: "modal-note" }, say("This form goes to {bot}, on this machine only.", { bot })),
      modal.components.flatMap((one) => this.part(one)),
      this.problem,
      h(
        "div",
        { class: "modal-foot" },
        h("button", { class: "button secondary", type: "button", onclick: () => this.dialog.close() }, say("Cancel")),
        h("button", { class: "button primary", type: "submit" }, say("Submit")),
      ),
    );
    this.dialog.replaceChildren(form);
    this.dialog.showModal();
    const first = form.querySelector("input:not([type=file]), textarea, .select");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  /** @param {Json} one @returns {Node | Node[]} */
  part(one) {
    if (one.type === TEXT_DISPLAY) return h("div", { class: "text" }, markdown(one.content, this.actions.names));
    if (one.type === LABEL) return this.labelled(one.component, one.label, one.description);
    if (one.type === ACTION_ROW) {
      return one.components.map((inner) => this.labelled(inner, inner.label ?? "", ""));
    }
    return h("p", { class: "unknown" }, say("A component of type {type}, which this preview does not know.", { type: one.type }));
  }

  /** @param {Json} component @param {string} label @param {string | undefined} description */
  labelled(component, label, description) {
    const made = field(component, label, uid("field"), this.actions.store);
    this.fields.push(made);
    if (description) made.describe(h("span", { class: "field-description" }, description));
    return made.element;
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const wrong = this.fields.filter((one) => !one.check());
    if (wrong.length) {
      wrong[0].focus();
      return;
    }
    const submit = /** @type {HTMLButtonElement} */ (this.dialog.querySelector("[type=submit]"));
    submit.setAttribute("aria-busy", "true");
    const { interaction } = this;
    try {
      const values = Object.fromEntries(
        await Promise.all(this.fields.map(async (one) => [one.name, await one.value()])),
      );
      this.dialog.inert = true;
      const { status } = await this.actions.submit(interaction, values);
      if (status === "failed") this.fail(say("Something went wrong. Try again."));
      else if (this.interaction === interaction) this.dialog.close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.fail(error.message);
    } finally {
      this.dialog.inert = false;
      submit.removeAttribute("aria-busy");
    }
  }

  /**
   * Say in the form what went wrong.
   *
   * @param {string} sentence
   */
  fail(sentence) {
    if (this.problem) this.problem.textContent = sentence;
  }
}
