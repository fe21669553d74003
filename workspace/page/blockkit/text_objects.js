/** Text objects, images and option labels: the small parts that blocks and elements share. */
import { h } from "../core/dom.js";
import { withEmoji } from "../text/emoji.js";
import { safeUrl } from "../text/links.js";
import { mrkdwn } from "../text/rich_text.js";

/** @param {{type: "plain_text" | "mrkdwn", text: string, emoji?: boolean, verbatim?: boolean}} object */
export function textObject(object, reader) {
  if (!object) return null;
  if (object.type === "mrkdwn") return mrkdwn(object.text ?? "", reader, { verbatim: object.verbatim });
  return plainText(object);
}

export const plainText = (object) => (object?.emoji === false ? object.text : withEmoji(object?.text ?? ""));

/** An image from outside: only http(s), no referrer; a broken one leaves its description. */
export function picture({ image_url: address, alt_text: alt, slack_file: file }, className) {
  const url = safeUrl(address ?? file?.url ?? "");
  if (!url?.startsWith("http")) return h("span", { class: `${className} image-missing` }, alt ?? "");
  const image = h("img", {
    class: className,
    src: url,
    alt: alt ?? "",
    loading: "lazy",
    referrerpolicy: "no-referrer",
  });
  image.addEventListener("error", () =>
    image.replaceWith(h("span", { class: `${className} image-missing`, title: url }, alt ?? "")),
  );
  return image;
}

export const optionLabel = (option, reader) => h("span", { class: "option-text" }, textObject(option.text, reader));
export const optionDescription = (option, reader) =>
  option.description && h("span", { class: "option-description" }, textObject(option.description, reader));
