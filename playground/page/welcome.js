// @ts-check
/** What an empty channel says: what to try, who is there; or why there is nothing to try. */
import { leaves } from "./commands.js";
import { h } from "./dom.js";
import { disc } from "./message.js";
import { parts, say } from "./words.js";

/** @typedef {import("./types.js").Shared} Shared */
/** @typedef {import("./types.js").User} User */
/** @typedef {import("./actions.js").Actions} Actions */

const FIRST = ["quote", "trivia", "today"];

/**
 * Say why a channel has no commands; nothing where it has some.
 *
 * @param {Shared} now
 */
export function whyNone({ bot, channel, commands, user }) {
  const fields = { bot: bot?.name, name: user?.name };
  if (commands.length) return "";
  if (!bot?.connected) return say("{bot} is still starting: its commands come with it.", fields);
  if (!channel?.is_bot_member) return say("{bot} is not on this server, and {name} has not installed it as an app.", fields);
  return say("{bot} has no commands here.", fields);
}

/**
 * Welcome to a channel in which nothing was said.
 *
 * @param {Actions} actions
 */
export function welcome(actions) {
  const { now } = actions.store;
  if (!now.bot || !now.user) return [];
  const why = whyNone(now);
  return [
    disc(now.bot.id, now.bot.name, now.bot.picture),
    h("h2", {}, say("Meet {bot}", { bot: now.bot.name })),
    why ? h("p", {}, why) : invitation(actions),
    people(actions),
    h("p", { class: "welcome-note" }, say("You can be any of them: pick one in the sidebar (☰ on a phone). Open this page in a second window, and two people can play.")),
  ];
}

/** @param {Actions} actions */
function invitation(actions) {
  const { now } = actions.store;
  const all = leaves(now.commands, now.user?.locale ?? "en-US");
  const preferred = FIRST.flatMap((name) => all.filter(({ words }) => words === name));
  const offered = preferred.length ? preferred : all.slice(0, FIRST.length);
  const chips = offered.map((leaf) =>
    h("button", { class: "try", type: "button", onclick: () => actions.composer.run(leaf) }, h("b", {}, `/${leaf.shown}`), h("small", {}, leaf.description)),
  );
  const slash = h("button", { class: "slash", type: "button", "aria-label": say("Type a slash"), onclick: () => actions.type("/") }, "/");
  return h(
    "div",
    { class: "invitation" },
    h("div", { class: "tries", role: "group", "aria-label": say("Try") }, chips),
    h("p", {}, parts("Try one, or type {slash} to see what the bot can do.", { slash })),
  );
}

/** @param {Actions} actions */
function people(actions) {
  const { users, user } = actions.store.now;
  const rows = users.map((one) =>
    h(
      "li",
      {},
      disc(one.id, one.name),
      h("span", {}, h("b", {}, one.name), h("small", {}, one.id === user?.id ? say("you · {role}", { role: role(one) }) : role(one))),
    ),
  );
  return h("ul", { class: "cast", "aria-label": say("Who is who") }, rows);
}

/**
 * Say what somebody is here.
 *
 * @param {User} user
 */
export function role(user) {
  if (user.is_admin) return say("admin");
  return user.has_app ? say("member, has the app") : say("member");
}
