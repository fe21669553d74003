"""Runs of Slack's rich text: what a paragraph is made of. A plain string is a run, too.

Rich text is shown letter by letter, so a run may hold anything that somebody said or wrote.
"""

from collections.abc import Sequence
from typing import Any

from blocks.text import clean, is_slack_user

Run = dict[str, Any]


def bold(text: str) -> Run:
    return _styled(text, "bold")


def italic(text: str) -> Run:
    return _styled(text, "italic")


def struck(text: str) -> Run:
    return _styled(text, "strike")


def code(text: str) -> Run:
    return _styled(text, "code")


def person(who: str, is_bold: bool = False) -> Run:
    """``you``, or a mention when it is a Slack user id, or else the text as it is."""
    if not is_slack_user(who):
        return bold(who) if is_bold else _text(who)
    return {"type": "user", "user_id": who} | ({"style": {"bold": True}} if is_bold else {})


def runs(parts: Sequence[str | Run]) -> list[Run]:
    """As Slack takes them: cleaned, without empty ones, neighbours of one style joined."""
    joined: list[Run] = []
    for part in parts:
        run = _text(part) if isinstance(part, str) else part
        if run.get("text") == "":
            continue
        if joined and "text" in run and "text" in joined[-1] and run.get("style") == joined[-1].get("style"):
            joined[-1] = joined[-1] | {"text": joined[-1]["text"] + run["text"]}
        else:
            joined.append(run)
    return joined


def _text(text: str) -> Run:
    return {"type": "text", "text": clean(text)}


def _styled(text: str, style: str) -> Run:
    return _text(text) | {"style": {style: True}}
