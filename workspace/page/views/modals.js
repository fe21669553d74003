/** The app's modals: a stack of up to three of which the top one shows, in one dialog. */
import { drawBlocks } from "../blockkit/blocks.js";
import { Surface } from "../blockkit/surface.js";
import { plainText } from "../blockkit/text_objects.js";
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { keepFocus } from "./keep_focus.js";

const FIRST_INPUT =
  ".bk-input-block :is([data-focus]:not([type=radio]), [type=radio]:checked, [type=radio]:first-child)";

export class Modals {
  #surfaces = new Map();
  #busy = false;
  #leaving = null;
  #problem = "";

  constructor(page) {
    this.page = page;
    this.titleId = uniqueId("modal-title");
    this.element = h("dialog", { class: "dialog modal", "aria-labelledby": this.titleId });
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave(true);
    });
    page.workspace.on("modals", () => this.draw());
    page.workspace.on("loaded", () => this.draw());
  }

  get #view() {
    return this.page.workspace.modals.at(-1);
  }

  draw() {
    const view = this.#view;
    this.#forget();
    if (!view) return void this.element.close();
    const shown = this.element.open && this.element.dataset.view === view.id;
    if (!shown) this.#problem = "";
    const surface = this.#surface(view);
    surface.adopt(view.blocks, view.values);
    surface.errors = shown && view.hash === this.element.dataset.hash ? surface.errors : {};
    Object.assign(this.element.dataset, { view: view.id, hash: view.hash ?? "" });
    const scroll = shown ? this.element.querySelector(".modal-body")?.scrollTop : 0;
    if (shown) keepFocus(this.element, () => this.#fill(view, surface));
    else this.#fill(view, surface);
    if (!this.element.open) this.element.showModal();
    if (!shown) this.#focusFirst();
    this.element.querySelector(".modal-body").scrollTop = scroll ?? 0;
  }

  #surface(view) {
    const { reader, server } = this.page;
    if (!this.#surfaces.has(view.id)) {
      this.#surfaces.set(
        view.id,
        new Surface({
          kind: "modal",
          reader,
          server,
          redraw: () => this.draw(),
          target: { type: "view", view_id: view.id },
        }),
      );
    }
    return this.#surfaces.get(view.id);
  }

  #forget() {
    const open = new Set(this.page.workspace.modals.map((view) => view.id));
    for (const id of this.#surfaces.keys()) if (!open.has(id)) this.#surfaces.delete(id);
  }

  #focusFirst() {
    const body = this.element.querySelector(".modal-body");
    const wanted = body.querySelector("[autofocus]") ?? body.querySelector(FIRST_INPUT);
    (wanted ?? this.element.querySelector(".modal-submit") ?? this.element.querySelector(".modal-close")).focus();
  }

  #fill(view, surface) {
    const { directory, modals } = this.page.workspace;
    const app = directory.app(view.app_id);
    const stacked = modals.length > 1;
    const leave = (all) => () => this.#leave(all);
    replaceContent(
      this.element,
      h(
        "form",
        { class: "modal-form", novalidate: true, on: { submit: (event) => this.#submit(event) } },
        h(
          "div",
          { class: "modal-head" },
          stacked &&
            h(
              "button",
              { class: "tool", type: "button", "aria-label": "Back", on: { click: leave(false) } },
              icon("back"),
            ),
          h("h2", { id: this.titleId, class: "dialog-title" }, plainText(view.title)),
          h("span", { class: "modal-app muted" }, app?.name),
          h(
            "button",
            { class: "tool modal-close", type: "button", "aria-label": "Close", on: { click: leave(true) } },
            icon("close"),
          ),
        ),
        h("div", { class: "modal-body" }, drawBlocks(view.blocks, surface)),
        h("div", { class: "modal-problem", role: "alert" }, this.#problem),
        this.#buttons(view, leave(false)),
      ),
    );
  }

  #buttons(view, cancel) {
    const submit =
      view.submit &&
      h(
        "button",
        {
          class: `bk-button is-primary modal-submit${this.#busy ? " is-busy" : ""}`,
          type: "submit",
          "aria-busy": this.#busy ? "true" : null,
          disabled: view.submit_disabled === true,
        },
        plainText(view.submit),
      );
    return h(
      "div",
      { class: "dialog-buttons" },
      h(
        "button",
        { class: "bk-button", type: "button", on: { click: cancel } },
        view.close ? plainText(view.close) : view.submit ? "Cancel" : "Close",
      ),
      submit,
    );
  }

  /** The x and Escape take the whole stack away, the second button only the top. Pressing twice closes once. */
  async #leave(all) {
    const view = this.#view;
    if (!view || this.#leaving === view.id) return;
    this.#leaving = view.id;
    const cleared = all && this.page.workspace.modals.length > 1;
    await this.page.act({ type: "view_closed", view_id: view.id, is_cleared: cleared || undefined });
    this.#leaving = null;
  }

  async #submit(event) {
    event.preventDefault();
    const view = this.#view;
    if (this.#busy || !view?.submit) return;
    const surface = this.#surface(view);
    Object.assign(surface, { errors: {} });
    this.#problem = "";
    this.#setBusy(true);
    const answer = await this.page.server.act({
      type: "view_submission",
      view_id: view.id,
      values: surface.answers.all(),
    });
    this.#setBusy(false);
    const refused = Object.keys(answer.errors ?? {}).length > 0;
    if ((!refused && !answer.error) || this.#view?.id !== view.id) return;
    surface.errors = answer.errors ?? {};
    this.#problem = refused ? "" : (answer.message ?? answer.error);
    this.#fill(this.#view, surface);
    this.element.querySelector("[aria-invalid=true], .modal-submit")?.focus();
  }

  #setBusy(busy) {
    this.#busy = busy;
    const button = this.element.querySelector(".modal-submit");
    button?.classList.toggle("is-busy", busy);
    button?.setAttribute("aria-busy", String(busy));
  }
}
