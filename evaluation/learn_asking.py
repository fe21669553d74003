"""Learn which sentence asks for what, from mails of which only the whole is labelled.

The classes are tried in the order in which the first that fits is taken, so that a mail of an earlier class may hold
sentences of a later one and teaches nothing of it. Every sentence of any other mail is one that does not ask for it.
Of a mail of the class all sentences count at first, each for its share; then the one that the weights so far find
likeliest. A second choice would hardly be another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.learning import learn_class
from sequences.skills.mails.asking import WANTED
from sequences.skills.mails.odds import Weights, chance

STRENGTH = 0.5

Sentence = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class AskingExample:
    """One mail as the features of its sentences. ``counts`` says for how much of a mail it stands."""

    sentences: tuple[Sentence, ...]
    label: str
    accepted: frozenset[str]
    counts: float


@dataclass(frozen=True, kw_only=True)
class _Rows:
    sentences: list[Sentence]
    counts: list[float]


def learn_asking(seen: Sequence[AskingExample]) -> Weights:
    return {name.value: _learn_class(seen, at) for at, name in enumerate(WANTED)}


def _learn_class(seen: Sequence[AskingExample], at: int) -> dict[str, float]:
    name = WANTED[at].value
    earlier = {each.value for each in WANTED[:at]}
    without = _all(example for example in seen if name not in example.accepted and example.label not in earlier)
    asking = [example for example in seen if example.label == name and example.sentences]
    at_first = _weights(without, _shared(asking))
    return _weights(without, _likeliest(asking, name, at_first))


def _all(examples: Iterator[AskingExample]) -> _Rows:
    pairs = [(sentence, example.counts) for example in examples for sentence in example.sentences]
    return _Rows(sentences=[sentence for sentence, _ in pairs], counts=[counts for _, counts in pairs])


def _shared(asking: Sequence[AskingExample]) -> _Rows:
    shares = [example.counts / len(example.sentences) for example in asking for _ in example.sentences]
    return _Rows(sentences=[sentence for example in asking for sentence in example.sentences], counts=shares)


def _likeliest(asking: Sequence[AskingExample], name: str, weights: dict[str, float]) -> _Rows:
    learnt = {name: weights}
    best = [max(example.sentences, key=lambda sentence: chance(learnt, name, sentence)) for example in asking]
    return _Rows(sentences=best, counts=[example.counts for example in asking])


def _weights(without: _Rows, chosen: _Rows) -> dict[str, float]:
    belongs = [False] * len(without.sentences) + [True] * len(chosen.sentences)
    strengths = [STRENGTH * counts for counts in (*without.counts, *chosen.counts)]
    return learn_class([*without.sentences, *chosen.sentences], belongs, strengths=strengths)
