"""The wish to be left alone, wherever in a mail it stands and however it is said.

Patterns know the plain ways; the odds weigh every sentence, so that a wish in words nobody wrote a pattern for is
heard, and words of opting out that speak of something else are not.
"""

import re
from dataclasses import dataclass

from sequences.records.mail import MailMaterial
from sequences.skills.mails.cues import optout_places
from sequences.skills.mails.odds import OPTOUT, chance, learnt, sureness
from sequences.skills.mails.sentences import placed_sentences, sentences_of, shape_of

LIKELY = 0.25  # a wish overheard costs more than a reply not counted, so less than even is enough
FAINT = 0.15  # below this a few words are no wish, however frequent wishes are among short replies
PLAIN = 0.55  # from here on nobody else, a model included, may read it away
LONGEST_QUOTE = 200  # characters
_RULE_WEIGHT = 3  # a pattern counts for as much as so many words
# What stands under printed mail, ours quoted without marks or the sender's own, is nobody's wish.
_PRINTED = re.compile(
    r"^\W*(?:to (?:unsubscribe|opt[- ]?out|stop receiving|be removed)\b.{0,90}\b(?:visit|click|go to|follow|reply|link|here|"
    r"portal|https?|www)\b"
    r"|if you\b.{0,20}\b(?:wish|want|prefer|like|rather|no longer)\b.{0,90}\b(?:click|visit|reply|link|here|say|https?)\b"
    r"|you(?:'re| are)? (?:get|got|receiv\w+) this\b"
    r"|unsubscribe(?: here| from this list)?\W{1,3}(?:https?|www|\||$)"
    r"|(?:not interested|don't want these|no longer interested)\? (?:reply|click|tell|unsubscribe)\b)",
    re.IGNORECASE,
)

_COURTESY = re.compile(
    r"\b(?:not|don't|never) hesitate\b|\bfeel free to (?:contact|write|call|e-?mail)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Optout:
    """``quote`` is the sentence with the wish; ``chance`` is what the odds give it, and ``sure`` what that is worth."""

    quote: str
    chance: float
    sure: float


def optout_of(material: MailMaterial) -> Optout | None:
    """None when nobody wishes to be left alone."""
    found = likeliest_optout(material)
    return found if found.chance >= LIKELY else None


def likeliest_optout(material: MailMaterial) -> Optout:
    """The sentence that comes closest to the wish, however far it is from it."""
    weights = learnt(OPTOUT)
    judged = [
        (chance(weights, OPTOUT, features), -at, sentence)
        for at, (sentence, features) in enumerate(sentence_features(material.parts.said or material.mail.subject))
    ]
    best, _, sentence = max(judged, default=(0.0, 0, ""))
    return Optout(quote=sentence[:LONGEST_QUOTE], chance=best, sure=round(sureness(OPTOUT, best), 2))


def has_printed(said: str) -> bool:
    """Whether a footer tells how to be left alone."""
    return any(_PRINTED.search(sentence) for sentence in sentences_of(said))


def sentence_features(said: str) -> list[tuple[str, frozenset[str]]]:
    """Each sentence with its features."""
    rules = optout_places(said)
    placed = placed_sentences(said)
    return [
        (sentence, _features(sentence, rule=any(start <= place < end for place in rules), last=at == len(placed) - 1))
        for at, (start, end, sentence) in enumerate(placed)
        if not _COURTESY.search(sentence) and (len(placed) == 1 or not _PRINTED.search(sentence))
    ]


def _features(sentence: str, *, rule: bool, last: bool) -> frozenset[str]:
    found = {"bias", f"length:{min(4, len(sentence.split()) // 6)}", *shape_of(sentence)}
    if rule:
        found.update(f"rule:{copy}" for copy in range(_RULE_WEIGHT))
    if "?" in sentence:
        found.add("asks")
    if last:
        found.add("last")
    return frozenset(found)
