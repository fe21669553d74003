/** Which part of the page a narrow screen shows, and whether the side panel is open on a wide one. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

const PLACES = [
  ["list", "Chats", "chat"],
  ["talk", "Messages", "thread"],
  ["panel", "Things happen", "bolt"],
];

export class Places {
  constructor(page) {
    this.page = page;
    this.buttons = PLACES.map(([name, label, glyph]) =>
      h(
        "button",
        { class: "place", type: "button", data: { place: name }, on: { click: () => this.show(name) } },
        icon(glyph),
        h("span", {}, label),
      ),
    );
    this.bar = h("nav", { class: "places", "aria-label": "Places" }, this.buttons);
    page.workspace.on("unread", () => {
      this.#badge("list", page.workspace.unreadInAll);
    });
    document.documentElement.dataset.panel = "open";
    this.show("talk");
  }

  /** What waits elsewhere. */
  #badge(place, count) {
    const button = this.buttons.find((each) => each.dataset.place === place);
    button.querySelector(".place-badge")?.remove();
    if (count) button.append(h("span", { class: "place-badge tab-badge", "aria-label": `${count} unread` }, count));
  }

  show(place) {
    document.documentElement.dataset.place = place;
    for (const button of this.buttons) button.setAttribute("aria-current", String(button.dataset.place === place));
  }

  togglePanel() {
    const { dataset } = document.documentElement;
    dataset.panel = dataset.panel === "open" ? "closed" : "open";
    this.page.topbar.panel.setAttribute("aria-expanded", String(dataset.panel === "open"));
  }
}
