// @ts-check
/** The line to the playground: questions with answers, and events that come by themselves. */

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").Link} Link */

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/** A question that the playground did not answer, or refused in a sentence. */
export class Refused extends Error {}

export class Line {
  /** @param {(event: Json) => void} onEvent @param {(link: Link) => void} onLink */
  constructor(onEvent, onLink) {
    this.onEvent = onEvent;
    this.onLink = onLink;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
    this.open = new Map();
    this.asked = 0;
    this.wait = FIRST_WAIT;
    this.isStopped = false;
    /** What is said where nobody answers. */
    this.lost = "The playground does not answer.";
    this.connect();
  }

  connect() {
    const address = new URL("./socket", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = FIRST_WAIT;
      this.onLink("open");
    };
    socket.onmessage = (message) => this.receive(JSON.parse(message.data));
    socket.onclose = () => this.lose();
  }

  /** @param {Json} message */
  receive(message) {
    if (message.event === "closing") this.isStopped = true;
    if (message.event) {
      this.onEvent(message);
      return;
    }
    const waiting = this.open.get(message.id);
    this.open.delete(message.id);
    if (message.error) waiting?.reject(new Refused(message.error));
    else waiting?.resolve(message.result);
  }

  lose() {
    this.socket = null;
    for (const { reject } of this.open.values()) reject(new Refused(this.lost));
    this.open.clear();
    if (this.isStopped) {
      this.onLink("stopped");
      return;
    }
    this.onLink("lost");
    setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /**
   * Ask for something; raises Refused with a sentence for the member.
   *
   * @param {string} what
   * @param {Json} [more]
   * @returns {Promise<any>}
   */
  ask(what, more = {}) {
    return new Promise((resolve, reject) => {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        reject(new Refused(this.lost));
        return;
      }
      this.asked += 1;
      this.open.set(this.asked, { resolve, reject });
      this.socket.send(JSON.stringify({ id: this.asked, do: what, ...more }));
    });
  }
}
