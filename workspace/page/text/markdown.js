/**
 * Reads the standard Markdown of Slack's `markdown` block into rich_text elements: headings, lists, quotes, fences,
 * rules, tables (as rows of text), bold, italics, strike, code, links. Pure, and no HTML passes through.
 */
const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const TABLE_LINE = /^\s*\|.*\|\s*$/;

/** @returns {object[]} rich text paragraphs, plus `heading`, `rule` and `table` elements */
export function parseMarkdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const out = [];
  for (let at = 0; at < lines.length;) at = readBlock(lines, at, out);
  return out;
}

function readBlock(lines, at, out) {
  const line = lines[at];
  if (!line.trim()) return at + 1;
  if (line.trimStart().startsWith("```")) return readFence(lines, at, out);
  if (TABLE_LINE.test(line) && /^[\s|:-]+$/.test(lines[at + 1] ?? "")) return readTable(lines, at, out);
  const heading = HEADING.exec(line);
  if (heading) out.push({ type: "heading", level: heading[1].length, elements: inlineMarkdown(heading[2]) });
  else if (RULE.test(line)) out.push({ type: "rule" });
  else return readRun(lines, at, out);
  return at + 1;
}

function readFence(lines, at, out) {
  let end = at + 1;
  while (end < lines.length && !lines[end].trimStart().startsWith("```")) end += 1;
  const text = lines.slice(at + 1, end).join("\n");
  out.push({ type: "rich_text_preformatted", elements: [{ type: "text", text }] });
  return end + 1;
}

function readTable(lines, at, out) {
  let end = at;
  while (end < lines.length && TABLE_LINE.test(lines[end])) end += 1;
  const cells = (line) =>
    line
      .trim()
      .slice(1, -1)
      .split("|")
      .map((cell) => inlineMarkdown(cell.trim()));
  out.push({ type: "table", rows: [lines[at], ...lines.slice(at + 2, end)].map(cells) });
  return end;
}

/** A run of list items, quoted lines or prose. */
function readRun(lines, at, out) {
  const kind = kindOf(lines[at]);
  let end = at;
  while (end < lines.length && lines[end].trim() && kindOf(lines[end]) === kind) end += 1;
  const run = lines.slice(at, end);
  if (kind === "list") out.push(...lists(run));
  else if (kind === "quote") {
    const quoted = run.map((line) => line.replace(/^\s*>\s?/, "")).join("\n");
    out.push({ type: "rich_text_quote", elements: inlineMarkdown(quoted) });
  } else out.push({ type: "rich_text_section", elements: inlineMarkdown(run.join("\n")) });
  return end;
}

function kindOf(line) {
  if (HEADING.test(line) || RULE.test(line) || line.trimStart().startsWith("```")) return "other";
  if (ITEM.test(line)) return "list";
  return line.trimStart().startsWith(">") ? "quote" : "prose";
}

/** Items of one indent and kind become one list; Slack, too, keeps lists flat with an indent. */
function lists(run) {
  const out = [];
  for (const line of run) {
    const [, space, number, task, text] = ITEM.exec(line);
    const style = number ? "ordered" : "bullet";
    const indent = Math.min(Math.floor(space.length / 2), 8);
    const box = task ? [{ type: "text", text: task === " " ? "☐ " : "☑ " }] : [];
    const item = { type: "rich_text_section", elements: [...box, ...inlineMarkdown(text)] };
    const last = out.at(-1);
    if (last?.style === style && last.indent === indent) last.elements.push(item);
    else out.push({ type: "rich_text_list", style, indent, offset: number ? Number(number) - 1 : 0, elements: [item] });
  }
  return out;
}

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "\\[([^\\]\\n]+)\\]\\(([^\\s)]+)\\)",
    "\\*\\*([^*\\n]+)\\*\\*",
    "__([^_\\n]+)__",
    "~~([^~\\n]+)~~",
    "\\*([^*\\s][^*\\n]*)\\*",
    "(?<![\\p{L}\\p{N}])_([^_\\s][^_\\n]*)_(?![\\p{L}\\p{N}])",
    "(https?://[^\\s<>]+[^\\s<>.,;:!?)\\]])",
  ].join("|"),
  "gu",
);

/** @returns {object[]} inline rich text elements */
export function inlineMarkdown(text, style = {}) {
  const out = [];
  let last = 0;
  const plain = (part) => part && out.push(dressed({ type: "text", text: part }, style));
  for (const match of text.matchAll(INLINE)) {
    plain(text.slice(last, match.index));
    out.push(...inlineMatch(match, style));
    last = match.index + match[0].length;
  }
  plain(text.slice(last));
  return out;
}

const dressed = (element, style) => (Object.keys(style).length ? { ...element, style } : element);

function inlineMatch([, code, label, url, bold, bold2, strike, italic, italic2, bare], style) {
  if (code) return [{ type: "text", text: code, style: { ...style, code: true } }];
  if (label) return [dressed({ type: "link", url, text: label }, style)];
  if (bare) return [dressed({ type: "link", url: bare }, style)];
  if (bold ?? bold2) return inlineMarkdown(bold ?? bold2, { ...style, bold: true });
  if (strike) return inlineMarkdown(strike, { ...style, strike: true });
  return inlineMarkdown(italic ?? italic2, { ...style, italic: true });
}
