"""Learning: the weights in the package come from the data in the repository, and the learner learns."""

import json

from evaluation.train import SPLITS, TARGET, Example, digest, examples, known_features, learn, training_set
from sequences.records.insight import IntentKind

TIMELINE = IntentKind.TIMELINE


def example(*features: str, certain: bool = False, borderline: bool = False) -> Example:
    kinds = frozenset({TIMELINE})
    return Example(
        features=frozenset(features),
        certain=kinds if certain else frozenset(),
        borderline=kinds if borderline else frozenset(),
    )


def test_the_weights_are_learnt_from_the_present_data() -> None:
    """Changed a meeting, a label or a feature? `python -m evaluation.train`."""
    document = json.loads(TARGET.read_text(encoding="utf-8"))
    assert document["learnt_from"] == digest(list(examples(training_set())))
    assert set(document["weights"]) == {kind.value for kind in IntentKind}


def test_the_held_out_meetings_are_not_learnt_from() -> None:
    assert {transcript.split for transcript in training_set().transcripts} == set(SPLITS)
    assert "heldout" not in SPLITS


def test_a_feature_that_tells_gets_its_weight() -> None:
    seen = [example("bias", "by", certain=True)] * 20 + [example("bias", "at")] * 20
    weights = learn(seen, TIMELINE, known_features(seen))
    assert weights["by"] > 1
    assert weights["at"] < -1


def test_learning_twice_gives_the_same() -> None:
    seen = [example("a", "b", certain=True), example("b", "c"), example("a", "c", certain=True), example("c")]
    assert learn(seen, TIMELINE, known_features(seen)) == learn(seen, TIMELINE, known_features(seen))


def test_borderline_turns_teach_nothing() -> None:
    seen = [example("a", certain=True), example("b")] * 5
    doubtful = [example("a", borderline=True)] * 50
    features = known_features(seen)
    assert learn([*seen, *doubtful], TIMELINE, features) == learn(seen, TIMELINE, features)


def test_a_kind_without_examples_has_no_weights() -> None:
    assert learn([example("a")] * 3, TIMELINE, ["a"]) == {}


def test_what_is_seen_once_is_no_feature() -> None:
    assert known_features([example("a", "b"), example("b")]) == ["b"]
