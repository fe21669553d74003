/** radio_buttons and checkboxes. */
import { h, uniqueId } from "../core/dom.js";
import { optionDescription, optionLabel } from "./text_objects.js";

export function radioButtons(element, place) {
  const chosen = place.value(element)?.selected_option?.value;
  const name = uniqueId("radio");
  const rows = element.options.map((option, index) =>
    choice(option, place, {
      input: { type: "radio", name, data: { focus: `${place.blockId}/${element.action_id}/${index}` } },
      checked: option.value === chosen,
      onChange: () => place.answer(element, { selected_option: option }),
    }),
  );
  return group("radiogroup", element, place, rows);
}

export function checkboxes(element, place) {
  const chosen = new Set((place.value(element)?.selected_options ?? []).map((option) => option.value));
  const toggle = (option, on) => {
    if (on) chosen.add(option.value);
    else chosen.delete(option.value);
    place.answer(element, { selected_options: element.options.filter((each) => chosen.has(each.value)) });
  };
  const rows = element.options.map((option, index) =>
    choice(option, place, {
      input: { type: "checkbox", data: { focus: `${place.blockId}/${element.action_id}/${index}` } },
      checked: chosen.has(option.value),
      onChange: (on) => toggle(option, on),
    }),
  );
  return group("group", element, place, rows);
}

function group(role, element, place, rows) {
  const { data: _data, "aria-required": _required, ...attributes } = place.attributes(element);
  const label = attributes["aria-labelledby"] ? null : (attributes["aria-label"] ?? "Options");
  const box = h("div", { ...attributes, role, "aria-label": label, class: "bk-choices" }, rows);
  place.register(element, box);
  return h("div", { class: "bk-press bk-press-wide" }, box);
}

function choice(option, place, { input, checked, onChange }) {
  const described = option.description ? uniqueId("described") : null;
  const on = { change: (event) => onChange(event.target.checked) };
  const control = h("input", { ...input, "aria-describedby": described, prop: { checked }, on });
  const about = described && h("span", { id: described }, optionDescription(option, place.reader));
  return h(
    "label",
    { class: "bk-choice" },
    control,
    h("span", { class: "bk-choice-text" }, optionLabel(option, place.reader), about),
  );
}
