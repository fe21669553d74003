/**
 * Reads Slack's mrkdwn into the elements of a rich_text block, so that one renderer draws both.
 * Pure: text in, data out. Linear in the length of the text for hostile input, too: a marker that was once found
 * to have no end on its line is not searched for again.
 */
import { hasEmoji } from "./emoji.js";

const STYLE_OF = { "*": "bold", _: "italic", "~": "strike" };
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const EMOJI = /:([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/y;
const BARE_URL = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?'")\]}]/y;
const WORD = /[\p{L}\p{N}]/u;

export const decode = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/**
 * @param {string} text
 * @param {{verbatim?: boolean}} [options] verbatim: bare addresses stay text
 * @returns {object[]} rich_text_section, rich_text_preformatted and rich_text_quote elements
 */
export function parseMrkdwn(text, { verbatim = false } = {}) {
  const blocks = [];
  text.split("```").forEach((part, index, parts) => {
    const fenced = index % 2 === 1;
    if (fenced && index < parts.length - 1 && part.trim()) blocks.push(preformatted(part));
    else if (fenced) blocks.push(...paragraphs(`\`\`\`${part}${index < parts.length - 1 ? "```" : ""}`, verbatim));
    else blocks.push(...paragraphs(index ? part.replace(/^\n/, "") : part, verbatim));
  });
  return blocks;
}

function preformatted(code) {
  const text = decode(code.replace(/^\n|\n$/g, ""));
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

/** Splits at quoted lines; neighbouring lines of one kind stay together. */
function paragraphs(text, verbatim) {
  if (!text) return [];
  const groups = [];
  let restQuoted = false;
  for (const line of text.split("\n")) {
    const opened = /^(?:>>>|&gt;&gt;&gt;) ?/.exec(line);
    const quoted = opened ?? /^(?:>|&gt;) ?/.exec(line);
    restQuoted ||= opened !== null;
    const isQuote = restQuoted || quoted !== null;
    const content = quoted && (opened || !restQuoted) ? line.slice(quoted[0].length) : line;
    if (groups.at(-1)?.isQuote === isQuote) groups.at(-1).lines.push(content);
    else groups.push({ isQuote, lines: [content] });
  }
  return groups.map(({ isQuote, lines }) => ({
    type: isQuote ? "rich_text_quote" : "rich_text_section",
    elements: parseInline(lines.join("\n"), {}, verbatim),
  }));
}

/** @returns {object[]} the inline elements of one paragraph, each carrying the styles around it */
export function parseInline(text, style = {}, verbatim = false) {
  const out = [];
  const hopeless = {};
  let plain = "";
  const flush = () => {
    if (plain) out.push(styled({ type: "text", text: decode(plain) }, style));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found =
      readCode(text, at, style) ??
      readToken(text, at, style) ??
      readEmoji(text, at, style) ??
      readStyle(text, at, style, hopeless, verbatim) ??
      (verbatim ? null : readUrl(text, at, style));
    if (found) {
      flush();
      out.push(...found.elements);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

const styled = (element, style) => (Object.keys(style).length ? { ...element, style } : element);

function readCode(text, at, style) {
  if (text[at] !== "`") return null;
  const end = text.indexOf("`", at + 1);
  const code = end > at + 1 ? text.slice(at + 1, end) : "\n";
  if (code.includes("\n")) return null;
  return { end: end + 1, elements: [{ type: "text", text: decode(code), style: { ...style, code: true } }] };
}

function readEmoji(text, at, style) {
  if (text[at] !== ":") return null;
  EMOJI.lastIndex = at;
  const match = EMOJI.exec(text);
  if (!match || !hasEmoji(match[1])) return null;
  const element = { type: "emoji", name: match[1], ...(match[2] ? { skin_tone: Number(match[2]) } : {}) };
  return { end: at + match[0].length, elements: [styled(element, style)] };
}

function readUrl(text, at, style) {
  if (text[at] !== "h" || (at > 0 && WORD.test(text[at - 1]))) return null;
  BARE_URL.lastIndex = at;
  const match = BARE_URL.exec(text);
  return match && { end: at + match[0].length, elements: [styled({ type: "link", url: decode(match[0]) }, style)] };
}

function readStyle(text, at, style, hopeless, verbatim) {
  const name = STYLE_OF[text[at]];
  if (!name || style[name] || at < hopeless[name] || !opens(text, at)) return null;
  const end = closing(text, at);
  if (end < 0) {
    const lineEnd = text.indexOf("\n", at);
    hopeless[name] = lineEnd < 0 ? text.length : lineEnd;
    return null;
  }
  return { end: end + 1, elements: parseInline(text.slice(at + 1, end), { ...style, [name]: true }, verbatim) };
}

const opens = (text, at) => !(at > 0 && WORD.test(text[at - 1])) && at + 1 < text.length && !/\s/.test(text[at + 1]);

/** The place of the marker that ends the one at `at`, on the same line and outside `<…>` and code, or -1. */
function closing(text, at) {
  for (let i = at + 1; i < text.length && text[i] !== "\n"; i += 1) {
    if (text[i] === "<" || text[i] === "`") i = skipped(text, i);
    else if (text[i] === text[at] && i > at + 1 && !/\s/.test(text[i - 1]) && !WORD.test(text[i + 1] ?? " ")) return i;
  }
  return -1;
}

function skipped(text, at) {
  const lineEnd = text.indexOf("\n", at);
  const line = text.slice(at + 1, lineEnd < 0 ? undefined : lineEnd);
  const end = line.indexOf(text[at] === "<" ? ">" : "`");
  return end < 0 ? at : at + 1 + end;
}

function readToken(text, at, style) {
  if (text[at] !== "<") return null;
  const end = text.indexOf(">", at + 1);
  if (end < 0) return null;
  const element = token(text.slice(at + 1, end));
  return element && { end: end + 1, elements: [styled(element, style)] };
}

/** What stands between `<` and `>`. */
function token(body) {
  const bar = body.indexOf("|");
  const [target, label] = bar < 0 ? [body, ""] : [body.slice(0, bar), decode(body.slice(bar + 1))];
  if (target.startsWith("@")) return { type: "user", user_id: target.slice(1), fallback: label };
  if (target.startsWith("#")) return { type: "channel", channel_id: target.slice(1), fallback: label };
  if (target.startsWith("!")) return command(target.slice(1), label);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
  return { type: "link", url: decode(target), ...(label ? { text: label } : {}) };
}

function command(body, label) {
  if (["here", "channel", "everyone"].includes(body)) return { type: "broadcast", range: body };
  if (body.startsWith("subteam^")) return { type: "usergroup", usergroup_id: body.slice(8), fallback: label };
  if (!body.startsWith("date^")) return { type: "text", text: label || body };
  const [, seconds, format, url] = body.split("^");
  return { type: "date", timestamp: Number(seconds), format: format ?? "", url, fallback: label };
}
