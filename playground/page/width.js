// @ts-check
/** A slider that makes the chat as narrow as a phone. */
import { h } from "./dom.js";
import { say } from "./words.js";

const PHONE = 320;
const FULL = 1280;

/** @param {HTMLElement} place @param {HTMLElement} chat */
export function widthSlider(place, chat) {
  const label = h("label", { for: "width-slider" }, say("Width"));
  const output = h("output", { for: "width-slider" });
  const slider = h("input", { id: "width-slider", type: "range", min: PHONE, max: FULL, step: 10, value: FULL });
  const show = () => {
    const width = Number(slider.value);
    const isFull = width >= FULL;
    const words = isFull ? say("full") : `${width} px`;
    output.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    chat.classList.toggle("is-narrowed", !isFull);
    if (isFull) chat.style.removeProperty("--chat-width");
    else chat.style.setProperty("--chat-width", `${width}px`);
  };
  slider.addEventListener("input", show);
  show();
  place.append(label, slider, output);
}
