"""Call types and CRM fields against the labelled meetings: the figures may rise, and not fall."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from sequences.evaluation.calls import CallReport, evaluate_calls
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.fields import FieldReport, FieldSet, evaluate_fields, read_field_set
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import CallKind, CallType, CrmObject, FieldUpdate, FieldUpdates
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import CLASSIFY_CALL, EXTRACT_CRM_FIELDS
from sequences.skills.skill import Skill

HERE = Path(__file__).parents[2] / "evaluation"


def offline(skill: Skill[Any, Any]) -> Callable[[MeetingMaterial], Awaitable[Any]]:
    async def answer(material: MeetingMaterial) -> Any:
        return skill.check(material, skill.offline(material))

    return answer


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


async def calls_of(split: str) -> CallReport:
    transcripts = read_intent_set("", text("transcripts.jsonl")).transcripts
    return await evaluate_calls([item for item in transcripts if item.split == split], offline(CLASSIFY_CALL))


async def fields_of(split: str) -> FieldReport:
    return await evaluate_fields(field_set().of_split(split), offline(EXTRACT_CRM_FIELDS))


def field_set() -> FieldSet:
    return read_field_set(text("fields.jsonl"), text("transcripts.jsonl"))


@pytest.mark.parametrize(("split", "least"), [("dev", 0.83), ("heldout", 0.75)])
async def test_meet_06_call_types_are_told_apart(split: str, least: float) -> None:
    report = await calls_of(split)
    assert report.transcripts >= 30
    assert (report.accepted.ratio or 0) >= least, report.mistakes


async def test_a_second_answer_of_the_label_counts_and_another_does_not() -> None:
    transcripts = read_intent_set("", text("transcripts.jsonl")).transcripts
    chosen = [item for item in transcripts if item.call_types[:2] == ("negotiation", "discovery")]

    async def always(_: MeetingMaterial) -> CallType:
        return CallType(kind=CallKind.DISCOVERY, confidence=0.5)

    report = await evaluate_calls([*chosen, *(item for item in transcripts if item.call_types == ("demo",))], always)
    assert report.best.right == 0
    assert report.accepted.right == len(chosen)
    assert {mistake.wanted for mistake in report.mistakes} == {("demo",)}


@pytest.mark.parametrize(("split", "precision", "recall"), [("dev", 0.9, 0.75), ("heldout", 0.85, 0.5)])
async def test_meet_06_fields_are_filled_from_the_right_words(split: str, precision: float, recall: float) -> None:
    report = await fields_of(split)
    assert (report.overall.precision or 0) >= precision, report.mistakes
    assert (report.overall.recall or 0) >= recall, report.mistakes
    assert report.verbatim.right == report.verbatim.of > 0


async def test_a_field_from_the_wrong_turn_is_false_and_the_label_missed() -> None:
    data = field_set()
    label = next(item for item in data.transcripts if item.id == "dev-drone-survey-discovery")
    one = FieldSet(transcripts=(label,), fields={label.id: data.fields[label.id]})

    async def wrong(material: MeetingMaterial) -> FieldUpdates:
        turn = material.transcript.turns[0]
        update = FieldUpdate(object=CrmObject.DEAL, field="pain", new="x", quote=turn.text, turn=0)
        return FieldUpdates(items=(update,))

    report = await evaluate_fields(one, wrong)
    assert (report.fields["pain"].false, report.fields["pain"].missed) == (1, 1)


def test_a_label_for_a_turn_that_does_not_exist_is_named() -> None:
    row = '{"transcript_id": "dev-print-shop-order", "fields": [{"object": "deal", "field": "pain", "turns": [99]}]}'
    with pytest.raises(LabelledFileError, match="has not all of the turns 99"):
        read_field_set(row, text("transcripts.jsonl"))
