// @ts-check
/** The colours of a pack's pictures, and whether they can be read. */
import { h, uid } from "./dom.js";

/** @typedef {Record<string, any>} Json */

const DEFAULTS = { background: "#1b2a41", text: "#f6f3ee", accent: "#e0a458" };
const LEGIBLE = 4.5;

export class Colours {
  /** @param {HTMLFormElement} form @param {(colours: Record<string, string>) => void} save */
  constructor(form, save) {
    /** @type {Record<string, HTMLInputElement>} */
    this.inputs = {};
    this.result = h("p", { class: "quiet", role: "status" });
    this.isTouched = false;
    for (const [name, value] of Object.entries(DEFAULTS)) {
      const input = h("input", { type: "color", id: uid("colour"), value });
      this.inputs[name] = input;
      form.append(h("label", { for: input.id }, `${name[0].toUpperCase()}${name.slice(1)}`), input);
      input.addEventListener("input", () => {
        this.isTouched = true;
        this.judge();
      });
    }
    form.append(this.result, h("button", { class: "tool", type: "submit" }, "Use these colours"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isTouched = false;
      save(this.values);
    });
    this.judge();
  }

  get values() {
    return Object.fromEntries(Object.entries(this.inputs).map(([name, input]) => [name, input.value]));
  }

  /** @param {Record<string, string> | null} colours */
  show(colours) {
    if (!colours || this.isTouched) return;
    for (const [name, value] of Object.entries(colours)) this.inputs[name].value = value;
    this.judge();
  }

  judge() {
    const { background, text, accent } = this.values;
    const ratios = { text: contrast(text, background), accent: contrast(accent, background) };
    const parts = Object.entries(ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(1)} to 1`);
    const isLegible = Math.min(...Object.values(ratios)) >= LEGIBLE;
    this.result.textContent = `Contrast: ${parts.join(", ")}. ${isLegible ? "Easy to read." : `Hard to read: it takes at least ${LEGIBLE} to 1.`}`;
    this.result.classList.toggle("problem", !isLegible);
  }
}

/** Compare two colours as WCAG 2 does. @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
