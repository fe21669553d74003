"""The hand-written mails. A file holds many, each behind a line ``=== kind triage[/reply_class] [return=…] [also …]``.

Headers follow, then an empty line, then the body, as in a mail. Words behind the class are acceptable as well. The
file's name begins with the split. A file of phrases has one short mail a line, ``triage[/reply_class] [also …]: text``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

TRIAGE = ("proposal_request", "meeting_request", "needs_response", "fyi")
REPLY_CLASSES = ("unsubscribe", "out_of_office", "negative", "positive", "neutral")


class MailScriptError(ValueError):
    """A mail that does not follow the form; the message names the file and the mail."""


def compile_mails(path: Path) -> Iterator[dict[str, Any]]:
    for number, script in enumerate(path.read_text(encoding="utf-8").split("=== ")[1:], start=1):
        head, found, body = script.partition("\n\n")
        label, *header_lines = head.splitlines()
        place = f"{path.name}, mail {number}"
        if not found or not header_lines:
            raise MailScriptError(f"{place}: no headers, or no empty line behind them")
        headers = dict(line.split(": ", 1) for line in header_lines)
        yield {
            "id": f"{path.stem}-{number:03}",
            "split": path.stem.partition("-")[0],
            **_labels(label, place),
            "subject": headers.pop("Subject", ""),
            "from": headers.pop("From"),
            "headers": headers,
            "body": body.strip(),
        }


def compile_phrases(path: Path) -> Iterator[dict[str, Any]]:
    """Their split is ``phrases``; they have no subject and a sender without a name."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        label, found, text = line.partition(": ")
        place = f"{path.name}:{number}"
        if not found or not text.strip():
            raise MailScriptError(f"{place}: not `class: text`")
        kind = "campaign_reply" if "/" in label.split()[0] else "inbox"
        yield {
            "id": f"phrases-{path.stem}-{number:03}",
            "split": "phrases",
            **_labels(f"{kind} {label}", place),
            "subject": "",
            "from": "somebody@elsewhere.example",
            "headers": {},
            "body": text.strip(),
        }


def _labels(label: str, place: str) -> dict[str, Any]:
    kind, classes, *others = label.split()
    triage, _, reply_class = classes.partition("/")
    returns = [word.removeprefix("return=") for word in others if word.startswith("return=")]
    acceptable = [word for word in others if not word.startswith("return=")]
    known = {*TRIAGE, *REPLY_CLASSES}
    if triage not in TRIAGE or (kind == "campaign_reply") != (reply_class in REPLY_CLASSES):
        raise MailScriptError(f"{place}: {label} names no class that fits")
    if not known.issuperset(acceptable):
        raise MailScriptError(f"{place}: {label} accepts a class that there is not")
    row: dict[str, Any] = {"kind": kind, "triage": triage}
    if reply_class:
        row["reply_class"] = reply_class
    if acceptable:
        row["acceptable"] = acceptable
    if returns:
        row["return_on"] = returns[0]
    return row
