"""The figures follow from what was found and what is labelled, and from nothing else."""

import json

import pytest

from sequences.evaluation.figures import Score, Share, buckets, spread
from sequences.evaluation.intents import Detect, IntentReport, evaluate_intents
from sequences.evaluation.labelled import IntentSet
from sequences.evaluation.material import Seating, material_of
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side

REP, PROSPECT, UNKNOWN = Side.REP, Side.PROSPECT, Side.UNKNOWN
NAMES = ("Ann Lee", "Bo Oak", "Cy Hill", "Di Moor")
TIMELINE, COMPETITIVE = IntentKind.TIMELINE, IntentKind.COMPETITIVE


def data(*roles: str, labels: list[dict[str, object]] | None = None) -> IntentSet:
    """One meeting; turn n is spoken by the nth name in the nth role and says "words n"."""
    turns = [{"speaker": NAMES[n], "role": role, "text": f"words {n}"} for n, role in enumerate(roles)]
    rows = [{"transcript_id": "t", **row} for row in labels or []]
    return read_intent_set(json.dumps(rows), json.dumps([{"transcript_id": "t", "turns": turns}]))


def heard(
    turn: int, kind: IntentKind = TIMELINE, *, side: Side = PROSPECT, quote: str = "words", confidence: float = 0.9
) -> Intent:
    return Intent(kind=kind, speaker=side, speaker_name="x", quote=quote, turn=turn, confidence=confidence)


def hearing(*items: Intent) -> Detect:
    async def detect(material: MeetingMaterial) -> Intents:
        return Intents(items=items)

    return detect


async def measured(data: IntentSet, *items: Intent) -> IntentReport:
    return await evaluate_intents(data, hearing(*items))


async def test_right_false_and_missed_are_counted_by_kind() -> None:
    given = data("rep", "prospect", "prospect", labels=[{"turn": 1, "labels": [TIMELINE, COMPETITIVE]}])
    report = await measured(given, heard(1), heard(2))
    assert report.kinds[TIMELINE] == Score(right=1, false=1, missed=0)
    assert report.kinds[COMPETITIVE] == Score(missed=1)
    assert report.overall == Score(right=1, false=1, missed=1)
    assert (report.overall.precision, report.overall.recall, report.overall.f1) == (0.5, 0.5, 0.5)


async def test_borderline_pairs_count_neither_way() -> None:
    given = data("prospect", "prospect", labels=[{"turn": turn, "borderline": [TIMELINE]} for turn in (0, 1)])
    report = await measured(given, heard(0))
    assert report.overall == Score()
    assert report.overall.precision is None
    assert report.borderline == 2
    assert report.calibration == ()


async def test_a_pair_that_is_certain_and_borderline_is_borderline() -> None:
    given = data("prospect", labels=[{"turn": 0, "labels": [TIMELINE], "borderline": [TIMELINE]}])
    assert (await measured(given)).overall == Score()


async def test_what_is_not_sure_enough_is_not_counted() -> None:
    given = data("prospect", labels=[{"turn": 0, "labels": [TIMELINE]}])
    assert (await measured(given, heard(0, confidence=0.7))).overall == Score(missed=1)


async def test_the_same_pair_twice_counts_once() -> None:
    given = data("prospect", labels=[{"turn": 0, "labels": [TIMELINE]}])
    report = await measured(given, heard(0, confidence=0.95), heard(0, confidence=0.8))
    assert report.overall == Score(right=1)
    assert report.calibration[0].mean_confidence == 0.95


async def test_a_turn_that_there_is_not_is_a_false_detection() -> None:
    report = await measured(data("prospect"), heard(5), heard(-1))
    assert report.overall == Score(false=2)
    assert report.verbatim == Share(right=0, of=2)
    assert [mistake.turn for mistake in report.mistakes] == ["-1", "5"]


@pytest.mark.parametrize(
    ("role", "side", "right"),
    [
        ("rep", REP, True),
        ("internal", REP, True),
        ("rep", UNKNOWN, False),
        ("prospect", PROSPECT, True),
        ("prospect", REP, False),
        ("other", UNKNOWN, True),
        ("other", PROSPECT, True),
        ("other", REP, False),
    ],
)
async def test_the_speakers_side_is_judged_by_role(role: str, side: Side, right: bool) -> None:
    report = await measured(data(role), heard(0, side=side))
    assert report.speaker_side == Share(right=int(right), of=1)


async def test_quotes_must_be_the_turns_own_words() -> None:
    quotes = ("words 0", "Words 0", "", "words 1")
    report = await measured(data("prospect", "prospect"), *(heard(0, quote=quote) for quote in quotes))
    assert report.verbatim == Share(right=1, of=4)


async def test_a_meeting_without_labels_is_noted() -> None:
    report = await measured(data("prospect"), heard(0))
    assert report.overall == Score(false=1)
    assert report.notes == ("1 transcripts have no labels; every detection in them counts as false",)


async def test_mistakes_come_in_the_order_of_the_talk() -> None:
    given = data("prospect", "prospect", labels=[{"turn": 1, "labels": [COMPETITIVE]}])
    report = await measured(given, heard(0, quote="words 0"))
    false, missed = report.mistakes
    assert (false.turn, false.kind, false.confidence, false.quote) == ("0", TIMELINE, 0.9, "words 0")
    assert (missed.turn, missed.kind, missed.confidence, missed.text) == ("1", COMPETITIVE, None, "words 1")


def test_buckets_hold_their_lower_edge_and_the_last_one_both() -> None:
    found = buckets([(0.7, True), (0.79, False), (0.8, True), (1.0, False)], (0.7, 0.8, 1.0))
    assert [(bucket.low, bucket.share) for bucket in found] == [
        (0.7, Share(right=1, of=2)),
        (0.8, Share(right=1, of=2)),
    ]
    assert found[0].mean_confidence == pytest.approx(0.745)


def test_a_spread_of_nothing_is_nothing() -> None:
    assert spread([]).worst == 0
    assert (spread([3, 1, 2]).median, spread([3, 1, 2]).total) == (2, 6)


def sides(given: IntentSet, seating: Seating) -> list[Side]:
    return list(material_of(given.transcripts[0], seating).sides.values())


def test_sides_are_as_the_file_says() -> None:
    assert sides(data("rep", "internal", "prospect", "other"), Seating.ROLES) == [REP, REP, PROSPECT, UNKNOWN]


def test_sides_follow_from_our_names_alone() -> None:
    assert sides(data("rep", "prospect", "other"), Seating.NAMES) == [REP, PROSPECT, PROSPECT]


@pytest.mark.parametrize("seating", list(Seating))
def test_without_a_prospect_a_meeting_is_internal(seating: Seating) -> None:
    assert material_of(data("rep", "internal", "other").transcripts[0], seating).is_internal


@pytest.mark.parametrize("seating", list(Seating))
def test_without_any_role_nobody_is_ours(seating: Seating) -> None:
    assert set(sides(data("", ""), seating)) == {UNKNOWN}
