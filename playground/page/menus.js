// @ts-check
/** The menus of a message and of a person: what the bot offers there, and what the page does. */
import { byId, h, place } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./actions.js").Actions} Actions */
/** @typedef {{words: string, note?: string, use: () => void}} Item */

const USER_MENU = 2;
const MESSAGE_MENU = 3;

/** @param {Actions} actions @param {number} type */
function offered(actions, type) {
  return actions.store.now.commands.filter((one) => one.type === type);
}

/** @param {View} view @param {Actions} actions @returns {Item[]} */
export function messageMenu(view, actions) {
  const { id } = view.payload;
  const items = offered(actions, MESSAGE_MENU).map(({ name }) => ({
    words: name,
    note: say("App"),
    use: () => actions.useMenu("message_menu", { message: id, name }),
  }));
  const own = [{ words: say("Copy the message’s id"), use: () => navigator.clipboard.writeText(id) }];
  if (view.payload.author.bot) own.unshift({ words: say("Inspect"), use: () => actions.sent.open(view) });
  if (view.is_ephemeral) own.push({ words: say("Dismiss message"), use: () => actions.dismiss(id) });
  return [...items, ...own];
}

/** @param {string} user @param {Actions} actions @returns {Item[]} */
export function userMenu(user, actions) {
  const channel = actions.store.now.channel?.id;
  const items = offered(actions, USER_MENU).map(({ name }) => ({
    words: name,
    note: say("App"),
    use: () => actions.useMenu("user_menu", { channel, user, name }),
  }));
  const person = actions.store.now.users.find((one) => one.id === user);
  const own = [{ words: say("Copy the person’s id"), use: () => navigator.clipboard.writeText(user) }];
  if (person && user !== actions.me) {
    own.unshift({ words: say("Type as {name}", { name: person.name }), use: () => void actions.become(user) });
  }
  return [...items, ...own];
}

/**
 * Open a menu beside an element, or where the pointer is.
 *
 * @param {Item[]} items
 * @param {HTMLElement | DOMPoint} at
 */
export function openMenu(items, at) {
  const menu = byId("menu");
  const opener = at instanceof HTMLElement ? at : document.activeElement;
  const rows = items.map(({ words, note, use }) =>
    h(
      "button",
      {
        class: "menu-item",
        type: "button",
        role: "menuitem",
        tabindex: -1,
        onclick: () => {
          close(menu, opener);
          use();
        },
      },
      h("span", {}, words),
      note && h("span", { class: "badge" }, note),
    ),
  );
  menu.replaceChildren(...rows);
  menu.onkeydown = (event) => walk(event, rows, () => close(menu, opener));
  menu.setAttribute("aria-label", say("Menu"));
  menu.showPopover();
  const rect = at instanceof HTMLElement ? at.getBoundingClientRect() : new DOMRect(at.x, at.y, 0, 0);
  place(menu, rect);
  rows[0]?.focus();
}

/** @param {HTMLElement} menu @param {Element | null} opener */
function close(menu, opener) {
  menu.hidePopover();
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} rows @param {() => void} leave */
function walk(event, rows, leave) {
  const now = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: rows.length - 1 };
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    leave();
  } else if (event.key in steps) {
    event.preventDefault();
    rows[(steps[event.key] + rows.length) % rows.length].focus();
  }
}
