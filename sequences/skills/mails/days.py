"""The day on which somebody is back, read from an automatic reply against the day on which it was sent.

Days are read in the forms of several languages. Two numbers with a slash are read only when they can be one day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = (
    r"jan(?:uary|uar|uár|vier|uari|eiro)?|ene(?:ro)?|gen(?:naio)?|stycznia|ledna|tammikuuta?|januára|jänner|января|ocak|januarja|jaanuar",
    r"feb(?:ruary|ruar|rero|braio|ruari|er)?|f[ée]v(?:rier|ereiro)?|lutego|února|helmikuuta?|февраля|şubat|februarja|veebruar",
    r"mar(?:ch|s|zo|ço|t|ts|z)?|märz|maart|mrt|marca|března|maaliskuuta?|марта|mart|marec|märts",
    r"apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|kwietnia|dubna|huhtikuuta?|апреля|nisan|aprill?a?",
    r"may|mai|mayo|maggio|mei|maj|maio|maja|května|toukokuuta?|мая|mayıs",  # noqa: RUF001
    r"june?|juni|juin|jun|junio|giugno|junho|czerwca|června|kesäkuuta?|июня|haziran|junija|juuni",
    r"july?|juli|juillet|juil|julio|luglio|julho|lipca|července|heinäkuuta?|июля|temmuz|julija|juuli",
    r"aug(?:ust|usti|ustus)?|août|aout|agosto|ago|sierpnia|srpna|elokuuta?|августа|ağustos|avgusta",
    r"sept?(?:ember|embre|tiembre)?|settembre|setembro|września|září|syyskuuta?|сентября|eylül|septembra",
    r"oct(?:ober|obre)?|okt(?:ober)?|ottobre|octubre|outubro|października|října|lokakuuta?|октября|ekim|oktobra|oktoober",
    r"nov(?:ember|embre|iembre|embro)?|listopada|listopadu|marraskuuta?|ноября|kasım|novembra",  # noqa: RUF001
    r"dec(?:ember|embre)?|desember|des|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|grudnia|prosince|joulukuuta?|декабря|aralık|decembra|detsember",  # noqa: RUF001
)
_WEEKDAYS = (
    r"mon(?:day)?|montag|lundi|lunes|lunedì|maandag|mandag|måndag",
    r"tue(?:s|sday)?|dienstag|mardi|martes|martedì|dinsdag|tirsdag|tisdag",
    r"wed(?:s|nesday)?|mittwoch|mercredi|miércoles|mercoledì|woensdag|onsdag",
    r"thu(?:rs?|rsday)?|donnerstag|jeudi|jueves|giovedì|donderdag|torsdag",
    r"fri(?:day)?|freitag|vendredi|viernes|venerdì|vrijdag|fredag",
    r"sat(?:urday)?|samstag|samedi|sábado|sabato|zaterdag|lørdag|lördag",
    r"sun(?:day)?|sonntag|dimanche|domingo|domenica|zondag|søndag|söndag",
)
_MONTH = "|".join(_MONTHS)
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|e|º|\.)?"
_YEAR = r"(?:,?\s*(?:de\s+|of\s+)?(?P<year>\d{4}))?"
_FORMS = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(rf"\b(?:the\s+)?{_NTH}\s*(?:of\s+|de\s+|d')?(?P<month>{_MONTH})\b\.?{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.?\s+(?:the\s+)?{_NTH}(?!\d){_YEAR}", re.IGNORECASE),
    re.compile(r"(?:(?P<year>\d{4})\s?年\s?)?(?P<number>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})(?:\.(?P<year>\d{4}|\d{2})?)?(?![\d:%])"),
    re.compile(r"\b(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?\b"),
)
_NTH_ALONE = re.compile(
    r"\b(?:the (?=\d+(?:st|nd|rd|th))|(?:el )?d[ií]a )(?P<day>\d{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?P<next>next\s+|nächsten\s+|prochain\s+)?(?P<name>" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE
)
_TOMORROW = re.compile(r"\b(?:tomorrow|morgen wieder|demain|mañana vuelvo|domani)\b", re.IGNORECASE)
_RETURN = re.compile(
    r"\b(?:back|return(?:s|ing|ed)?|resum(?:e|ing)|re-?open(?:s|ing)?|again|available|reachable|in the office|at (?:my|the) "
    r"desk|ab dem|ab|zurück|wieder|de retour|reprise|rouvr\w+|vuelvo|volver\w*|regres\w+|reincorpor\w+|torn\w+|rientr\w+|åter\w*|takaisin|palaan|zpět|vracím|vrátím|powró\w+|powracam|retorn\w*|voltar\w*|volto|voltando|retomo|вернусь|выйду|döneceğim|dönüş|reprend\w*|reviens|reviendrai|rückkehr|heropen\w*|join|rejoin|on (?:my )?return|"
    r"riapr\w+|terug|weer|tilbake|tilbage|tillbaka|de volta|wracam|wróc\w+|starting|from)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|til|un?til|tot|to|t\.o\.m|tom|tot en met|t/m|asti|saakka|do|até|between|through|thru|bis|jusqu'au|au|al|hasta|fino|t/m|до|kuni|-|\u2013)\b|[-\u2013]",
    re.IGNORECASE,
)
_UNTIL_BEHIND = re.compile(
    r"\.?\s*(?:asti|saakka)\b|\W{0,2}\w{0,3}\s(?:kadar|dek)\b|\s*(?:まで|为止|止)", re.IGNORECASE
)
_INCLUSIVE = re.compile(
    r"\b(?:incl\w*|einschl\w*|compres\w+|inbegrip\w+|włącznie|včetně|til og med|till och med|t\.?o\.?m|tot en met)\b",
    re.IGNORECASE,
)
_NOT_BACK = re.compile(
    r"\b(?:not|n't|nicht|pas|non|niet|inte|ikke)\b.{0,30}\b(?:back|return|resume|zurück|retour|terug|tilbake|åter)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:out|away|leave|absent|off|closed|holiday|vacation|urlaub|abwesend|geschlossen)\b", re.IGNORECASE
)
_WEEKDAY_TO_DATE = 6  # characters between "Monday" and "the 5th"
_WITHIN = 45  # characters in front of a day in which the word that says what it is must stand
_PAST_LIMIT = 60  # days that a day without a year may lie back before it is next year's
_FAR = 550  # days ahead beyond which nobody announces a return


def returns_on(text: str, sent_on: date | None) -> date | None:
    """The first day back; None when none is named, or none can be known. Without ``sent_on`` a year must stand there."""
    days = sorted(set(_days(text, sent_on)))
    returns = [day for place, day, end in days if _says_return(text, place, end)]
    if not returns and sent_on:
        returns = _weekdays_back(text, days, sent_on)
    if returns:
        return max(returns)
    last = [_after(text, place, end, day) for place, day, end in days if _says_until(text, place, end)]
    return max(last) if last else None


def _weekdays_back(text: str, days: list[tuple[int, date, int]], sent_on: date) -> list[date]:
    """ "Away on the 15th and 16th, back on Monday": the Monday after those. A weekday that a date follows is its own."""
    after = max((day for _, day, _ in days), default=sent_on)
    near = [
        (place, day, end)
        for place, day, end in _near(text, after)
        if not any(-2 <= start - end <= _WEEKDAY_TO_DATE or start <= place < stop for start, _, stop in days)
    ]
    return [day for place, day, end in near if _says_return(text, place, end)]


def _in_front(text: str, place: int) -> str:
    """What stands before the day in its sentence."""
    return re.split(r"[.!?](?=\s+[A-ZÀ-Þ])|\n\n", text[max(0, place - _WITHIN) : place])[-1]


def _says_until(text: str, place: int, end: int) -> bool:
    return bool(_UNTIL.search(_in_front(text, place)) or _UNTIL_BEHIND.match(text[end : end + 14]))


def _says_return(text: str, place: int, end: int) -> bool:
    """Whether it stands in front of the day, or right behind it ("on the 4th I am back"), in the same sentence."""
    before = _in_front(text, place)
    # "from the 5th until the 9th": the 5th is no return. Only the nearest word counts.
    words = list(_RETURN.finditer(before))
    until = list(_UNTIL.finditer(before))
    if words and until and until[-1].start() > words[-1].start():
        return bool(_NOT_BACK.search(before))
    behind = re.match(
        r"[\s,]*(?:(?:i(?:'m| am| will be|'ll be)|we(?:'re| are)|bin ich|sind wir|wieder)\b.{0,16}(?:back|zurück|wieder|available|erreichbar))|\s*(?:wieder|terug|weer|tilbake)\b|\s*(?:に(?:戻|復帰)|より(?:出社|復帰)|返回|回(?:来|到)|恢复)",
        text[end:],
        re.IGNORECASE,
    )
    if behind:
        return True
    return bool(words) and not _opens_absence(before, words, text[end : end + 40])


def _opens_absence(before: str, words: list[re.Match[str]], behind: str) -> bool:
    """ "From 5 to 9 January", "ab 5. bis 9.1.", "out of the office starting the 5th": the beginning of the time away."""
    if words[-1].group().casefold() not in {"from", "ab", "starting", "ab dem"}:
        return False
    if re.match(r"\W*(?:to|until|till|through|bis|-|\u2013)", behind, re.IGNORECASE):
        return True
    return len(words) == 1 and bool(_AWAY.search(before))


def _after(text: str, place: int, end: int, day: date) -> date:
    """ "Until the 5th" is back on the 5th; "up to and including the 4th" is back on the next working day."""
    around = text[max(0, place - _WITHIN) : place].rpartition("\n")[2]
    inclusive = (
        _INCLUSIVE.search(around)
        or _INCLUSIVE.match(text[end:].lstrip(" ,("))
        or re.search(r"\b(?:through|thru|t/m|tot en met)\b", around, re.IGNORECASE)
    )
    return _next_working_day(day) if inclusive else day


def _next_working_day(day: date) -> date:
    """After a Friday's last day away the office opens on Monday; holidays are not known here."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following


def _days(text: str, sent_on: date | None) -> Iterator[tuple[int, date, int]]:
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            day = _read(match, sent_on)
            if day and (sent_on is None or -1 <= (day - sent_on).days <= _FAR):
                taken.append(match.span())
                yield match.start(), day, match.end()
    if sent_on:
        yield from _nth(text, sent_on, taken)
    if sent_on and not taken:
        yield from _near(text, sent_on)


def _nth(text: str, sent_on: date, taken: list[tuple[int, int]]) -> Iterator[tuple[int, date, int]]:
    """ "The 19th" is the next one that there is."""
    for match in _NTH_ALONE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        ahead = (sent_on + timedelta(days=days) for days in range(1, 62))
        day = next((day for day in ahead if day.day == int(match["day"])), None)
        if day:
            taken.append(match.span())
            yield match.start(), day, match.end()


def _near(text: str, sent_on: date) -> Iterator[tuple[int, date, int]]:
    """Weekdays and "tomorrow" count only where no date stands."""
    for match in _WEEKDAY.finditer(text):
        name = match["name"]
        at = next(at for at, pattern in enumerate(_WEEKDAYS) if re.fullmatch(pattern, name, re.IGNORECASE))
        yield match.start(), sent_on + timedelta(days=(at - sent_on.weekday() - 1) % 7 + 1), match.end()
    for match in _TOMORROW.finditer(text):
        yield match.start(), sent_on + timedelta(days=1), match.end()


def _read(match: re.Match[str], sent_on: date | None) -> date | None:
    known = match.groupdict()
    if known.get("first"):
        first, second = int(known["first"]), int(known["second"])
        return _two_numbers(first, second, _year(known.get("year")), sent_on)
    month = int(known["number"]) if known.get("number") else _month(known["month"])
    return _dated(_year(known.get("year")), month, int(known["day"]), sent_on)


def _two_numbers(first: int, second: int, year: int | None, sent_on: date | None) -> date | None:
    """Day and month in either order: known only when one reading is a day, or one lies near ahead and one far away."""
    found = {_dated(year, second, first, sent_on), _dated(year, first, second, sent_on)} - {None}
    days = [day for day in found if day is not None]
    if sent_on is not None and len(days) == 2:
        days = [day for day in days if 0 <= (day - sent_on).days <= 62]
    return days[0] if len(days) == 1 else None


def _dated(year: int | None, month: int, day: int, sent_on: date | None) -> date | None:
    try:
        if year is not None:
            return date(year, month, day)
        if sent_on is None:
            return None
        this = date(sent_on.year, month, day)
        return this if (this - sent_on).days > -_PAST_LIMIT else date(sent_on.year + 1, month, day)
    except ValueError:
        return None


def _year(digits: str | None) -> int | None:
    return None if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    return next(at for at, pattern in enumerate(_MONTHS, start=1) if re.fullmatch(pattern, name, re.IGNORECASE))
