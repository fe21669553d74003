"""A mail as a set of features: what its cues say, and short runs of its words.

The same function serves learning and using; a change here needs new weights.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sequences.records.mail import MailMaterial
from sequences.skills.mails.cues import CUES, cues_in, optout_in

LONGEST = 1_500  # characters that are weighed; whoever wants something says so by then
CUE_WEIGHT = 4  # a cue counts for as much as so many words

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|\?")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")


def features_of(material: MailMaterial) -> frozenset[str]:
    said = material.parts.said[:LONGEST]
    text = f"{material.mail.subject}\n{said}".replace("\u2019", "'")
    cues = cues_in(text)
    if CUES["no_reply_sender"].search(material.mail.sender):
        cues |= {"no_reply_sender"}
    cues = cues | {"optout"} if optout_in(said) else cues - {"optout"}
    words = _words(said)
    found = {"bias", *_runs(words), f"length:{_length(len(words))}"}
    found.update(f"subject:{word}" for word in _words(material.mail.subject)[:12])
    found.update(f"cue:{name}:{copy}" for name in cues for copy in range(CUE_WEIGHT))
    found.update(f"both:{first}+{second}" for first, second in _pairs(sorted(cues)))
    return frozenset(found)


def _words(text: str) -> list[str]:
    plain = _ADDRESS.sub(" ", text.replace("\u2019", "'").casefold())
    return ["0" if word.isdigit() else word for word in _WORD.findall(plain)]


def _runs(words: list[str]) -> Iterator[str]:
    yield from words
    yield from ("_".join(pair) for pair in pairwise(words))


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((first, second) for at, first in enumerate(names) for second in names[at + 1 :])


def _length(words: int) -> str:
    return next((name for limit, name in ((4, "tiny"), (15, "short"), (60, "middle")) if words <= limit), "long")
