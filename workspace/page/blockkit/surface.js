/**
 * One message, modal or Home tab that blocks are drawn on: what was filled in, which press is under way, which one
 * the app did not answer. Content may be redrawn at any time; a press shows its state on whatever control stands
 * for it then.
 */
import { Answers } from "./answers.js";
import { markBusy, markFailed, markReady } from "./press_marks.js";
import { confirmDialog } from "./confirm.js";

export class Surface {
  #presses = new Map();
  #controls = new Map();

  /**
   * @param {object} options
   * @param {"message" | "modal" | "home"} options.kind
   * @param {object} options.reader names, zone and clock for texts: see text/rich_text.js
   * @param {object} options.target the container as the server names it
   * @param {{act: Function, suggest: Function, upload: Function}} options.server
   * @param {() => void} options.redraw draws the same content again
   */
  constructor({ kind, reader, target, server, redraw }) {
    Object.assign(this, { kind, reader, target, server, redraw });
    this.answers = new Answers();
    this.errors = {};
  }

  /** New content from the app: it evidently answered, so old error marks go. */
  adopt(blocks, served) {
    this.answers.adopt(blocks, served);
    this.#controls.clear();
    for (const [key, state] of this.#presses) if (state.error) this.#presses.delete(key);
  }

  /** A control announces itself when drawn, so that its press state is shown on it. */
  register(blockId, actionId, control, variant = "") {
    const key = `${blockId}/${actionId}/${variant}`;
    this.#controls.set(key, control);
    this.#show(key);
  }

  /**
   * Sends block_actions, after the element's own confirmation when it has one.
   * @returns {Promise<boolean>} whether it was sent
   */
  async press(blockId, element, action, variant = "") {
    const key = `${blockId}/${element.action_id}/${variant}`;
    if (this.#presses.get(key)?.busy) return false;
    if (element.confirm && !(await confirmDialog(element.confirm, this.reader))) return false;
    this.#presses.set(key, { busy: true });
    this.#show(key);
    const answer = await this.server.act({
      type: "block_actions",
      container: this.target,
      block_id: blockId,
      action_id: element.action_id,
      action,
      values: this.answers.all(),
    });
    if (answer.error) this.#presses.set(key, { error: answer.message ?? answer.error });
    else this.#presses.delete(key);
    this.#show(key);
    return true;
  }

  suggest(blockId, actionId, query) {
    return this.server.act({
      type: "suggestions",
      container: this.target,
      block_id: blockId,
      action_id: actionId,
      query,
    });
  }

  #show(key) {
    const control = this.#controls.get(key);
    const state = this.#presses.get(key);
    if (!control) return;
    if (state?.busy) markBusy(control);
    else if (state?.error) markFailed(control, state.error);
    else markReady(control);
  }
}

/** Where one element stands: its surface, its block, and whether a change is sent at once. */
export class Place {
  constructor(
    surface,
    blockId,
    { dispatch = true, labelledBy = null, describedBy = null, optional = true, invalid = false } = {},
  ) {
    Object.assign(this, { surface, blockId, dispatch, labelledBy, describedBy, optional, invalid });
  }

  get reader() {
    return this.surface.reader;
  }

  value(element) {
    return this.surface.answers.get(this.blockId, element.action_id);
  }

  /** Keeps what the person chose and, outside of plain inputs, tells the app; a choice that was not confirmed goes back. */
  async answer(element, value) {
    const before = this.value(element);
    const full = { type: element.type, ...value };
    this.surface.answers.set(this.blockId, element.action_id, full);
    if (!this.dispatch || (await this.press(element, full)) || !element.confirm) return;
    this.surface.answers.set(this.blockId, element.action_id, before);
    this.surface.redraw();
  }

  press(element, action = {}, variant = "") {
    return this.surface.press(this.blockId, element, action, variant);
  }

  register(element, control, variant) {
    this.surface.register(this.blockId, element.action_id, control, variant);
  }

  /** Attributes that tie a control to its label, hint, error and place, and let focus be found again. */
  attributes(element) {
    return {
      "aria-labelledby": this.labelledBy,
      "aria-describedby": this.describedBy,
      "aria-label": this.labelledBy ? null : (element.accessibility_label ?? element.placeholder?.text ?? null),
      "aria-required": this.optional ? null : "true",
      autofocus: element.focus_on_load,
      "aria-invalid": this.invalid ? "true" : null,
      data: { focus: `${this.blockId}/${element.action_id}` },
    };
  }
}
