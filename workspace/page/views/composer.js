/** Where a person writes: Enter sends, Shift+Enter breaks the line, `/` offers commands, `@` people, `:` emoji. */
import { attachMenu } from "../blockkit/menu.js";
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { completions } from "./completions.js";

export class Composer {
  #channel = null;
  #thread = null;
  #offers = [];
  #active = 0;
  #mentions = new Map();
  #drafts = new Map();

  constructor(page, { inThread = false } = {}) {
    Object.assign(this, { page, inThread });
    const listId = uniqueId("offers");
    this.input = h("textarea", {
      class: "composer-input",
      rows: "1",
      "aria-controls": listId,
      "aria-autocomplete": "list",
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event), blur: () => this.#offer([]) },
    });
    this.offers = h("div", { class: "offers", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
    this.problem = h("div", { class: "composer-problem", role: "alert" });
    this.sendButton = h(
      "button",
      {
        class: "composer-send",
        type: "button",
        "aria-label": "Send",
        title: "Send",
        disabled: true,
        on: { click: () => this.#send() },
      },
      icon("send", { size: 18 }),
    );
    this.shortcuts = attachMenu(
      h(
        "button",
        { class: "tool", type: "button", "aria-label": "Shortcuts", title: "Commands and shortcuts" },
        icon("bolt", { size: 18 }),
      ),
      () => this.#shortcutItems(),
      { label: "Commands and shortcuts", alignEnd: false },
    );
    this.element = h(
      "div",
      { class: "composer-wrap" },
      this.problem,
      this.offers,
      h(
        "div",
        { class: "composer" },
        this.input,
        h(
          "div",
          { class: "composer-bar" },
          this.shortcuts,
          h("span", { class: "composer-hint" }, "Enter to send, Shift + Enter for a new line"),
          this.sendButton,
        ),
      ),
    );
  }

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

  #say(text) {
    replaceContent(this.problem, text);
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
    this.sendButton.disabled = !this.input.value.trim();
    this.#offer(
      document.activeElement === this.input
        ? completions(this.input.value, this.input.selectionStart, this.page.workspace.directory)
        : [],
    );
  }

  #offer(offers) {
    this.#offers = offers;
    this.#active = 0;
    this.offers.hidden = !offers.length;
    replaceContent(
      this.offers,
      offers.map((offer, index) => {
        const row = h(
          "div",
          { class: "option", role: "option", id: uniqueId("offer") },
          h(
            "span",
            { class: "option-label" },
            h("strong", {}, offer.label),
            offer.hint && h("span", { class: "option-hint" }, offer.hint),
            offer.description && h("span", { class: "option-description" }, offer.description),
          ),
        );
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.#take(index);
        });
        return row;
      }),
    );
    this.#mark();
  }

  #mark() {
    const rows = [...this.offers.children];
    rows.forEach((row, index) => {
      row.classList.toggle("is-active", index === this.#active);
      row.setAttribute("aria-selected", String(index === this.#active));
    });
    if (rows.length) this.input.setAttribute("aria-activedescendant", rows[this.#active].id);
    else this.input.removeAttribute("aria-activedescendant");
    rows[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  #take(index) {
    const { insert, from, mention } = this.#offers[index];
    const rest = this.input.value.slice(this.input.selectionStart);
    const start = this.input.value.slice(0, from) + insert;
    if (mention) this.#mentions.set(insert.trim(), mention);
    this.input.value = start + rest;
    this.input.setSelectionRange(start.length, start.length);
    this.#typed();
    this.#offer([]);
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#offers.length && this.#offerKey(event)) return void event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    }
  }

  /** @returns {boolean} whether the key was for the list of offers */
  #offerKey({ key, shiftKey }) {
    const count = this.#offers.length;
    if (key === "ArrowDown") this.#active = (this.#active + 1) % count;
    else if (key === "ArrowUp") this.#active = (this.#active + count - 1) % count;
    else if (key === "Escape") this.#offer([]);
    else if (key === "Tab" && !shiftKey) this.#take(this.#active);
    else if (key === "Enter" && !this.#offers[this.#active].complete) this.#take(this.#active);
    else return false;
    this.#mark();
    return true;
  }

  async #send() {
    const typed = this.input.value.trim();
    if (!typed) return;
    const [channel, thread] = [this.#channel, this.#thread];
    this.input.value = "";
    this.#typed();
    this.#say("");
    const answer = await this.#deliver(typed, channel, thread);
    if (!answer.error || channel !== this.#channel) return;
    this.#say(answer.message ?? answer.error);
    if (!this.input.value) this.input.value = typed;
    this.#typed();
  }

  #deliver(typed, channel, thread) {
    const [, command, text] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
    if (!command)
      return this.page.server.act({
        type: "message",
        channel,
        text: this.#withHandles(typed),
        thread_ts: thread ?? undefined,
      });
    if (thread) return { error: "thread", message: `${command} does not work in threads.` };
    return this.page.server.act({ type: "command", channel, command, text });
  }

  /** Names that were taken from the list become handles, which the server knows people by. */
  #withHandles(typed) {
    let text = typed;
    for (const [name, handle] of this.#mentions) text = text.replaceAll(name, `@${handle}`);
    return text;
  }

  #shortcutItems() {
    const apps = this.page.workspace.directory.apps();
    const commands = apps
      .flatMap((app) => app.commands ?? [])
      .map((each) => ({
        content: [each.command, h("span", { class: "option-description" }, each.description)],
        choose: () => this.#start(`${each.command} `),
      }));
    const shortcuts = apps.flatMap((app) =>
      (app.shortcuts ?? [])
        .filter((each) => each.type === "global")
        .map((each) => ({
          content: [each.name, h("span", { class: "option-description" }, app.name)],
          choose: () => this.page.act({ type: "shortcut", callback_id: each.callback_id, app_id: app.id }),
        })),
    );
    const items = [...shortcuts, ...commands];
    return items.length ? items : [{ content: "No commands", choose: () => {} }];
  }

  #start(text) {
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }
}
