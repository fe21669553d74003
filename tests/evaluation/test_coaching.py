"""Coaching facts against thirty labelled meetings: the figures may rise, and not fall."""

from pathlib import Path

import pytest

from sequences.coaching.facts import coaching_facts
from sequences.evaluation.coaching import CoachingSet, evaluate_coaching, read_coaching_set
from sequences.evaluation.errors import LabelledFileError
from sequences.records.coaching import CoachingFacts

HERE = Path(__file__).parents[2] / "evaluation"


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def labelled() -> CoachingSet:
    return read_coaching_set(text("coaching.jsonl"), text("transcripts.jsonl"))


@pytest.mark.parametrize(("split", "precision", "recall"), [("dev", 0.95, 0.95), ("heldout", 0.7, 0.5)])
def test_coach_08_objections_are_heard_and_their_handling_told(split: str, precision: float, recall: float) -> None:
    report = evaluate_coaching(labelled().of_split(split), coaching_facts)
    assert report.transcripts >= 10
    assert (report.objections.precision or 0) >= precision, report.mistakes
    assert (report.objections.recall or 0) >= recall, report.mistakes
    assert (report.kind.ratio or 0) >= 0.9
    assert (report.handling.ratio or 0) >= 0.85


@pytest.mark.parametrize("split", ["dev", "heldout"])
def test_coach_06_questions_are_told_open_from_closed(split: str) -> None:
    report = evaluate_coaching(labelled().of_split(split), coaching_facts)
    assert (report.questions.precision or 0) >= 0.7
    assert (report.questions.recall or 0) >= 0.6
    assert (report.form.ratio or 0) >= 0.9


def test_facts_that_say_nothing_miss_everything() -> None:
    report = evaluate_coaching(labelled(), lambda _: CoachingFacts())
    assert report.objections.right == report.objections.false == 0
    assert report.objections.missed > 40
    assert report.form.ratio is None
    assert any(line.startswith("missed trust in dev-") for line in report.mistakes)


def test_a_label_for_a_turn_that_does_not_exist_is_named() -> None:
    row = '{"transcript_id": "dev-print-shop-order", "objections": [{"turn": 99, "kind": "price"}]}'
    with pytest.raises(LabelledFileError, match="has no turn 99"):
        read_coaching_set(row, text("transcripts.jsonl"))
