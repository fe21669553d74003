/** Which element is drawn by what. */
import { h } from "../core/dom.js";
import { button, feedbackButtons, iconButton, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { select } from "./select.js";
import { fileInput, richTextInput, textInput } from "./text_inputs.js";
import { picture } from "./text_objects.js";

const SELECTS = ["static", "external", "users", "channels", "conversations"].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);

const ELEMENTS = {
  button,
  workflow_button: workflowButton,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  image: (element) => picture(element, "bk-accessory-image"),
  ...Object.fromEntries(SELECTS.map((type) => [type, select])),
};

/** @returns {Node | null} the control; what the page does not know is said, not dropped */
export function drawElement(element, place) {
  const draw = ELEMENTS[element.type];
  return draw ? draw(element, place) : h("span", { class: "bk-unknown" }, `Unsupported element: ${element.type}`);
}
