/** The list that a select opens: a search field and a listbox, walked with the arrow keys. */
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openPopover } from "./popover.js";

/**
 * @param {HTMLElement} control focus returns here
 * @param {{search: (query: string) => Promise<object[]>, remote: boolean}} source
 * @param {{isChosen: Function, onChoose: Function, stayOpen: boolean, multi?: boolean, minQuery?: number}} options
 */
export function openOptionList(control, source, options) {
  if (control.getAttribute("aria-expanded") === "true") return;
  const list = new OptionList(source, options);
  control.setAttribute("aria-expanded", "true");
  list.close = openPopover(control, list.element, {
    className: "popover-list",
    minWidth: control.getBoundingClientRect().width,
    onClose: () => control.setAttribute("aria-expanded", "false"),
  });
  list.onDone = () => {
    list.close();
    control.focus();
  };
  list.start();
}

class OptionList {
  #active = -1;
  #query = 0;

  constructor(source, { isChosen, onChoose, stayOpen, multi = false, minQuery = 0 }) {
    Object.assign(this, { source, isChosen, onChoose, stayOpen, minQuery });
    this.id = uniqueId("list");
    this.box = h("div", {
      role: "listbox",
      id: this.id,
      class: "option-list",
      "aria-multiselectable": multi ? "true" : null,
      "aria-label": "Options",
    });
    this.input = h("input", {
      class: "option-search",
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": this.id,
      "aria-autocomplete": "list",
      "aria-label": "Search options",
      placeholder: "Search",
      autocomplete: "off",
      on: { input: () => this.load(), keydown: (event) => this.key(event) },
    });
    this.element = h("div", { class: "option-popover" }, this.input, this.box);
  }

  async start() {
    this.input.focus();
    await this.load();
    this.activate(
      Math.max(
        0,
        this.rows.findIndex((row) => row.getAttribute("aria-selected") === "true"),
      ),
    );
  }

  async load() {
    const query = this.input.value;
    this.#query += 1;
    if (query.length < this.minQuery) this.note(`Type at least ${this.minQuery} characters to search`);
    else await this.search(query, this.#query);
  }

  /** Answers of an older query that arrive late are dropped. */
  async search(query, ticket) {
    if (this.source.remote) this.note("Searching…");
    try {
      const groups = await this.source.search(query);
      if (ticket === this.#query) this.show(groups);
    } catch (error) {
      if (ticket === this.#query) this.note(`Could not load options: ${error.message}`);
    }
  }

  get rows() {
    return [...this.box.querySelectorAll("[role=option]")];
  }

  note(text) {
    replaceContent(this.box, h("div", { class: "option-note", role: "status" }, text));
  }

  show(groups) {
    const filled = groups.filter((group) => group.items.length);
    if (!filled.length) this.note("No results");
    else
      replaceContent(
        this.box,
        filled.map((group) => this.group(group)),
      );
    this.activate(0);
  }

  group({ label, items }) {
    const title = label && h("div", { class: "option-group", role: "presentation" }, label);
    return [title, items.map((item) => this.row(item))];
  }

  row(item) {
    const chosen = this.isChosen(item);
    const row = h(
      "div",
      { class: "option", role: "option", id: uniqueId("option"), "aria-selected": String(chosen) },
      h("span", { class: "option-check" }, icon("check", { size: 16 })),
      h(
        "span",
        { class: "option-label" },
        item.label,
        item.description && h("span", { class: "option-description" }, item.description),
      ),
    );
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("pointermove", () => this.activate(this.rows.indexOf(row), { scroll: false }));
    row.addEventListener("click", () => this.choose(item, row));
    return row;
  }

  choose(item, row) {
    this.onChoose(item);
    if (this.stayOpen) row.setAttribute("aria-selected", String(this.isChosen(item)));
    else this.onDone();
  }

  activate(index, { scroll = true } = {}) {
    const { rows } = this;
    if (!rows.length) return;
    this.#active = Math.max(0, Math.min(index, rows.length - 1));
    rows.forEach((row, at) => row.classList.toggle("is-active", at === this.#active));
    this.input.setAttribute("aria-activedescendant", rows[this.#active].id);
    if (scroll) rows[this.#active].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const steps = { ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, Home: 0, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      this.activate(steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.rows[this.#active]?.click();
    } else if (event.key === "Tab") this.onDone();
  }
}
