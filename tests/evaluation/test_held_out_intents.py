"""The bar for intents, on meetings that no rule and no weight has seen. Only figures: their mistakes stay unread."""

import asyncio
from pathlib import Path

import pytest

from sequences.evaluation.intents import IntentReport, evaluate_intents
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import Intents
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import DETECT_INTENTS

HERE = Path(__file__).parents[2] / "evaluation"
LEAST_CASES = 15  # of a kind; of fewer a share says little
LEAST_PRECISION = 0.70  # of a kind


async def offline(material: MeetingMaterial) -> Intents:
    return DETECT_INTENTS.check(material, DETECT_INTENTS.offline(material))


@pytest.fixture(scope="module")
def report() -> IntentReport:
    texts = ((HERE / name).read_text(encoding="utf-8") for name in ("intents.jsonl", "transcripts.jsonl"))
    return asyncio.run(evaluate_intents(read_intent_set(*texts).of_split("heldout"), offline))


def test_intent_19_what_is_listed_is_right_and_most_of_what_was_said_is_listed(report: IntentReport) -> None:
    assert (report.overall.precision or 0) >= 0.85
    assert (report.overall.recall or 0) >= 0.60


def test_intent_20_precision_comes_before_recall_for_every_kind(report: IntentReport) -> None:
    kinds = {kind: score for kind, score in report.kinds.items() if score.right + score.false >= LEAST_CASES}
    assert len(kinds) >= 8
    poor = {kind.value: score.precision for kind, score in kinds.items() if (score.precision or 0) < LEAST_PRECISION}
    assert poor == {}
    assert (report.overall.precision or 0) > (report.overall.recall or 0)


def test_intent_18_quotes_are_verbatim_and_speakers_on_their_side(report: IntentReport) -> None:
    assert report.verbatim.ratio == 1
    assert (report.speaker_side.ratio or 0) >= 0.95
