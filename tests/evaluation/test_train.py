"""Learning: the weights in the package come from the data in the repository, and the learner learns."""

import json

import pytest

from evaluation.descent import Rows, descend, descend_scaled
from evaluation.train import IS_PHRASE, SPLITS, TARGET, Example, digest, examples, learn, platt, training_set
from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.odds.weights import logistic

TIMELINE = IntentKind.TIMELINE


def example(*sentences: str, certain: bool = False, borderline: bool = False, side: Side = Side.PROSPECT) -> Example:
    """Each sentence is given by its features with spaces between them."""
    kinds = frozenset({TIMELINE})
    return Example(
        transcript_id="t",
        side=side,
        sentences=tuple(tuple(sentence.split()) for sentence in sentences),
        certain=kinds if certain else frozenset(),
        borderline=kinds if borderline else frozenset(),
    )


def weights_of(*seen: Example) -> dict[str, float]:
    learnt = learn(seen, TIMELINE)
    assert learnt is not None
    return learnt[1]


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
    assert learn(seen, TIMELINE) == learn(seen, TIMELINE)


def test_borderline_turns_teach_nothing() -> None:
    seen = [example("a", certain=True), example("b")] * 5
    assert learn([*seen, *[example("a", borderline=True)] * 50], TIMELINE) == learn(seen, TIMELINE)


def test_who_cannot_mean_it_teaches_nothing() -> None:
    seen = [example("a", certain=True), example("b")] * 5
    assert learn([*seen, *[example("a", side=Side.REP)] * 50], TIMELINE) == learn(seen, TIMELINE)


def test_a_kind_without_examples_has_no_weights() -> None:
    assert learn([example("a")] * 3, TIMELINE) is None


def test_what_is_seen_once_is_no_feature() -> None:
    assert "once" not in weights_of(example("once a", certain=True), *[example("a", certain=True), example("b")] * 9)


def test_that_a_list_is_full_of_examples_is_not_carried_over() -> None:
    weights = weights_of(*[example(f"by {IS_PHRASE}", certain=True)] * 9, *[example("at")] * 9)
    assert IS_PHRASE not in weights


def test_a_row_of_many_features_pulls_no_harder_than_one_of_few() -> None:
    rows = Rows(places=[[0], [1, 2, 3, 4]], signs=[1.0, -1.0], scales=[1.0, 0.5], strengths=[5.0, 5.0])
    first, *others, bias = descend_scaled(rows, 5, rounds=100)
    assert first == pytest.approx(-0.5 * sum(others), abs=1e-3)
    assert bias == pytest.approx(0, abs=1e-3)


def test_alike_rows_with_opposite_signs_teach_nothing() -> None:
    assert descend([[0], [0]], [1.0, -1.0], 1, strength=3.0) == [pytest.approx(0, abs=1e-3)]


def test_calibration_says_how_often_it_came_true() -> None:
    """Of those at two, three in four are right; at minus two, one in four."""
    given = [(2.0, at % 4 != 0) for at in range(400)] + [(-2.0, at % 4 == 0) for at in range(400)]
    slope, shift = platt(given)
    assert logistic(slope * 2 + shift) == pytest.approx(0.75, abs=0.01)
    assert logistic(slope * -2 + shift) == pytest.approx(0.25, abs=0.01)
