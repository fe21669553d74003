/** What may become a link. Anything else (javascript:, data:, file: …) is shown as the text that it is. */
import { h } from "../core/dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** @returns {string | null} the address when a browser may safely follow it */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link, or its plain text when the address is not one to follow. */
export function link(address, ...content) {
  const href = safeUrl(address);
  const shown = content.length ? content : [address];
  if (!href) return h("span", {}, shown);
  const own = href.startsWith(`${location.origin}/`);
  return h("a", { href, target: own ? null : "_blank", rel: "noopener noreferrer", class: "link" }, shown);
}
