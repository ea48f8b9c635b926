// @ts-check
/** Elements made in one call; text goes in as text, never as HTML. */

/** @typedef {Node | string | null | undefined | false} Child */

let made = 0;

/** Give an id that no other element has. */
export function uid(prefix = "x") {
  made += 1;
  return `${prefix}-${made}`;
}

/**
 * Make an element. A prop that is a function listens (`onclick`); true and false set and leave out
 * an attribute, except in `aria-*`, where they are written.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | (Child | Child[])[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-") && value != null) element.setAttribute(name, String(value));
    else if (value === true) element.setAttribute(name, "");
    else if (value != null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(2).filter(isShown));
  return element;
}

/** @param {Child} child @returns {child is Node | string} */
function isShown(child) {
  return child != null && child !== false && child !== "";
}

/**
 * Get an element that index.html has.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/**
 * Write a colour as Discord numbers it.
 *
 * @param {number} colour
 */
export function hex(colour) {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

/**
 * Put a popover beside an element, above it where there is no room below.
 *
 * @param {HTMLElement} popover
 * @param {DOMRect} at
 * @param {number} [width]
 */
export function place(popover, at, width) {
  if (width) popover.style.setProperty("width", `${width}px`);
  const { offsetWidth, offsetHeight } = popover;
  const isBelow = at.bottom + offsetHeight + 8 < innerHeight || at.top < offsetHeight;
  const top = isBelow ? Math.min(at.bottom + 4, innerHeight - offsetHeight - 4) : at.top - offsetHeight - 4;
  const left = Math.max(4, Math.min(at.left, innerWidth - offsetWidth - 4));
  popover.style.setProperty("top", `${Math.max(4, top)}px`);
  popover.style.setProperty("left", `${left}px`);
}

/**
 * Read a file as the socket takes it.
 *
 * @param {File} file
 * @returns {Promise<{name: string, type: string, base64: string}>}
 */
export function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => {
      const base64 = String(reader.result).split(",")[1] ?? "";
      resolve({ name: file.name, type: file.type || "application/octet-stream", base64 });
    };
    reader.readAsDataURL(file);
  });
}
