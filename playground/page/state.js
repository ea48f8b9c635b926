// @ts-check
/** What the parts of the page know together, and who is told when it changes. */

/** @typedef {import("./types.js").Shared} Shared */

/** @returns {Shared} */
function nothing() {
  return {
    link: "connecting",
    user: null,
    users: [],
    members: [],
    roles: [],
    bot: null,
    guilds: [],
    direct: null,
    channel: null,
    commands: [],
    notices: [],
    unread: {},
  };
}

export class Store {
  constructor() {
    /** @type {Shared} */
    this.now = nothing();
    /** @type {{keys: (keyof Shared)[], tell: (now: Shared) => void}[]} */
    this.listeners = [];
  }

  /**
   * Call back at once, and whenever one of the keys was set.
   *
   * @param {(keyof Shared)[]} keys
   * @param {(now: Shared) => void} tell
   */
  follow(keys, tell) {
    this.listeners.push({ keys, tell });
    tell(this.now);
  }

  /** @param {Partial<Shared>} changes */
  set(changes) {
    Object.assign(this.now, changes);
    for (const { keys, tell } of this.listeners) {
      if (keys.some((key) => key in changes)) tell(this.now);
    }
  }

  /** Give all channels that there are for who is typing. */
  channels() {
    const { guilds, direct } = this.now;
    const all = guilds.flatMap((guild) => guild.channels);
    return direct ? [...all, direct] : all;
  }

  /** @param {string} id */
  findChannel(id) {
    return this.channels().find((channel) => channel.id === id);
  }

  /** @param {string} id */
  findMember(id) {
    return this.now.members.find((user) => user.id === id);
  }

  /** @param {string} id */
  findRole(id) {
    return this.now.roles.find((role) => role.id === id);
  }
}
