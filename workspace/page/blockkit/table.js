/** The table block, and tables in a markdown block. */
import { h } from "../core/dom.js";
import { richText } from "../text/rich_text.js";
import { withEmoji } from "../text/emoji.js";

export function table(block, surface) {
  const settings = block.column_settings ?? [];
  const content = (cell) =>
    cell.type === "rich_text"
      ? richText(cell.elements, surface.reader)
      : withEmoji(String(cell.text ?? cell.value ?? ""));
  return grid(
    block.rows.map((row) => row.map(content)),
    settings,
  );
}

/** @param {object[][][]} rows inline rich text elements per cell */
export const cellTable = (rows, reader) =>
  grid(
    rows.map((row) => row.map((elements) => richText([{ type: "rich_text_section", elements }], reader))),
    [],
  );

function grid(rows, settings) {
  const cell = (tag) => (content, column) => {
    const { align = "left", is_wrapped: wrapped = false } = settings[column] ?? {};
    return h(
      tag,
      { class: `cell-${align}${wrapped ? " cell-wrapped" : ""}`, scope: tag === "th" ? "col" : null },
      content,
    );
  };
  const [head = [], ...body] = rows;
  return h(
    "div",
    { class: "bk-table", tabindex: "0", role: "group", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h(
        "tbody",
        {},
        body.map((row) => h("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}
