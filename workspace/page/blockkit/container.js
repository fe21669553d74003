/** The container block: other blocks in a box, under a title, folded away if the app wants. */
import { h } from "../core/dom.js";
import { richText } from "../text/rich_text.js";
import { picture, plainText, textObject } from "./text_objects.js";

/** @param {(blocks: object[], surface: object) => HTMLElement} drawBlocks draws what is inside */
export function container(block, surface, drawBlocks) {
  const head = [
    block.icon && picture(block.icon, "bk-context-image"),
    h("div", { class: "bk-container-title" }, title(block, surface.reader)),
    block.subtitle && h("div", { class: "muted" }, textObject(block.subtitle, surface.reader)),
  ];
  const inside = drawBlocks(block.child_blocks, surface);
  const wide = `bk-container is-${block.width ?? "standard"}`;
  if (block.is_collapsible) {
    const fold = h("details", { class: wide }, h("summary", { class: "bk-container-head" }, head), inside);
    fold.open = !block.default_collapsed;
    return fold;
  }
  const line = block.has_header_divider ? " has-line" : "";
  return h("div", { class: wide, role: "group" }, h("div", { class: `bk-container-head${line}` }, head), inside);
}

const title = ({ title: plain, rich_text_title: rich }, reader) =>
  rich ? richText(rich.elements, reader) : plainText(plain);
