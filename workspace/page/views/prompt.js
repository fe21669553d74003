/** A small dialog of the page's own that asks for one text. */
import { h, uniqueId } from "../core/dom.js";

/** @returns {Promise<string | null>} the text, or null when it was given up */
export function promptDialog({ title, label, value, confirm }) {
  const [titleId, inputId] = [uniqueId("prompt"), uniqueId("prompt")];
  const input = h("textarea", { id: inputId, class: "bk-input", rows: "3", prop: { value } });
  const dialog = h(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": titleId },
    h(
      "form",
      { method: "dialog", class: "confirm" },
      h("h2", { id: titleId, class: "dialog-title" }, title),
      h("label", { class: "visually-hidden", for: inputId }, label),
      h("div", { class: "confirm-text" }, input),
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { class: "bk-button", value: "cancel" }, "Cancel"),
        h("button", { class: "bk-button is-primary", value: "confirm" }, confirm),
      ),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "confirm" ? input.value : null);
    });
    dialog.showModal();
  });
}
