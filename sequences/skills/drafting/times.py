"""Days and times in the words in which they were said: a mail that is sent in the same hour may say "tomorrow"."""

import re
from collections.abc import Iterable
from itertools import pairwise

from sequences.skills.rules.sentences import Sentence, read_sentences

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty |thirty )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth)"
_CLOCK = r"(?: (?:at|around|about|from) (?:half |quarter )?(?:past |to )?(?:\d{1,2}(?: \d{2})?|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:thirty|fifteen|forty five|o'clock|oclock|am|pm|a m|p m))?)"
_DATE = (
    rf"(?:(?:this |next |coming )?{_DAY}(?: week| fortnight)?(?: (?:the )?{_NTH}(?! (?:floor|phase|version|part)))?(?: (?:of )?{_MONTH})?(?: (?:morning|afternoon|evening|lunchtime|noon))?|"
    rf"(?:the )?{_NTH} (?:of )?{_MONTH}|{_MONTH} (?:the )?{_NTH}|the {_NTH}(?! (?:floor|phase|version|part|time|one|option|step|half|quarter|line|week|day|half))|"
    rf"(?:the )?day after tomorrow|today|tonight|tomorrow(?: (?:morning|afternoon|evening|night|noon|midday|lunchtime))?|(?:the )?(?:first|second|third|fourth|last) week (?:of|in) {_MONTH}|this (?:morning|afternoon|evening|week)|next (?:week|month)|(?:a )?week (?:on|from) (?:today|{_DAY}))"
).replace("{_DAY}", _DAY)
_END_OF = rf"(?:(?:the )?end of (?:the |this |next )?(?:day|week|month|quarter|year|{_MONTH}|q[1-4]))"
_LEAD = r"(?:(?:by|before|on|until|no later than|not later than|by the|before the|on the|by close of business|by close of play|by the close of play on|by the end of|before the end of|by end of|end of) (?:the )?)"
_WHEN = re.compile(
    rf"\b(?:{_LEAD}{_DATE}|{_LEAD}(?:the )?(?:day|play|week|month|quarter|weekend|{_END_OF})|within (?:\w+ ){{1,2}}(?:hours?|days?|weeks?)|in (?:\w+ ){{1,2}}(?:minutes|hours?|days?|weeks?)(?! (?:of|in)\b)|"
    rf"{_DATE}){_CLOCK}?(?: at the latest)?\b"
)
_UNTIL = re.compile(
    rf"\b(?:by|before|until|no later than|not later than) (?:{_END_OF}\b|(?:the )?(?:close of (?:business|play) (?:on )?|end of (?:the |this |next )?)?(?:{_DATE}|day|play|week|month|weekend){_CLOCK}?)\b"
)
_MEETING = re.compile(rf"\b(?:(?:on|this|next|the) )*{_DATE}{_CLOCK}?\b")


def when_said(texts: Iterable[str]) -> str | None:
    """The first time that one of them names, with its "by" or "before"; a bare day gets "on"."""
    for text in texts:
        sentences = read_sentences(0, text)
        for pattern in (_UNTIL, _WHEN):
            found = next((said for sentence in sentences if (said := _as_written(sentence, pattern))), None)
            if found:
                return _led(found)
    return None


def meeting_time(sentence: Sentence) -> str | None:
    """ "next Tuesday at ten", as it was said; ``None`` without a day."""
    found = _as_written(sentence, _MEETING)
    return _led(found) if found else None


def _as_written(sentence: Sentence, pattern: re.Pattern[str]) -> str | None:
    match = pattern.search(sentence.plain)
    if match is None:
        return None
    first, last = sentence.word_at(match.start()), sentence.word_at(match.end() - 1)
    spans = list(dict.fromkeys((word.start, word.end) for word in sentence.words[first : last + 1]))
    written = sentence.source[spans[0][0] : spans[0][1]]
    for (_, end), (start, after) in pairwise(spans):
        written += ("-" if sentence.source[end:start] == "-" else " ") + sentence.source[start:after]
    return written


def _led(time: str) -> str:
    time = re.sub(rf"\b(?:{_DAY}|{_MONTH})\b", lambda match: match[0].capitalize(), time)
    if re.match(r"(?:the )?(?:day after tomorrow|end of)", time, re.IGNORECASE):
        return re.sub(r"^(?:the )?day", "the day", time, flags=re.IGNORECASE)
    if re.match(r"(?:the )?(?:first|second|third|fourth|last) week ", time, re.IGNORECASE):
        return f"in {time}"
    is_day = re.match(rf"(?:the |{_DAY}|{_MONTH}|\d)", time, re.IGNORECASE)
    return f"on {time}" if is_day else time[:1].lower() + time[1:]
