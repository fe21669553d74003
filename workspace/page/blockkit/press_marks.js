/** How a press shows on its control: busy until the app has acknowledged it, a warning mark when it did not. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** The mark sits behind the control; menus and inputs bring a wrapper of their own. */
const markOf = (control) =>
  control.parentElement?.querySelector(":scope > .press-mark[data-of='" + control.dataset.press + "']");

export function markBusy(control) {
  clear(control);
  control.setAttribute("aria-busy", "true");
  control.classList.add("is-busy");
}

export function markFailed(control, message) {
  clear(control);
  control.classList.remove("is-busy");
  control.removeAttribute("aria-busy");
  markFailed.count = (markFailed.count ?? 0) + 1;
  control.dataset.press = String(markFailed.count);
  const mark = h(
    "span",
    { class: "press-mark", role: "alert", title: message, data: { of: control.dataset.press } },
    icon("warning", { size: 16 }),
    h("span", { class: "press-mark-text" }, message),
  );
  queueMicrotask(() => control.after(mark));
}

export function markReady(control) {
  clear(control);
  control.classList.remove("is-busy");
  control.removeAttribute("aria-busy");
}

function clear(control) {
  if (control.dataset.press) markOf(control)?.remove();
  delete control.dataset.press;
}
