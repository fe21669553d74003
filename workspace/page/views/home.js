/** An app's Home tab. */
import { drawBlocks } from "../blockkit/blocks.js";
import { Surface } from "../blockkit/surface.js";
import { h, replaceContent } from "../core/dom.js";
import { keepFocus } from "./keep_focus.js";

export class Home {
  #appId = null;
  #surface = null;

  constructor(page) {
    this.page = page;
    this.body = h("div", { class: "home-body" });
    this.element = h(
      "div",
      { class: "home", role: "region", "aria-label": "App Home", tabindex: "0", hidden: true },
      this.body,
    );
    page.workspace.on("home", (appId) => appId === this.#appId && keepFocus(this.element, () => this.#draw()));
  }

  show(appId) {
    this.#appId = appId;
    this.#surface = null;
    this.#draw();
  }

  #draw() {
    const view = this.page.workspace.homes[this.#appId];
    if (view) this.#show(view);
    else replaceContent(this.body, h("p", { class: "empty" }, "This app has not published a Home for you yet."));
  }

  #show(view) {
    const { reader, server } = this.page;
    if (this.#surface?.target.view_id !== view.id) {
      this.#surface = new Surface({
        kind: "home",
        reader,
        server,
        redraw: () => this.#draw(),
        target: { type: "view", view_id: view.id },
      });
    }
    this.#surface.adopt(view.blocks, view.values);
    replaceContent(this.body, drawBlocks(view.blocks, this.#surface));
  }
}
