"""The likeliest class, and the sentence that speaks most for it."""

from dataclasses import dataclass

from sequences.records.mail import MailMaterial
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import chances, learnt, sureness
from sequences.skills.mails.sentences import sentences_of, shape_of

LONGEST_QUOTE = 200  # characters
_SENTENCES = 40  # a longer mail is quoted from its beginning


@dataclass(frozen=True, kw_only=True)
class Choice:
    """``sure`` is how often a choice like this one is right."""

    name: str
    sure: float
    quote: str


def choose(material: MailMaterial, question: str, *, never: frozenset[str] = frozenset()) -> Choice:
    """``never`` holds the classes that something else than the odds rules out."""
    possible = {name: weights for name, weights in learnt(question).items() if name not in never}
    found = chances(possible, features_of(material))
    name = max(sorted(found), key=lambda each: found[each])
    return Choice(name=name, sure=round(sureness(question, found[name]), 2), quote=_telling(material, question, name))


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
