/** JSON as coloured text. */
import { h } from "../core/dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LIMIT = 60_000;

/** @returns {HTMLElement} */
export function json(value) {
  const full = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const text = full.length > LIMIT ? `${full.slice(0, LIMIT)}\n… ${full.length - LIMIT} more characters` : full;
  const box = h("pre", { class: "code", tabindex: "0" });
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    box.append(text.slice(last, match.index), piece(match));
    last = match.index + match[0].length;
  }
  box.append(text.slice(last));
  return box;
}

function piece([whole, string, colon]) {
  if (string && colon) return h("span", { class: "json-key" }, whole);
  return h("span", { class: string ? "json-string" : "json-value" }, whole);
}
