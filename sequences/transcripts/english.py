"""Whether a conversation is in English, by the share of its commonest words."""

import re
from itertools import islice

from sequences.records.meeting import Transcript

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_COMMON_WORDS = """
    the a an and or but so if of to in on at for with from by is are was were be been am do does did have has had i you
    we they he she it me us them my your our their this that these those there here what when where who how why not no
    yes yeah ok okay can could will would should just like know think get got go going want need i'm it's we're you're
    that's don't i'll we'll i've we've because about up out then than as all some more one right really well good make
    time let see say said um uh
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ENOUGH_WORDS = 20
_SHARE = 0.28  # English speech has 45 to 60 per cent of these words, German or Spanish under 12


def is_english(transcript: Transcript) -> bool:
    """True for English and for conversations too short to tell."""
    words = [
        word.lower().replace("\u2019", "'")
        for turn in islice(transcript.turns, 400)
        for word in _WORD.findall(turn.text[:2_000])
    ]
    if len(words) < _ENOUGH_WORDS:
        letters = [letter for turn in transcript.turns[:50] for letter in turn.text[:500] if letter.isalpha()]
        return not letters or sum(letter.isascii() for letter in letters) > len(letters) * 0.6
    return sum(word in _COMMON for word in words) > _SHARE * len(words)
