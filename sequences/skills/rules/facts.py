"""What a prospect tells about their problem, their tools, their size and themselves."""

import re
from collections.abc import Iterator

from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.sentences import Sentence

_PAIN = re.compile(
    r"\b(?:(?:the|our|my|biggest|main|real|whole) (?:\w+ )?(?:problem|issue|challenge|headache|pain|frustration|bottleneck|struggle) (?:is|s|was|right now|today|there)|"
    r"(?:we|i|they|it|team|people|everybody|everyone) (?:\w+ )?(?:struggle|struggles|struggling|waste|wastes|lose|loses|lost|losing|spend (?:\S+ ){0,4}?(?:hours|days|weeks)|keep (?:\w+ )?(?:losing|missing|forgetting)|miss (?:\S+ ){0,3}?(?:deadlines?|orders?|calls?|appointments?))|"
    r"cost(?:s)? us|costing us|nightmare|drives? (?:me|us|everyone) (?:crazy|mad|nuts)|falls? (?:over|through the cracks)|by hand|manually|takes? (?:us |me |them )?(?:\S+ ){0,3}?(?:hours|days|weeks|forever|ages)|"
    r"too (?:slow|long|many (?:errors|mistakes|steps))|error prone|out of (?:date|sync|stock)|nobody (?:owns|knows|can find)|copy and paste|copy pasting|retype|retyping|double entry|sits? in (?:\S+ ){1,4}for (?:\S+ )?(?:days|weeks)|were out|burned|no visibility|blind)\b"
)
_NOT_PAIN = re.compile(
    r"\b(?:no (?:problem|issue)|not (?:a|the|an) (?:problem|issue)|would|if|your (?:price|product)|budget|save|saves)\b"
)
_TOOL = re.compile(
    r"\b(?:we|i) (?:are )?(?:currently |still |today |mostly )?(?:use|using|run|running|run on|work with|are on) (?:an? (?:old |older |ancient |legacy )?(?:version of )?)?(?P<tool>[a-z0-9]+(?: [a-z0-9]+)?)"
)
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


def pains(spoken: Spoken) -> Iterator[Sentence]:
    """Sentences of a prospect about what goes wrong today."""
    if spoken.side is not Side.PROSPECT or spoken.is_joke:
        return
    for sentence in spoken.sentences:
        is_question = sentence.has_question_mark
        if (
            _PAIN.search(sentence.plain)
            and not _NOT_PAIN.search(sentence.plain)
            and not is_question
            and len(sentence.words) >= 6
        ):
            yield sentence


def current_tool(sentence: Sentence) -> str | None:
    """The name of a product in use: only words that are written like a name."""
    match = _TOOL.search(sentence.plain)
    if match is None:
        return None
    first = sentence.word_at(match.start("tool"))
    name: list[str] = []
    for word in sentence.words[first : first + 3]:
        written = sentence.source[word.start : word.end]
        if not written[:1].isupper() or word.text == "i" or (name and word.breaks):
            break
        name.append(written)
    return " ".join(name) or None


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
