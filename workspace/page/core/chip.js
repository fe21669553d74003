/** Something chosen that can be taken off again. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @param {"li" | "span"} tag @param {string} label @param {() => void} onRemove */
export function chip(tag, label, onRemove) {
  const button = h(
    "button",
    { type: "button", class: "bk-chip-remove", "aria-label": `Remove ${label}`, on: { click: onRemove } },
    icon("close", { size: 12 }),
  );
  return h(tag, { class: "bk-chip", role: tag === "li" ? null : "listitem" }, label, button);
}
