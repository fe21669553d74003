/** The small button that shows only an icon; its name is in the label. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @param {string} glyph see icons.js @param {string} label what it does @param {(() => void) | null} onPress */
export function toolButton(glyph, label, onPress = null, { size = 18, className = "" } = {}) {
  const button = h(
    "button",
    { class: `tool ${className}`, type: "button", "aria-label": label, title: label, data: { focus: label } },
    icon(glyph, { size }),
  );
  if (onPress) button.addEventListener("click", () => onPress());
  return button;
}
