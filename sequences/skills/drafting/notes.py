"""What the prospect said that a mail may hand back: turned round where that cannot change its meaning, else left out."""

import re
from collections.abc import Iterator

from sequences.records.insight import Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.fields.deciding import is_about_others
from sequences.skills.fields.trouble import troubles
from sequences.skills.rules.wording import tidy, told_to_them

_LONGEST = 120  # characters of a note
_FEWEST_WORDS, _MOST_WORDS = 6, 22
# About people, about money, or not fit for paper.
_SENSITIVE = re.compile(
    r"\b(?:reserves|debts?|cash flow|(?:tool|firm|company|system) called|boss|weird|hate|stupid|idiot|between us|don't tell|off the record|fired|politics|no rush|no hurry|he|she|him|her|his|hers|guy|"
    r"bloke|lady|wife|husband|sister|brother|mother|father|mum|dad|cousin|budget|money|price|expensive|cost|pay|paid|cash|grand|"
    r"bloody|damn|hell|crap|god|lord|mess|disaster|nightmare|embarrassing|lawyer|sue|dead|die|cry|crying|sick|drunk)\b",
    re.IGNORECASE,
)
_CLUMSY = re.compile(
    r"^(?:because|which|that|but|if|can|could|would|will|do|does|is|are|was|and|or|as|so|then|though)\b|"
    r"\b(?:gotta|gonna|wanna|ain't|tae|kinda|sorta|y'all|ye|innit|dunno|cause|like a|or something|or whatever|you know|i mean)\b|"
    r"\b(?:by|until|before|after|from) then\b|\b(?:before|after|by) that\b(?! \w)|"
    r"\byou (?:wants|needs|has|is|was|am)\b|[?\u2026\"\u201c]|, like,|\bum\b|\buh\b|\btell you\b|\bask you\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r",? (?:though|actually|really|to be honest|honestly|i think|you know|i guess|anyway|mind|mate|love|right|yeah|eh|so)(?=[.!]?$)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:like |the thing is,? |see, |look, |listen, |to be honest,? |honestly,? |i mean,? |well,? |for us,? |the other thing is,? |"
    r"we've got to |realistically,? )",
    re.IGNORECASE,
)


def notes(material: MeetingMaterial, intents: tuple[Intent, ...]) -> Iterator[str]:
    """Their dates, the surest first, then what troubles them; sentences addressed to the prospect."""
    times = [item for item in intents if item.kind is IntentKind.TIMELINE and item.speaker is Side.PROSPECT]
    for item in sorted(times, key=lambda found: -found.confidence):
        if not is_about_others(item.quote):
            yield from _note(item.quote)
    for _, sentence in troubles(material):
        yield from _note(sentence.text)


def _note(said: str) -> Iterator[str]:
    if not said[:1].isupper() or not _FEWEST_WORDS <= len(said.split()) <= _MOST_WORDS:
        return  # a machine's transcript, or somebody who rambles
    bare = _LEADING.sub("", _TRAILING.sub("", tidy(said)))
    note = told_to_them(bare[:1].upper() + bare[1:])
    if note and len(note) <= _LONGEST and not _SENSITIVE.search(note) and not _CLUMSY.search(note):
        yield note
