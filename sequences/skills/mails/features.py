"""A mail as a set of features: what its cues say, and what its sentences look like.

The same functions serve learning and using; a change here needs new weights.
"""

from collections.abc import Iterator

from sequences.records.mail import MailMaterial
from sequences.skills.mails.concepts import words_of
from sequences.skills.mails.cues import CUES, cues_in, plain_optout
from sequences.skills.mails.meanings import meant
from sequences.skills.mails.sentences import flowed, sentences_of, shape_of

LONGEST = 1_500  # characters that are weighed; whoever wants something says so by then
CUE_WEIGHT = 4  # a cue counts for as much as so many words
_SUBJECT_WORDS = 12


def features_of(material: MailMaterial) -> frozenset[str]:
    said = material.parts.said[:LONGEST]
    cues = _cues(material, said)
    found = {"bias", f"length:{_length(len(words_of(said)))}"}
    for sentence in sentences_of(said):
        found.update(_asked(shape_of(sentence)) if "?" in sentence else shape_of(sentence))
        found.update(meant(sentence))
    found.update(f"subject:{word}" for word in words_of(material.mail.subject)[:_SUBJECT_WORDS])
    found.update(f"cue:{name}:{copy}" for name in cues for copy in range(CUE_WEIGHT))
    found.update(f"both:{first}+{second}" for first, second in _pairs(sorted(cues)))
    return frozenset(found)


def _cues(material: MailMaterial, said: str) -> frozenset[str]:
    cues = cues_in(f"{material.mail.subject}\n{flowed(said)}".replace("\u2019", "'"))
    if CUES["no_reply_sender"].search(material.mail.sender):
        cues |= {"no_reply_sender"}
    return cues | {"optout"} if plain_optout(said) else cues - {"optout"}


def _asked(shape: frozenset[str]) -> Iterator[str]:
    """What a question is about counts apart as well."""
    yield from shape
    yield from (f"{name}?" for name in shape if name.startswith("c:") and ">" not in name)


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((first, second) for at, first in enumerate(names) for second in names[at + 1 :])


def _length(words: int) -> str:
    return next((name for limit, name in ((4, "tiny"), (15, "short"), (60, "middle")) if words <= limit), "long")
