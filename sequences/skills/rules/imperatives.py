"""From "I'll, um, I'll send you the case study by Friday" to "Send Tomas the case study"."""

import re
from collections.abc import Sequence

from sequences.skills.rules.fragments import WHEN
from sequences.skills.rules.sentences import Sentence
from sequences.skills.rules.words import Word

_LONGEST = 22  # words
_CUT = re.compile(
    r"^(?:so that|so (?:i|we|you|they|he|she|it)|because|since|which|though|although|but|if|when|once|unless|then we|"
    r"and then (?:we|you)|and (?:we|you|they|he|she|it|that|maybe)\b|and (?:i|we) (?:can|could|think|hope)|ok|all right|"
    r"right|please|thanks|i think|i guess|i hope|hopefully|for sure|no problem|does that|how does|is that|sounds)\b"
)
_WHEN_AT_END = re.compile(
    rf"(?:^| )(?:(?:by|before|on|in|until|for|no later than|first thing|at|later|sometime)(?: the)? )*(?:the )?(?:end of )?"
    rf"{WHEN}(?: (?:morning|afternoon|evening|night|at the latest|latest|at \w+))*$"
)
_SECOND_PERSON = {"you": None, "your": "their", "yours": "theirs", "yourself": "themselves"}
_FIRST_PERSON = {"my": "their", "our": "their", "ours": "theirs", "me": "them", "us": "them", "myself": "themselves"}
_OPENERS = frozenset(
    ("just", "also", "definitely", "certainly", "probably", "quickly", "gladly", "happily", "then", "go")
)


def imperative(sentence: Sentence, verb: int, *, addressee: str | None, ours: bool) -> str:
    """The words from number ``verb`` on as a task. ``addressee`` is a first name for "you"; ``ours`` keeps "our"."""
    words = _until_cut(sentence, verb)
    words = _without_time(words)
    text = _joined(sentence.source, words, addressee, ours=ours)
    return text[:1].upper() + text[1:]


def _until_cut(sentence: Sentence, verb: int) -> list[Word]:
    words = list(sentence.words[verb:])
    for number in range(2, len(words)):
        rest = " ".join(word.text for word in words[number : number + 4])
        if number >= _LONGEST or _CUT.match(rest) or (words[number].breaks and _starts_anew(words, number)):
            return words[:number]
    return words


def _starts_anew(words: Sequence[Word], number: int) -> bool:
    following = words[number + 1].text if number + 1 < len(words) else ""
    return words[number].text in (
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "that",
        "it",
        "there",
        "as",
        "together",
        "with",
    ) and (words[number].text not in ("together", "with") or following == "the")


def _without_time(words: list[Word]) -> list[Word]:
    """The due date has a field of its own."""
    plain = " ".join(word.text for word in words)
    match = _WHEN_AT_END.search(plain)
    if not match:
        return words
    kept = len(plain[: match.start()].split())
    return words[:kept] if kept >= 2 else words


def _joined(source: str, words: Sequence[Word], addressee: str | None, *, ours: bool) -> str:
    text, end = "", -1
    for word in words:
        if word.start < end:  # the second half of a contraction
            continue
        shown = _shown(source[word.start : word.end], word.text, addressee, ours=ours)
        between = source[end : word.start] if end >= 0 else ""
        text += (between if between.strip(" ,-:") == "" and len(between) <= 2 else " ") + shown if text else shown
        end = word.end
    return " ".join(text.split()).strip(" ,;:.-")


def _shown(written: str, plain: str, addressee: str | None, *, ours: bool) -> str:
    if plain in _SECOND_PERSON and plain == written.lower():
        return _SECOND_PERSON[plain] or addressee or "them"
    if not ours and plain in _FIRST_PERSON:
        return _FIRST_PERSON[plain]
    return written


def stripped(words: Sequence[str]) -> list[str]:
    """Words that carry an action's meaning, for comparing two of them."""
    return [word for word in words if len(word) > 3 and word not in _OPENERS]
