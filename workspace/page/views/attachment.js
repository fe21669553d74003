/** Legacy attachments: a coloured bar with blocks, or title, text and fields. */
import { drawBlocks } from "../blockkit/blocks.js";
import { h } from "../core/dom.js";
import { link } from "../text/links.js";
import { mrkdwn } from "../text/rich_text.js";

const NAMED = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };

export function attachment(item, surface) {
  const bar = h("div", { class: "attachment" });
  const color =
    NAMED[item.color] ?? (/^#?[0-9a-f]{6}$/i.test(item.color ?? "") ? `#${item.color.replace("#", "")}` : null);
  if (color) bar.style.borderInlineStartColor = color;
  const text = (value) => value && h("div", { class: "bk-text" }, mrkdwn(String(value), surface.reader));
  if (item.blocks) bar.append(drawBlocks(item.blocks, surface));
  else {
    const title =
      item.title &&
      h("div", { class: "attachment-title" }, item.title_link ? link(item.title_link, item.title) : item.title);
    const fields = (item.fields ?? []).map((field) =>
      h("div", { class: "bk-field" }, h("strong", {}, field.title), text(field.value)),
    );
    for (const part of [
      text(item.pretext),
      title,
      text(item.text),
      fields.length && h("div", { class: "bk-fields" }, fields),
    ])
      if (part) bar.append(part);
    if (item.footer) bar.append(h("div", { class: "bk-context" }, item.footer));
  }
  return bar;
}
