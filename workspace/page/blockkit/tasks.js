/** The newer blocks for what an app is doing and found: alert, task_card, plan, card, carousel. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { link } from "../text/links.js";
import { richText } from "../text/rich_text.js";
import { drawElement } from "./elements.js";
import { Place } from "./surface.js";
import { picture, textObject } from "./text_objects.js";

const GLYPHS = { pending: "clock", in_progress: "refresh", complete: "check", error: "warning" };
const SPOKEN = { pending: "Waiting", in_progress: "In progress", complete: "Done", error: "Failed" };
const LEVELS = { warning: "warning", error: "warning", success: "check" };

export function alert(block, surface) {
  const level = block.level ?? "default";
  return h(
    "div",
    { class: `bk-alert is-${level}`, role: "note" },
    icon(LEVELS[level] ?? "info", { size: 18 }),
    h("div", { class: "bk-text" }, textObject(block.text, surface.reader)),
  );
}

export function taskCard(block, surface) {
  const { status = "pending" } = block;
  const head = [
    h(
      "span",
      { class: `bk-task-state is-${status}`, role: "img", "aria-label": SPOKEN[status] ?? status },
      icon(GLYPHS[status] ?? "clock", { size: 16 }),
    ),
    h("span", { class: "bk-task-title" }, block.title),
  ];
  const parts = [block.details, block.output]
    .filter(Boolean)
    .map((rich) => h("div", { class: "bk-text" }, richText(rich.elements, surface.reader)));
  const sources =
    block.sources?.length &&
    h(
      "div",
      { class: "bk-task-sources" },
      block.sources.map((source) => link(source.url, source.text)),
    );
  if (!parts.length && !sources) return h("div", { class: "bk-task" }, head);
  return h("details", { class: "bk-task" }, h("summary", {}, head), parts, sources);
}

export function plan(block, surface) {
  return h(
    "div",
    { class: "bk-plan" },
    h("div", { class: "bk-plan-title" }, block.title),
    (block.tasks ?? []).map((task) => taskCard(task, surface)),
  );
}

export function card(block, surface) {
  const place = new Place(surface, block.block_id);
  return h(
    "div",
    { class: "bk-card" },
    block.hero_image && picture(block.hero_image, "bk-card-hero"),
    h(
      "div",
      { class: "bk-card-head" },
      block.icon && picture(block.icon, "bk-context-image"),
      h(
        "div",
        {},
        h("div", { class: "bk-card-title" }, textObject(block.title, surface.reader)),
        h("div", { class: "muted" }, textObject(block.subtitle, surface.reader)),
      ),
    ),
    block.body && h("div", { class: "bk-text" }, textObject(block.body, surface.reader)),
    block.actions &&
      h(
        "div",
        { class: "bk-actions" },
        block.actions.map((element) => drawElement(element, place)),
      ),
  );
}

export const carousel = (block, surface) =>
  h(
    "div",
    { class: "bk-carousel", tabindex: "0", role: "region", "aria-label": "Cards" },
    block.elements.map((each) => card(each, surface)),
  );
