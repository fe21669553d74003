"""Turn the hand-written meetings and mails into JSON Lines: ``python -m evaluation.compile [--only mails|meetings]``.

A meeting is a text file: a header of ``key: value`` lines (about, type, rep, internal, prospect, other, aliases,
times), a line ``---`` and one ``Speaker: text`` line per turn. ``type`` names the sort of call, behind commas others
that a careful reader might say as well. Labels follow the text behind `` || ``; a ``?`` before one
marks the pair as borderline. The folder is the split: ``dev`` or ``heldout``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evaluation.mail_scripts import MailScriptError, compile_mails, compile_phrases

HERE = Path(__file__).resolve().parent
ROLES = ("rep", "internal", "prospect", "other")
KINDS = {
    "prop": "commitment:send_proposal",
    "meet": "commitment:schedule_meeting",
    "content": "request:send_content",
    "multi": "signal:multi_stakeholder",
    "comp": "signal:competitive",
    "pos": "signal:buying_positive",
    "neg": "signal:buying_negative",
    "time": "signal:timeline",
    "back": "commitment:prospect_followup",
}
CALL_TYPES = ("discovery", "demo", "negotiation", "check_in", "internal", "other")
WORDS_PER_SECOND = 2.6  # an unhurried conversation
PAUSE_S = 0.6

Row = dict[str, Any]


class ScriptError(ValueError):
    """A meeting that does not follow the form; the message names the file and the line."""


def compile_meeting(path: Path) -> tuple[Row, list[Row]]:
    """The transcript and the labels of its labelled turns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    split_at = lines.index("---") if "---" in lines else len(lines)
    head = dict(line.split(": ", 1) for line in lines[:split_at])
    people = {name.strip(): role for role in ROLES for name in head.get(role, "").split(",") if name.strip()}
    aliases = dict(pair.split(" = ") for pair in head.get("aliases", "").split(", ") if pair)
    transcript_id = f"{path.parent.name}-{path.stem}"
    turns: list[Row] = []
    labels: list[Row] = []
    for number, line in enumerate(lines[split_at + 1 :], start=split_at + 2):
        place = f"{path.name}:{number}"
        said, _, marks = line.partition(" || ")
        label, found, text = said.partition(": ")
        if not found:
            raise ScriptError(f"{place}: not `Speaker: text`")
        speaker = _who(aliases.get(label, label), people, place)
        turns.append({"turn": len(turns), "speaker": speaker, "role": people[speaker], "text": text.strip()})
        if marks.strip():
            labels.append(_labels(transcript_id, len(turns) - 1, marks, place) | {"split": path.parent.name})
    if head.get("times") == "yes":
        turns = list(_timed(turns))
    about: Row = {"transcript_id": transcript_id, "split": path.parent.name, "about": head.get("about", "")}
    if "type" in head:
        about["call_types"] = _call_types(head["type"], path)
    return about | {"turns": turns}, labels


def _call_types(named: str, path: Path) -> list[str]:
    found = [name.strip() for name in named.split(",")]
    unknown = sorted(set(found) - set(CALL_TYPES))
    if unknown:
        raise ScriptError(f"{path.name}: no such type of call: {', '.join(unknown)}")
    return found


def _who(label: str, people: Iterable[str], place: str) -> str:
    found = [name for name in people if label == name or label in name.split()]
    if len(found) != 1:
        raise ScriptError(f"{place}: {label} is not exactly one of the speakers in the header")
    return found[0]


def _labels(transcript_id: str, turn: int, marks: str, place: str) -> Row:
    certain = [mark for mark in marks.split() if not mark.startswith("?")]
    doubtful = [mark[1:] for mark in marks.split() if mark.startswith("?")]
    unknown = sorted({*certain, *doubtful} - KINDS.keys())
    if unknown:
        raise ScriptError(f"{place}: no such label: {', '.join(unknown)}")
    row: Row = {"transcript_id": transcript_id, "turn": turn, "labels": [KINDS[mark] for mark in certain]}
    return row | {"borderline": [KINDS[mark] for mark in doubtful]} if doubtful else row


def _timed(turns: Iterable[Row]) -> Iterator[Row]:
    clock = 2.0
    for turn in turns:
        end = clock + len(turn["text"].split()) / WORDS_PER_SECOND
        yield turn | {"start": round(clock, 1), "end": round(end, 1)}
        clock = end + PAUSE_S


def compiled(only: str | None = None) -> dict[str, str]:
    """File name → content, in the order of the names of what was written. ``only`` is ``mails`` or ``meetings``."""
    return (_meetings() if only != "mails" else {}) | (_mails() if only != "meetings" else {})


def _meetings() -> dict[str, str]:
    meetings = [compile_meeting(path) for path in sorted(HERE.glob("meetings/*/*.txt"))]
    return {
        "transcripts.jsonl": _lines(transcript for transcript, _ in meetings),
        "intents.jsonl": _lines(row for _, labels in meetings for row in labels),
    }


def _mails() -> dict[str, str]:
    whole = [mail for path in sorted(HERE.glob("mails/*.txt")) for mail in compile_mails(path)]
    phrases = [mail for path in sorted(HERE.glob("mails/phrases/*.txt")) for mail in compile_phrases(path)]
    return {"mails.jsonl": _lines([*whole, *phrases])}


def _lines(rows: Iterable[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Write the labelled files anew.")
    arguments.add_argument("--only", choices=("mails", "meetings"))
    for name, content in compiled(arguments.parse_args().only).items():
        (HERE / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except (ScriptError, MailScriptError) as error:
        sys.exit(str(error))
