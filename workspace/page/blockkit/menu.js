/** A menu of actions on a button: the overflow element, message actions and the page's own menus. */
import { h } from "../core/dom.js";
import { openPopover } from "./popover.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * @param {HTMLElement} button gets aria-haspopup and aria-expanded
 * @param {() => {content: any, choose: () => void, separator?: boolean}[]} items asked for when the menu opens
 */
export function attachMenu(button, items, { label = "Menu", alignEnd = true } = {}) {
  let close = null;
  const closed = () => {
    close = null;
    button.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    const rows = items().map((item) => row(item, () => close()));
    const list = h("div", { class: "menu", role: "menu", "aria-label": label }, rows);
    list.addEventListener("keydown", (event) => walk(event, list));
    close = openPopover(button, list, { onClose: closed, alignEnd });
    button.setAttribute("aria-expanded", "true");
    list.querySelector("[role=menuitem]")?.focus();
  };
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (close ? close() : open()));
  return button;
}

function row({ content, choose, separator }, close) {
  if (separator) return h("div", { class: "menu-separator", role: "separator" });
  const pressed = () => {
    close();
    choose();
  };
  return h(
    "button",
    { class: "menu-item", role: "menuitem", type: "button", tabindex: "-1", on: { click: pressed } },
    content,
  );
}

function walk(event, list) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Tab") event.preventDefault();
  if (!(event.key in STEPS)) return;
  event.preventDefault();
  items[(at + STEPS[event.key] + items.length) % items.length]?.focus();
}
