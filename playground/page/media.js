// @ts-check
/** Pictures and files: only this machine's are loaded, those elsewhere are named. */
import { h } from "./dom.js";
import { spoilerBlock } from "./spoiler.js";
import { locale, say } from "./words.js";

/** @typedef {import("./types.js").Json} Json */

const SPOILER_FLAG = 8;
const UNITS = ["bytes", "kB", "MB"];

/**
 * Give the address by which this page may load a file; null for one at another host.
 *
 * @param {string} address
 */
export function ownAddress(address) {
  if (!URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  const isHere = ["127.0.0.1", "localhost"].includes(url.hostname) && url.port === location.port;
  return isHere && url.protocol === location.protocol ? url.pathname + url.search : null;
}

/**
 * Show a picture, or what it shows where it is not loaded.
 *
 * @param {Json} media With `url`, and maybe `width`, `height`.
 * @param {string} alt
 * @param {string} name A class.
 */
export function picture(media, alt, name) {
  const source = ownAddress(media.url);
  if (source === null) return elsewhere(media.url, alt, name);
  const image = h("img", {
    class: name,
    src: source,
    alt,
    loading: "lazy",
    width: media.width,
    height: media.height,
  });
  image.addEventListener("error", () => image.replaceWith(broken(alt, name)));
  return h("a", { class: "picture", href: source, target: "_blank", rel: "noopener", "aria-label": alt || say("Picture") }, image);
}

/** @param {string} address @param {string} alt @param {string} name */
function elsewhere(address, alt, name) {
  return h(
    "div",
    { class: `${name} absent`, role: "img", "aria-label": say("Picture: {alt}, at {address}", { alt: alt || say("no alt text"), address }) },
    h("span", { class: "absent-alt" }, alt || say("A picture with no alt text")),
    h("span", { class: "absent-address" }, say("Not loaded here: {address}", { address })),
  );
}

/** @param {string} alt @param {string} name */
function broken(alt, name) {
  return h("div", { class: `${name} absent` }, h("span", { class: "absent-alt" }, alt || say("A picture")), say("This file is no picture."));
}

/** @param {number} bytes */
export function size(bytes) {
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toLocaleString(locale(), { maximumFractionDigits: 1 })} ${UNITS[power]}`;
}

/** @param {string} address @param {string} name @param {number | undefined} bytes */
export function file(address, name, bytes) {
  const source = ownAddress(address);
  return h(
    "div",
    { class: "file" },
    h("span", { class: "file-sign", "aria-hidden": true }, "▤"),
    source === null
      ? h("span", { class: "file-name" }, name)
      : h("a", { class: "file-name", href: source, download: name }, name),
    bytes === undefined ? null : h("span", { class: "file-size" }, size(bytes)),
  );
}

/**
 * Show what is attached to a message.
 *
 * @param {Json[]} attachments
 */
export function attachments(attachments) {
  if (!attachments.length) return null;
  return h("div", { class: "attachments" }, attachments.map(attachment));
}

/** @param {Json} one */
function attachment(one) {
  const isPicture = String(one.content_type).startsWith("image/");
  const shown = isPicture
    ? picture(one, one.description ?? "", "attached-picture")
    : file(one.url, one.filename, one.size);
  const isSpoiler = one.filename.startsWith("SPOILER_") || one.is_spoiler || (one.flags ?? 0) & SPOILER_FLAG;
  return isSpoiler ? spoilerBlock(shown) : shown;
}
