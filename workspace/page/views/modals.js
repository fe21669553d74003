/** The app's modals: a stack of up to three of which the top one shows, in one dialog. */
import { Surface } from "../blockkit/surface.js";
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { keepFocus } from "./keep_focus.js";
import { modalView } from "./modal_view.js";

const FIRST_INPUT =
  ".bk-input-block :is([data-focus]:not([type=radio]), [type=radio]:checked, [type=radio]:first-child)";
const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

export class Modals {
  #surfaces = new Map();
  #shown = { id: null, hash: null };
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
    if (!view) this.#hide();
    else if (view.id === this.#shown.id) this.#update(view);
    else this.#present(view);
  }

  #hide() {
    this.#shown = { id: null, hash: null };
    this.element.close();
  }

  /** Another view is on top now. */
  #present(view) {
    this.#problem = "";
    this.#shown = { id: view.id, hash: view.hash };
    const surface = this.#surface(view);
    surface.errors = {};
    surface.adopt(view.blocks, view.values);
    this.#fill();
    if (!this.element.open) this.element.showModal();
    this.#focusFirst();
  }

  /** The same view with other content: place and focus stay. Errors stay until the app has changed the view. */
  #update(view) {
    const surface = this.#surface(view);
    if (view.hash !== this.#shown.hash) surface.errors = {};
    this.#shown = { id: view.id, hash: view.hash };
    surface.adopt(view.blocks, view.values);
    const { scrollTop } = this.element.querySelector(".modal-body");
    keepFocus(this.element, () => this.#fill());
    this.element.querySelector(".modal-body").scrollTop = scrollTop;
  }

  #surface(view) {
    const { reader, server } = this.page;
    const target = { type: "view", view_id: view.id };
    const known = this.#surfaces.get(view.id);
    const surface = known ?? new Surface({ kind: "modal", reader, server, target, redraw: () => this.draw() });
    this.#surfaces.set(view.id, surface);
    return surface;
  }

  #forget() {
    const open = new Set(this.page.workspace.modals.map((view) => view.id));
    for (const id of this.#surfaces.keys()) if (!open.has(id)) this.#surfaces.delete(id);
  }

  #focusFirst() {
    const find = (selector) => this.element.querySelector(selector);
    const wanted = find(".modal-body [autofocus]") ?? find(`.modal-body ${FIRST_INPUT}`);
    (wanted ?? find(".modal-submit") ?? find(".modal-close")).focus();
  }

  #fill() {
    const view = this.#view;
    const { directory, modals } = this.page.workspace;
    const state = {
      surface: this.#surface(view),
      titleId: this.titleId,
      appName: directory.app(view.app_id)?.name,
      isStacked: modals.length > 1,
      isBusy: this.#busy,
      problem: this.#problem,
    };
    const on = {
      submit: (event) => this.#submit(event),
      back: () => this.#leave(false),
      close: () => this.#leave(true),
    };
    replaceContent(this.element, modalView(view, state, on));
    const body = this.element.querySelector(".modal-body");
    if (!body.querySelector(FOCUSABLE)) body.tabIndex = 0; // to be scrolled by keyboard
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
    surface.errors = {};
    this.#problem = "";
    this.#setBusy(true);
    const values = surface.answers.all();
    const answer = await this.page.server.act({ type: "view_submission", view_id: view.id, values });
    this.#setBusy(false);
    if (this.#view?.id === view.id) this.#answered(answer, surface);
  }

  /** Shows what was refused; with nothing refused, the server has said what becomes of the view. */
  #answered({ errors = {}, error, message }, surface) {
    const isRefused = Object.keys(errors).length > 0;
    if (!isRefused && !error) return;
    surface.errors = errors;
    this.#problem = isRefused ? "" : (message ?? error);
    this.#fill();
    this.element.querySelector("[aria-invalid=true], .modal-submit")?.focus();
  }

  #setBusy(busy) {
    this.#busy = busy;
    const button = this.element.querySelector(".modal-submit");
    button?.classList.toggle("is-busy", busy);
    button?.setAttribute("aria-busy", String(busy));
  }
}
