"""Numbers in a text, written or spoken, as figures that can be compared: "thirty-one grand" is 31 and 31000."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
_SIZES = {
    "hundred": 100,
    "thousand": 1_000,
    "grand": 1_000,
    "million": 1_000_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "k": 1_000,
}
_VALUES = (
    {word: value for value, word in enumerate(_ONES.split())}
    | {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
    | {word: value for value, word in enumerate(_ORDINALS.split())}
    | {word: 10 * value for value, word in enumerate(_TENTHS.split(), 2)}
    | {"dozen": 12, "fortnight": 14}
)
_WRITTEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?P<size>\s?(?:k|m|thousand|million|grand|hundred)\b)?", re.IGNORECASE)
_RUN_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
# So plain in any letter that they state nothing: "one more thing", "a second time", "first of all".
_NO_FACTS = frozenset(("one", "first", "second", "zero"))


def figures_in(text: str) -> Iterator[str]:
    """Every reading of every number of a source."""
    for match in _WRITTEN.finditer(text):
        yield from _written(match)
    for clause in re.split(r"[,.;:!?\n]", text.casefold().replace("-", " ")):
        run: list[str] = []
        for word in [*_RUN_WORD.findall(clause), ""]:
            if word in _VALUES or word in _SIZES or (run and word in ("and", "point", "half", "a")):
                run.append(word)
                continue
            yield from _readings(run)
            run = []
    if re.search(r"\bhalf\b", text, re.IGNORECASE):
        yield from ("30", "0.5", "50")
    if re.search(r"\bquarter\b", text, re.IGNORECASE):
        yield from ("15", "45", "0.25", "25", "4")


def figure_of(text: str) -> Iterator[tuple[str, str]]:
    """Each number of a text that has to be traced: as it stands there, and as a figure."""
    for match in _WRITTEN.finditer(text):
        yield match[0], next(iter(_written(match)))
    for match in re.finditer(r"[A-Za-z]+(?:[- ][A-Za-z]+)*", text):
        run: list[str] = []
        for word in [*re.split(r"[- ]", match[0].casefold()), ""]:
            if word in _VALUES or (run and word in _SIZES):
                run.append(word)
                continue
            if run and not set(run) <= _NO_FACTS:
                yield " ".join(run), _plain(_value(run))
            run = []


def _written(match: re.Match[str]) -> Iterator[str]:
    size = (match["size"] or "").strip().casefold()
    number = Decimal(match[0][: len(match[0]) - len(match["size"] or "")].replace(",", ""))
    if size:
        yield _plain(number * (1_000_000 if size == "m" else _SIZES[size]))
    yield _plain(number)
    if not size:
        yield _plain(number * 1_000)  # "we said thirty-eight" is 38k in writing


def _readings(run: Sequence[str]) -> Iterator[str]:
    words = [word for word in run if word not in ("and", "a")]
    if not words:
        return
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 8) + 1):
            part = [word for word in words[start:end] if word not in ("point", "half")]
            if part and any(word in _VALUES for word in part):
                value = _value(part)
                yield _plain(value)
                if value < 1_000:
                    yield _plain(value * 1_000)
                yield from _glued(part)
    if "point" in words:
        at = words.index("point")
        decimals = "".join(str(_VALUES.get(word, "")) for word in words[at + 1 :] if word in _VALUES)
        number = f"{_value(words[max(0, at - 1) : at])}.{decimals or 0}"
        size = next((_SIZES[word] for word in words[at + 1 :] if word in _SIZES), 1)
        yield from (_plain(Decimal(number)), _plain(Decimal(number) * size))
    if "half" in words:
        yield _plain(_value([word for word in words if word != "half"]) + Decimal("0.5"))


def _glued(part: Sequence[str]) -> Iterator[str]:
    """ "One forty" as 140, "four nine" as 4900, "twenty twenty-six" as 2026."""
    if 2 <= len(part) <= 4 and all(word in _VALUES for word in part):
        text = "".join(str(_VALUES[word]) for word in part)
        yield text
        for cut in range(1, len(part)):
            first, second = _value(part[:cut]), _value(part[cut:])
            if second < 100:
                yield _plain(first * 100 + second)
            if second < 10:
                yield _plain(first * 1_000 + second * 100)


def _value(words: Sequence[str]) -> Decimal:
    total, current = 0, 0
    for word in words:
        if word in ("thousand", "grand", "million", "lakh", "lakhs", "k"):
            total, current = total + max(1, current) * _SIZES[word], 0
        elif word == "hundred":
            current = max(1, current) * 100
        else:
            current += _VALUES.get(word, 0)
    return Decimal(total + current)


def _plain(number: Decimal) -> str:
    try:
        return f"{number.normalize():f}"
    except InvalidOperation:
        return str(number)
