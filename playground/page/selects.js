// @ts-check
/** Selects of a message or a modal: of words, people, roles and channels. */
import { emoji } from "./buttons.js";
import { Listbox } from "./listbox.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./listbox.js").Option} Option */
/** @typedef {import("./components.js").Scene} Scene */

const USER = 5;
const ROLE = 6;
const MENTIONABLE = 7;
/** @type {Record<number, () => string>} */
const PLACEHOLDERS = {
  3: () => say("Choose an option"),
  5: () => say("Choose a person"),
  6: () => say("Choose a role"),
  7: () => say("Choose a person or role"),
  8: () => say("Choose a channel"),
};

/**
 * Show a select of a message: a choice is told to the bot at once.
 *
 * @param {Json} one
 * @param {Scene} scene
 */
export function select(one, scene) {
  return listbox(one, scene.store, (values) => scene.choose(one.custom_id, values)).element;
}

/**
 * Make the select of a component.
 *
 * @param {Json} one
 * @param {Store} store
 * @param {(values: string[]) => void} onDone
 * @param {string} [name] What its label says, in a modal.
 */
export function listbox(one, store, onDone, name) {
  const placeholder = one.placeholder || PLACEHOLDERS[one.type]();
  return new Listbox({
    name: name ?? placeholder,
    placeholder,
    options: optionsOf(one, store),
    chosen: chosenOf(one),
    min: one.min_values ?? 1,
    max: one.max_values ?? 1,
    isDisabled: Boolean(one.disabled),
    key: one.custom_id,
    onDone,
  });
}

/** @param {Json} one @returns {string[]} */
function chosenOf(one) {
  const preset = (one.options ?? []).filter((option) => option.default);
  return [
    ...preset.map((option) => option.value),
    ...(one.default_values ?? []).map((value) => String(value.id)),
  ];
}

/** @param {Json} one @param {Store} store @returns {Option[]} */
function optionsOf(one, store) {
  if (one.options) {
    return one.options.map((option) => ({
      value: option.value,
      label: option.label,
      description: option.description ?? undefined,
      sign: emoji(option.emoji),
    }));
  }
  const people = one.type === USER || one.type === MENTIONABLE;
  const roles = one.type === ROLE || one.type === MENTIONABLE;
  if (!people && !roles) return channelOptions(store);
  return [...(people ? peopleOptions(store) : []), ...(roles ? roleOptions(store) : [])];
}

/** @param {Store} store @returns {Option[]} */
export function peopleOptions(store) {
  return store.now.members.map(({ id, name, is_bot }) => ({ value: id, label: name, description: is_bot ? say("App") : say("Member") }));
}

/** @param {Store} store @returns {Option[]} */
export function roleOptions(store) {
  return store.now.roles.map(({ id, name }) => ({ value: id, label: name, description: say("Role") }));
}

/**
 * Offer the channels of the server that is open.
 *
 * @param {Store} store
 * @returns {Option[]}
 */
export function channelOptions(store) {
  const { guilds, channel } = store.now;
  const guild = guilds.find((one) => one.channels.some(({ id }) => id === channel?.id));
  const seen = (guild?.channels ?? []).filter((one) => one.can_view);
  return seen.map(({ id, name }) => ({ value: id, label: `#${name}` }));
}
