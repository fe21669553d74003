"""Learn which sentence wishes to be left alone, from mails of which only the whole is labelled.

Every sentence of a mail without the wish is one without. Of a mail with it one sentence is taken: first what a
pattern hears, or the only one, else all of them; then, twice over, the one that the weights so far find likeliest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.learning import learn_class
from sequences.evaluation.labelled_mails import LabelledMail
from sequences.records.mail import MailClass, ReplyClass
from sequences.skills.mails.cues import plain_optout
from sequences.skills.mails.odds import OPTOUT, Weights, chance
from sequences.skills.mails.optouts import sentence_features
from sequences.skills.mails.reading import material_of

STRENGTH = 0.3
ROUNDS = 2


@dataclass(frozen=True, kw_only=True)
class OptoutExample:
    """One mail that a person wrote, as the features of its sentences."""

    id: str
    sentences: tuple[frozenset[str], ...]
    is_optout: bool


def optout_examples(mails: Sequence[LabelledMail]) -> Iterator[OptoutExample]:
    for mail in mails:
        material = material_of(mail.mail)
        said = material.parts.said or mail.mail.subject
        label = _label(mail, said)
        if label is not None and material.automatic is None:
            sentences = tuple(features for _, features in sentence_features(said))
            yield OptoutExample(id=mail.id, sentences=sentences, is_optout=label)


def _label(mail: LabelledMail, said: str) -> bool | None:
    """Triage says nothing of opt-outs: mail for information with their words in it teaches neither way."""
    if mail.reply_class:
        wished = mail.reply_class is ReplyClass.UNSUBSCRIBE
        return None if ReplyClass.UNSUBSCRIBE in mail.acceptable and not wished else wished
    return None if mail.triage is MailClass.FYI and plain_optout(said) else False


def learn_optouts(seen: Sequence[OptoutExample]) -> Weights:
    without = [features for example in seen if not example.is_optout for features in example.sentences]
    wishes = [example.sentences for example in seen if example.is_optout]
    chosen = [features for sentences in wishes for features in _at_first(sentences)]
    for _ in range(ROUNDS):
        weights = _learn(without, chosen)
        chosen = [_likeliest(weights, sentences) for sentences in wishes]
    return _learn(without, chosen)


def optout_chance(weights: Weights, example: OptoutExample) -> float:
    return max((chance(weights, OPTOUT, features) for features in example.sentences), default=0.0)


def _learn(without: Sequence[frozenset[str]], chosen: Sequence[frozenset[str]]) -> Weights:
    rows = [*without, *chosen]
    belongs = [False] * len(without) + [True] * len(chosen)
    return {OPTOUT: learn_class(rows, belongs, strengths=[STRENGTH] * len(rows))}


def _at_first(sentences: Sequence[frozenset[str]]) -> Sequence[frozenset[str]]:
    by_pattern = [features for features in sentences if "rule:0" in features]
    return by_pattern[:1] or sentences


def _likeliest(weights: Weights, sentences: Sequence[frozenset[str]]) -> frozenset[str]:
    return max(sentences, key=lambda features: chance(weights, OPTOUT, features))
