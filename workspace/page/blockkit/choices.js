/** radio_buttons and checkboxes. */
import { h, uniqueId } from "../core/dom.js";
import { optionDescription, optionLabel } from "./text_objects.js";

export function radioButtons(element, place) {
  const chosen = place.value(element)?.selected_option?.value;
  const group = uniqueId("radio");
  const choose = (option) => place.answer(element, { selected_option: option });
  return fieldset(
    "radiogroup",
    element,
    place,
    element.options.map((option, index) =>
      choice(
        "radio",
        group,
        option,
        option.value === chosen,
        () => choose(option),
        place,
        `${element.action_id}/${index}`,
      ),
    ),
  );
}

export function checkboxes(element, place) {
  const chosen = new Set((place.value(element)?.selected_options ?? []).map((option) => option.value));
  const toggle = (option, on) => {
    if (on) chosen.add(option.value);
    else chosen.delete(option.value);
    place.answer(element, { selected_options: element.options.filter((each) => chosen.has(each.value)) });
  };
  return fieldset(
    "group",
    element,
    place,
    element.options.map((option, index) =>
      choice(
        "checkbox",
        null,
        option,
        chosen.has(option.value),
        (on) => toggle(option, on),
        place,
        `${element.action_id}/${index}`,
      ),
    ),
  );
}

function fieldset(role, element, place, rows) {
  const { data, "aria-required": _required, ...attributes } = place.attributes(element);
  const label = attributes["aria-labelledby"] ? null : (attributes["aria-label"] ?? "Options");
  const box = h("div", { ...attributes, role, "aria-label": label, class: "bk-choices" }, rows);
  const wrapper = h("div", { class: "bk-press bk-press-wide" }, box);
  place.register(element, box);
  return wrapper;
}

function choice(type, name, option, checked, onChange, place, key) {
  const described = option.description ? uniqueId("described") : null;
  const input = h("input", {
    type,
    name,
    "aria-describedby": described,
    data: { focus: `${place.blockId}/${key}` },
    prop: { checked },
    on: { change: (event) => onChange(event.target.checked) },
  });
  return h(
    "label",
    { class: "bk-choice" },
    input,
    h(
      "span",
      { class: "bk-choice-text" },
      optionLabel(option, place.reader),
      described && h("span", { id: described }, optionDescription(option, place.reader)),
    ),
  );
}
