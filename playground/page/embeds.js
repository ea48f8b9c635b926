// @ts-check
/** Embeds, as bots without Components V2 send them. */
import { h, hex } from "./dom.js";
import { inline } from "./inline.js";
import { markdown } from "./markdown.js";
import { picture } from "./media.js";
import { link } from "./mentions.js";
import { locale, say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./mentions.js").Names} Names */

/** @param {Json} embed @param {Names} names */
export function embed(embed, names) {
  const box = h(
    "article",
    { class: "embed", "aria-label": say("Embed") },
    h(
      "div",
      { class: "embed-words" },
      embed.author && author(embed.author),
      embed.title && h("p", { class: "embed-title" }, linked(embed.title, embed.url, names)),
      embed.description && h("div", { class: "text" }, markdown(embed.description, names)),
      embed.fields?.length && h("dl", { class: "fields" }, embed.fields.map((one) => field(one, names))),
    ),
    embed.thumbnail?.url && picture(embed.thumbnail, embed.thumbnail.description ?? "", "thumbnail"),
    embed.image?.url && picture(embed.image, embed.image.description ?? "", "embed-picture"),
    foot(embed),
  );
  if (embed.color) box.style.setProperty("--accent", hex(embed.color));
  return box;
}

/** @param {Json} author */
function author(author) {
  return h("p", { class: "embed-author" }, author.url ? link(author.url, [author.name]) : author.name);
}

/** @param {string} title @param {string | undefined} address @param {Names} names */
function linked(title, address, names) {
  const isLink = address && /^https?:/.test(address);
  return isLink ? [link(address, [title])] : inline(title, names);
}

/** @param {Json} field @param {Names} names */
function field(field, names) {
  return h(
    "div",
    { class: field.inline ? "field is-inline" : "field" },
    h("dt", {}, inline(field.name, names)),
    h("dd", { class: "text" }, markdown(field.value, names)),
  );
}

/** @param {Json} embed */
function foot(embed) {
  const date = embed.timestamp ? new Date(embed.timestamp).toLocaleString(locale()) : "";
  const words = [embed.footer?.text, date].filter(Boolean).join(" · ");
  return words && h("p", { class: "embed-foot" }, words);
}
