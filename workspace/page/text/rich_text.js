/**
 * Draws rich_text elements, the one form that every text ends in: a rich_text block as it is, mrkdwn and markdown
 * after parsing. `reader` knows names and the zone: `{directory, zone, now()}`.
 */
import { h } from "../core/dom.js";
import { formatDate } from "./dates.js";
import { emojiText } from "./emoji.js";
import { link } from "./links.js";
import { parseMrkdwn } from "./mrkdwn.js";

const BULLETS = ["•", "◦", "▪"];

/** @returns {DocumentFragment} */
export function richText(elements, reader) {
  const fragment = document.createDocumentFragment();
  for (const element of elements ?? []) fragment.append(paragraph(element, reader));
  return fragment;
}

export const mrkdwn = (text, reader, options) => richText(parseMrkdwn(text, options), reader);

const PARAGRAPHS = {
  rich_text_section: (element, reader) => h("div", { class: "rt-section" }, inline(element.elements, reader)),
  rich_text_quote: (element, reader) => h("blockquote", { class: "rt-quote" }, inline(element.elements, reader)),
  rich_text_preformatted: (element, reader) =>
    h("pre", { class: "rt-pre", tabindex: "0" }, h("code", {}, inline(element.elements, reader))),
  rich_text_list: list,
  heading: (element, reader) =>
    h(
      `h${Math.min(element.level + 1, 6)}`,
      { class: `rt-heading rt-h${element.level}` },
      inline(element.elements, reader),
    ),
  rule: () => h("hr", { class: "bk-divider" }),
};

function paragraph(element, reader) {
  return PARAGRAPHS[element.type]?.(element, reader) ?? h("div", { class: "rt-section" });
}

function list(element, reader) {
  const ordered = element.style === "ordered";
  const indent = Math.min(element.indent ?? 0, 8);
  const items = (element.elements ?? []).map((item, index) => {
    const mark = ordered ? `${(element.offset ?? 0) + index + 1}.` : BULLETS[indent % BULLETS.length];
    return h("li", { data: { mark } }, inline(item.elements, reader));
  });
  return h(ordered ? "ol" : "ul", { class: `rt-list rt-indent-${indent}`, role: "list" }, items);
}

const inline = (elements, reader) => (elements ?? []).map((element) => leaf(element, reader));

const LEAVES = {
  text: (element) => element.text,
  emoji: (element) => emoji(element),
  link: (element) => link(element.url, element.text || element.url),
  user: (element, reader) =>
    mention(
      `@${reader.directory.userName(element.user_id) ?? (element.fallback || "someone")}`,
      element.user_id === reader.me,
    ),
  channel: (element, reader) => channel(element, reader),
  usergroup: (element) => mention(element.fallback || "@group"),
  broadcast: (element) => mention(`@${element.range}`, true),
  date: (element, reader) => date(element, reader),
  color: (element) => h("span", { class: "rt-color" }, swatch(element.value), element.value),
};

function leaf(element, reader) {
  const content = LEAVES[element.type]?.(element, reader) ?? element.text ?? element.fallback ?? "";
  return wrapped(content, element.style ?? {});
}

const WRAPPERS = [
  ["code", "code", "rt-code"],
  ["strike", "s", null],
  ["italic", "em", null],
  ["bold", "strong", null],
  ["underline", "u", null],
  ["highlight", "mark", null],
];

function wrapped(content, style) {
  let node = content;
  for (const [name, tag, className] of WRAPPERS) if (style[name]) node = h(tag, { class: className }, node);
  return node;
}

function emoji({ name, skin_tone: tone, unicode }) {
  const glyph = emojiText(name, tone);
  const known = !glyph.startsWith(":");
  const fromCode =
    !known && unicode && String.fromCodePoint(...unicode.split("-").map((part) => Number.parseInt(part, 16)));
  if (!known && !fromCode) return glyph;
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` },
    fromCode || glyph,
  );
}

const mention = (text, strong = false) => h("span", { class: strong ? "mention mention-me" : "mention" }, text);

function channel({ channel_id: id, fallback }, reader) {
  const name = reader.directory.channelName(id) ?? fallback;
  if (!name) return mention("#private-channel");
  return h("a", { class: "mention", href: `#/c/${encodeURIComponent(id)}` }, `#${name}`);
}

function date({ timestamp, format, url, fallback }, reader) {
  const text = formatDate(format, Number(timestamp), reader.zone, reader.now()) ?? fallback ?? "";
  return url ? link(url, text) : h("span", { title: fallback || null }, text);
}

function swatch(value) {
  const dot = h("span", { class: "swatch" });
  if (/^#[0-9a-f]{6}$/i.test(value)) dot.style.backgroundColor = value;
  return dot;
}
