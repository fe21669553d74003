/** Draws one view of a modal: its head, its blocks, its buttons. */
import { drawBlocks } from "../blockkit/blocks.js";
import { plainText } from "../blockkit/text_objects.js";
import { h } from "../core/dom.js";
import { toolButton } from "../core/tool_button.js";

/**
 * @param {object} view Slack's view
 * @param {object} state `{surface, titleId, appName, isStacked, isBusy, problem}`
 * @param {{submit: (event: Event) => void, back: () => void, close: () => void}} on
 * @returns {HTMLFormElement}
 */
export function modalView(view, { surface, titleId, appName, isStacked, isBusy, problem }, on) {
  const head = h(
    "div",
    { class: "modal-head" },
    isStacked && toolButton("back", "Back", on.back),
    h("h2", { id: titleId, class: "dialog-title" }, plainText(view.title)),
    h("span", { class: "modal-app muted" }, appName),
    toolButton("close", "Close", on.close, { className: "modal-close" }),
  );
  return h(
    "form",
    { class: "modal-form", novalidate: true, on: { submit: on.submit } },
    head,
    h("div", { class: "modal-body" }, drawBlocks(view.blocks, surface)),
    h("div", { class: "modal-problem", role: "alert" }, problem),
    h("div", { class: "dialog-buttons" }, backButton(view, on.back), submitButton(view, isBusy)),
  );
}

function backButton(view, onPress) {
  const usual = view.submit ? "Cancel" : "Close";
  const text = view.close ? plainText(view.close) : usual;
  return h("button", { class: "bk-button", type: "button", on: { click: onPress } }, text);
}

function submitButton(view, isBusy) {
  if (!view.submit) return null;
  const className = `bk-button is-primary modal-submit${isBusy ? " is-busy" : ""}`;
  const attributes = { class: className, type: "submit", "aria-busy": isBusy ? "true" : null };
  return h("button", { ...attributes, disabled: view.submit_disabled === true }, plainText(view.submit));
}
