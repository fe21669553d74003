/** What travels between the workspace and its apps: calls, envelopes, connections, deliveries, with their timings. */
import { h, replaceContent } from "../core/dom.js";
import { LogRow } from "./log_row.js";
import { totals } from "./log_totals.js";

const KINDS = [
  ["api_call", "API calls"],
  ["envelope", "Envelopes"],
  ["socket", "Connections"],
  ["meeting", "Meetings"],
  ["webhook", "Webhooks"],
  ["http", "HTTP"],
  ["vendor", "Vendors"],
  ["fault", "Faults"],
];
const NEAR_END_PX = 60;

export class Developer {
  #rows = new Map();
  #hidden = new Set();
  #from = 0;
  #shown = false;

  constructor(page) {
    this.page = page;
    this.find = h("input", {
      class: "bk-input log-find",
      type: "search",
      placeholder: "Filter, e.g. chat.update",
      "aria-label": "Filter the log",
      on: { input: () => this.#filter() },
    });
    const clear = h("button", { class: "text-button", type: "button", on: { click: () => this.#clear() } }, "Clear");
    const chips = KINDS.map(([kind, label]) => this.#chip(kind, label));
    this.totals = h("p", { class: "log-totals muted" });
    this.list = h("ul", { class: "log", "aria-label": "Log", tabindex: "0" });
    this.element = h(
      "div",
      { class: "developer" },
      h("div", { class: "panel-tools" }, this.find, clear),
      h("div", { class: "chips", role: "group", "aria-label": "Kinds" }, chips),
      this.totals,
      this.list,
    );
    page.workspace.on("loaded", () => this.#draw());
    page.workspace.on("log", (entry) => this.#put(entry));
  }

  shown(shown) {
    this.#shown = shown;
    if (!shown) return;
    this.#filter();
    queueMicrotask(() => this.#toEnd());
  }

  #chip(kind, label) {
    const toggle = (event) => {
      if (!this.#hidden.delete(kind)) this.#hidden.add(kind);
      event.currentTarget.setAttribute("aria-pressed", String(!this.#hidden.has(kind)));
      this.#filter();
    };
    return h("button", { class: "chip", type: "button", "aria-pressed": "true", on: { click: toggle } }, label);
  }

  get #entries() {
    return [...this.page.workspace.log.values()].filter((entry) => entry.n > this.#from);
  }

  #draw() {
    this.#rows = new Map(this.#entries.map((entry) => [entry.n, this.#row(entry)]));
    replaceContent(
      this.list,
      [...this.#rows.values()].map((row) => row.element),
    );
    this.#filter();
    this.#toEnd();
  }

  #clear() {
    this.#from = Math.max(this.#from, ...this.page.workspace.log.keys());
    this.#draw();
  }

  #put(entry) {
    if (entry.n <= this.#from) return;
    const atEnd = this.#shown && this.#isAtEnd();
    const row = this.#row(entry);
    const old = this.#rows.get(entry.n);
    if (old?.isOpen) row.open();
    if (old) old.element.replaceWith(row.element);
    else this.list.append(row.element);
    this.#rows.set(entry.n, row);
    row.element.hidden = !row.fits(this.#query, this.#hidden);
    this.#forget();
    if (this.#shown) replaceContent(this.totals, totals(this.#entries));
    if (atEnd) this.#toEnd();
  }

  #row(entry) {
    return new LogRow(entry, (text) => this.page.copy(text));
  }

  /** The page keeps the newest few hundred entries; older rows go with them. */
  #forget() {
    for (const [n, row] of this.#rows) {
      if (this.page.workspace.log.has(n)) return;
      row.element.remove();
      this.#rows.delete(n);
    }
  }

  get #query() {
    return this.find.value.trim().toLowerCase();
  }

  #filter() {
    for (const row of this.#rows.values()) row.element.hidden = !row.fits(this.#query, this.#hidden);
    replaceContent(this.totals, totals(this.#entries));
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
