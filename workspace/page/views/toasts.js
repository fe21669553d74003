/** Short notes that come and go; errors stay until they are closed. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { toolButton } from "../core/tool_button.js";

const SHOWN_MS = 6000;

export class Toasts {
  constructor() {
    this.element = h("div", { class: "toasts", role: "region", "aria-label": "Notices" });
  }

  /** @param {"info" | "error"} level @param {{label: string, run: () => void}} [action] */
  show(text, level = "info", action = null) {
    const close = () => toast.remove();
    const run = () => {
      close();
      action.run();
    };
    const toast = h(
      "div",
      { class: `toast is-${level}`, role: level === "error" ? "alert" : "status" },
      icon(level === "error" ? "warning" : "info", { size: 18 }),
      h("span", { class: "toast-text" }, text),
      action && h("button", { class: "toast-action", type: "button", on: { click: run } }, action.label),
      toolButton("close", "Close notice", close, { size: 14 }),
    );
    this.element.append(toast);
    if (level !== "error") setTimeout(close, SHOWN_MS);
  }
}
