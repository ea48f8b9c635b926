// @ts-check
/** What can be filled in in a modal. */
import { h, readFile } from "./dom.js";
import { listbox } from "./selects.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./state.js").Store} Store */

/**
 * @typedef {object} Field
 * @property {string} name Its custom_id.
 * @property {HTMLElement} element
 * @property {() => unknown} value
 * @property {() => boolean} check Say in words what is missing; true where nothing is.
 * @property {() => void} focus
 * @property {(node: Node) => void} describe
 */

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {HTMLElement} target What is focused.
 * @property {() => unknown} value
 * @property {() => string} problem
 * @property {boolean} [isGroup]
 */

const MOST_TEXT = 4000;
/** @type {Record<number, (one: Json, id: string, store: Store, label: string) => Control>} */
const KINDS = { 4: textInput, 19: upload, 21: radios, 22: checkboxes, 23: checkbox };

/**
 * @param {Json} one
 * @param {string} label
 * @param {string} id
 * @param {Store} store
 * @returns {Field}
 */
export function field(one, label, id, store) {
  const control = (KINDS[one.type] ?? select)(one, id, store, label);
  const problem = h("span", { class: "problem", id: `${id}-problem`, role: "alert" });
  const notes = h("span", { class: "field-notes", id: `${id}-notes` });
  const star = isRequired(one) && one.type !== 23 && h("span", { class: "required", title: say("required") }, " *");
  const caption = control.isGroup
    ? h("legend", {}, label, star)
    : h("label", { for: id }, label, star);
  control.target.setAttribute("aria-describedby", `${notes.id} ${problem.id}`);
  const children = [caption, notes, control.element, problem];
  const element = control.isGroup
    ? h("fieldset", { class: "form-field" }, children)
    : h("div", { class: "form-field" }, children);
  return {
    name: one.custom_id,
    element,
    value: control.value,
    focus: () => control.target.focus(),
    describe: (node) => notes.append(node),
    check: () => {
      problem.textContent = control.problem();
      control.target.setAttribute("aria-invalid", String(Boolean(problem.textContent)));
      return !problem.textContent;
    },
  };
}

/** @param {Json} one */
function isRequired(one) {
  return one.required !== false;
}

/** @param {Json} one @param {string} id @returns {Control} */
function textInput(one, id) {
  const props = { id, class: "text-input", placeholder: one.placeholder, "aria-required": isRequired(one) };
  const input = one.style === 2 ? h("textarea", { ...props, rows: 4 }) : h("input", { ...props, type: "text" });
  input.value = one.value ?? "";
  input.maxLength = one.max_length ?? MOST_TEXT;
  const least = one.min_length ?? 0;
  const count = h("span", { class: "count", "aria-hidden": true });
  const tell = () => {
    count.textContent = say("{count} of {most}", { count: input.value.length, most: input.maxLength });
  };
  input.addEventListener("input", tell);
  tell();
  return {
    element: h("div", { class: "counted" }, input, count),
    target: input,
    value: () => input.value,
    problem: () => {
      if (!input.value) return isRequired(one) ? say("This has to be filled in.") : "";
      return input.value.length < least ? say("At least {least} characters, please.", { least }) : "";
    },
  };
}

/**
 * @param {Json} one
 * @param {string} id
 * @param {Store} store
 * @param {string} label
 * @returns {Control}
 */
function select(one, id, store, label) {
  const box = listbox(one, store, () => {}, label);
  box.button.id = id;
  return {
    element: box.element,
    target: box.button,
    value: () => box.values(),
    problem: () => {
      const isEmpty = !box.values().length && !isRequired(one);
      return isEmpty || box.isEnough() ? "" : numbers(one);
    },
  };
}

/** @param {Json} one */
function numbers({ min_values: min = 1, max_values: max = 1 }) {
  return min === max ? say("Choose {max}, please.", { max }) : say("Choose {min} to {max}, please.", { min, max });
}

/** @param {Json} one @param {string} id @param {string} type */
function options(one, id, type) {
  return one.options.map((option, place) => {
    const input = h("input", {
      type,
      name: id,
      id: `${id}-${place}`,
      value: option.value,
      checked: Boolean(option.default),
    });
    const words = h("span", {}, option.label, option.description && h("span", { class: "option-description" }, option.description));
    return { input, row: h("label", { class: "tick" }, input, words) };
  });
}

/** @param {Json} one @param {string} id @returns {Control} */
function radios(one, id) {
  const made = options(one, id, "radio");
  const chosen = () => made.find((each) => each.input.checked)?.input.value;
  return {
    isGroup: true,
    element: h("div", { class: "ticks" }, made.map((each) => each.row)),
    target: made[0].input,
    value: () => chosen() ?? null,
    problem: () => (isRequired(one) && chosen() === undefined ? "Choose one, please." : ""),
  };
}

/** @param {Json} one @param {string} id @returns {Control} */
function checkboxes(one, id) {
  const made = options(one, id, "checkbox");
  const least = one.min_values ?? (isRequired(one) ? 1 : 0);
  const most = one.max_values ?? made.length;
  const chosen = () => made.filter((each) => each.input.checked).map((each) => each.input.value);
  return {
    isGroup: true,
    element: h("div", { class: "ticks" }, made.map((each) => each.row)),
    target: made[0].input,
    value: chosen,
    problem: () => {
      const { length } = chosen();
      if (!length && !isRequired(one)) return "";
      return length < least || length > most ? numbers({ min_values: least, max_values: most }) : "";
    },
  };
}

/** @param {Json} one @param {string} id @returns {Control} */
function checkbox(one, id) {
  const input = h("input", { type: "checkbox", id, checked: Boolean(one.default) });
  return { element: h("div", { class: "ticks" }, input), target: input, value: () => input.checked, problem: () => "" };
}

/** @param {Json} one @param {string} id @returns {Control} */
function upload(one, id) {
  const { min_values: least = 1, max_values: most = 1 } = one;
  const input = h("input", { type: "file", id, class: "file-input", multiple: most > 1 });
  const chosen = () => [...(input.files ?? [])];
  return {
    element: input,
    target: input,
    value: () => Promise.all(chosen().map(readFile)),
    problem: () => {
      const { length } = chosen();
      if (!length && !isRequired(one)) return "";
      return length < least || length > most ? numbers(one) : "";
    },
  };
}
