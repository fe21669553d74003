"""Action items against labels: what counts as found, whose it is, and what a file may say wrongly."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from evaluation.compile import HERE
from sequences.evaluation.actions import ActionReport, evaluate_actions, read_action_set
from sequences.evaluation.errors import LabelledFileError
from sequences.records.insight import ActionItem, ActionItems
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side

TURNS = [
    {"turn": 10, "speaker": "Ann", "role": "rep", "text": "I'll send it on Friday."},
    {"turn": 11, "speaker": "Bob", "role": "prospect", "text": "I'll ask my boss."},
    {"turn": 12, "speaker": "Ann", "role": "rep", "text": "Fine."},
    {"turn": 13, "speaker": "Bob", "role": "prospect", "text": "Bye."},
]
TRANSCRIPTS = json.dumps({"transcript_id": "one", "split": "dev", "turns": TURNS})
FRIDAY = date(2026, 1, 9)


def labels(*items: dict[str, object]) -> str:
    return json.dumps({"transcript_id": "one", "items": items})


def item(turn: int, side: Side, due_on: date | None = None) -> ActionItem:
    text = str(TURNS[turn]["text"])
    return ActionItem(owner=None, owner_side=side, text=text, due_on=due_on, quote=text, turn=turn)


async def judged(content: str, *found: ActionItem) -> ActionReport:
    async def extract(_: MeetingMaterial) -> ActionItems:
        return ActionItems(items=found)

    return await evaluate_actions(read_action_set(content, TRANSCRIPTS), extract)


def counts(report: ActionReport) -> tuple[int, int, int]:
    return report.overall.right, report.overall.false, report.overall.missed


SEND = {"turn": 10, "owner": "rep", "text": "Send it", "due_on": "2026-01-09"}
ASK = {"turn": 11, "owner": "prospect", "text": "Ask the boss"}


async def test_right_missed_and_false_are_counted() -> None:
    report = await judged(labels(SEND, ASK), item(0, Side.REP, FRIDAY), item(3, Side.PROSPECT))
    assert counts(report) == (1, 1, 1)
    assert (report.due.right, report.due.of) == (1, 1)
    assert [mistake.kind for mistake in report.mistakes] == ["missed", "false"]


async def test_the_turn_beside_it_counts_and_two_turns_off_do_not() -> None:
    assert counts(await judged(labels(ASK), item(2, Side.PROSPECT))) == (1, 0, 0)
    assert counts(await judged(labels(SEND), item(2, Side.REP))) == (0, 1, 1)


async def test_a_wrong_owner_is_false_and_missed_at_once() -> None:
    report = await judged(labels(SEND), item(0, Side.PROSPECT))
    assert counts(report) == (0, 1, 1)
    assert (report.owner.right, report.owner.of) == (0, 1)
    assert report.sides[Side.PROSPECT].false == 1
    assert report.sides[Side.REP].missed == 1


async def test_one_item_answers_one_label() -> None:
    report = await judged(labels(SEND, {**SEND, "text": "Also send the other"}), item(0, Side.REP, FRIDAY))
    assert counts(report) == (1, 0, 1)


async def test_a_borderline_item_counts_neither_way() -> None:
    borderline = {**SEND, "borderline": True}
    assert counts(await judged(labels(borderline), item(0, Side.REP))) == (0, 0, 0)
    assert counts(await judged(labels(borderline))) == (0, 0, 0)


@pytest.mark.parametrize(
    ("label", "found", "due"),
    [
        ({"turn": 10, "owner": "rep"}, FRIDAY, (0, 0)),
        ({"turn": 10, "owner": "rep", "due_on": None}, FRIDAY, (0, 1)),
        ({"turn": 10, "due_on": None}, None, (1, 1)),
        ({"turn": 10, "owner": "internal", "due_on": "2026-01-09"}, FRIDAY, (1, 1)),
    ],
)
async def test_a_date_is_judged_where_the_label_has_one(
    label: dict[str, object], found: date | None, due: tuple[int, int]
) -> None:
    report = await judged(labels(label), item(0, Side.REP, found))
    assert (report.due.right, report.due.of) == due


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"transcript_id": "two", "items": []}', "not in the transcripts file"),
        (labels({"turn": 99}), "has no turn 99"),
        (labels({"turn": 10, "owner": "boss"}), "owner is 'boss'"),
        (labels({"turn": 10, "due_on": "Friday"}), "not a date"),
        ('{"transcript_id": "one", "items": ["x"]}', "not a JSON object"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(content: str, says: str) -> None:
    with pytest.raises(LabelledFileError, match=f"labels, line 1.*{says}"):
        read_action_set(content, TRANSCRIPTS)


def test_the_command_prints_both_forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIXTY_MODEL", "offline")
    files = [str(HERE / "actions.jsonl"), "--transcripts", str(HERE / "transcripts.jsonl")]
    table = CliRunner().invoke(main, ["eval", "actions", *files, "--split", "heldout"])
    assert table.exit_code == 0, table.output
    assert "18 meetings, 48 labelled action items" in table.stdout
    answer = json.loads(CliRunner().invoke(main, ["eval", "actions", *files, "--split", "heldout", "--json"]).stdout)
    assert answer["quotes_verbatim"]["ratio"] == 1
    assert answer["overall"]["right"] + answer["overall"]["missed"] == answer["items"]
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"transcript_id": "nobody"}', encoding="utf-8")
    refused = CliRunner().invoke(main, ["eval", "actions", str(broken), *files[1:]])
    assert refused.exit_code == 1
    assert "broken.jsonl, line 1" in refused.output


def test_the_labels_fit_their_meetings() -> None:
    data = read_action_set(
        (HERE / "actions.jsonl").read_text(encoding="utf-8"), (HERE / "transcripts.jsonl").read_text(encoding="utf-8")
    )
    assert len(data.transcripts) >= 40
    assert {split: len(data.of_split(split).transcripts) for split in ("dev", "heldout")} == {"dev": 22, "heldout": 18}
