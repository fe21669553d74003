"""The likeliest class, and the sentence that speaks most for it."""

import re
from dataclasses import dataclass

from sequences.records.mail import MailMaterial
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import Weights, chances

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
LONGEST_QUOTE = 200  # characters
_SENTENCES = 40  # a longer mail is quoted from its beginning


@dataclass(frozen=True, kw_only=True)
class Choice:
    name: str
    chance: float
    quote: str


def choose(material: MailMaterial, weights: Weights) -> Choice:
    found = chances(weights, features_of(material))
    name = max(sorted(found), key=lambda each: found[each])
    return Choice(name=name, chance=found[name], quote=_telling(material, weights, name))


def _telling(material: MailMaterial, weights: Weights, name: str) -> str:
    sentences = [match.group().strip() for match in _SENTENCE.finditer(material.parts.said)]
    usable = [sentence for sentence in sentences if re.search(r"\w", sentence)][:_SENTENCES]
    if not usable:
        return material.mail.subject[:LONGEST_QUOTE]
    best = max(usable, key=lambda sentence: chances(weights, features_of(_only(material, sentence)))[name])
    return best[:LONGEST_QUOTE]


def _only(material: MailMaterial, sentence: str) -> MailMaterial:
    parts = material.parts.model_copy(update={"said": sentence})
    mail = material.mail.model_copy(update={"subject": ""})
    return MailMaterial(mail=mail, parts=parts)


def is_quoted(material: MailMaterial, quote: str) -> bool:
    return bool(quote) and (quote in material.mail.subject or quote in material.parts.said)
