/** Elements that are typed into: plain text, number, email, address, rich text (as plain paragraphs), files. */
import { h, replaceContent } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { plainText } from "./text_objects.js";

const TYPED_PAUSE_MS = 400;
const COUNTED_BELOW = 20;
const TYPES = { number_input: "text", email_text_input: "email", url_text_input: "url", plain_text_input: "text" };

export function textInput(element, place) {
  const value = place.value(element)?.value ?? "";
  const shared = {
    ...place.attributes(element),
    class: "bk-input",
    placeholder: element.placeholder ? plainText(element.placeholder) : null,
    maxlength: element.max_length,
    minlength: element.min_length,
    prop: { value },
  };
  const control = element.multiline
    ? h("textarea", { ...shared, rows: "5" })
    : h("input", {
        ...shared,
        type: TYPES[element.type],
        inputmode: element.type === "number_input" ? "decimal" : null,
        autocomplete: "off",
      });
  listen(control, element, place);
  const wrapper = h("div", { class: "bk-press bk-press-wide" }, control);
  const counter = element.max_length && h("span", { class: "bk-counter", "aria-hidden": "true" });
  if (counter) {
    const count = () => {
      const left = element.max_length - control.value.length;
      replaceContent(counter, left <= Math.max(COUNTED_BELOW, element.max_length * 0.1) ? `${left} left` : "");
    };
    control.addEventListener("input", count);
    count();
    wrapper.append(counter);
  }
  place.register(element, control);
  return wrapper;
}

/** Typing is kept at once; block_actions go out on Enter or after a pause, as `dispatch_action_config` asks. */
function listen(control, element, place) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const current = () => ({ type: element.type, value: control.value === "" ? null : control.value });
  let pause = null;
  control.addEventListener("input", () => {
    place.surface.answers.set(place.blockId, element.action_id, current());
    clearTimeout(pause);
    if (place.dispatch && when.includes("on_character_entered")) {
      pause = setTimeout(() => place.press(element, current()), TYPED_PAUSE_MS);
    }
  });
  control.addEventListener("keydown", (event) => {
    const sends =
      event.key === "Enter" &&
      !event.shiftKey &&
      !event.isComposing &&
      place.dispatch &&
      when.includes("on_enter_pressed");
    if (!sends || element.multiline) return;
    event.preventDefault();
    place.press(element, current());
  });
}

const asRichText = (text) =>
  text ? { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] } : null;
const asText = (rich) =>
  (rich?.elements ?? [])
    .flatMap((part) => part.elements ?? [])
    .map((leaf) => leaf.text ?? "")
    .join("");

export function richTextInput(element, place) {
  const control = h("textarea", {
    ...place.attributes(element),
    class: "bk-input",
    rows: "5",
    placeholder: element.placeholder ? plainText(element.placeholder) : null,
    prop: { value: asText(place.value(element)?.rich_text_value) },
  });
  control.addEventListener("input", () =>
    place.surface.answers.set(place.blockId, element.action_id, {
      type: element.type,
      rich_text_value: asRichText(control.value),
    }),
  );
  place.register(element, control);
  return h("div", { class: "bk-press bk-press-wide" }, control);
}

export function fileInput(element, place) {
  const names = h("span", { class: "bk-file-names", role: "status" });
  const show = () =>
    replaceContent(
      names,
      (place.value(element)?.files ?? []).map((file) => file.name ?? file.id).join(", ") || "No file chosen",
    );
  const attributes = place.attributes(element);
  const input = h("input", {
    ...attributes,
    type: "file",
    class: "bk-file",
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(","),
  });
  input.addEventListener("change", async () => {
    const picked = [...input.files].slice(0, element.max_files ?? 10);
    place.answer(element, { files: await Promise.all(picked.map((file) => place.surface.server.upload(file))) });
    show();
  });
  show();
  return h("div", { class: "bk-press bk-press-wide bk-file-box" }, icon("upload", { size: 18 }), input, names);
}
