"""Text from outside on its way into Slack: cleaned, escaped, cut. The only place that does any of it."""

import re

ELLIPSIS = "…"

# Control characters that Slack refuses or drops, lone surrogates that cannot be encoded, and the invisible
# direction overrides with which a text can be made to read as something else. Right-to-left letters stay.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_MARKUP = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def clean(text: str) -> str:
    """Without what cannot be shown. Line ends become ``\\n``."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """For a message's ``text``: ``& < >`` only, which leaves no way to write a mention, a broadcast or a link."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str, limit: int) -> str:
    """Whitespace collapsed, then cut to ``limit`` characters."""
    return cut(" ".join(clean(text).split()), limit)


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, at a word's end when one is near, with an ellipsis for what is missing."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = max(head.rfind(" "), head.rfind("\n"))
    if space > limit // 2:
        head = head[:space]
    return head.rstrip() + ELLIPSIS


def cut_lines(text: str, limit: int) -> str:
    """As ``cut``, at a line's end when one is near, as the lines of a letter want it."""
    if len(text) <= limit:
        return text
    end = text.rfind("\n", 0, limit - 1)
    return f"{text[:end].rstrip()}\n{ELLIPSIS}" if end > limit // 2 else cut(text, limit)


def cut_mrkdwn(text: str, limit: int) -> str:
    """As ``cut``, but never inside an escaped character or a link."""
    if len(text) <= limit:
        return text
    head = ""
    for atom in _MARKUP.findall(text):
        if len(head) + len(atom) > limit - 1:
            break
        head += atom
    return head.rstrip() + ELLIPSIS


def is_slack_user(text: str) -> bool:
    """Whether it has the shape of a Slack user id."""
    return _SLACK_USER.fullmatch(text) is not None


def listed(names: tuple[str, ...], most: int = 4) -> str:
    """``Sarah, James and 2 more``; empty for nobody."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) > 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return "".join(names)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 task``, ``3 tasks``."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
