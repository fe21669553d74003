"""Rich text: sections, lists, quotes and preformatted text, and the pieces inside them."""

from types import MappingProxyType
from typing import Any

from workspace.blockkit.rules import Findings, boolean, integer, items, one_of, pattern, shape, string, tagged, url

_LONG = 1_000_000
_FLAGS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = {"style": shape({}, dict.fromkeys(_FLAGS, boolean))}

_PIECES = MappingProxyType(
    {
        "text": shape({"text": string(_LONG, 1)}, _STYLE),
        "link": shape({"url": url(_LONG)}, {**_STYLE, "text": string(_LONG), "unsafe": boolean}),
        "user": shape({"user_id": string(255, 1)}, _STYLE),
        "usergroup": shape({"usergroup_id": string(255, 1)}, _STYLE),
        "channel": shape({"channel_id": string(255, 1)}, _STYLE),
        "team": shape({"team_id": string(255, 1)}, _STYLE),
        "emoji": shape(
            {"name": string(255, 1)}, {**_STYLE, "unicode": string(255), "skin_tone": integer(1, 6), "url": url()}
        ),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLE),
        "color": shape({"value": pattern(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", "#F405B3")}, _STYLE),
        "date": shape(
            {"timestamp": integer(0, 99_999_999_999), "format": string(3000, 1)},
            {**_STYLE, "url": url(), "fallback": string(3000)},
        ),
    }
)
_INSIDE = {"elements": items(tagged(_PIECES), _LONG, 0)}
_VERBATIM = {"elements": items(tagged(_PIECES, {"text", "link"}), _LONG, 0)}
_BORDER = {"border": integer(0, 1)}
_SECTION = shape(_INSIDE, {})

_PARTS = MappingProxyType(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": shape(_INSIDE, _BORDER),
        "rich_text_preformatted": shape(_VERBATIM, {**_BORDER, "language": string(255)}),
        "rich_text_list": shape(
            {"style": one_of("bullet", "ordered"), "elements": items(tagged({"rich_text_section": _SECTION}), _LONG)},
            {**_BORDER, "indent": integer(0, 8), "offset": integer(0, 1_000_000)},
        ),
    }
)


def rich_text_parts(value: Any, path: str, found: Findings) -> None:
    """The ``elements`` of a rich text block."""
    items(tagged(_PARTS), _LONG)(value, path, found)


RICH_TEXT = shape({"elements": rich_text_parts}, {"block_id": string(255, 1)})
ONLY_RICH_TEXT = tagged(MappingProxyType({"rich_text": RICH_TEXT}))
