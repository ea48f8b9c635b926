// @ts-check
/**
 * What goes over the socket; only types live here.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {{id: string, name: string, locale: string, is_bot: boolean, is_admin: boolean, has_app: boolean,
 *   picture: string}} User
 * @typedef {{id: string, name: string, is_nsfw: boolean, is_thread: boolean, is_bot_member: boolean,
 *   is_bot_absent: boolean, can_view: boolean}} Channel
 * @typedef {{id: string, name: string, channels: Channel[]}} Guild
 * @typedef {{id: string, name: string}} Role
 * @typedef {{title: string, lines: string[]}} Notice
 * @typedef {{id: string, name: string, picture: string, connected: boolean, restarts: number}} Bot
 * @typedef {{ms: number | null, sent: Json[], refused: string[]}} Report
 * @typedef {{payload: Json, is_ephemeral: boolean, is_thinking: boolean, report: Report,
 *   used_by: {id: string, name: string, command: string} | null}} View
 * @typedef {{status: string, ms: number | null, interaction: string, modal: Json | null,
 *   refused: string[]}} Result
 * @typedef {{name: string, value: string | number}} Choice
 * @typedef {"connecting" | "open" | "lost" | "stopped"} Link
 *
 * @typedef {object} Shared What the parts of the page know together.
 * @property {Link} link
 * @property {User | null} user Who is typing.
 * @property {User[]} users
 * @property {User[]} members The people and the bot.
 * @property {Role[]} roles
 * @property {Bot | null} bot
 * @property {Guild[]} guilds
 * @property {Channel | null} direct
 * @property {Channel | null} channel The one that is open.
 * @property {Json[]} commands What can be typed or chosen there.
 * @property {Notice[]} notices
 * @property {Record<string, number>} unread How many messages came, by channel.
 */
export {};
