// @ts-check
/** Slash commands as they are typed: which there are, which fit, what an option takes. */
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {{words: string, shown: string, description: string, options: Json[]}} Leaf */

const SLASH = 1;
const GROUP = 2;
export const OptionType = {
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};
/** @type {Record<number, () => string>} */
export const KIND_NAMES = {
  3: () => say("text"),
  4: () => say("a whole number"),
  5: () => say("true or false"),
  6: () => say("a person"),
  7: () => say("a channel"),
  8: () => say("a role"),
  9: () => say("a person or role"),
  10: () => say("a number"),
  11: () => say("a file"),
};

/**
 * Read a name or description in the language of who is typing.
 *
 * @param {Json} one
 * @param {"name" | "description"} field
 * @param {string} locale
 * @returns {string}
 */
export function localised(one, field, locale) {
  return one[`${field}_localizations`]?.[locale] ?? one[field] ?? "";
}

/**
 * List what can be typed: commands without subcommands, and every subcommand.
 *
 * @param {Json[]} commands
 * @param {string} locale
 * @returns {Leaf[]}
 */
export function leaves(commands, locale) {
  return commands.filter((one) => one.type === SLASH).flatMap((one) => below(one, locale));
}

/** @param {Json} command @param {string} locale @returns {Leaf[]} */
function below(command, locale) {
  const options = command.options ?? [];
  const nested = options.filter((one) => one.type <= GROUP);
  const words = command.name;
  const shown = localised(command, "name", locale);
  if (!nested.length) {
    return [{ words, shown, description: localised(command, "description", locale), options }];
  }
  return nested
    .flatMap((one) => below(one, locale))
    .map((/** @type {Leaf} */ leaf) => ({ ...leaf, words: `${words} ${leaf.words}`, shown: `${shown} ${leaf.shown}` }));
}

/**
 * List what fits to what was typed after the slash, the likeliest first.
 *
 * @param {Leaf[]} leaves
 * @param {string} typed
 */
export function fitting(leaves, typed) {
  const sought = typed.trim().toLowerCase();
  const ranks = [
    (/** @type {Leaf} */ leaf) => leaf.shown.startsWith(sought) || leaf.words.startsWith(sought),
    (/** @type {Leaf} */ leaf) => leaf.shown.includes(sought),
    (/** @type {Leaf} */ leaf) => sought.length > 2 && leaf.description.toLowerCase().includes(sought),
  ];
  const found = ranks.flatMap((fits) => leaves.filter(fits));
  return [...new Set(found)];
}

/**
 * Find the command that a text begins with, and what is typed after it.
 *
 * @param {Leaf[]} leaves
 * @param {string} text
 * @returns {{leaf: Leaf, rest: string} | null}
 */
export function typedCommand(leaves, text) {
  const names = leaves.flatMap((leaf) => [{ leaf, name: leaf.words }, { leaf, name: leaf.shown }]);
  const found = names
    .filter(({ name }) => text.startsWith(`/${name} `))
    .sort((one, other) => other.name.length - one.name.length)[0];
  return found ? { leaf: found.leaf, rest: text.slice(found.name.length + 2) } : null;
}

/**
 * Find the options in `find:dance speaker:Kylie`, in the order in which they are typed.
 *
 * @param {Json[]} options
 * @param {string} text
 * @param {string} locale Options can be named in it, too.
 * @returns {{option: Json, at: number, text: string}[]}
 */
export function typedOptions(options, text, locale) {
  const places = options
    .flatMap((option) => [...new Set([option.name, localised(option, "name", locale)])].map((name) => ({ option, name })))
    .map(({ option, name }) => ({ option, name, at: ` ${text}`.indexOf(` ${name}:`) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return places.map(({ option, name, at }, place) => ({
    option,
    at,
    text: text.slice(at + name.length + 1, places[place + 1]?.at ?? text.length).trim(),
  }));
}

/**
 * Turn what stands in a field into what is sent; a mistake is a sentence.
 *
 * @param {Json} option
 * @param {string} text
 * @returns {{value: string | number | boolean} | {problem: string}}
 */
export function written(option, text) {
  if (option.type === OptionType.STRING) return { value: text };
  if (option.type === OptionType.BOOLEAN && /^(true|false)$/i.test(text)) return { value: text.toLowerCase() === "true" };
  const number = Number(text);
  const isWhole = option.type === OptionType.INTEGER;
  if (isWhole || option.type === OptionType.NUMBER) {
    const isNumber = text.trim() !== "" && Number.isFinite(number) && (!isWhole || Number.isInteger(number));
    if (isNumber) return { value: number };
  }
  return { problem: say("{option} takes {kind}.", { option: option.name, kind: KIND_NAMES[option.type]() }) };
}
