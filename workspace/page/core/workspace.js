/**
 * What the page knows: loaded once per person, then kept up to date by the live events. Parts of the page listen to
 * topics: `loaded`, `conversations`, `messages` (a conversation was loaded anew), `message`, `deleted`, `modals`,
 * `home`, `unread`, `app`, `assistant`, `log`, `mail`, `clock`, `toast`, `line`.
 */
import { Directory } from "./directory.js";
import { Topics } from "./topics.js";

const LOG_LIMIT = 600;

export class Workspace extends Topics {
  directory = new Directory();
  team = { name: "" };
  me = null;
  hint = null;
  features = {};
  modals = [];
  homes = {};
  log = new Map();
  #messages = new Map();
  #loading = new Map();
  #unread = new Map();
  #calls = new Set();
  #visible = null;
  #held = null;
  #aheadMs = 0;

  constructor(server) {
    super();
    this.server = server;
  }

  /** Keeps what arrives until the next `load` is done. */
  hold() {
    this.#held ??= [];
  }

  /** Loads everything as this person sees it. @returns {Promise<boolean>} false when the server is not there */
  async load(as) {
    this.hold();
    const asThem = { as };
    const [boot, views, log, clock] = await Promise.all([
      this.server.get("bootstrap", asThem),
      this.server.get("views", asThem),
      this.server.get("log"),
      this.server.get("clock"),
    ]);
    if (boot.ok === false) return false;
    Object.assign(this, { me: as, team: boot.team, hint: boot.hint, features: boot.features ?? {} });
    this.directory.load(boot);
    this.setAhead(clock.ahead_s ?? 0);
    this.modals = views.modals ?? [];
    this.homes = views.homes ?? {};
    this.#messages.clear();
    this.#unread.clear();
    this.#calls.clear();
    this.log = new Map((log.entries ?? []).slice(-LOG_LIMIT).map((entry) => [entry.n, entry]));
    this.tell("loaded");
    const held = this.#held ?? [];
    this.#held = null;
    held.forEach((event) => this.receive(event));
    return true;
  }

  /** What time it is here: the workspace's clock may be ahead of the world's. */
  now() {
    return new Date(Date.now() + this.#aheadMs);
  }

  setAhead(seconds) {
    this.#aheadMs = seconds * 1000;
  }

  get zone() {
    return this.directory.person(this.me)?.tz || "UTC";
  }

  /** Roots of a conversation, or a thread with its root; oldest first, loaded on first use. @returns {Promise<object[]>} */
  async messages(channel, threadTs = null) {
    const key = threadTs ? `${channel}/${threadTs}` : channel;
    if (!this.#messages.has(key)) {
      this.#messages.set(key, new Map());
      this.#loading.set(key, this.#fetch(this.#messages.get(key), channel, threadTs));
    }
    const known = this.#messages.get(key);
    await this.#loading.get(key);
    return sorted(known);
  }

  /** What arrived live while this was under way is newer and stays. */
  async #fetch(known, channel, threadTs) {
    const answer = await this.server.get(`conversations/${channel}/messages`, { as: this.me, thread_ts: threadTs });
    for (const message of answer.messages ?? []) if (!known.has(message.ts)) known.set(message.ts, message);
  }

  message(channel, ts) {
    for (const [key, list] of this.#messages) if (key.split("/")[0] === channel && list.has(ts)) return list.get(ts);
    return null;
  }

  unread(channel) {
    return this.#unread.get(channel) ?? 0;
  }

  get unreadInAll() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Whether something unread there is meant for this person: Slack counts only that in red. */
  calls(channel) {
    return this.#calls.has(channel);
  }

  #concernsMe({ channel, text }) {
    const direct = ["im", "mpim"].includes(this.directory.conversation(channel)?.kind);
    return direct || new RegExp(`<@${this.me}>|<!(here|channel|everyone)`).test(text ?? "");
  }

  /** The person looks at this conversation now: what is in it counts as read. */
  look(channel) {
    this.#visible = channel;
    this.#calls.delete(channel);
    if (this.#unread.delete(channel)) this.tell("unread");
  }

  receive(event) {
    if (this.#held) this.#held.push(event);
    else this.#handlers[event.type]?.(event);
  }

  #handlers = {
    message: (event) => this.#put(event.message, true),
    ephemeral: (event) => this.#put(event.message, true),
    message_changed: (event) => this.#put(event.message, false),
    message_deleted: ({ channel, ts }) => this.#drop(channel, ts),
    conversation: ({ conversation }) => {
      this.directory.put(conversation);
      this.tell("conversations");
    },
    view_opened: ({ view }) => this.#setModals([...this.#modalsWithout(view.id), view]),
    view_pushed: ({ view }) => this.#setModals([...this.#modalsWithout(view.id), view]),
    view_updated: ({ view }) => this.#setModals(this.modals.map((each) => (each.id === view.id ? view : each))),
    view_closed: ({ view_id: id }) => this.#setModals(this.#modalsWithout(id)),
    home_published: ({ app_id: appId, view }) => {
      this.homes[appId] = view;
      this.tell("home", appId);
    },
    app_connected: (event) => this.#connection(event, true),
    app_disconnected: (event) => this.#connection(event, event.connections > 0),
    assistant_status: (event) => this.tell("assistant", event),
    assistant_prompts: (event) => this.tell("assistant", event),
    api_call: ({ entry }) => this.#logged(entry),
    envelope: ({ entry }) => this.#logged(entry),
    socket: ({ entry }) => this.#logged(entry),
    meeting: ({ entry }) => this.#logged(entry),
    webhook: ({ entry }) => this.#logged(entry),
    fault: ({ entry }) => this.#logged(entry),
    http: ({ entry }) => this.#logged(entry),
    vendor: ({ entry }) => this.#logged(entry),
    mail: ({ mail }) => this.tell("mail", mail),
    clock: ({ ahead_s: ahead }) => {
      this.setAhead(ahead);
      this.tell("clock");
    },
    toast: (event) => this.tell("toast", event),
    reset: () => this.tell("reset"),
  };

  #put(message, isNew) {
    const reply = message.thread_ts && message.thread_ts !== message.ts;
    const places = reply
      ? [`${message.channel}/${message.thread_ts}`]
      : [message.channel, `${message.channel}/${message.ts}`];
    if (message.subtype === "thread_broadcast") places.push(message.channel);
    for (const key of places) this.#messages.get(key)?.set(message.ts, message);
    if (isNew && message.channel !== this.#visible && message.user !== this.me) {
      this.#unread.set(message.channel, this.unread(message.channel) + 1);
      if (this.#concernsMe(message)) this.#calls.add(message.channel);
      this.tell("unread");
    }
    this.tell("message", { message, isNew, reply: Boolean(reply) });
  }

  #drop(channel, ts) {
    for (const [key, list] of this.#messages) if (key.split("/")[0] === channel) list.delete(ts);
    this.tell("deleted", { channel, ts });
  }

  #modalsWithout = (id) => this.modals.filter((each) => each.id !== id);

  #setModals(modals) {
    this.modals = modals;
    this.tell("modals");
  }

  #connection({ app_id: appId }, connected) {
    const app = this.directory.app(appId);
    if (app) app.connected = connected;
    this.tell("app", app);
  }

  #logged(entry) {
    this.log.set(entry.n, entry);
    if (this.log.size > LOG_LIMIT) this.log.delete(this.log.keys().next().value);
    this.tell("log", entry);
  }
}

const sorted = (messages) => [...messages.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
