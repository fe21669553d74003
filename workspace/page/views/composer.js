/** Where a person writes: Enter sends, Shift+Enter breaks the line, `/` offers commands, `@` people, `:` emoji. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { Attachments } from "./attachments.js";
import { completions } from "./completions.js";
import { editMessage } from "./message_actions.js";
import { Offers } from "./offers.js";
import { shortcutsButton } from "./shortcuts.js";

const COMMAND = /^(\/\S+)\s*([\s\S]*)$/;
const TALLEST_PX = 240;

export class Composer {
  #channel = null;
  #thread = null;
  #mentions = new Map();
  #drafts = new Map();

  constructor(page, { inThread = false } = {}) {
    Object.assign(this, { page, inThread });
    this.input = h("textarea", { class: "composer-input", rows: "1" });
    this.offers = new Offers(this.input, (offer) => this.#take(offer));
    this.files = new Attachments({
      upload: (file) => page.server.upload(file),
      toast: (...toast) => page.toast(...toast),
      onChange: () => this.#typed(),
    });
    this.problem = h("div", { class: "composer-problem", role: "alert" });
    this.sendButton = h(
      "button",
      { class: "composer-send", type: "button", "aria-label": "Send", title: "Send", disabled: true },
      icon("send", { size: 18 }),
    );
    this.element = this.#draw();
    this.#listen();
  }

  #draw() {
    const bar = h(
      "div",
      { class: "composer-bar" },
      this.files.button,
      this.files.input,
      shortcutsButton(this.page, (text) => this.#start(text)),
      h("span", { class: "composer-hint" }, "Enter to send, Shift + Enter for a new line"),
      this.sendButton,
    );
    this.box = h("div", { class: "composer" }, this.input, this.files.chips, bar);
    this.closed = h("p", { class: "composer-closed", hidden: true });
    return h("div", { class: "composer-wrap" }, this.problem, this.offers.element, this.box, this.closed);
  }

  /** With a reason nobody can write here; without one they can again. */
  close(reason) {
    this.box.hidden = Boolean(reason);
    this.closed.hidden = !reason;
    this.closed.textContent = reason;
  }

  #listen() {
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.offers.show([]));
    this.sendButton.addEventListener("click", () => this.#send());
    this.files.accept(this.element);
  }

  /** Drafts stay with their conversation. */
  show(channel, thread = null) {
    if (this.#channel) this.#drafts.set(`${this.#channel}/${this.#thread}`, this.input.value);
    [this.#channel, this.#thread] = [channel, thread];
    this.input.value = this.#drafts.get(`${channel}/${thread}`) ?? "";
    const label = this.inThread ? "Reply…" : `Message ${this.page.workspace.directory.conversationLabel(channel)}`;
    this.input.placeholder = label;
    this.input.setAttribute("aria-label", label);
    this.#say("");
    this.#typed();
  }

  #say(problem) {
    replaceContent(this.problem, problem);
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_PX)}px`;
    this.sendButton.disabled = !this.input.value.trim() && !this.files.ids.length;
    const writing = document.activeElement === this.input;
    const { value, selectionStart } = this.input;
    this.offers.show(writing ? completions(value, selectionStart, this.page.workspace.directory) : []);
  }

  #take({ insert, from, mention }) {
    const rest = this.input.value.slice(this.input.selectionStart);
    const start = this.input.value.slice(0, from) + insert;
    if (mention) this.#mentions.set(insert.trim(), mention);
    this.input.value = start + rest;
    this.input.setSelectionRange(start.length, start.length);
    this.#typed();
    this.offers.show([]);
  }

  #start(text) {
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.offers.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      this.#editLast();
    }
  }

  /** As in Slack: the arrow up in an empty field opens one's own last message. */
  async #editLast() {
    const { workspace } = this.page;
    const known = await workspace.messages(this.#channel, this.#thread);
    const own = known.filter(({ user, subtype, visible_to: only }) => user === workspace.me && !subtype && !only);
    if (own.length) editMessage(own.at(-1), this.page);
  }

  /** The field is free at once; what was refused comes back into it, with the reason. */
  async #send() {
    const draft = {
      text: this.input.value.trim(),
      files: this.files.ids,
      channel: this.#channel,
      thread: this.#thread,
    };
    if (!draft.text && !draft.files.length) return;
    this.input.value = "";
    this.files.clear();
    this.#say("");
    const answer = await this.#deliver(draft);
    if (!answer.error || draft.channel !== this.#channel) return;
    this.#say(answer.message ?? answer.error);
    if (!this.input.value) this.input.value = draft.text;
    this.#typed();
  }

  #deliver({ text, files, channel, thread }) {
    const [, command, rest] = COMMAND.exec(text) ?? [];
    if (command && thread) return { error: "thread", message: `${command} does not work in threads.` };
    if (command) return this.page.server.act({ type: "command", channel, command, text: this.#withHandles(rest) });
    return this.page.server.act({
      type: "message",
      channel,
      text: this.#withHandles(text),
      thread_ts: thread ?? undefined,
      files: files.length ? files : undefined,
    });
  }

  /** Names that were taken from the list become handles, which the server knows people by. */
  #withHandles(typed) {
    let text = typed;
    for (const [name, handle] of this.#mentions) text = text.replaceAll(name, `@${handle}`);
    return text;
  }
}
