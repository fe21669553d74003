/** The confirmation that a Block Kit element, or the page itself, may ask for before something is done. */
import { h, uniqueId } from "../core/dom.js";
import { textObject } from "./text_objects.js";

/**
 * @param {{title: object, text: object, confirm: object, deny: object, style?: string}} confirm Slack's object
 * @returns {Promise<boolean>} true when confirmed; Escape, the x and the second button deny
 */
export function confirmDialog(confirm, reader) {
  const [titleId, textId] = [uniqueId("confirm"), uniqueId("confirm")];
  const button = (value, text, style) =>
    h("button", { class: `bk-button ${style}`, type: "submit", value }, text ? textObject(text, reader) : value);
  const dialog = h(
    "dialog",
    { class: "dialog dialog-small", role: "alertdialog", "aria-labelledby": titleId, "aria-describedby": textId },
    h(
      "form",
      { method: "dialog", class: "confirm" },
      h("h2", { id: titleId, class: "dialog-title" }, textObject(confirm.title, reader)),
      h("div", { id: textId, class: "confirm-text" }, confirm.text && textObject(confirm.text, reader)),
      h(
        "div",
        { class: "dialog-buttons" },
        button("deny", confirm.deny, ""),
        button("confirm", confirm.confirm, confirm.style === "danger" ? "is-danger" : "is-primary"),
      ),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "confirm");
    });
    dialog.showModal();
  });
}
