// @ts-check
/** Where the parts of the page meet: what comes over the socket goes to who shows it. */
import { Actions } from "./actions.js";
import { Composer } from "./composer.js";
import { byId, h } from "./dom.js";
import { Log } from "./log.js";
import { tick } from "./mentions.js";
import { ModalDialog } from "./modal.js";
import { SentPanel } from "./sent.js";
import { noteOf, sidebar } from "./sidebar.js";
import { Line, Refused } from "./socket.js";
import { Store } from "./state.js";
import { widthSlider } from "./width.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").Shared} Shared */

const TYPING_MS = 10_000;

const store = new Store();
const line = new Line(
  (event) => events[event.event]?.(event),
  (link) => {
    store.set({ link });
    if (link === "open") begin();
  },
);
const actions = new Actions(line, store);
actions.composer = new Composer(byId("composer"), actions);
actions.log = new Log(byId("log"), actions);
actions.modal = new ModalDialog(/** @type {HTMLDialogElement} */ (byId("modal")), actions);
actions.sent = new SentPanel(byId("sent"), byId("open-sent"), actions);
sidebar(byId("sidebar"), byId("open-sidebar"), actions);
widthSlider(byId("width"), /** @type {HTMLElement} */ (document.querySelector(".chat")));
store.follow(["channel", "bot", "direct"], showChannel);
store.follow(["link", "bot"], showStatus);
store.follow(["notices"], showNotices);
setInterval(tick, 1000);

/** Take up where the page was: who is typing, and which channel is open. */
async function begin() {
  try {
    const user = sessionStorage.getItem("user");
    const isFirst = !store.now.user;
    await actions.take(await line.ask("state").then((state) => again(state, user)));
    if (isFirst) actions.focusEntry();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** @param {Json} state @param {string | null} user */
function again(state, user) {
  const isThere = state.users.some((one) => one.id === user);
  return isThere && user !== state.user.id ? line.ask("become", { user }) : state;
}

/** @type {Record<string, (event: any) => void>} */
const events = {
  message_created: ({ message }) => {
    const { channel_id, author } = message.payload;
    if (author.bot) showTyping(false);
    if (channel_id === store.now.channel?.id) {
      actions.log.put(message);
      actions.sent.follow();
    } else {
      const count = (store.now.unread[channel_id] ?? 0) + 1;
      store.set({ unread: { ...store.now.unread, [channel_id]: count } });
    }
  },
  message_edited: ({ message }) => {
    if (message.payload.channel_id !== store.now.channel?.id) return;
    actions.log.put(message);
    actions.sent.follow();
  },
  message_deleted: ({ message_id }) => actions.log.remove(message_id),
  typing: ({ channel_id }) => showTyping(channel_id === store.now.channel?.id),
  commands_changed: () => void actions.tried(() => actions.refreshCommands()),
  places_changed: () => void actions.tried(() => actions.refreshPlaces()),
  bot: ({ connected, restarts }) => {
    if (store.now.bot) store.set({ bot: { ...store.now.bot, connected, restarts } });
  },
  failed: ({ channel_id, command, message }) => {
    if (channel_id !== store.now.channel?.id) return;
    if (message) actions.log.fail(message, "This interaction failed");
    else failedCommand(command);
  },
  refused: ({ route, sentences }) => actions.sent.refuse(route, sentences),
  notices: ({ notices }) => store.set({ notices }),
  closing: () => {},
};

/** @param {string | null} command */
function failedCommand(command) {
  const name = store.now.bot?.name ?? "the bot";
  const used = command ? `${store.now.user?.name} used /${command.replace(/^\//, "")}` : name;
  const dismiss = h("button", { class: "as-link", type: "button", onclick: () => remove() }, "Dismiss message");
  const remove = actions.log.note(
    h("span", { class: "before" }, used),
    h("span", { class: "failure" }, "The application did not respond"),
    h("span", { class: "only-you" }, "Only you can see this · ", dismiss),
  );
}

let typingEnds = 0;

/** @param {boolean} isTyping */
function showTyping(isTyping) {
  clearTimeout(typingEnds);
  byId("typing").textContent = isTyping ? `${store.now.bot?.name ?? "The bot"} is typing…` : "";
  if (isTyping) typingEnds = setTimeout(() => showTyping(false), TYPING_MS);
}

/** @param {Shared} now */
function showChannel({ channel, direct, bot }) {
  if (!channel) return;
  const isDirect = channel.id === direct?.id;
  const name = isDirect ? `@ ${bot?.name}` : `# ${channel.name}`;
  byId("channel-name").textContent = name;
  byId("channel-note").textContent = noteOf(channel);
  document.title = `${name} · playground`;
}

/** @param {Shared} now */
function showStatus({ link, bot }) {
  const status = byId("status");
  status.textContent = statusOf(link, bot);
  status.hidden = !status.textContent;
}

/** @param {Shared["link"]} link @param {Shared["bot"]} bot */
function statusOf(link, bot) {
  if (link === "stopped") return "The playground was stopped. Start it again and open the address that it prints.";
  if (link === "lost") return "The playground does not answer. Trying again…";
  if (!bot || bot.connected) return "";
  return bot.restarts ? "The bot is starting again…" : "The bot is starting…";
}

/** @param {Shared} now */
function showNotices({ notices }) {
  const region = byId("notices");
  region.hidden = !notices.length;
  region.replaceChildren(
    ...notices.map(({ title, lines }) => h("section", {}, h("h2", {}, title), h("ul", {}, lines.map((one) => h("li", {}, one))))),
  );
}
