/** What travels between the workspace and its apps: calls, envelopes, connections, deliveries, with their timings. */
import { h, replaceContent } from "../core/dom.js";
import { described } from "./log_lines.js";
import { json } from "./json.js";

const KINDS = [
  ["api_call", "API calls"],
  ["envelope", "Envelopes"],
  ["socket", "Connections"],
  ["meeting", "Meetings"],
  ["http", "HTTP"],
  ["fault", "Faults"],
];
const SLOW_MS = 3000;
const NEAR_END_PX = 60;

export class Developer {
  #rows = new Map();
  #hidden = new Set();
  #from = 0;

  constructor(page) {
    this.page = page;
    this.find = h("input", {
      class: "bk-input log-find",
      type: "search",
      placeholder: "Filter, e.g. chat.update",
      "aria-label": "Filter the log",
      on: { input: () => this.#filter() },
    });
    this.chips = h(
      "div",
      { class: "chips", role: "group", "aria-label": "Kinds" },
      KINDS.map(([kind, label]) => this.#chip(kind, label)),
    );
    this.list = h("div", { class: "log", role: "list", "aria-label": "Log", tabindex: "0" });
    const clear = h("button", { class: "text-button", type: "button", on: { click: () => this.#clear() } }, "Clear");
    this.element = h(
      "div",
      { class: "developer" },
      h("div", { class: "panel-tools" }, this.find, clear),
      this.chips,
      this.list,
    );
    page.workspace.on("loaded", () => this.#draw());
    page.workspace.on("log", (entry) => this.#put(entry));
  }

  shown(shown) {
    if (shown) queueMicrotask(() => this.#toEnd());
  }

  #chip(kind, label) {
    const toggle = (event) => {
      if (!this.#hidden.delete(kind)) this.#hidden.add(kind);
      event.currentTarget.setAttribute("aria-pressed", String(!this.#hidden.has(kind)));
      this.#filter();
    };
    return h("button", { class: "chip", type: "button", "aria-pressed": "true", on: { click: toggle } }, label);
  }

  #draw() {
    this.#rows.clear();
    replaceContent(this.list);
    for (const entry of this.page.workspace.log.values()) this.#put(entry);
  }

  #clear() {
    this.#from = Math.max(0, ...this.page.workspace.log.keys());
    this.#draw();
  }

  #put(entry) {
    if (entry.n <= this.#from) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END_PX;
    const row = this.#row(entry);
    const old = this.#rows.get(entry.n);
    if (old) {
      row.open = old.open;
      old.replaceWith(row);
    } else this.list.append(row);
    this.#rows.set(entry.n, row);
    for (const [n, each] of this.#rows) if (!this.page.workspace.log.has(n) && this.#rows.delete(n)) each.remove();
    if (atEnd) this.#toEnd();
  }

  #row(entry) {
    const { title, detail, state, problem, parts } = described(entry);
    const time = new Date(entry.at).toISOString().slice(11, 23);
    const ms = entry.ms == null ? "" : `${entry.ms < 10 ? entry.ms.toFixed(1) : Math.round(entry.ms)} ms`;
    const row = h(
      "details",
      {
        class: `log-row is-${entry.kind}${problem ? " is-bad" : ""}`,
        role: "listitem",
        data: { kind: entry.kind, text: `${title} ${detail} ${state}`.toLowerCase() },
      },
      h(
        "summary",
        {},
        h("span", { class: "log-time" }, time),
        h("span", { class: "log-title" }, title),
        h("span", { class: "log-detail" }, detail),
        h("span", { class: `log-state${problem ? " is-bad" : ""}` }, state),
        h("span", { class: entry.ms > SLOW_MS ? "log-ms is-bad" : "log-ms" }, ms),
      ),
    );
    row.addEventListener(
      "toggle",
      () =>
        row.open &&
        row.children.length === 1 &&
        row.append(
          h(
            "div",
            { class: "log-body" },
            parts.filter(([, value]) => value != null).map(([name, value]) => [h("h4", {}, name), json(value)]),
          ),
        ),
    );
    row.hidden = !this.#fits(row);
    return row;
  }

  #fits(row) {
    return !this.#hidden.has(row.dataset.kind) && row.dataset.text.includes(this.find.value.trim().toLowerCase());
  }

  #filter() {
    for (const row of this.#rows.values()) row.hidden = !this.#fits(row);
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
