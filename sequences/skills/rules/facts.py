"""What a prospect tells about their size and themselves."""

import re

from sequences.skills.rules.sentences import Sentence

_EMPLOYEES = re.compile(
    r"\bwe (?:are|have|employ|are at|have got|are about|employ about|have about|have around|are around) (?:about |around |roughly |some |now |currently )*(?P<count>\d[\d,.]*) (?:\w+ )?(?:employees|people|staff|headcount|associates|team members)\b(?! (?:in|on|at|per|a|who|coming|waiting|using|for|from)\b)"
)
_TITLE = re.compile(
    r"\bi (?:am|am now|have just become|work as) (?:the |a |an |our |their )?(?P<title>(?:(?:senior|deputy|assistant|associate|executive|chief|regional|global|vice|group|interim|new) )*"
    r"(?:(?:head|director|vp|vice president|manager|president) of [a-z]+(?: (?:and )?(?!here\b|at\b|for\b|so\b|which\b|since\b|in\b|and\b|now\b|with\b)[a-z]+)?|(?:operations|purchasing|procurement|finance|it|sales|marketing|plant|office|practice|facilities|hr|logistics|warehouse|general|managing|product|project|quality|commercial|technical|supply chain|financial|store|engineering|clinical|customer success) (?:director|manager|lead|officer|controller)|"
    r"(?:ceo|cfo|coo|cto|cio|ciso|controller|founder|co founder|owner)))\b(?= (?:here|at|of|for|and|so|which|since|in)\b|$)"
)
_PHONE = re.compile(r"(?<![\w.])\+?\d[\d ().-]{7,17}\d(?!\w)")
_MY_NUMBER = re.compile(
    r"\b(?:my (?:\w+ )?(?:number|cell|mobile|phone|direct line)|reach me (?:on|at)|call me (?:on|at))\b"
)


def employees(sentence: Sentence) -> str | None:
    """The number of people, in digits."""
    match = _EMPLOYEES.search(sentence.plain)
    count = match["count"].replace(",", "").strip(".") if match else ""
    return count if count.isdigit() else None


def job_title(sentence: Sentence) -> str | None:
    """What the speaker says to be."""
    match = _TITLE.search(sentence.plain)
    if match is None:
        return None
    first, last = sentence.word_at(match.start("title")), sentence.word_at(match.end("title") - 1)
    written = sentence.source[sentence.words[first].start : sentence.words[last].end]
    return written[:1].upper() + written[1:]


def phone(sentence: Sentence) -> str | None:
    """The speaker's own number."""
    match = _PHONE.search(sentence.text) if _MY_NUMBER.search(sentence.plain) else None
    return " ".join(match[0].split()) if match else None
