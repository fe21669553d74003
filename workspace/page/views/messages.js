/** The list of messages of a conversation or a thread, kept in step with what happens, each redrawn in place. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { dayKey, dayLabel, fromTs } from "../text/dates.js";
import { MessageRow } from "./message.js";

const TOGETHER_S = 300;
const NEAR_END_PX = 120;

export class MessageList {
  #rows = new Map();
  #channel = null;
  #thread = null;
  #unreadFrom = null;
  #atEnd = true;
  #drawing = null;
  #opening = null;

  /** @param {object} page the page's parts: workspace, reader, router, … */
  constructor(page, { label = "Messages", inThread = false } = {}) {
    Object.assign(this, { page, inThread });
    const kind = inThread ? "message-list is-thread" : "message-list";
    this.list = h("div", { class: kind, role: "log", "aria-label": label, "aria-live": "off" });
    this.status = h("div", { class: "assistant-status", role: "status" });
    this.scroll = h(
      "div",
      { class: "message-scroll", tabindex: "0", role: "region", "aria-label": label },
      this.list,
      this.status,
    );
    this.newer = h(
      "button",
      { class: "newer", type: "button", hidden: true, on: { click: () => this.toEnd() } },
      "New messages",
      icon("down", { size: 14 }),
    );
    this.element = h("div", { class: "message-area" }, this.scroll, this.newer);
    this.scroll.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.list);
    const { workspace } = page;
    workspace.on("message", (change) => this.#changed(change));
    workspace.on("deleted", ({ channel, ts }) => channel === this.#channel && this.#rows.has(ts) && this.#render());
    workspace.on("clock", () => this.#channel && this.#render()); // what was today is not any more
    workspace.on("assistant", (event) => this.#assistant(event));
  }

  /** Opens where the reader left off: at the end, but with the beginning of what is unread in sight. */
  show(channel, options = {}) {
    this.#opening = this.#open(channel, options);
    return this.#opening;
  }

  async #open(channel, { thread = null, focusTs = null, unread = 0 }) {
    this.#channel = channel;
    this.#thread = thread;
    this.#rows.clear();
    replaceContent(this.status);
    const messages = await this.page.workspace.messages(channel, thread);
    if (this.#channel !== channel || this.#thread !== thread) return;
    this.#unreadFrom = unread ? (messages.at(-unread)?.ts ?? null) : null;
    await this.#render();
    if (focusTs) this.highlight(focusTs);
    else this.#toUnread();
  }

  #toUnread() {
    this.toEnd();
    const line = this.list.querySelector(".unread-line");
    const isAbove = line?.getBoundingClientRect().top < this.scroll.getBoundingClientRect().top;
    if (isAbove) this.#lookAt(line, "start");
  }

  hide() {
    this.#channel = null;
  }

  /** What arrives while the conversation opens waits until the reader has been put somewhere. */
  async #changed({ message, isNew }) {
    await this.#opening;
    const root = message.thread_ts ?? message.ts;
    if (message.channel !== this.#channel || (this.#thread && root !== this.#thread)) return;
    const row = this.#rows.get(message.ts);
    if (row) row.update(message);
    else await this.#render();
    if (isNew) this.#arrived(message);
    else if (this.#atEnd) this.toEnd();
  }

  /** Who reads at the end sees what is new: its beginning when it is taller than the window. Nobody else is moved. */
  #arrived(message) {
    const { directory, me } = this.page.workspace;
    this.page.announce(`${directory.userName(message.user) ?? "App"}: ${message.text ?? ""}`);
    const row = this.#rows.get(message.ts)?.element;
    const fits = !row || row.offsetHeight < this.scroll.clientHeight;
    if (message.user === me || (this.#atEnd && fits)) this.toEnd();
    else if (this.#atEnd) this.#lookAt(row, "start");
    else this.newer.hidden = false;
  }

  #lookAt(row, block) {
    this.#atEnd = false;
    row.scrollIntoView({ block });
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#atEnd) this.newer.hidden = true;
  }

  /** What arrives together is drawn together. */
  #render() {
    this.#drawing ??= new Promise((resolve) => setTimeout(resolve)).then(() => {
      this.#drawing = null;
      return this.#draw();
    });
    return this.#drawing;
  }

  /** Rows stay the same objects, so what was half filled in survives. */
  async #draw() {
    const [channel, thread] = [this.#channel, this.#thread];
    const messages = await this.page.workspace.messages(channel, thread);
    if (channel !== this.#channel || thread !== this.#thread) return;
    const { zone } = this.page.workspace;
    const now = this.page.workspace.now();
    const parts = [];
    let previous = null;
    for (const message of messages) {
      const day = dayKey(fromTs(message.ts), zone);
      const newDay = !previous || dayKey(fromTs(previous.ts), zone) !== day;
      if (newDay && (previous || !this.inThread)) parts.push(dayDivider(message, zone, now));
      if (message.ts === this.#unreadFrom)
        parts.push(h("div", { class: "unread-line", role: "separator" }, h("span", {}, "New")));
      const row = this.#row(message);
      row.compact(!newDay && message.ts !== this.#unreadFrom && belongTogether(previous, message));
      parts.push(row.element);
      if (this.inThread && !previous && messages.length > 1) parts.push(repliesLine(messages.length - 1));
      previous = message;
    }
    this.#rows = new Map(messages.map((message) => [message.ts, this.#rows.get(message.ts)]));
    keepInOrder(this.list, parts.length ? parts : [this.#empty()]);
  }

  #row(message) {
    let row = this.#rows.get(message.ts);
    if (!row) this.#rows.set(message.ts, (row = new MessageRow(message, this.page, { inThread: this.inThread })));
    return row;
  }

  #empty() {
    return h(
      "p",
      { class: "empty" },
      this.inThread ? "No replies yet." : "Nothing here yet. What people and apps write appears here.",
    );
  }

  highlight(ts) {
    const row = this.#rows.get(ts)?.element;
    row?.classList.add("is-linked");
    if (row) this.#lookAt(row, "center");
    else this.toEnd();
  }

  /** Stays there while the content grows or the window changes, until somebody scrolls away. */
  toEnd() {
    this.#atEnd = true;
    this.newer.hidden = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  #assistant({ type, channel, thread_ts: thread, status, prompts, title }) {
    if (channel !== this.#channel || (this.#thread && thread !== this.#thread)) return;
    if (type === "assistant_status") replaceContent(this.status, status);
    if (type !== "assistant_prompts") return;
    replaceContent(
      this.status,
      h(
        "div",
        { class: "prompts", role: "group", "aria-label": title || "Suggestions" },
        (prompts ?? []).map((prompt) =>
          h(
            "button",
            { class: "bk-button", type: "button", on: { click: () => this.page.say(channel, prompt.message, thread) } },
            prompt.title,
          ),
        ),
      ),
    );
  }
}

const belongTogether = (before, message) =>
  before &&
  before.user === message.user &&
  before.bot_id === message.bot_id &&
  before.visible_to === message.visible_to &&
  !message.visible_to &&
  !before.visible_to &&
  Number(message.ts) - Number(before.ts) < TOGETHER_S &&
  !before.reply_count &&
  message.username === before.username;

const dayDivider = (message, zone, now) =>
  h("div", { class: "day-divider", role: "separator" }, h("span", {}, dayLabel(fromTs(message.ts), zone, now)));

const repliesLine = (count) =>
  h("div", { class: "replies-line", role: "separator" }, `${count} ${count === 1 ? "reply" : "replies"}`);

/** Moves only what is out of place, so that focus and running animations stay. */
function keepInOrder(list, parts) {
  const wanted = new Set(parts);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  parts.forEach((part, index) => {
    if (list.children[index] !== part) list.insertBefore(part, list.children[index] ?? null);
  });
}
