/** One sentence for a newcomer, until it is closed or the thing was done. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { toolButton } from "../core/tool_button.js";

const KEY = "workspace-hint-closed";

export class Hint {
  constructor(page) {
    this.page = page;
    this.element = h("div", { class: "hint", role: "note", hidden: true });
    page.workspace.on("loaded", () => this.#draw());
    page.workspace.on("log", (entry) => entry.kind === "meeting" && this.#close());
  }

  #draw() {
    const { hint, features } = this.page.workspace;
    const done = [...this.page.workspace.log.values()].some((entry) => entry.kind === "meeting");
    this.element.hidden = !hint || features.meeting_bot === false || done || sessionStorage.getItem(KEY) !== null;
    replaceContent(
      this.element,
      icon("bolt", { size: 18, fill: true }),
      h("span", {}, hint),
      h(
        "button",
        { class: "bk-button only-narrow", type: "button", on: { click: () => this.page.showPlace("panel") } },
        "Show me",
      ),
      toolButton("close", "Close hint", () => this.#close(), { size: 14 }),
    );
  }

  #close() {
    sessionStorage.setItem(KEY, "yes");
    this.element.hidden = true;
  }
}
