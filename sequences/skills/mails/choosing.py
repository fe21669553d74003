"""The likeliest class, and the sentence that speaks most for it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sequences.records.mail import MailClass, MailMaterial
from sequences.skills.mails.asking import asked_chances, asking_sentences
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import ASKED, TRIAGE, chance, chances, learnt, sureness
from sequences.skills.mails.sentences import sentences_of, shape_of

LONGEST_QUOTE = 200  # characters
NOTHING = 0.55  # less is not enough for "nobody waits": then somebody does, whatever for
_SENTENCES = 40  # a longer mail is quoted from its beginning
_LEAST = 1e-6  # chance


@dataclass(frozen=True, kw_only=True)
class Choice:
    """``found`` has the chance of each class; ``sure`` is how often a choice like this one is right."""

    name: str
    sure: float
    quote: str
    found: Mapping[str, float]

    @property
    def waiting(self) -> float:
        """The chance that somebody waits for an answer, whatever about. Only for triage."""
        return 1 - self.found[MailClass.FYI]


def choose(material: MailMaterial, question: str, *, never: frozenset[str] = frozenset()) -> Choice:
    """``never`` holds the classes that something else than the odds rules out."""
    possible = {name: weights for name, weights in learnt(question).items() if name not in never}
    found = chances(possible, features_of(material))
    name = max(sorted(found), key=lambda each: found[each])
    return _choice(question, found, name, quote=_telling(material, question, name))


def choose_triage(material: MailMaterial) -> Choice:
    """By the whole mail, and by the sentence that asks most."""
    sentences, asked = asking_sentences(material), learnt(ASKED)
    whole = chances(learnt(TRIAGE), features_of(material))
    found = blended(whole, asked_chances(asked, (features for _, features in sentences)))
    name = decided(found)
    own = [(each, features) for each, features in sentences if is_quoted(material, each)]
    if name == MailClass.FYI or not own:
        return _choice(TRIAGE, found, name, quote=_telling(material, TRIAGE, name))
    return _choice(
        TRIAGE, found, name, quote=max(own, key=lambda each: chance(asked, name, each[1]))[0][:LONGEST_QUOTE]
    )


def blended(whole: Mapping[str, float], asked: Mapping[str, float]) -> dict[str, float]:
    """Both count alike: the geometric mean, so that together they are 1 again."""
    means = {name: math.sqrt(max(whole[name], _LEAST) * max(asked[name], _LEAST)) for name in whole}
    total = sum(means.values())
    return {name: mean / total for name, mean in means.items()}


def decided(found: Mapping[str, float]) -> str:
    """Whether somebody waits comes first; what for, second."""
    waiting = sorted(name for name in found if name != MailClass.FYI)
    return MailClass.FYI.value if found[MailClass.FYI] >= NOTHING else max(waiting, key=lambda name: found[name])


def _choice(question: str, found: Mapping[str, float], name: str, *, quote: str) -> Choice:
    return Choice(name=name, sure=round(sureness(question, found[name]), 2), quote=quote, found=found)


def _telling(material: MailMaterial, question: str, name: str) -> str:
    """By the words alone: what is asked and where it stands is the whole mail's matter."""
    sentences = sentences_of(material.parts.said)[:_SENTENCES]
    if not sentences:
        return material.mail.subject[:LONGEST_QUOTE]
    weights = learnt(question)
    best = max(sentences, key=lambda sentence: chances(weights, shape_of(sentence))[name])
    return best[:LONGEST_QUOTE]


def is_quoted(material: MailMaterial, quote: str) -> bool:
    return bool(quote) and (quote in material.mail.subject or quote in material.parts.said)
