/** datepicker, timepicker and datetimepicker, on the browser's own pickers: they are the accessible ones. */
import { h } from "../core/dom.js";
import { epochOf, wallTime } from "../text/dates.js";

const NAMES = { date: "Date", time: "Time", "datetime-local": "Date and time" };

function picker(type, element, place, value, answer) {
  const control = h("input", {
    ...place.attributes(element),
    type,
    class: "bk-input bk-picker",
    prop: { value: value ?? "" },
  });
  if (!place.labelledBy && !control.ariaLabel) control.ariaLabel = NAMES[type];
  control.addEventListener("change", () => answer(control.value || null));
  place.register(element, control);
  return h("span", { class: "bk-press bk-press-select" }, control);
}

export const datePicker = (element, place) =>
  picker("date", element, place, place.value(element)?.selected_date, (value) =>
    place.answer(element, { selected_date: value }),
  );

export const timePicker = (element, place) =>
  picker("time", element, place, place.value(element)?.selected_time, (value) =>
    place.answer(element, { selected_time: value }),
  );

/** The person picks in their own zone; the answer is Unix time. */
export function dateTimePicker(element, place) {
  const seconds = place.value(element)?.selected_date_time;
  const { zone } = place.reader;
  return picker("datetime-local", element, place, seconds ? wallTime(seconds, zone) : null, (value) =>
    place.answer(element, { selected_date_time: value ? epochOf(value, zone) : null }),
  );
}
