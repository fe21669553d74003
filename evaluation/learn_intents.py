"""From turns and what they carry to weights, and to what can be expected of these.

A turn carries a kind when one of its sentences does, and nobody says which: each choice takes the sentence that speaks
most for it, and learns again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from evaluation.descent import Descent, Rows
from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.odds.features import is_of_other_sentences, is_of_words
from sequences.skills.odds.weigh import can_mean
from sequences.skills.odds.weights import logistic, of_turn, scale_of

STRENGTH = 15.0  # of a turn against the wish for small weights
FIRST_ROUNDS = 12
MORE_ROUNDS = 6  # after a change
# How much freer weights are of what was said around. Freer ones do a little better on writers who were not seen, and
# miss what is said plainly where nobody expects it.
CONTEXT = 0.6
WORDS = 4.0  # how much freer they are of a word or two as they stand, which are many and each of them seldom
CHOICES = 2  # of the sentence that tells
LEAST_SEEN = 2  # sentences; a feature of a single one teaches nothing
LEAST_WEIGHT = 0.15  # smaller ones are not worth their place in the file
IS_PHRASE = "phrase"  # a list of phrases holds far more of every kind than talk does
# Who wrote without knowing how the engine works.
NEW_WRITERS = tuple(f"dev-s{number}-" for number in range(1, 13))
LEAST_PRECISION = 0.84  # of what is listed of a kind
# What was said about money changes what a rep does next, and those whom nobody has met say it most differently.
LEAST_PRECISION_OF = {IntentKind.BUYING_POSITIVE: 0.89, IntentKind.BUYING_NEGATIVE: 0.89}
CHANCES = tuple(share / 100 for share in range(55, 85, 5))  # above which it may be listed

Learnt = tuple[float, dict[str, float]]  # bias, and weights by feature


@dataclass(frozen=True, kw_only=True)
class Example:
    """One turn: the features of each sentence, the kinds that it carries, and those that it may or may not carry."""

    transcript_id: str
    side: Side
    sentences: tuple[tuple[str, ...], ...]
    certain: frozenset[IntentKind]
    borderline: frozenset[IntentKind]

    def teaches(self, kind: IntentKind) -> bool:
        return can_mean(self.side, kind) and kind not in self.borderline


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a turn was given by weights that had not seen its writer."""

    writer: str
    odds: float
    is_right: bool


@dataclass(frozen=True, kw_only=True)
class Task:
    """To tell the turns that carry a kind from those that do not. Turn n has the rows of ``spans[n]``."""

    names: tuple[str, ...]  # of the features
    turns: tuple[Example, ...]
    carries: tuple[bool, ...]
    counts: tuple[float, ...]  # how much a turn does against the wish for small weights
    spans: tuple[range, ...]
    rows: Rows

    def strengths(self, is_left_out: Sequence[bool], odds: Sequence[float] | None = None) -> list[float]:
        """How much each row counts: every sentence of a turn without the kind; of one with it the sentence of the best
        odds, or a share of each while there are none."""
        found: list[float] = []
        for carried, counts, left_out, span in zip(self.carries, self.counts, is_left_out, self.spans, strict=True):
            if left_out or not carried:
                found += [0.0 if left_out else counts] * len(span)
            elif odds is None:
                found += [counts / len(span)] * len(span)
            else:
                best = max(span, key=odds.__getitem__)
                found += [counts if at == best else 0.0 for at in span]
        return found


def task_of(seen: Iterable[Example], kind: IntentKind) -> Task:
    """Borderline turns are left out."""
    turns = tuple(example for example in seen if example.teaches(kind))
    counts = Counter(feature for turn in turns for sentence in turn.sentences for feature in sentence)
    names = tuple(sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN))
    place = {feature: at for at, feature in enumerate(names)}
    ends = list(accumulate(len(turn.sentences) for turn in turns))
    sentences = [sentence for turn in turns for sentence in turn.sentences]
    return Task(
        names=names,
        turns=turns,
        carries=tuple(kind in turn.certain for turn in turns),
        counts=(STRENGTH,) * len(turns),
        spans=tuple(range(first, end) for first, end in pairwise((0, *ends))),
        rows=Rows(
            places=[tuple(place[feature] for feature in sentence if feature in place) for sentence in sentences],
            signs=[1.0 if kind in turn.certain else -1.0 for turn in turns for _ in turn.sentences],
            scales=[scale_of(sentence) for sentence in sentences],
        ),
    )


def settle(task: Task) -> Descent:
    """The weights of everything that was seen."""
    descent = Descent(task.rows, len(task.names), boosts=[_boost(name) for name in task.names])
    nobody = [False] * len(task.turns)
    descent.go(task.strengths(nobody), FIRST_ROUNDS)
    for _ in range(CHOICES):
        descent.go(task.strengths(nobody, descent.log_odds()), MORE_ROUNDS)
    return descent


def _boost(feature: str) -> float:
    if is_of_words(feature):
        return WORDS
    return CONTEXT if is_of_other_sentences(feature) else 1.0


def kept(task: Task, descent: Descent) -> Learnt:
    """Rounded, and without what hardly counts."""
    weights = {name: round(weight, 2) for name, weight in zip(task.names, descent.weights, strict=True)}
    told = {name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT and name != IS_PHRASE}
    return round(descent.bias, 3), told


def unseen(task: Task, descent: Descent) -> Iterator[Judged]:
    """What each new writer's turns are given by weights that have not seen that writer. What a row brought to the
    weights goes with it, and the others settle anew."""
    odds = descent.log_odds()
    for writer in NEW_WRITERS:
        theirs = [turn.transcript_id.startswith(writer) for turn in task.turns]
        descent.go(task.strengths(theirs, odds), MORE_ROUNDS)
        given = descent.log_odds()
        for carried, is_theirs, span in zip(task.carries, theirs, task.spans, strict=True):
            if is_theirs:
                yield Judged(writer=writer, odds=of_turn(given[at] for at in span), is_right=carried)


def platt(judged: Sequence[Judged]) -> tuple[float, float]:
    """Slope and shift between the log odds that are given and those that come true (Platt, 1999): by Newton's method,
    towards targets that leave a little doubt."""
    if not any(each.is_right for each in judged):
        return 1.0, 0.0
    right = sum(each.is_right for each in judged)
    high, low = (right + 1) / (right + 2), 1 / (len(judged) - right + 2)
    given = [(each.odds, high if each.is_right else low) for each in judged]
    slope, shift = 1.0, 0.0
    for _ in range(50):
        steep = [(odds, logistic(slope * odds + shift), aim) for odds, aim in given]
        by_slope = sum((chance - aim) * odds for odds, chance, aim in steep)
        by_shift = sum(chance - aim for _, chance, aim in steep)
        ss = sum(chance * (1 - chance) * odds * odds for odds, chance, _ in steep) + 1e-6
        sh = sum(chance * (1 - chance) * odds for odds, chance, _ in steep)
        hh = sum(chance * (1 - chance) for _, chance, _ in steep) + 1e-6
        whole = ss * hh - sh * sh
        slope -= (hh * by_slope - sh * by_shift) / whole
        shift -= (ss * by_shift - sh * by_slope) / whole
    return round(slope, 3), round(shift, 3)


def enough(judged: Sequence[Judged], calibration: tuple[float, float], precision: float = LEAST_PRECISION) -> float:
    """The chance above which turns of a kind are listed: the lowest at which they are right often enough."""
    slope, shift = calibration
    for least in CHANCES:
        listed = [each.is_right for each in judged if logistic(slope * each.odds + shift) > least]
        if sum(listed) >= precision * len(listed):
            return least
    return CHANCES[-1]
