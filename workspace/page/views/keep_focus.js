/** Redrawing must not throw a keyboard user out: focus and cursor return to the control that stands in the same place. */
export function keepFocus(container, redraw) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.dataset.focus;
  const selection = active && "selectionStart" in active ? [readSelection(active)] : null;
  redraw();
  if (!active) return;
  const again = key && [...container.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === key);
  if (!again) {
    container.setAttribute("tabindex", "-1");
    container.focus({ preventScroll: true });
    return;
  }
  again.focus({ preventScroll: true });
  if (selection?.[0]) again.setSelectionRange?.(...selection[0]);
}

/** Some input types (number, email) have no selection: they answer null. */
function readSelection(control) {
  return control.selectionStart === null ? null : [control.selectionStart, control.selectionEnd];
}
