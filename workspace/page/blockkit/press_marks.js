/** How a press shows on its control: busy until the app has acknowledged it, a warning mark when it did not. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

const marks = new WeakMap();

export function markBusy(control) {
  markReady(control);
  control.setAttribute("aria-busy", "true");
  control.classList.add("is-busy");
}

/** The mark follows the control, also when the control is only about to be put into the page. */
export function markFailed(control, message) {
  markReady(control);
  const mark = h(
    "span",
    { class: "press-mark", role: "alert", title: message },
    icon("warning", { size: 16 }),
    h("span", {}, message),
  );
  marks.set(control, mark);
  queueMicrotask(() => marks.get(control) === mark && control.after(mark));
}

export function markReady(control) {
  marks.get(control)?.remove();
  marks.delete(control);
  control.classList.remove("is-busy");
  control.removeAttribute("aria-busy");
}
