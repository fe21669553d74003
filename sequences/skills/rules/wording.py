"""Spoken sentences made fit to read: fillers and stammers gone, words otherwise as they were said."""

import re
from collections.abc import Sequence

from sequences.skills.rules.sentences import Sentence, read_sentences
from sequences.skills.rules.words import stage_directions

_FILLER = re.compile(r"(?<!\w)(?:u+m+|u+h+|uhm|er+m?|hm+|mm+|mhm)(?!\w)[,.]?\s*", re.IGNORECASE)
_YOU_KNOW = re.compile(r",\s*(?:you know|i mean|sort of|kind of|like)\s*,", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:(?:yeah|yes|yep|no(?! (?:problem|worries|need|matter|trouble|rush|hurry|doubt|chance|bother|one|more)\b)|so(?! (?:far|long|do|does|did)\b)|well|okay|ok|right|look|honestly|i mean|you know|oh|ah|sure|and|but|also|great|good|actually|"
    r"listen|to be honest|frankly|then)\b[,.!\s-]+)+(?=\S)",
    re.IGNORECASE,
)
_STAMMER = re.compile(r"\b((?:[\w'\u2019]+)(?:\s+[\w'\u2019]+){0,2})(?:,?\s+\1\b)+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_AFFILIATION = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\])\s*$")
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|rev|reverend|fr|father|sister|pastor|rabbi|imam|lord|lady|herr|frau|madam|mme|capt|captain|judge)\.?$",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"(?:big|wee|little|old|auntie|uncle)$", re.IGNORECASE)  # nobody is called "Big" alone
_LABEL = re.compile(r"(?:speaker|spk|participant|guest|caller|unknown)\b|spk_", re.IGNORECASE)
_LONGEST = 230  # characters of one line

_SWAPS = {
    "i'm": "you're", "i am": "you are", "i was": "you were", "we are": "you are", "we're": "you're", "we were": "you were",
    "i've": "you've", "we've": "you've", "i'd": "you'd", "we'd": "you'd", "i'll": "you'll", "we'll": "you'll",
    "i": "you", "we": "you", "my": "your", "our": "your", "ours": "yours", "mine": "yours", "us": "you", "me": "you",
    "myself": "yourself", "ourselves": "yourselves",
}  # fmt: skip
_SWAP = re.compile(r"(?<![\w'])(" + "|".join(sorted(_SWAPS, key=len, reverse=True)) + r")(?![\w'])", re.IGNORECASE)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


def tidy(text: str) -> str:
    """One line that begins with a capital letter and ends with a full stop or its own mark."""
    for start, end in reversed(stage_directions(text)):
        text = text[:start] + text[end:]
    text = _FILLER.sub("", _YOU_KNOW.sub(",", text))
    text = _STAMMER.sub(r"\1", _SPACES.sub(" ", text)).strip(" ,;-\u2013\u2014")
    text = _OPENING.sub("", text) or text
    text = _shortened(text.strip())
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?\u2026" else f"{text}."


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    cut = max(text.rfind(mark, 60, _LONGEST) for mark in (", ", "; ", " but ", " and ", " so "))
    cut = cut if cut > 0 else text.rfind(" ", 0, _LONGEST)
    return text[:cut].rstrip(" ,;") + " \u2026"


def told_to_them(text: str) -> str | None:
    """ "We need it by May" as "You need it by May"; ``None`` when "you" was already in it and would change its meaning."""
    if _SECOND_PERSON.search(text) or not re.search(r"(?<![\w'])(?:we|i|our|my)(?![\w])", text, re.IGNORECASE):
        return None
    swapped = _SWAP.sub(lambda match: _SWAPS[match[1].lower()], text.replace("\u2019", "'"))
    return swapped[:1].upper() + swapped[1:]


def called(name: str) -> str:
    """How one addresses somebody: "Big Dave" for "Big Dave Muir", "Ann" for "Ann Lee (Acme)" and "Lee, Ann", "Dr. Ruiz" for "Dr. Helen Ruiz"."""
    bare = _AFFILIATION.sub("", name).strip()
    last, comma, first = bare.partition(", ")
    words = f"{first} {last}".split() if comma else bare.split()
    if not words or _LABEL.match(bare):
        return bare or name
    if len(words) > 1 and _NICKNAME.match(words[0]):
        return f"{words[0]} {words[1]}"
    return f"{words[0]} {words[-1]}" if _HONORIFIC.match(words[0]) and len(words) > 1 else words[0]


def first_names(names: Sequence[str]) -> dict[str, str]:
    """A short name for each: the first name where it is unique, else the whole."""
    firsts = {name: called(name) for name in names}
    return {name: first if list(firsts.values()).count(first) == 1 else name for name, first in firsts.items()}


def sentence_of(quote: str, turn: int, text: str) -> Sentence | None:
    """The whole sentence in which a quote stands."""
    position = text.find(quote)
    found = (sentence for sentence in read_sentences(turn, text) if sentence.end > position >= sentence.start)
    return next(found, None) if position >= 0 else None
