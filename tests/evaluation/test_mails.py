"""Figures about mails, the files that they come from, and the command that prints them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main
from evaluation.compile import HERE
from evaluation.train_mails import examples, learn
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled_mails import MailSet
from sequences.evaluation.mails import MailReport, evaluate_mails
from sequences.evaluation.reading_mails import read_mails
from sequences.records.mail import MailClass, MailMaterial, MailTriage, ReplyClass, ReplyReading

MAILS = str(HERE / "mails.jsonl")
FYI = {"id": 1, "kind": "inbox", "body": "Hello.", "triage": "fyi"}


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_MODEL", "offline")


def lines(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", "mails", *arguments])


def report(*arguments: str) -> dict[str, Any]:
    run = typed(*arguments, "--json")
    assert run.exit_code == 0, run.output
    document: dict[str, Any] = json.loads(run.stdout)
    return document


@pytest.mark.parametrize(
    "headers",
    [
        {"date": "Wed, 14 Jan 2026 10:00:00 +0100", "X-Loop": ["a", "b"], "X-Empty": None},
        [["date", "Wed, 14 Jan 2026 10:00:00 +0100"], ["X-Loop", "a"], ["X-Loop", "b"], ["X-Empty", None]],
        [{"name": "Date", "value": "2026-01-14T10:00:00+01:00"}, {"name": "x-loop", "value": "a b"}],
    ],
)
def test_headers_are_read_as_an_object_or_as_pairs(headers: object) -> None:
    (read,) = read_mails(lines(FYI | {"headers": headers})).mails
    assert read.mail.header("x-LOOP") == "a b"
    assert read.mail.received_at is not None
    assert read.mail.received_at.utcoffset() is not None
    assert read.mail.received_at.hour == 10


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": 2, "kind": "inbox", "body": "x", "triage": "nonsense"}, "line 2: triage is 'nonsense'; expected one"),
        ({"id": 2, "kind": "post", "body": "x"}, "line 2: kind is 'post'"),
        ({"id": 2, "body": "x", "triage": "fyi"}, "line 2: kind is missing"),
        ({"kind": "inbox", "body": "x", "triage": "fyi"}, "line 2: id is missing"),
        ({"id": 2, "kind": "inbox", "triage": "fyi"}, "line 2: neither a body nor a subject"),
        ({"id": 2, "kind": "inbox", "body": "x", "reply_class": "neutral"}, "line 2: reply_class is only"),
        (FYI | {"id": 2, "acceptable": ["maybe"]}, "line 2: acceptable names 'maybe'"),
        (FYI | {"id": 2, "headers": "none"}, "line 2: headers is neither"),
        (FYI | {"id": 2, "return_on": "soon"}, "line 2: return_on is 'soon'"),
        (FYI, "two mails have the id 1"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(row: dict[str, Any], problem: str) -> None:
    with pytest.raises(LabelledFileError, match=problem.replace("(", r"\(")):
        read_mails(lines(FYI, row))


async def _judged(data: MailSet, triage: MailClass, reply: ReplyClass) -> MailReport:
    async def triaged(_: MailMaterial) -> MailTriage:
        return MailTriage(kind=triage, confidence=0.8, quote="nobody wrote this")

    async def read(_: MailMaterial) -> ReplyReading:
        return ReplyReading(kind=reply, confidence=0.6)

    return await evaluate_mails(data, triaged, read)


async def test_what_is_acceptable_counts_as_right() -> None:
    data = read_mails(
        lines(
            FYI,
            FYI | {"id": 2, "triage": "needs_response", "acceptable": ["fyi"]},
            FYI | {"id": 3, "triage": "meeting_request"},
            FYI | {"id": 4, "kind": "campaign_reply", "reply_class": "unsubscribe"},
        )
    )
    found = await _judged(data, MailClass.FYI, ReplyClass.NEUTRAL)
    assert found.triage is not None
    assert found.reply is not None
    assert (found.triage.accuracy.right, found.triage.accuracy.of) == (3, 4)
    assert found.triage.classes["fyi"].precision == 0.75
    assert found.triage.classes["meeting_request"].recall == 0
    assert found.triage.classes["needs_response"].recall is None
    assert found.triage.confusion[("meeting_request", "fyi")] == 1
    assert [(mistake.mail_id, mistake.wanted) for mistake in found.triage.mistakes] == [("3", "meeting_request")]
    assert found.reply.classes["unsubscribe"].recall == 0
    assert (found.verbatim.right, found.verbatim.of) == (0, 4)


def test_json_holds_every_figure_and_the_held_out_mails_reach_the_bar() -> None:
    document = report(MAILS, "--split", "heldout", "--against", "offline")
    assert document["mails"] == 303
    assert document["triage"]["accuracy"]["ratio"] >= 0.85
    assert document["reply"]["accuracy"]["ratio"] >= 0.85
    assert document["reply"]["classes"]["unsubscribe"]["recall"] >= 0.95
    assert document["reply"]["classes"]["out_of_office"]["recall"] >= 0.95
    assert document["quotes_verbatim"]["ratio"] == 1
    assert document["cost"]["calls"] == 0
    assert document["against"]["triage"] == document["triage"]


def test_the_table_shows_classes_confusion_and_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    thanks: dict[str, Any] = {"kind": "campaign_reply", "body": "Thanks, that is all.", "triage": "meeting_request"}
    path.write_text(lines(*(thanks | {"id": at, "reply_class": "out_of_office"} for at in (1, 2))), encoding="utf-8")
    run = typed(str(path), "--mistakes", "3")
    assert run.exit_code == 0, run.output
    assert all(name in run.stdout for name in (*MailClass, *ReplyClass))
    assert "Recall: out of office" in run.stdout
    assert run.stdout.count(": ") > 10
    assert "2 x meeting_request taken for fyi" in run.stdout
    assert run.stdout.count("meeting_request taken for fyi (") == 2
    assert run.stdout.count("out_of_office taken for ") == 2  # once counted, once shown


def test_two_engines_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(
        lines(FYI, {**FYI, "id": 2, "kind": "campaign_reply", "reply_class": "unsubscribe"}), encoding="utf-8"
    )
    run = typed(str(path), "--against", "offline")
    assert run.exit_code == 0, run.output
    (row,) = (line for line in run.stdout.splitlines() if line.startswith("triage accuracy"))
    assert row.count("100.0% (2 of 2)") == 2
    (row,) = (line for line in run.stdout.splitlines() if line.startswith("unsubscribe recall"))
    assert row.split()[2:] == ["0.0%", "0.0%"]


def test_a_wrong_file_and_a_wrong_split_are_told(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(lines(FYI) + "\n{", encoding="utf-8")
    run = typed(str(path))
    assert run.exit_code != 0
    assert "some.jsonl, line 2: not JSON" in run.output
    path.write_text(lines(FYI), encoding="utf-8")
    assert "There is: no split at all" in typed(str(path), "--split", "dev").output


def test_weights_are_learnt_from_what_is_shown() -> None:
    rows = [
        {"id": f"{word}{number}", "kind": "inbox", "body": f"{word} {number}", "triage": label}
        for word, label in (("apples", "fyi"), ("pears", "needs_response"))
        for number in range(6)
    ]
    weights = learn(list(examples(read_mails(lines(*rows)).mails, "triage")))
    assert weights["fyi"]["w:apples"] > 0 > weights["fyi"]["w:pears"]
    assert weights["needs_response"]["w:pears"] > 0 > weights["needs_response"]["w:apples"]
