// @ts-check
/** Servers with their channels, the direct messages, and the switch of who is typing. */
import { h } from "./dom.js";
import { disc } from "./message.js";
import { role } from "./welcome.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Channel} Channel */
/** @typedef {import("./types.js").User} User */
/** @typedef {import("./actions.js").Actions} Actions */

/** @param {HTMLElement} sidebar @param {HTMLElement} opener @param {Actions} actions */
export function sidebar(sidebar, opener, actions) {
  const places = h("div", { class: "places" });
  const people = h("fieldset", { class: "people" });
  sidebar.append(places, people);
  const show = (/** @type {boolean} */ isOpen) => {
    sidebar.classList.toggle("is-open", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
  };
  opener.addEventListener("click", () => {
    show(!sidebar.classList.contains("is-open"));
    sidebar.querySelector("button")?.focus();
  });
  sidebar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !sidebar.classList.contains("is-open")) return;
    show(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!sidebar.contains(target) && !opener.contains(target)) show(false);
  });
  const open = async (/** @type {Channel} */ channel) => {
    show(false);
    await actions.tried(() => actions.open(channel.id));
    actions.focusEntry();
  };
  actions.store.follow(["guilds", "direct", "bot", "channel", "unread"], () => {
    const key = /** @type {HTMLElement} */ (document.activeElement)?.dataset.channel;
    places.replaceChildren(...groups(actions, open));
    if (key) /** @type {HTMLElement | null} */ (places.querySelector(`[data-channel="${key}"]`))?.focus();
  });
  actions.store.follow(["users", "user"], ({ users, user }) => {
    const hadFocus = people.contains(document.activeElement);
    people.replaceChildren(h("legend", {}, say("Who is typing")), ...users.map((one) => person(one, one.id === user?.id, actions)));
    if (hadFocus) /** @type {HTMLElement | null} */ (people.querySelector(":checked"))?.focus();
  });
}

/** @param {Actions} actions @param {(channel: Channel) => void} open */
function groups(actions, open) {
  const { guilds, direct, bot } = actions.store.now;
  const servers = guilds.map((guild) => group(guild.name, guild.channels.filter((one) => one.can_view), actions, open));
  if (!direct) return servers;
  const named = { ...direct, name: bot?.name ?? say("the bot") };
  return [...servers, group(say("Direct messages"), [named], actions, open)];
}

/**
 * @param {string} name
 * @param {Channel[]} channels
 * @param {Actions} actions
 * @param {(channel: Channel) => void} open
 */
function group(name, channels, actions, open) {
  const rows = channels.map((channel) => h("li", {}, row(channel, actions, open)));
  return h("section", { class: "place" }, h("h2", {}, name), h("ul", {}, rows));
}

/** @param {Channel} channel @param {Actions} actions @param {(channel: Channel) => void} open */
function row(channel, actions, open) {
  const { channel: now, direct, unread, bot } = actions.store.now;
  const count = unread[channel.id] ?? 0;
  const note = noteOf(channel, bot);
  return h(
    "button",
    {
      class: channel.is_thread ? "channel is-thread" : "channel",
      type: "button",
      "aria-current": channel.id === now?.id ? "page" : undefined,
      "data-channel": channel.id,
      onclick: () => open(channel),
    },
    h("span", { class: "channel-words" }, h("span", {}, channel.id === direct?.id ? `@ ${channel.name}` : `${signOf(channel)} ${channel.name}`), note && h("small", {}, note)),
    count > 0 && h("span", { class: "unread" }, say("{count} new", { count })),
  );
}

/** @param {Channel} channel */
export function signOf(channel) {
  return channel.is_thread ? "↳" : "#";
}

/**
 * Say what is special about a channel.
 *
 * @param {Channel} channel
 * @param {import("./types.js").Bot | null} bot
 */
export function noteOf(channel, bot) {
  if (!channel.is_bot_member) return say("{bot} is not on this server", { bot: bot?.name });
  if (channel.is_bot_absent) return say("{bot} cannot see this channel", { bot: bot?.name });
  return channel.is_nsfw ? say("age-restricted") : "";
}

/** @param {User} user @param {boolean} isChosen @param {Actions} actions */
function person(user, isChosen, actions) {
  const input = h("input", { type: "radio", name: "who", value: user.id, onchange: () => actions.become(user.id) });
  input.checked = isChosen;
  return h("label", { class: "person" }, input, disc(user.id, user.name), h("span", { class: "channel-words" }, h("span", {}, user.name), h("small", {}, role(user))));
}
