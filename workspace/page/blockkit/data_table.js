/** The data table: a table with pages, sorted by the column whose head is pressed. */
import { h, replaceContent } from "../core/dom.js";
import { withEmoji } from "../text/emoji.js";
import { richText } from "../text/rich_text.js";

const PAGE_ROWS = 5;

export function dataTable(block, surface) {
  const [head = [], ...rows] = block.rows;
  const state = { column: null, down: false, page: 0 };
  const size = block.page_size ?? PAGE_ROWS;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const [columns, body, pager] = [h("tr"), h("tbody"), h("div", { class: "bk-pager" })];

  const isNumber = (column) => rows.every((row) => row[column]?.type === "raw_number");
  const draw = () => {
    const sorted = state.column === null ? rows : [...rows].sort(by(state));
    const shown = sorted.slice(state.page * size, (state.page + 1) * size);
    const named = block.row_header_column_index ?? 0;
    replaceContent(columns, head.map((cell, column) => heading(cell, column, state, draw, isNumber(column))));
    replaceContent(body, shown.map((row) => line(row, named, surface.reader)));
    if (pages > 1) replaceContent(pager, turn("Previous", -1), h("span", { role: "status" }, place()), turn("Next", 1));
  };
  const place = () => `${state.page + 1} of ${pages}`;
  const turn = (label, step) => {
    const end = state.page + step < 0 || state.page + step >= pages;
    const go = () => {
      state.page += step;
      draw();
      [...pager.querySelectorAll("button")].find((one) => one.textContent === label && !one.disabled)?.focus();
    };
    return h("button", { class: "bk-button", type: "button", disabled: end, on: { click: go } }, label);
  };

  draw();
  const table = h("table", {}, h("caption", {}, withEmoji(block.caption)), h("thead", {}, columns), body);
  const box = h("div", { class: "bk-table", tabindex: "0", role: "group", "aria-label": block.caption }, table);
  return h("div", {}, box, pages > 1 && pager);
}

function heading(cell, column, state, draw, isNumber) {
  const sorted = state.column === column ? (state.down ? "descending" : "ascending") : null;
  const sort = (event) => {
    const row = event.currentTarget.closest("tr");
    Object.assign(state, { down: state.column === column && !state.down, column, page: 0 });
    draw();
    row.querySelectorAll("button")[column].focus();
  };
  const button = h("button", { type: "button", class: "bk-sort", on: { click: sort } }, withEmoji(said(cell)));
  return h("th", { scope: "col", "aria-sort": sorted, class: isNumber ? "cell-right" : null }, button);
}

const line = (row, named, reader) =>
  h(
    "tr",
    {},
    row.map((cell, column) =>
      h(
        column === named ? "th" : "td",
        { class: cell.type === "raw_number" ? "cell-right" : null, scope: column === named ? "row" : null },
        cell.type === "rich_text" ? richText(cell.elements, reader) : withEmoji(said(cell)),
      ),
    ),
  );

/** Numbers by size, the rest by its letters. */
function by({ column, down }) {
  const order = (one, other) =>
    one.type === "raw_number" && other.type === "raw_number"
      ? one.value - other.value
      : said(one).localeCompare(said(other), undefined, { numeric: true });
  return (one, other) => order(one[column], other[column]) * (down ? -1 : 1);
}

const said = (cell) => (cell.type === "rich_text" ? JSON.stringify(cell.elements) : String(cell.text ?? cell.value ?? ""));
