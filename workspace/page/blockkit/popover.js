/** A floating list tied to a control: in the browser's top layer, so that it stands above dialogs, too. */
import { h } from "../core/dom.js";

const GAP = 4;
const EDGE = 8;

/**
 * Opens `content` beside `anchor`. Closed by Escape, a press elsewhere, scrolling away, or the returned function.
 * @returns {() => void} closes it
 */
export function openPopover(
  anchor,
  content,
  { className = "", onClose = () => {}, alignEnd = false, minWidth = 0 } = {},
) {
  const box = h("div", { class: `popover ${className}`, popover: "manual" }, content);
  (anchor.closest("dialog") ?? document.body).append(box);
  box.style.minWidth = `${minWidth}px`;
  box.showPopover();
  const place = () => position(box, anchor, alignEnd);
  place();
  const close = () => {
    if (!box.isConnected) return;
    box.remove();
    for (const [target, event, listener] of watched) target.removeEventListener(event, listener, true);
    onClose();
  };
  const outside = (event) => !box.contains(event.target) && !anchor.contains(event.target) && close();
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
    anchor.focus();
  };
  const moved = (event) => !box.contains(event.target) && (anchor.isConnected ? place() : close());
  const watched = [
    [document, "pointerdown", outside],
    [document, "keydown", escape],
    [document, "scroll", moved],
    [window, "resize", moved],
  ];
  for (const [target, event, listener] of watched) target.addEventListener(event, listener, true);
  return close;
}

function position(box, anchor, alignEnd) {
  const from = anchor.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const below = window.innerHeight - from.bottom - GAP - EDGE;
  const up = own.height > below && from.top > below;
  const left = alignEnd ? from.right - own.width : from.left;
  box.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - own.width - EDGE))}px`;
  box.style.top = `${up ? Math.max(EDGE, from.top - GAP - own.height) : from.bottom + GAP}px`;
  box.style.maxHeight = `${Math.max(120, up ? from.top - GAP - EDGE : below)}px`;
}
