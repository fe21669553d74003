/** Which block is drawn by what. */
import { h, uniqueId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { parseMarkdown } from "../text/markdown.js";
import { richText } from "../text/rich_text.js";
import { chart } from "./chart.js";
import { container } from "./container.js";
import { dataTable } from "./data_table.js";
import { drawElement } from "./elements.js";
import { fileBlock, imageBlock, videoBlock } from "./media.js";
import { Place } from "./surface.js";
import { cellTable, table } from "./table.js";
import { alert, card, carousel, plan, taskCard } from "./tasks.js";
import { picture, plainText, textObject } from "./text_objects.js";

const BLOCKS = {
  section,
  header,
  context,
  actions,
  input,
  alert,
  plan,
  card,
  carousel,
  table,
  divider: () => h("hr", { class: "bk-divider" }),
  rich_text: (block, surface) => h("div", { class: "bk-text" }, richText(block.elements, surface.reader)),
  markdown: (block, surface) =>
    h(
      "div",
      { class: "bk-text bk-markdown" },
      parseMarkdown(block.text ?? "").map((part) =>
        part.type === "table" ? cellTable(part.rows, surface.reader) : richText([part], surface.reader),
      ),
    ),
  image: imageBlock,
  video: videoBlock,
  file: fileBlock,
  context_actions: (block, surface) =>
    h(
      "div",
      { class: "bk-context-actions" },
      block.elements.map((element) => drawElement(element, new Place(surface, block.block_id))),
    ),
  task_card: taskCard,
  container: (block, surface) => container(block, surface, drawBlocks),
  data_table: dataTable,
  data_visualization: chart,
};

/** @returns {HTMLElement} all blocks, one under the other */
export function drawBlocks(blocks, surface) {
  return h(
    "div",
    { class: "bk-blocks" },
    (blocks ?? []).map((block) => drawBlock(block, surface)),
  );
}

function drawBlock(block, surface) {
  const draw = BLOCKS[block.type];
  const content = draw ? draw(block, surface) : h("div", { class: "bk-unknown" }, `Unsupported block: ${block.type}`);
  return h("div", { class: `bk-block bk-${block.type}-block`, data: { block: block.block_id } }, content);
}

function section(block, surface) {
  const place = new Place(surface, block.block_id);
  const fields =
    block.fields &&
    h(
      "div",
      { class: "bk-fields" },
      block.fields.map((field) => h("div", { class: "bk-field" }, textObject(field, surface.reader))),
    );
  const body = h("div", { class: "bk-text" }, textObject(block.text, surface.reader), fields);
  if (!block.accessory) return body;
  return h(
    "div",
    { class: "bk-section" },
    body,
    h("div", { class: "bk-accessory" }, drawElement(block.accessory, place)),
  );
}

function header(block) {
  return h("h2", { class: "bk-header" }, plainText(block.text));
}

function context(block, surface) {
  return h(
    "div",
    { class: "bk-context" },
    block.elements.map((element) =>
      element.type === "image"
        ? picture(element, "bk-context-image")
        : h("div", { class: "bk-context-text" }, textObject(element, surface.reader)),
    ),
  );
}

function actions(block, surface) {
  const place = new Place(surface, block.block_id);
  return h(
    "div",
    { class: "bk-actions" },
    block.elements.map((element) => drawElement(element, place)),
  );
}

function input(block, surface) {
  const [label, hint, error] = [uniqueId("label"), uniqueId("hint"), uniqueId("error")];
  const problem = surface.errors[block.block_id];
  const described = [problem && error, block.hint && hint].filter(Boolean).join(" ") || null;
  const place = new Place(surface, block.block_id, {
    dispatch: block.dispatch_action === true,
    labelledBy: label,
    describedBy: described,
    optional: block.optional === true,
    invalid: Boolean(problem),
  });
  const control = drawElement(block.element, place);
  const name = h(
    "div",
    { class: "bk-label", id: label },
    plainText(block.label),
    block.optional && h("span", { class: "bk-optional" }, " (optional)"),
  );
  name.addEventListener("click", () => control.querySelector("input, textarea, button")?.focus());
  return h(
    "div",
    { class: problem ? "bk-input-block has-error" : "bk-input-block" },
    name,
    control,
    problem && h("div", { class: "bk-error", id: error, role: "alert" }, icon("warning", { size: 16 }), problem),
    block.hint && h("div", { class: "bk-hint", id: hint }, plainText(block.hint)),
  );
}
