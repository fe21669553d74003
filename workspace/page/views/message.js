/** One message: who, when, its blocks, what belongs to it, and what can be done with it. */
import { drawBlocks } from "../blockkit/blocks.js";
import { sharedFile } from "../blockkit/media.js";
import { Surface } from "../blockkit/surface.js";
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { clockTime, fromTs } from "../text/dates.js";
import { emojiText } from "../text/emoji.js";
import { mrkdwn } from "../text/rich_text.js";
import { attachment } from "./attachment.js";
import { avatar } from "./avatar.js";
import { keepFocus } from "./keep_focus.js";
import { messageActions } from "./message_actions.js";

const SLACKS_OWN = /^channel_(join|leave|topic|purpose|name|archive|unarchive)$|^tombstone$/;
const TICKING_MS = 12_000;
const contentOf = ({ text, blocks, attachments }) => JSON.stringify([text, blocks, attachments]);

export class MessageRow {
  #updatedAt = -Infinity;

  constructor(message, page, { inThread }) {
    Object.assign(this, { page, inThread });
    this.surface = new Surface({
      kind: "message",
      reader: page.reader,
      server: page.server,
      redraw: () => keepFocus(this.element, () => this.#draw(this.message)),
      target: { type: "message", channel: message.channel, ts: message.ts },
    });
    this.element = h("article", { class: "message" });
    this.#draw(message);
  }

  update(message) {
    const changed = contentOf(message) !== contentOf(this.message);
    keepFocus(this.element, () => this.#draw(message));
    if (changed) this.#highlight();
  }

  /** A change is shown once; a countdown that ticks does not make the message flicker. */
  #highlight() {
    const now = performance.now();
    const ticking = now - this.#updatedAt < TICKING_MS;
    this.#updatedAt = now;
    this.element.classList.remove("is-updated");
    if (!ticking) requestAnimationFrame(() => this.element.classList.add("is-updated"));
  }

  compact(on) {
    this.element.classList.toggle("is-compact", on);
  }

  #draw(message) {
    this.message = message;
    const inside = (message.attachments ?? []).flatMap((each) => each.blocks ?? []);
    this.surface.adopt([...(message.blocks ?? []), ...inside], message.values);
    const name = this.page.workspace.directory.userName(message.user) ?? message.username ?? "App";
    const time = clockTime(fromTs(message.ts), this.page.workspace.zone);
    this.element.setAttribute("aria-label", `${name}, ${time}`);
    this.element.dataset.ts = message.ts;
    this.element.classList.toggle("is-ephemeral", Boolean(message.visible_to));
    this.element.classList.toggle("is-of-slack", SLACKS_OWN.test(message.subtype));
    replaceContent(
      this.element,
      h(
        "div",
        { class: "message-side" },
        avatar(message.user, this.page.workspace.directory),
        h("span", { class: "message-side-time", "aria-hidden": "true" }, time.replace(/ [AP]M$/, "")),
      ),
      h(
        "div",
        { class: "message-main" },
        message.visible_to && h("div", { class: "only-you" }, icon("eye", { size: 14 }), "Only visible to you"),
        this.#head(message, name, time),
        this.#body(message),
        this.#foot(message),
      ),
      message.visible_to ? null : messageActions(message, this.page, { inThread: this.inThread }),
    );
  }

  #head(message, name, time) {
    const isApp = message.bot_id || this.page.workspace.directory.person(message.user)?.is_bot;
    const stamp = fromTs(message.ts).toISOString();
    return h(
      "div",
      { class: "message-head" },
      h("span", { class: "message-name" }, message.username || name),
      isApp && h("span", { class: "app-badge" }, "APP"),
      h(
        "a",
        { class: "message-time", href: `#/c/${encodeURIComponent(message.channel)}/${message.ts}` },
        h("time", { datetime: stamp, title: fromTs(message.ts).toString() }, time),
      ),
    );
  }

  /** An app's blocks replace the text, which then is only the notification; what a person typed is drawn from the text. */
  #body(message) {
    const { reader } = this.page;
    const blocks = message.bot_id && message.blocks?.length ? message.blocks : null;
    const said = message.assistant_app_thread?.title ?? message.text ?? "";
    const text = SLACKS_OWN.test(message.subtype) ? said.replace(/^<@\w+> (has )?/, "") : said;
    const edited = message.edited && h("span", { class: "edited" }, "(edited)");
    return h(
      "div",
      { class: "message-body" },
      blocks ? drawBlocks(blocks, this.surface) : h("div", { class: "bk-text" }, mrkdwn(text, reader)),
      edited,
      (message.attachments ?? []).map((each) => attachment(each, this.surface)),
      (message.files ?? []).map(sharedFile),
    );
  }

  #foot(message) {
    const { page } = this;
    const reactions = (message.reactions ?? []).map((reaction) => this.#reaction(message, reaction));
    const replies =
      !this.inThread &&
      message.reply_count > 0 &&
      h(
        "a",
        {
          class: "replies",
          href: `#/t/${encodeURIComponent(message.channel)}/${message.ts}`,
        },
        (message.reply_users ?? []).slice(0, 4).map((user) => avatar(user, page.workspace.directory, "small")),
        h("span", {}, `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`),
      );
    return [reactions.length > 0 && h("div", { class: "reactions" }, reactions), replies];
  }

  #reaction(message, { name, users, count }) {
    const mine = users?.includes(this.page.workspace.me);
    const who = (users ?? []).map((user) => this.page.workspace.directory.userName(user) ?? user).join(", ");
    const act = () =>
      this.page.server.act({ type: "reaction", channel: message.channel, ts: message.ts, name, remove: mine });
    return h(
      "button",
      {
        class: mine ? "reaction is-mine" : "reaction",
        type: "button",
        "aria-pressed": String(Boolean(mine)),
        title: who,
        "aria-label": `${name}, ${count} ${count === 1 ? "reaction" : "reactions"}`,
        on: { click: act },
      },
      emojiText(name),
      " ",
      count ?? users?.length,
    );
  }
}
