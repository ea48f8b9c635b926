// @ts-check
/** What stands in angle brackets: people, roles, channels, commands, times; and links. */
import { h } from "./dom.js";
import { locale, say } from "./words.js";

/**
 * How ids are called, and what a press on a name does.
 *
 * @typedef {object} Names
 * @property {(id: string) => string | undefined} user
 * @property {(id: string) => string | undefined} role
 * @property {(id: string) => string | undefined} channel
 * @property {(id: string) => void} openChannel
 * @property {(words: string) => void} typeCommand
 */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** @param {string} address @param {(Node | string)[]} children */
export function link(address, children) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

/**
 * Write a mention; null where it is none.
 *
 * @param {string} sign
 * @param {string} id
 * @param {Names} names
 * @returns {Node | null}
 */
export function mention(sign, id, names) {
  if (sign === "/") return command(id, names);
  if (!/^\d{1,20}$/.test(id)) return null;
  if (sign === "#") {
    const name = names.channel(id);
    if (!name) return h("span", { class: "mention is-unknown" }, say("#unknown"));
    return h("button", { class: "mention", type: "button", onclick: () => names.openChannel(id) }, `#${name}`);
  }
  const name = sign === "@&" ? names.role(id) : names.user(id);
  return h("span", { class: "mention" }, `@${(name ?? say("unknown")).replace(/^@/, "")}`);
}

/** @param {string} text @param {Names} names */
function command(text, names) {
  const found = /^([^:]{1,100}):(\d{1,20})$/.exec(text);
  if (!found) return null;
  const press = () => names.typeCommand(found[1]);
  return h("button", { class: "mention", type: "button", onclick: press }, `/${found[1]}`);
}

/** @param {number} seconds @param {string} [style] */
export function time(seconds, style = "f") {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return say("Invalid Date");
  const title = date.toLocaleString(locale(), STYLES.F);
  const element = h("time", { class: "time", datetime: date.toISOString(), title });
  element.textContent = style === "R" ? relative(date) : date.toLocaleString(locale(), STYLES[style]);
  if (style === "R") element.dataset.relative = "";
  return element;
}

/** @param {Date} date */
function relative(date) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[5];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

/** Keep relative times true. */
export function tick() {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    const text = relative(new Date(/** @type {HTMLTimeElement} */ (element).dateTime));
    if (element.textContent !== text) element.textContent = text;
  }
}
