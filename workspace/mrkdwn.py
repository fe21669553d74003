"""Reads Slack's mrkdwn into a rich_text block, as Slack does with every text that comes without blocks.

Linear in the length of the text: a marker without an end on its line is not searched for again on that line.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from workspace.blockkit.rules import is_url
from workspace.emoji import code_points
from workspace.wire import Json

Found: TypeAlias = tuple[list[Json], int] | None  # the elements that begin here, and where the text goes on

_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_FORMATTING = (*_STYLES, "`")
_MARK = re.compile(r"[`<:*_~]|https?://")
_EMOJI = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:")
_BARE_URL = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?'\")\]}]")
_TARGET = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_QUOTED = re.compile(r"(?:>|&gt;) ?")
_REST_QUOTED = re.compile(r"(?:>>>|&gt;&gt;&gt;) ?")


def rich_text(text: str, *, is_plain: bool = False, own: Collection[str] = ()) -> list[Json]:
    """One ``rich_text`` block without an id; ``is_plain``: what would be formatting stays as it was written.

    ``own`` are the names of the workspace's own emoji.
    """
    reader = _Reader(text, own=own, is_plain=is_plain)
    parts = [_part("section", reader.elements())] if is_plain else list(_parts(text, own))
    return [{"type": "rich_text", "elements": parts}]


def _parts(text: str, own: Collection[str]) -> Iterator[Json]:
    pieces = text.split("```")
    for index, piece in enumerate(pieces):
        is_fenced, is_closed = index % 2 == 1, index < len(pieces) - 1
        if is_fenced and is_closed and piece.strip():
            yield _part("preformatted", [_text(piece.removeprefix("\n").removesuffix("\n"), {})])
        elif is_fenced:
            yield from _paragraphs(f"```{piece}" + ("```" if is_closed else ""), own)
        else:
            yield from _paragraphs(piece.removeprefix("\n") if index else piece, own)


def _paragraphs(text: str, own: Collection[str]) -> Iterator[Json]:
    """Neighbouring lines of one kind, quoted or not, stay together."""
    for is_quote, lines in groupby(_lines(text) if text else [], key=lambda line: line[0]):
        paragraph = _Reader("\n".join(line for _, line in lines), own=own)
        yield _part("quote" if is_quote else "section", paragraph.elements())


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    is_rest_quoted = False
    for line in text.split("\n"):
        if opened := _REST_QUOTED.match(line):
            is_rest_quoted = True
            yield True, line[opened.end() :]
        elif not is_rest_quoted and (quoted := _QUOTED.match(line)):
            yield True, line[quoted.end() :]
        else:
            yield is_rest_quoted, line


@dataclass
class _Reader:
    """The inline elements of one paragraph, each with the styles around it."""

    text: str
    style: Json = field(default_factory=dict)
    own: Collection[str] = ()
    is_plain: bool = False  # neither styles nor code
    hopeless: dict[str, int] = field(default_factory=dict)  # up to where a marker is known to have no end

    def elements(self) -> list[Json]:
        found: list[Json] = []
        read = at = 0
        while mark := _MARK.search(self.text, at):
            here = self._at(mark.start())
            if here is None:
                at = mark.start() + 1
                continue
            if mark.start() > read:
                found.append(_text(self.text[read : mark.start()], self.style))
            found += here[0]
            read = at = here[1]
        return found if read == len(self.text) else [*found, _text(self.text[read:], self.style)]

    def _at(self, at: int) -> Found:
        if self.is_plain and self.text[at] in _FORMATTING:
            return None
        match self.text[at]:
            case "`":
                return self._code(at)
            case "<":
                return self._bracketed(at)
            case ":":
                return self._emoji(at)
            case "h":
                return self._url(at)
            case marker:
                return self._styled(at, marker)

    def _code(self, at: int) -> Found:
        end = self.text.find("`", at + 1)
        code = self.text[at + 1 : end] if end > at + 1 else "\n"
        return None if "\n" in code else ([_text(code, {**self.style, "code": True})], end + 1)

    def _bracketed(self, at: int) -> Found:
        end = self.text.find(">", at + 1)
        element = _token(self.text[at + 1 : end]) if end > 0 else None
        return ([_with(element, self.style)], end + 1) if element else None

    def _emoji(self, at: int) -> Found:
        match = _EMOJI.match(self.text, at)
        if match is None or not (match[1] in code_points() or match[1] in self.own):
            return None
        tone = {"skin_tone": int(match[2])} if match[2] else {}
        code = {"unicode": code_points()[match[1]]} if match[1] in code_points() else {}
        element = {"type": "emoji", "name": match[1], **code, **tone}
        return [_with(element, self.style)], match.end()

    def _url(self, at: int) -> Found:
        match = None if at and self.text[at - 1].isalnum() else _BARE_URL.match(self.text, at)
        return ([_with({"type": "link", "url": _decoded(match[0])}, self.style)], match.end()) if match else None

    def _styled(self, at: int, marker: str) -> Found:
        name = _STYLES[marker]
        if name in self.style or at < self.hopeless.get(name, 0) or not self._opens(at):
            return None
        end = self._closing(at)
        if end is None:
            self.hopeless[name] = self._end_of_line(at)
            return None
        return _Reader(self.text[at + 1 : end], {**self.style, name: True}, self.own).elements(), end + 1

    def _opens(self, at: int) -> bool:
        after = self.text[at + 1 : at + 2]
        return not (at and self.text[at - 1].isalnum()) and bool(after) and not after.isspace()

    def _closing(self, at: int) -> int | None:
        """Where the marker's end is, on the same line and outside ``<…>`` and code."""
        place, end = at + 1, self._end_of_line(at)
        while place < end:
            if self.text[place] in "<`":
                shut = self.text.find(">" if self.text[place] == "<" else "`", place + 1, end)
                place = max(place, shut)
            elif self.text[place] == self.text[at] and place > at + 1 and self._closes(place):
                return place
            place += 1
        return None

    def _closes(self, place: int) -> bool:
        return not self.text[place - 1].isspace() and not self.text[place + 1 : place + 2].isalnum()

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end


def _token(body: str) -> Json | None:
    """What stands between ``<`` and ``>``."""
    target, _, label = body.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return _special(target[1:], _decoded(label))
    if not _leads_somewhere(target):
        return None
    return {"type": "link", "url": _decoded(target), **({"text": _decoded(label)} if label else {})}


def _leads_somewhere(target: str) -> bool:
    """Whether it is an address of which a link may be made: "a:" is none."""
    return _TARGET.match(target) is not None and is_url(_decoded(target))


def _special(body: str, label: str) -> Json:
    if body in ("here", "channel", "everyone"):
        return {"type": "broadcast", "range": body}
    if body.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": body.removeprefix("subteam^")}
    kind, *date = body.split("^")
    if kind != "date" or len(date) < len(("timestamp", "format")) or not date[0].isdecimal():
        return {"type": "text", "text": label or body}
    link = {"url": date[2]} if len(date) > len(("timestamp", "format")) else {}
    return {"type": "date", "timestamp": int(date[0]), "format": date[1], "fallback": label, **link}


def _part(kind: str, elements: list[Json]) -> Json:
    border: dict[str, Any] = {"border": 0} if kind == "preformatted" else {}
    return {"type": f"rich_text_{kind}", "elements": elements, **border}


def _text(text: str, style: Json) -> Json:
    return _with({"type": "text", "text": _decoded(text)}, style)


def _with(element: Json, style: Json) -> Json:
    return {**element, "style": style} if style else element


def _decoded(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
