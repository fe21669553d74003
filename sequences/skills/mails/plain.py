"""A body as plain text, whether it came as text or as HTML."""

import html
import re
from html.parser import HTMLParser

LONGEST_BODY = 12_000  # characters that are read; a mail with more is a document
LONGEST_HTML = 40_000  # characters with their tags, once styles and scripts are out
MOST_LINES = 300

_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype|html|body|head|div|p|br|table|span|a|b|i|ul|font|blockquote)\b[^<]*>", re.IGNORECASE
)
_UNSHOWN = re.compile(r"<(style|script|!--)", re.IGNORECASE)
_CLOSINGS = {
    "style": re.compile(r"</style[^<>]{0,20}>", re.IGNORECASE),
    "script": re.compile(r"</script[^<>]{0,20}>", re.IGNORECASE),
    "!--": re.compile(r"-->"),
}
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "blockquote", "pre"}
_UNSEEN = {"script", "style", "head", "title", "template"}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "divrplyfwdmsg")
_NO_TAG = re.compile(r"<(?![^<>]{1,1500}>)")  # never closed; the parser would look for its end again and again
_VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base"}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ue000\ue001]")  # the last two mark places further on


def plain_text(body: str) -> str:
    """Lines keep their order; quoted blocks of HTML come out behind ``>`` as they do in text."""
    text = body[:LONGEST_BODY]
    if _LOOKS_LIKE_HTML.search(text):
        text = _from_html(_shown(body)[:LONGEST_HTML])[:LONGEST_BODY]
    elif re.search(r"&(?:nbsp|amp|#\d+|quot|lt|gt);", text):
        text = html.unescape(text)
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " "))
    lines = [line.rstrip() for line in text.split("\n", MOST_LINES)[:MOST_LINES]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shown(body: str) -> str:
    """Without styles, scripts and comments, which stand first and may be longer than what was written. One pass; what
    is never closed stays."""
    pieces: list[str] = []
    at = 0
    while opened := _UNSHOWN.search(body, at):
        closed = _CLOSINGS[opened.group(1).casefold()].search(body, opened.end())
        if closed is None:
            break
        pieces.append(body[at : opened.start()])
        at = closed.end()
    return "".join([*pieces, body[at:]])


def _from_html(text: str) -> str:
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", text))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Keeps what a person would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen: list[str] = []  # open tags inside the outermost one that is not shown
        self._quotes: list[str] = []  # likewise for quoted blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open(tag, known)
        if tag in _BLOCKS:
            self._pieces.append("\n" + "> " * bool(self._quotes))

    def _open(self, tag: str, known: dict[str, str]) -> None:
        if self._unseen or tag in _UNSEEN or _HIDDEN.search(known.get("style", "")):
            self._unseen.append(tag)
        marks = f"{known.get('class', '')} {known.get('id', '')}".casefold()
        if self._quotes or tag == "blockquote" or any(name in marks for name in _QUOTE_CLASSES):
            self._quotes.append(tag)

    def handle_endtag(self, tag: str) -> None:
        _close(self._unseen, tag)
        _close(self._quotes, tag)
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            lines = "\n> " if self._quotes else "\n"
            self._pieces.append(re.sub(r"\s*\n\s*", lines, data) if "\n" in data.strip() else data)

    def text(self) -> str:
        lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join("" if line == ">" else line for line in lines)


def _close(open_tags: list[str], tag: str) -> None:
    """Up to the last tag of that name; mails leave many open."""
    if tag in open_tags:
        at = len(open_tags) - 1 - open_tags[::-1].index(tag)
        del open_tags[at:]
