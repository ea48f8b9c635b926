// @ts-check
/** Where the parts of the page meet: what comes over the socket goes to who shows it. */
import { Actions } from "./actions.js";
import { Composer } from "./composer.js";
import { byId, h } from "./dom.js";
import { Log } from "./log.js";
import { tick } from "./mentions.js";
import { ModalDialog } from "./modal.js";
import { SentPanel } from "./sent.js";
import { noteOf, sidebar, signOf } from "./sidebar.js";
import { Line, Refused } from "./socket.js";
import { Store } from "./state.js";
import { widthSlider } from "./width.js";
import { say, speak } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").Shared} Shared */

const TYPING_MS = 10_000;

const store = new Store();
/** @type {Actions | null} */
let actions = null;
const line = new Line(
  (event) => actions && events[event.event]?.(event, actions),
  (link) => {
    store.set({ link });
    if (link === "open") begin();
  },
);
store.follow(["link", "bot"], showStatus);

/** Take up where the page was: who is typing, and which channel is open. */
async function begin() {
  try {
    const user = sessionStorage.getItem("user");
    const state = await line.ask("state").then((state) => again(state, user));
    const isFirst = !actions;
    if (!actions) {
      await speak(state.user.locale, state.languages);
      actions = build();
    }
    await actions.take(state);
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

/** Put the parts in their places, once their language has been learnt. */
function build() {
  line.lost = say("The playground does not answer.");
  const made = new Actions(line, store);
  made.composer = new Composer(byId("composer"), made);
  made.log = new Log(byId("log"), made);
  made.modal = new ModalDialog(/** @type {HTMLDialogElement} */ (byId("modal")), made);
  made.sent = new SentPanel(byId("sent"), byId("open-sent"), made);
  sidebar(byId("sidebar"), byId("open-sidebar"), made);
  widthSlider(byId("width"), /** @type {HTMLElement} */ (document.querySelector(".chat")));
  store.follow(["channel", "bot", "direct"], showChannel);
  store.follow(["notices"], showNotices);
  setInterval(tick, 1000);
  return made;
}

/** @type {Record<string, (event: any, actions: Actions) => void>} */
const events = {
  message_created: ({ message }, actions) => {
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
  message_edited: ({ message }, actions) => {
    if (message.payload.channel_id !== store.now.channel?.id) return;
    actions.log.put(message);
    actions.sent.follow();
  },
  message_deleted: ({ message_id }, actions) => actions.log.remove(message_id),
  typing: ({ channel_id }) => showTyping(channel_id === store.now.channel?.id),
  commands_changed: (_event, actions) => void actions.tried(() => actions.refreshCommands()),
  places_changed: (_event, actions) => void actions.tried(() => actions.refreshPlaces()),
  bot: ({ connected, restarts }) => {
    if (store.now.bot) store.set({ bot: { ...store.now.bot, connected, restarts } });
  },
  failed: ({ channel_id, command, message }, actions) => {
    if (channel_id !== store.now.channel?.id) return;
    if (message) actions.log.fail(message, say("This interaction failed"));
    else failedCommand(command, actions);
  },
  refused: ({ route, sentences }, actions) => actions.sent.refuse(route, sentences),
  notices: ({ notices }) => store.set({ notices }),
  closing: () => {},
};

/** @param {string | null} command @param {Actions} actions */
function failedCommand(command, actions) {
  const { bot, user } = store.now;
  const typed = `/${command?.replace(/^\//, "")}`;
  const used = command ? say("{name} used {command}", { name: user?.name, command: typed }) : bot?.name;
  const dismiss = h("button", { class: "as-link", type: "button", onclick: () => remove() }, say("Dismiss message"));
  const remove = actions.log.note(
    h("span", { class: "before" }, used),
    h("span", { class: "failure" }, say("The application did not respond")),
    h("span", { class: "only-you" }, `${say("Only you can see this")} · `, dismiss),
  );
}

let typingEnds = 0;

/** @param {boolean} isTyping */
function showTyping(isTyping) {
  clearTimeout(typingEnds);
  byId("typing").textContent = isTyping ? say("{bot} is typing…", { bot: store.now.bot?.name }) : "";
  if (isTyping) typingEnds = setTimeout(() => showTyping(false), TYPING_MS);
}

/** @param {Shared} now */
function showChannel({ channel, direct, bot }) {
  if (!channel) return;
  const name = channel.id === direct?.id ? `@ ${bot?.name}` : `${signOf(channel)} ${channel.name}`;
  byId("channel-name").textContent = name;
  byId("channel-note").textContent = noteOf(channel, bot);
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
  if (link === "stopped") return say("The playground was stopped. Start it again and open the address that it prints.");
  if (link === "lost") return say("The playground does not answer. Trying again…");
  if (!bot || bot.connected) return "";
  return bot.restarts ? say("{bot} is starting again…", { bot: bot.name }) : say("{bot} is starting…", { bot: bot.name });
}

/** @param {Shared} now */
function showNotices({ notices }) {
  const region = byId("notices");
  region.hidden = !notices.length;
  region.replaceChildren(
    ...notices.map(({ title, lines }) => h("section", {}, h("h2", {}, title), h("ul", {}, lines.map((one) => h("li", {}, one))))),
  );
}
