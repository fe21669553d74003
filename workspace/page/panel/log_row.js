/** One line of the log that unfolds into what was sent and answered. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { json } from "./json.js";
import { described } from "./log_lines.js";

const SLOW_MS = 3000;

export class LogRow {
  /** @param {object} entry a log entry of the server @param {(text: string) => void} onCopy */
  constructor(entry, onCopy) {
    Object.assign(this, { entry, onCopy });
    const line = described(entry);
    this.text = `${line.title} ${line.detail} ${line.state}`.toLowerCase();
    this.details = h("details", { class: `log-row${line.problem ? " is-bad" : ""}` }, this.#summary(line));
    this.details.addEventListener("toggle", () => this.#unfold(line.parts));
    this.element = h("li", {}, this.details);
  }

  get isOpen() {
    return this.details.open;
  }

  /** A newer state of the same entry opens like the older one stood. */
  open() {
    this.details.open = true;
  }

  fits(query, hiddenKinds) {
    return !hiddenKinds.has(this.entry.kind) && this.text.includes(query);
  }

  #summary({ title, detail, state, problem }) {
    const { at, ms } = this.entry;
    const shown = ms == null ? "" : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
    return h(
      "summary",
      {},
      h("span", { class: "log-time" }, new Date(at).toISOString().slice(11, 23)),
      h("span", { class: "log-title" }, title),
      h("span", { class: "log-detail" }, detail),
      h("span", { class: problem ? "log-state is-bad" : "log-state" }, state),
      h("span", { class: ms > SLOW_MS ? "log-ms is-bad" : "log-ms" }, shown),
    );
  }

  /** The JSON is drawn when somebody looks: most lines nobody ever opens. */
  #unfold(parts) {
    if (!this.isOpen || this.details.children.length > 1) return;
    const shown = parts.filter(([, value]) => value != null);
    const body = shown.map(([name, value]) => [h("h4", {}, name, this.#copyButton(name, value)), json(value)]);
    this.details.append(h("div", { class: "log-body" }, body.length ? body : "Nothing more is known of it."));
  }

  #copyButton(name, value) {
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    return h(
      "button",
      {
        class: "tool log-copy",
        type: "button",
        "aria-label": `Copy ${name}`,
        title: "Copy",
        on: { click: () => this.onCopy(text) },
      },
      icon("copy", { size: 14 }),
    );
  }
}
