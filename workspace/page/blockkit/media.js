/** image, video and file blocks. */
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { link } from "../text/links.js";
import { picture, plainText } from "./text_objects.js";

export function imageBlock(block) {
  return h(
    "figure",
    { class: "bk-image" },
    block.title && h("figcaption", {}, plainText(block.title)),
    picture(block, "bk-image-picture"),
  );
}

/** Videos are not embedded: the page loads no player from elsewhere. */
export function videoBlock(block) {
  const byline = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "bk-video" },
    byline && h("div", { class: "bk-video-byline" }, byline),
    h(
      "div",
      { class: "bk-video-title" },
      icon("video", { size: 18 }),
      link(block.title_url ?? block.video_url, plainText(block.title)),
    ),
    block.description && h("div", { class: "bk-video-text" }, plainText(block.description)),
    block.thumbnail_url && picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "bk-image-picture"),
  );
}

export const fileBlock = (block) =>
  h("div", { class: "bk-file-card" }, icon("file"), h("span", {}, `File ${block.external_id ?? ""}`));

/** A file that somebody shared with a message: a picture shows, anything else is a link to it. */
export function sharedFile(file) {
  const name = file.title || file.name || "File";
  const size = file.size && `${Math.ceil(file.size / 1024)} kB`;
  const kind = [file.pretty_type ?? file.filetype, size].filter(Boolean).join(" · ");
  const card = h(
    "div",
    { class: "bk-file-card" },
    icon("file"),
    file.url_private ? link(file.url_private, name) : name,
    h("span", { class: "muted" }, kind),
  );
  if (!file.mimetype?.startsWith("image/") || !file.url_private) return card;
  return h(
    "figure",
    { class: "bk-image" },
    picture({ image_url: file.url_private, alt_text: name }, "bk-image-picture"),
  );
}
