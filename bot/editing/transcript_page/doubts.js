// @ts-check
/** The doubts, one after the other. */
import { byId } from "./dom.js";

/** @typedef {{line: number, why: string, row: number}} Doubt */

export class Doubts {
  /** @param {import("./lines.js").Lines} lines */
  constructor(lines) {
    this.lines = lines;
    /** @type {Doubt[]} */
    this.all = [];
    this.at = -1;
  }

  /** @param {Doubt[]} all */
  show(all) {
    const line = this.all[this.at]?.line;
    this.all = all;
    // Where one was looked at that is gone, the next is the one after it.
    const later = line === undefined ? 0 : all.findIndex((one) => one.line >= line);
    this.at = all[later]?.line === line ? later : (later < 0 ? all.length : later) - 1;
    this.tell();
  }

  /** @param {number} step */
  move(step) {
    if (!this.all.length) return;
    const count = this.all.length;
    this.at = this.at < 0 && step < 0 ? count - 1 : (this.at + step + count) % count;
    this.tell();
    this.lines.goTo(this.at);
  }

  tell() {
    const count = this.all.length;
    const words = count === 1 ? "1 doubt" : count ? `${count} doubts` : "No doubts";
    byId("doubts").textContent = this.at < 0 || !count ? words : `Doubt ${this.at + 1} of ${count}`;
    for (const id of ["previous", "next"]) byId(id).setAttribute("aria-disabled", String(!count));
  }
}
