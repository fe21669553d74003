/** Elements that are pressed: button, workflow_button, icon_button, feedback_buttons, overflow. */
import { h } from "../core/dom.js";
import { icon, iconNames } from "../core/icons.js";
import { safeUrl } from "../text/links.js";
import { attachMenu } from "./menu.js";
import { optionDescription, optionLabel, plainText } from "./text_objects.js";

const STYLES = { primary: "is-primary", danger: "is-danger" };

export function button(element, place) {
  const name = plainText(element.text);
  const url = element.url ? safeUrl(element.url) : null;
  const shared = {
    class: `bk-button ${STYLES[element.style] ?? ""}`,
    "aria-label": element.accessibility_label,
    data: { focus: `${place.blockId}/${element.action_id}` },
    title: name.length > 40 ? name : null,
    on: { click: () => place.press(element, element.value === undefined ? {} : { value: element.value }) },
  };
  const control = url
    ? h("a", { ...shared, href: url, target: "_blank", rel: "noopener noreferrer" }, name)
    : h("button", { ...shared, type: "button" }, name);
  place.register(element, control);
  return h("span", { class: "bk-press" }, control);
}

export function workflowButton(element) {
  return h(
    "button",
    {
      class: `bk-button ${STYLES[element.style] ?? ""}`,
      type: "button",
      disabled: true,
      title: "Workflows run in Slack only",
    },
    plainText(element.text),
  );
}

export function iconButton(element, place) {
  const shownTo = element.visible_to_user_ids;
  if (shownTo?.length && !shownTo.includes(place.reader.me)) return null;
  const name = plainText(element.text);
  const control = h(
    "button",
    {
      class: "bk-icon-button",
      type: "button",
      "aria-label": element.accessibility_label ?? name,
      title: name,
      data: { focus: `${place.blockId}/${element.action_id}` },
      on: { click: () => place.press(element, element.value === undefined ? {} : { value: element.value }) },
    },
    icon(iconNames.includes(element.icon) ? element.icon : "more", { size: 16 }),
  );
  place.register(element, control);
  return h("span", { class: "bk-press" }, control);
}

export function feedbackButtons(element, place) {
  const both = [
    ["positive_button", "thumbUp"],
    ["negative_button", "thumbDown"],
  ];
  return h(
    "span",
    { class: "bk-feedback", role: "group", "aria-label": "Feedback" },
    both.map(([key, glyph]) => feedbackButton(element, element[key], glyph, place)),
  );
}

function feedbackButton(element, part, glyph, place) {
  const name = plainText(part.text);
  const control = h(
    "button",
    {
      class: "bk-icon-button",
      type: "button",
      title: name,
      "aria-pressed": "false",
      "aria-label": part.accessibility_label ?? name,
    },
    icon(glyph, { size: 16 }),
  );
  control.addEventListener("click", () => {
    for (const other of control.closest(".bk-feedback").querySelectorAll("button"))
      other.setAttribute("aria-pressed", "false");
    control.setAttribute("aria-pressed", "true");
    place.press(element, { value: part.value }, glyph);
  });
  place.register(element, control, glyph);
  return h("span", { class: "bk-press" }, control);
}

export function overflow(element, place) {
  const label = element.accessibility_label ?? "More options";
  const control = h(
    "button",
    {
      class: "bk-button bk-overflow",
      type: "button",
      "aria-label": label,
      data: { focus: `${place.blockId}/${element.action_id}` },
    },
    icon("more", { size: 18 }),
  );
  const items = () =>
    element.options.map((option) => ({
      content: [optionLabel(option, place.reader), optionDescription(option, place.reader)],
      choose: () => choose(element, option, place),
    }));
  attachMenu(control, items, { label });
  place.register(element, control);
  return h("span", { class: "bk-press" }, control);
}

function choose(element, option, place) {
  const url = option.url && safeUrl(option.url);
  if (url) window.open(url, "_blank", "noopener,noreferrer");
  place.press(element, { type: "overflow", selected_option: option });
}
