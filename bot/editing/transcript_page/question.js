// @ts-check
/** The dialog that asks for one thing. */
import { h } from "./dom.js";
import { Refused } from "./socket.js";

export class Question {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    this.key = "";
    dialog.addEventListener("close", () => this.goBack());
  }

  get isOpen() {
    return this.dialog.open;
  }

  /**
   * Ask, and stay open as long as the answer is refused.
   *
   * @param {string} title
   * @param {string} label
   * @param {HTMLElement} field
   * @param {string} yes What the button says.
   * @param {() => Promise<any>} send
   */
  ask(title, label, field, yes, send) {
    this.key = document.activeElement?.getAttribute("data-key") ?? "";
    field.id = "dialog-field";
    const problem = h("p", { class: "problem", role: "alert" });
    const onsubmit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      try {
        await send();
        this.dialog.close();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        problem.textContent = error.message;
      }
    };
    this.dialog.replaceChildren(
      h("h2", { id: "dialog-title" }, title),
      h(
        "form",
        { onsubmit },
        h("label", { for: field.id }, label),
        field,
        problem,
        h(
          "div",
          { class: "buttons" },
          h("button", { class: "button primary", type: "submit" }, yes),
          h("button", { class: "button secondary", type: "button", onclick: () => this.dialog.close() }, "Cancel"),
        ),
      ),
    );
    this.dialog.showModal();
    field.focus();
  }

  /** The button that opened it may have been drawn anew. */
  goBack() {
    const buttons = [...document.querySelectorAll("[data-key]")];
    const same = buttons.find((one) => one.getAttribute("data-key") === this.key);
    /** @type {HTMLElement | undefined} */ (same)?.focus();
  }
}
