"""The labelled data: up to date, big enough, and in keeping with what counts."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evaluation.compile import HERE, ScriptError, compile_meeting, compiled
from evaluation.mail_scripts import REPLY_CLASSES, TRIAGE, MailScriptError, compile_mails
from sequences.records.insight import IntentKind

OURS = {"rep", "internal"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def test_the_files_are_what_was_written() -> None:
    """Changed a meeting? `python -m evaluation.compile`."""
    for name, content in compiled().items():
        assert (HERE / name).read_text(encoding="utf-8") == content


def test_there_are_enough_of_both_splits() -> None:
    assert Counter(row["split"] for row in rows("transcripts.jsonl")) == {"dev": 357, "heldout": 110, "phrases": 45}
    mails = rows("mails.jsonl")
    assert len(mails) == len({mail["id"] for mail in mails})
    assert Counter(mail["split"] for mail in mails if mail["split"] != "phrases") == {"dev": 771, "heldout": 303}
    assert sum(mail["split"] == "phrases" for mail in mails) >= 300


@pytest.mark.parametrize("kind", list(IntentKind))
def test_every_kind_is_labelled_in_both_splits(kind: IntentKind) -> None:
    counts = Counter(row["split"] for row in rows("intents.jsonl") if kind.value in row["labels"])
    assert counts["dev"] >= 15
    assert counts["heldout"] >= 9


def test_labels_sit_where_their_kind_can() -> None:
    """Only our side writes proposals, only the other side asks, doubts, decides and promises to come back."""
    turns = {(row["transcript_id"], turn["turn"]): turn for row in rows("transcripts.jsonl") for turn in row["turns"]}
    for row in rows("intents.jsonl"):
        ours = turns[row["transcript_id"], row["turn"]]["role"] in OURS
        kinds = set(row["labels"])
        assert not (IntentKind.SEND_PROPOSAL in kinds and not ours), row
        assert not (kinds - {IntentKind.SEND_PROPOSAL, IntentKind.SCHEDULE_MEETING} and ours), row


def test_internal_meetings_carry_no_label() -> None:
    internal = {
        row["transcript_id"] for row in rows("transcripts.jsonl") if all(turn["role"] in OURS for turn in row["turns"])
    }
    assert len(internal) >= 10
    assert not internal & {row["transcript_id"] for row in rows("intents.jsonl")}


def test_mails_carry_classes_that_there_are() -> None:
    for mail in rows("mails.jsonl"):
        assert mail["triage"] in TRIAGE
        assert mail.get("reply_class") in (REPLY_CLASSES if mail["kind"] == "campaign_reply" else (None,))
        assert mail["from"]
        assert mail["body"]


def test_addresses_belong_to_nobody() -> None:
    for mail in rows("mails.jsonl"):
        for domain in re.findall(r"[\w.+-]@([\w-]+(?:\.[\w-]+)+)", f"{mail['from']} {mail['body']}"):
            assert domain.endswith(".example"), mail["id"]


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dev" / "small.txt"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_meeting_compiles(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "about: small\nrep: Ann Lee\nprospect: Mr. Oak\naliases: A = Ann Lee\ntimes: yes\n---\n"
        "A: Hello: you?\nOak: Send me the deck. || content ?time\n",
    )
    transcript, labels = compile_meeting(path)
    assert transcript["transcript_id"] == "dev-small"
    assert [(turn["speaker"], turn["role"], turn["text"]) for turn in transcript["turns"]] == [
        ("Ann Lee", "rep", "Hello: you?"),
        ("Mr. Oak", "prospect", "Send me the deck."),
    ]
    assert transcript["turns"][1]["start"] > transcript["turns"][0]["end"] > transcript["turns"][0]["start"]
    assert labels == [
        {
            "transcript_id": "dev-small",
            "turn": 1,
            "labels": ["request:send_content"],
            "borderline": ["signal:timeline"],
            "split": "dev",
        }
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("Nobody: Hi.", "small.txt:4: Nobody is not exactly one of the speakers"),
        ("Ann: Hi. || nonsense", "small.txt:4: no such label: nonsense"),
        ("a line without a speaker", "small.txt:4: not `Speaker: text`"),
    ],
)
def test_a_wrong_meeting_says_where(tmp_path: Path, lines: str, problem: str) -> None:
    path = written(tmp_path, f"rep: Ann Lee\nprospect: Bo\n---\n{lines}\n")
    with pytest.raises(ScriptError, match=problem):
        compile_meeting(path)


@pytest.mark.parametrize(
    "script",
    [
        "=== inbox nonsense\nFrom: a@b.example\n\nHi\n",
        "=== campaign_reply fyi\nFrom: a@b.example\n\nHi\n",
        "=== inbox fyi nonsense\nFrom: a@b.example\n\nHi\n",
        "=== inbox fyi\nFrom: a@b.example\n",
    ],
)
def test_a_wrong_mail_says_where(tmp_path: Path, script: str) -> None:
    path = written(tmp_path, script)
    with pytest.raises(MailScriptError, match=r"small\.txt, mail 1"):
        list(compile_mails(path))
