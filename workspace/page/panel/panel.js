/** The side panel: what can happen to the people of this workspace, and what the app did about it. */
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { Developer } from "./developer.js";
import { Events } from "./events.js";
import { Faults } from "./faults.js";
import { Mailbox } from "./mailbox.js";

const TABS = [
  ["events", "Events", "bolt", Events],
  ["mail", "Mailbox", "mail", Mailbox],
  ["developer", "Developer", "code", Developer],
  ["faults", "Faults", "sliders", Faults],
];

export class Panel {
  #tabs = new Map();

  constructor(page) {
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": "Side panel" });
    const body = h("div", { class: "panel-body" });
    for (const [name, label, glyph, Part] of TABS) this.#add(name, label, glyph, new Part(page, this), list, body);
    list.addEventListener("keydown", (event) => this.#walk(event));
    this.element = h(
      "aside",
      { class: "panel", "aria-label": "Things happen" },
      h(
        "div",
        { class: "pane-header panel-header" },
        h("h2", { class: "pane-title" }, "Things happen"),
        h("span", { class: "pane-about" }, "Make something happen, see what the app does"),
      ),
      list,
      body,
    );
    this.show("events");
  }

  #add(name, label, glyph, part, list, body) {
    const [tabId, paneId] = [uniqueId("tab"), uniqueId("tabpanel")];
    const badge = h("span", { class: "tab-badge", hidden: true });
    const tab = h(
      "button",
      {
        class: "tab",
        type: "button",
        role: "tab",
        id: tabId,
        "aria-controls": paneId,
        on: { click: () => this.show(name) },
      },
      icon(glyph, { size: 16 }),
      h("span", {}, label),
      badge,
    );
    const pane = h(
      "div",
      { class: `tabpanel panel-${name}`, role: "tabpanel", id: paneId, "aria-labelledby": tabId, tabindex: "0" },
      part.element,
    );
    list.append(tab);
    body.append(pane);
    this.#tabs.set(name, { tab, pane, badge, part });
  }

  show(name) {
    for (const [each, { tab, pane, part }] of this.#tabs) {
      const shown = each === name;
      tab.setAttribute("aria-selected", String(shown));
      tab.tabIndex = shown ? 0 : -1;
      pane.hidden = !shown;
      part.shown?.(shown);
    }
    this.badge(name, 0);
    this.current = name;
  }

  /** A number on the tab, for what is new there. */
  badge(name, count) {
    const { badge } = this.#tabs.get(name);
    badge.hidden = !count;
    replaceContent(badge, count || "", count ? h("span", { class: "visually-hidden" }, " new") : null);
  }

  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = [...this.#tabs.keys()];
    this.show(names[(names.indexOf(this.current) + step + names.length) % names.length]);
    this.#tabs.get(this.current).tab.focus();
  }
}
