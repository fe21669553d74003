"""Learning: the weights in the package come from the data in the repository, and the learner learns."""

import json

import pytest

from evaluation.descent import Descent, Rows, descend
from evaluation.learn_intents import (
    CHANCES,
    IS_PHRASE,
    NEW_WRITERS,
    Example,
    Judged,
    enough,
    kept,
    platt,
    settle,
    task_of,
    unseen,
)
from evaluation.train import SPLITS, TARGET, Known, digest, examples, training_set
from sequences.evaluation.figures import Score
from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.odds.weights import logistic

TIMELINE = IntentKind.TIMELINE


def example(
    *sentences: str,
    certain: bool = False,
    borderline: bool = False,
    side: Side = Side.PROSPECT,
    transcript_id: str = "t",
) -> Example:
    """Each sentence is given by its features with spaces between them."""
    kinds = frozenset({TIMELINE})
    return Example(
        transcript_id=transcript_id,
        side=side,
        sentences=tuple(tuple(sentence.split()) for sentence in sentences),
        certain=kinds if certain else frozenset(),
        borderline=kinds if borderline else frozenset(),
    )


def weights_of(*seen: Example) -> dict[str, float]:
    task = task_of(seen, TIMELINE)
    return kept(task, settle(task))[1]


def test_the_weights_are_learnt_from_the_present_data() -> None:
    """Changed a meeting, a label, a rule or a feature? `python -m evaluation.train`."""
    document = json.loads(TARGET.read_text(encoding="utf-8"))
    assert document["learnt_from"] == digest(list(examples(training_set())))
    assert set(document["weights"]) == {kind.value for kind in IntentKind}


def test_the_held_out_meetings_are_not_learnt_from() -> None:
    assert {transcript.split for transcript in training_set().transcripts} == set(SPLITS)
    assert "heldout" not in SPLITS


def test_a_feature_that_tells_gets_its_weight() -> None:
    weights = weights_of(*[example("so by", certain=True)] * 20, *[example("so at")] * 20)
    assert weights["by"] > 1
    assert weights["at"] < -1


def test_the_sentence_that_tells_is_found_among_others() -> None:
    """ "Well" stands in every turn that carries the kind, but also where nothing is meant."""
    telling = [example("well", "by then", certain=True), example("by now", "well", certain=True)] * 10
    weights = weights_of(*telling, *[example("well")] * 10, *[example("hm")] * 10)
    assert weights["by"] > 1
    assert weights["well"] < 0


def test_learning_twice_gives_the_same() -> None:
    seen = [example("a b", certain=True), example("b c"), example("a c", certain=True), example("c")]
    assert weights_of(*seen) == weights_of(*seen) != {}


def test_borderline_turns_teach_nothing() -> None:
    seen = [example("a", certain=True), example("b")] * 5
    assert weights_of(*seen, *[example("a", borderline=True)] * 50) == weights_of(*seen) != {}


def test_who_cannot_mean_it_teaches_nothing() -> None:
    seen = [example("a", certain=True), example("b")] * 5
    assert weights_of(*seen, *[example("a", side=Side.REP)] * 50) == weights_of(*seen) != {}


def test_what_is_seen_once_is_no_feature() -> None:
    assert "once" not in weights_of(example("once a", certain=True), *[example("a", certain=True), example("b")] * 9)


def test_that_a_list_is_full_of_examples_is_not_carried_over() -> None:
    weights = weights_of(*[example(f"by {IS_PHRASE}", certain=True)] * 9, *[example("at")] * 9)
    assert IS_PHRASE not in weights


MINE, OTHERS = NEW_WRITERS[0] + "1", NEW_WRITERS[1] + "1"


def test_a_writer_is_judged_by_weights_without_that_writer() -> None:
    """Only one writer says "gnu" when it is meant."""
    mine = [example("gnu so", certain=True, transcript_id=MINE), example("hm so", transcript_id=MINE)] * 20
    others = [example("by so", certain=True, transcript_id=OTHERS), example("at so", transcript_id=OTHERS)] * 20
    task = task_of([*mine, *others], TIMELINE)
    descent = settle(task)
    assert kept(task, descent)[1]["gnu"] > 1
    given = {each.odds for each in unseen(task, descent) if each.writer == NEW_WRITERS[0]}
    assert max(given) - min(given) < 0.1


def test_judging_one_writer_after_another_forgets_none() -> None:
    seen = [
        example(f"{word} so", certain=word == "by", transcript_id=writer)
        for word in ("by", "at")
        for writer in (MINE, OTHERS)
        for _ in range(20)
    ]
    task = task_of(seen, TIMELINE)
    judged = list(unseen(task, settle(task)))
    assert {each.writer for each in judged} == set(NEW_WRITERS[:2])
    assert all((each.odds > 1) == each.is_right for each in judged)


def judged(*shares: tuple[float, int, int]) -> list[Judged]:
    """At each of these odds so many of so many turns carry the kind."""
    return [
        Judged(writer="w", odds=odds, is_right=number < right) for odds, right, of in shares for number in range(of)
    ]


def test_what_is_listed_is_right_often_enough() -> None:
    plain = (1.0, 0.0)
    assert enough(judged((0.1, 9, 10), (2.0, 9, 10)), plain) == CHANCES[0]
    assert enough(judged((0.1, 0, 10), (2.0, 9, 10)), plain) == 0.55
    assert enough(judged((2.0, 0, 10)), plain) == CHANCES[-1]


def test_the_figures_are_those_of_what_would_be_listed() -> None:
    known = Known(
        kind=TIMELINE,
        learnt=(0.0, {}),
        calibration=(1.0, 0.0),
        enough=0.5,
        judged=(
            Judged(writer="a", odds=0.1, is_right=True),
            Judged(writer="a", odds=0.1, is_right=False),
            Judged(writer="a", odds=-0.1, is_right=True),
            Judged(writer="b", odds=-0.1, is_right=False),
        ),
    )
    assert known.score() == known.score("a") == Score(right=1, false=1, missed=1)
    assert known.score("b") == Score()


def test_a_row_of_many_features_pulls_no_harder_than_one_of_few() -> None:
    descent = Descent(Rows(places=[[0], [1, 2, 3, 4]], signs=[1.0, -1.0], scales=[1.0, 0.5]), 5)
    descent.go([5.0, 5.0], 100)
    first, *others = descent.weights
    assert first == pytest.approx(-0.5 * sum(others), abs=1e-3)
    assert descent.bias == pytest.approx(0, abs=1e-3)


def test_what_is_left_out_on_the_way_is_as_if_it_had_never_been() -> None:
    rows = Rows(places=[[0, 1], [1, 2], [0, 2]], signs=[1.0, -1.0, 1.0], scales=[1.0, 0.5, 2.0])
    late, never = Descent(rows, 3), Descent(rows, 3)
    late.go([5.0, 5.0, 5.0], 100)
    late.go([5.0, 5.0, 0.0], 100)
    never.go([5.0, 5.0, 0.0], 100)
    assert late.weights == pytest.approx(never.weights, abs=1e-4)


def test_the_weights_are_the_best_there_are() -> None:
    """One row of one feature: the weight at which the slope of the loss meets the wish for a small weight."""
    (weight,) = descend([[0]], [1.0], 1, strength=3.0)
    assert weight == pytest.approx(3.0 * logistic(-weight), abs=1e-4)


def test_alike_rows_with_opposite_signs_teach_nothing() -> None:
    assert descend([[0], [0]], [1.0, -1.0], 1, strength=3.0) == [pytest.approx(0, abs=1e-3)]


def test_calibration_says_how_often_it_came_true() -> None:
    """Of those at two, three in four are right; at minus two, one in four."""
    slope, shift = platt(judged((2.0, 300, 400), (-2.0, 100, 400)))
    assert logistic(slope * 2 + shift) == pytest.approx(0.75, abs=0.01)
    assert logistic(slope * -2 + shift) == pytest.approx(0.25, abs=0.01)
