"""Which sentence of a mail asks for something, and for what.

One sentence makes a mail a request, however much stands around it. So beside the whole mail each sentence is weighed
for each class, and the one that asks most speaks for all of them.
"""

import re
from collections.abc import Iterable

from sequences.records.mail import MailClass, MailMaterial
from sequences.skills.mails.features import LONGEST
from sequences.skills.mails.meanings import meant
from sequences.skills.mails.odds import Weights, chance
from sequences.skills.mails.parts import is_forwarded
from sequences.skills.mails.sentences import sentences_of, shape_of

_FEW = 40  # words; who writes more says what it is about
_BELOW = re.compile(r"\b(?:below|underneath|see what)\b", re.IGNORECASE)
_HEADERS = re.compile(r"^[ *>]{0,10}(?:[\w-]{2,20}\*?:|--|begin forwarded message:).*$", re.IGNORECASE | re.MULTILINE)
WANTED = (MailClass.PROPOSAL_REQUEST, MailClass.MEETING_REQUEST, MailClass.NEEDS_RESPONSE)  # the first that fits


def asking_sentences(material: MailMaterial) -> list[tuple[str, frozenset[str]]]:
    """Each with its features; the subject when nothing else was said."""
    said = sentences_of((material.parts.said or material.mail.subject)[:LONGEST])
    sentences = [*said, *_handed_on(material)]
    return [(each, _features(each, last=at == len(sentences))) for at, each in enumerate(sentences, start=1)]


def _handed_on(material: MailMaterial) -> list[str]:
    """What somebody else wrote counts when whoever forwards it asks for it: "see below, can you do that?"."""
    said, quoted = material.parts.said, material.parts.quoted
    if not quoted or not is_forwarded(material.mail.subject):
        return []
    is_pointed_at = len(said.split()) <= _FEW and _BELOW.search(said)
    return sentences_of(_HEADERS.sub("", quoted)[:LONGEST]) if is_pointed_at else []


def _features(sentence: str, *, last: bool) -> frozenset[str]:
    shape = shape_of(sentence)
    found = {"bias", f"length:{min(4, len(sentence.split()) // 6)}", *shape, *meant(sentence)}
    if "?" in sentence:
        found.add("asks")
        found.update(f"{name}?" for name in shape if name.startswith("c:") and ">" not in name)
    if last:
        found.add("last")
    return frozenset(found)


def asked_chances(weights: Weights, sentences: Iterable[frozenset[str]]) -> dict[str, float]:
    """Of every class, as the first that fits; together they are 1."""
    weighed = list(sentences)
    found: dict[str, float] = {}
    left = 1.0
    for name in WANTED:
        best = max((chance(weights, name.value, features) for features in weighed), default=0.0)
        found[name.value] = left * best
        left -= found[name.value]
    return found | {MailClass.FYI.value: left}
