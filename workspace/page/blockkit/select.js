/** Single and multi selects: a control that shows what is chosen and opens a searchable list. */
import { chip } from "../core/chip.js";
import { h, replaceContent, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openOptionList } from "./option_list.js";
import { sourceOf } from "./option_sources.js";
import { plainText } from "./text_objects.js";

export function select(element, place) {
  const source = sourceOf(element, place);
  return source.multi ? multiSelect(element, place, source) : singleSelect(element, place, source);
}

const placeholderOf = (element) => (element.placeholder ? plainText(element.placeholder) : "Select an option");

function singleSelect(element, place, source) {
  const chosen = () => place.value(element)?.[source.field] ?? null;
  const control = opener(element, place, "bk-select");
  const show = () => {
    const raw = chosen();
    replaceContent(
      control,
      h(
        "span",
        { class: raw ? "bk-select-value" : "bk-select-placeholder" },
        raw ? source.show(raw).label : placeholderOf(element),
      ),
      icon("down", { size: 16 }),
    );
  };
  const choose = (item) => {
    place.answer(element, { [source.field]: item.raw });
    show();
  };
  control.addEventListener("click", () =>
    openOptionList(control, source, {
      isChosen: (item) => item.key === (chosen()?.value ?? chosen()),
      onChoose: choose,
      stayOpen: false,
      minQuery: source.remote ? (element.min_query_length ?? 3) : 0,
    }),
  );
  show();
  return h("span", { class: "bk-press bk-press-select" }, control);
}

function multiSelect(element, place, source) {
  const chosen = () => place.value(element)?.[source.field] ?? [];
  const keyOf = (raw) => raw?.value ?? raw;
  const control = opener(element, place, "bk-select bk-select-multi");
  const chips = h("span", { class: "bk-chips", role: "list" });
  const store = (list) => {
    place.answer(element, { [source.field]: list });
    show();
  };
  const without = (key) => chosen().filter((raw) => keyOf(raw) !== key);
  const toggle = (item) => {
    const has = chosen().some((raw) => keyOf(raw) === item.key);
    if (has) store(without(item.key));
    else if (chosen().length < (element.max_selected_items ?? 100)) store([...chosen(), item.raw]);
  };
  const show = () => {
    const items = chosen().map(source.show);
    replaceContent(
      chips,
      items.map((item) => chip("span", item.label, () => store(without(item.key)))),
    );
    replaceContent(
      control,
      h("span", { class: "bk-select-placeholder" }, items.length ? "Add more" : placeholderOf(element)),
      icon("down", { size: 16 }),
    );
  };
  control.addEventListener("click", () =>
    openOptionList(control, source, {
      isChosen: (item) => chosen().some((raw) => keyOf(raw) === item.key),
      onChoose: toggle,
      stayOpen: true,
      multi: true,
      minQuery: source.remote ? (element.min_query_length ?? 3) : 0,
    }),
  );
  show();
  return h("span", { class: "bk-press bk-press-select bk-multi" }, chips, control);
}

function opener(element, place, className) {
  const { "aria-required": _required, "aria-label": label, ...attributes } = place.attributes(element);
  const id = uniqueId("select");
  const control = h("button", {
    ...attributes,
    id,
    class: className,
    type: "button",
    "aria-haspopup": "listbox",
    title: label,
    "aria-labelledby": place.labelledBy ? `${place.labelledBy} ${id}` : null,
  });
  place.register(element, control);
  return control;
}
