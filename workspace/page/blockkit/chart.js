/** The data visualization block: its numbers, as a table that can be sorted. */
import { dataTable } from "./data_table.js";

const ALL_ROWS = 20; // the most categories that a chart may have

export function chart({ title, chart: drawn }, surface) {
  const rows = drawn.type === "pie" ? slices(drawn.segments) : plotted(drawn);
  return dataTable({ caption: title, rows, page_size: ALL_ROWS }, surface);
}

function slices(segments) {
  const sum = segments.reduce((all, { value }) => all + value, 0);
  const share = ({ value }) => `${Math.round((value / sum) * 100)} %`;
  const head = ["", "Value", "Share"].map(text);
  return [head, ...segments.map((one) => [text(one.label), number(one.value), text(share(one))])];
}

/** A row for each category, a column for each series. */
function plotted({ series, axis_config: { categories, x_label: name = "" } }) {
  const at = ({ data }, category) => data.find(({ label }) => label === category).value;
  const head = [name, ...series.map((one) => one.name)].map(text);
  return [head, ...categories.map((each) => [text(each), ...series.map((one) => number(at(one, each)))])];
}

const text = (value) => ({ type: "raw_text", text: value });
const number = (value) => ({ type: "raw_number", value, text: String(value) });
