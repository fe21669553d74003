"""When something is due, read from plain words against the day on which they were said.

Future reading; weeks start on Monday; "by Friday" is that Friday, "before Friday" the day before it. What could be
two days, or only a stretch of time ("next week", "in a few days"), has no due date: empty beats a guess.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth",
    "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
)  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "couple of": 2, "a couple of": 2, "a couple": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14,
    "twenty four": 24, "forty eight": 48, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip

_DAY = r"(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs)?|fri)"
_MONTH = (
    r"(?P<month>"
    + "|".join((*_MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec"))
    + ")"
)
_NTH = r"(?P<nth>\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>hour|business day|working day|day|week|fortnight|month)s?"
_END = r"(?:the )?(?:very )?(?:end|close)(?: of)?(?: the| this)?"

_Reader = Callable[[re.Match[str], date], date | None]


def due_on(plain: str, said_on: date) -> date | None:
    """The day named in normalised words, ``None`` when there is none or when two days compete.

    A day behind "by" or "before" beats one that is merely mentioned.
    """
    found = list(_mentions(plain, said_on))
    deadlines = {day for day, is_deadline in found if is_deadline}
    days = deadlines or {day for day, _ in found}
    return days.pop() if len(days) == 1 else None


def _mentions(plain: str, said_on: date) -> list[tuple[date, bool]]:
    taken = [False] * (len(plain) + 1)
    found = []
    for pattern, read in _READERS:
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            day = _placed(plain, match, read(match, said_on))
            if day is not None and day >= said_on:
                found.append((day, bool(_DEADLINE.search(plain[: match.start()]))))
    return found


_DEADLINE = re.compile(r"\b(?:by|before|no later than|not later than|until|due(?: on)?|deadline is)(?: the| this)? ?$")
_BEFORE = re.compile(r"\bbefore(?: the| this)? ?$")
_PAST = re.compile(r"\b(?:last|since|from|past|previous|after|every|each|your|on your|of)(?: the)? ?$")
_NOT_A_DATE = re.compile(
    r"^ (?:s|call|meeting|demo|session|sync|review|one|morning call|last week|gone|version|draft)\b"
)


def _placed(plain: str, match: re.Match[str], day: date | None) -> date | None:
    """Past days and days that only name a thing ("Tuesday's call") are no due dates."""
    before, after = plain[: match.start()], plain[match.end() :]
    if day is None or _PAST.search(before) or _NOT_A_DATE.match(after):
        return None
    return day - timedelta(days=1) if _BEFORE.search(before) else day


def _weekday(match: re.Match[str], said_on: date) -> date:
    """The next such day that is not today."""
    wanted = _day_number(match["day"])
    return said_on + timedelta(days=(wanted - said_on.weekday() - 1) % 7 + 1)


def _weekday_next_week(match: re.Match[str], said_on: date) -> date:
    return _monday(said_on) + timedelta(days=7 + _day_number(match["day"]))


def _week_after_weekday(match: re.Match[str], said_on: date) -> date:
    """ "Friday week" said on a Friday is in a week, not in two."""
    return said_on + timedelta(days=(_day_number(match["day"]) - said_on.weekday()) % 7 + 7)


def _weeks_after_today(match: re.Match[str], said_on: date) -> date:
    weeks = _NUMBERS[match["count"]] if match["count"] else 1
    return said_on + timedelta(days=7 * weeks + (match["from_"] == "tomorrow"))


def _weekday_of_month(match: re.Match[str], said_on: date) -> date | None:
    """ "Tuesday the 24th": only when both agree."""
    day = _day_of_month(match, said_on)
    return day if day and day.weekday() == _day_number(match["day"]) else None


def _day_and_month(match: re.Match[str], said_on: date) -> date | None:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    year = match.groupdict().get("year")
    return _day(int(year), month, _nth(match["nth"])) if year else _next_day(said_on, month, _nth(match["nth"]))


def _day_of_month(match: re.Match[str], said_on: date) -> date | None:
    number = _nth(match["nth"])
    this_month = _day(said_on.year, said_on.month, number)
    if this_month and this_month > said_on:
        return this_month
    following = _month_end(said_on) + timedelta(days=1)
    return _day(following.year, following.month, number)


def _in_a_while(match: re.Match[str], said_on: date) -> date | None:
    count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"]]
    unit = match["unit"]
    if unit == "month":
        return _months_later(said_on, count)
    if unit in ("business day", "working day"):
        return _working_days_later(said_on, count)
    if unit == "hour":
        return said_on + timedelta(days=count // 24)
    return said_on + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _end_of_named_month(match: re.Match[str], said_on: date) -> date:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    year = said_on.year + (month < said_on.month)
    return _month_end(date(year, month, 1))


def _end_of_quarter(match: re.Match[str], said_on: date) -> date:
    name = match["quarter"]
    number = next(value for word, value in _QUARTERS.items() if word in name)
    end = _month_end(date(said_on.year, number * 3, 1))
    return end if end >= said_on else _month_end(date(said_on.year + 1, number * 3, 1))


_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2,
             "third": 3, "fourth": 4, "last": 4}  # fmt: skip


def _end_of_period(match: re.Match[str], said_on: date) -> date:
    """The Friday of a week, the last day of a month, quarter or year."""
    ahead = (match["ahead"] or "").strip() == "next"
    if match["period"] == "week":
        return _monday(said_on) + timedelta(days=4 + 7 * (ahead or said_on.weekday() > 4))
    if match["period"] == "month":
        return _month_end(_month_end(said_on) + timedelta(days=1)) if ahead else _month_end(said_on)
    if match["period"] == "quarter":
        end = _month_end(date(said_on.year, (said_on.month + 2) // 3 * 3, 1))
        return _months_later(end, 3) if ahead else end
    return date(said_on.year + ahead, 12, 31)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_end = day == _month_end(day)
    return date(year, month + 1, last if is_end else min(day.day, last))


def _working_days_later(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _next_day(said_on: date, month: int, number: int) -> date | None:
    found = _day(said_on.year, month, number)
    return found if found and found >= said_on else _day(said_on.year + 1, month, number)


def _day_number(name: str) -> int:
    return next(number for number, day in enumerate(_DAYS) if day.startswith(name[:3]))


def _nth(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else _ORDINALS.index(text) + 1


def _same_day(_: re.Match[str], said_on: date) -> date:
    return said_on


def _tomorrow(_: re.Match[str], said_on: date) -> date:
    return said_on + timedelta(days=1)


def _day_after_tomorrow(_: re.Match[str], said_on: date) -> date:
    return said_on + timedelta(days=2)


def _no_day(_: re.Match[str], __: date) -> date | None:
    return None


_WEEK_NAMED = (
    r"(?:minutes?|one|time|quarter|floor|store|call|option|version|phase|step|part|thing|half|week|month|year)"
)
_ANY_NTH = r"(?P<nth>\d{1,2}(?:st|nd|rd|th)?|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_YEAR = r"(?: (?P<year>20\d\d))?"
_QUARTER = r"(?P<quarter>q ?[1-4]|quarter (?:one|two|three|four)|(?:first|second|third|fourth|last) quarter)"

# The first that matches a stretch of words owns it.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), read)
    for pattern, read in (
        (rf"(?:last|past|previous) {_DAY}", _no_day),
        (r"(?:the )?day after tomorrow", _day_after_tomorrow),
        (
            rf"(?P<count>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}) weeks?(?: from)? (?P<from_>today|tomorrow)",
            _weeks_after_today,
        ),
        (r"(?P<count>)(?P<from_>)this time next week", _weeks_after_today),
        (
            r"(?:(?:end of (?:day|play)|first thing|close of (?:business|play)|eod|cob) )?tomorrow(?: (?:morning|afternoon|arvo|evening|night))?",
            _tomorrow,
        ),
        (rf"{_DAY} (?:of )?next week", _weekday_next_week),
        (rf"next week(?: on)? {_DAY}", _weekday_next_week),
        (rf"a week (?:on|from|after) (?:next )?{_DAY}", _week_after_weekday),
        (rf"{_DAY} week", _week_after_weekday),
        (
            rf"{_DAY} (?:the week after|or (?:\w+)|in (?:two|three|a|a few|a couple of) weeks?|(?:in )?the (?:following|second) week)",
            _no_day,
        ),
        (r"(?:week|month|day)s? after", _no_day),
        (rf"{_DAY} (?:the )?{_NTH}(?! {_WEEK_NAMED})", _weekday_of_month),
        (rf"(?:the )?{_ANY_NTH} (?:of )?{_MONTH}{_YEAR}", _day_and_month),
        (rf"{_MONTH} (?:the )?{_ANY_NTH}{_YEAR}", _day_and_month),
        (rf"{_END} {_QUARTER}", _end_of_quarter),
        (rf"{_END} {_MONTH}", _end_of_named_month),
        (rf"{_END} (?P<ahead>next )?(?P<period>week|month|quarter|year)", _end_of_period),
        (r"(?P<ahead>next )?(?P<period>month|quarter|year) end", _end_of_period),
        (r"(?P<ahead>)e ?o ?w|(?P<period>week) end(?!s)", _no_day),
        (rf"(?:{_END} (?:day|play|business)|eod|cob)(?: on)?(?: this| next| this coming)? {_DAY}", _weekday),
        (rf"{_END} (?:day|play|business|today)(?: today)?|eod|cob|end of the day", _same_day),
        (r"(?:in|within)(?: the next)?(?: about)? (?:\w+ ){1,2}minutes?", _same_day),
        (r"by (?:lunch|lunchtime|noon|midday|teatime|this evening|evening)", _same_day),
        (rf"(?:in|within)(?: the)?(?: next)?(?: about)? {_COUNT} {_UNIT}", _in_a_while),
        (rf"{_COUNT} {_UNIT} (?:from (?:now|today)|time)", _in_a_while),
        (
            r"today|tonight|this (?:morning|aft|afternoon|arvo|evening)|(?:right |straight )?after (?:this|the|our) (?:call|meeting)",
            _same_day,
        ),
        (rf"(?:this |next |this coming |coming )?{_DAY}", _weekday),
        (rf"the {_NTH}(?! {_WEEK_NAMED})", _day_of_month),
    )
)
