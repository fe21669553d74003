"""What a prospect says about money that is there, is not there, or is allowed; and what a deal is worth."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from sequences.records.insight import Intent, IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.sentences import Sentence

_UNIT = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine)(?= (?:point \w+|(?:and a (?:half|quarter) )?(?:hundred|thousand|grand|million|k|lakhs?|\w+teen|\w+ty))\b)|"
    r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half a million|a hundred|a million|a quarter of a million)"
)
AMOUNT = rf"(?:[$\u20ac\u00a3]?\d[\d,.]*(?: ?(?:k|m|grand|thousand|million|lakhs?|crores?))?|{_UNIT})"
_MONEY = r"(?:budget|budgets|money|funding|funds|spend|spends|spending|capital|capex|opex|cash|grant|cap|ceiling|limit|allocation|envelope|pot)"
_STATED = re.compile(
    rf"\b(?:{_MONEY} (?:\S+ ){{0,6}}?(?:is|of|at|are|covers|has|was|were|set|for) (?:\S+ ){{0,4}}?{AMOUNT}|"
    rf"(?:i|we) (?:\w+ )?(?:can|could|may|am allowed to|are allowed to) (?:\w+ )?(?:spend|sign|go|stretch|approve|commit)(?: \w+){{0,3}}? (?:up to |to |for )?{AMOUNT}|"
    r"(?:i|we) (?:can|could|may|am allowed to|are allowed to) (?:only )?(?:spend|sign off|go up to|approve|commit) (?:up to )?(?:two|three|four|five|six|seven|eight|nine)\b|"
    rf"{AMOUNT} (?:\S+ ){{0,2}}?(?:i|we) (?:can|could) (?:find|get comfortable with|live with|swallow|wear|stomach)|put (?:\S+ ){{0,2}}?{AMOUNT} (?:\S+ ){{0,2}}?(?:aside|in the budget)|"
    rf"{AMOUNT} (?:\S+ ){{0,3}}?(?:earmarked|set aside|put aside|budgeted|approved|allocated|ring fenced|in (?:the|our|my) (?:\w+ )?(?:budget|fund|heads?|plan)|in mind|in our heads|penciled in|for equipment|is (?:the|my|our) (?:limit|ceiling|cap|max\w*))|"
    rf"(?:budgeted|earmarked|set aside|put aside|allocated|carved out|gave us|give us|given us|set us|thinking (?:more )?(?:like|of|about)|released) (?:\S+ ){{0,4}}?{AMOUNT}|"
    rf"(?:trimmed|cut|slashed|reduced) (?:\S+ ){{0,3}}?(?:budget|spend\w*|q[1-4]|costs?)|(?:my|our|the) (?:\w+ )?(?:budget|q[1-4]|spend) (?:\S+ ){{0,2}}?(?:trimmed|cut|slashed|frozen|reduced|tight|by {AMOUNT})|"
    r"(?:freeze|frozen) (?:\S+ ){0,3}?(?:spend\w*|budgets?|purchases?)|(?:spend\w*|budgets?|purchases?) (?:\S+ ){0,3}?(?:freeze|frozen)|"
    rf"(?:find|save|take|told us|telling us) (?:\S+ ){{0,3}}?(?:{AMOUNT} ?)+(?:percent|per cent|%)(?: (?:out|off|across|savings?))?)"
)
_NOT_THEIRS = re.compile(
    r"\b(?:(?:you|they|people|guests|customers) spend|spends? the (?:day|night|week|evening)|(?:take|takes|took|charge|charges) (?:\S+ ){0,4}(?:from|off) us|"
    r"(?:on|of) every|if|unless|hypothetically|would|your (?:price|quote|number)|per (?:head|seat|user)|customers? (?:spend|pay))\b"
)
_ABOUT_MONEY = re.compile(
    r"\b(?:budgets?|funding|funds|grants?|capex|opex|capital|no (?:money|cash)|money(?:'s| is| was| has| set| for| in)|cash(?:'s| is| for)|"
    r"(?:the|a|our|my) (?:cap|ceiling|limit|pot)|set aside|ring-?fenced|earmarked|afford|signed off|capital request|"
    r"margins (?:are|were)|what (?:i|we)(?:'ve| have) got)\b",
    re.IGNORECASE,
)
_ENOUGH = 0.75  # confidence of an intent about money


def budget_stated(spoken: Spoken) -> Iterator[Sentence]:
    """Sentences in which the prospect names money that may be spent, or says that there is none."""
    if spoken.side is not Side.PROSPECT or spoken.is_joke:
        return
    for sentence in spoken.sentences:
        if (
            not sentence.has_question_mark
            and len(sentence.words) >= 4
            and _STATED.search(sentence.plain)
            and not _NOT_THEIRS.search(sentence.plain)
        ):
            yield sentence


def speaks_of_budget(intent: Intent) -> bool:
    """A signal about money that names money: that something is steep is no budget."""
    is_money = intent.kind in (IntentKind.BUYING_POSITIVE, IntentKind.BUYING_NEGATIVE)
    quote = intent.quote.replace("\u2019", "'")
    is_sure = is_money and intent.confidence >= _ENOUGH and not quote.endswith("?")
    return is_sure and bool(_ABOUT_MONEY.search(quote))


_TOTAL = re.compile(
    r"(?P<sign>[$\u20ac\u00a3])\s?(?P<figure>\d[\d,]*(?:\.\d+)?)\s?(?P<size>k|thousand|grand|million|m)?\b|"
    r"\b(?P<count>\d[\d,]*(?:\.\d+)?)\s?(?P<size2>k|thousand|grand|million|dollars|euros|pounds|usd|eur|gbp|quid)\b",
    re.IGNORECASE,
)
_SPOKEN_TOTAL = re.compile(
    r"\b(?P<words>(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a|hundred|and)[ -])+(?:thousand|grand|hundred|million)"
    r"(?:[ -](?:and[ -])?(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b[ -]?)+)?)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:per|each|apiece|every|monthly|a (?:month|week|day|seat|user|head|piece|unit|bottle|yard|tree|truck|van|door|site|student|employee|person)|"
    r"plus|on top|between|about|around|roughly|somewhere|discount|off|save|saves|credit|percent|per cent)\b|%",
    re.IGNORECASE,
)
_BY_THE_UNIT = re.compile(
    r"\b(?:per|each|a|an|every) (?:month|week|day|seat|user|head|piece|unit|bottle|yard|tree|truck|van|door|site|student|employee|person|licen[cs]e|host|page|case)\b|"
    r"\b(?:monthly|weekly|apiece)\b",
    re.IGNORECASE,
)
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_SIZES = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "m": 1_000_000, "million": 1_000_000, "hundred": 100}


def price_named(text: str) -> Decimal | None:
    """The one total that a sentence names, ``None`` when there are two, a rate, a range or only an estimate."""
    figures = [*_TOTAL.finditer(text), *_SPOKEN_TOTAL.finditer(text)]
    if len(figures) != 1 or text.rstrip().endswith("?"):
        return None
    match = figures[0]
    around = f"{text[: match.start()]} {text[match.end() :]}"
    if _RATE.search(around) or re.search(r"\d", around):
        return None
    return _spoken_value(match["words"]) if "words" in match.groupdict() else _written_value(match)


_THOUSANDS = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|few|couple of) (?:thousand|grand|million)\b"
    r"(?= (?:pounds|euros?|dollars|quid|a (?:year|month)|per|for|all|in|to|as|on|off|is|was|would|we|you)\b|[,.?!]|$)|\d\s?k\b",
    re.IGNORECASE,
)


def counts_in_thousands(texts: Iterable[str]) -> bool:
    """Whether "one hundred and ninety" may mean as many thousands."""
    return any(_THOUSANDS.search(text) for text in texts)


def is_by_the_unit(texts: Iterable[str]) -> bool:
    """Whether prices were being named by the month or the piece, so that a bare figure is no total."""
    return any(_BY_THE_UNIT.search(text) for text in texts)


def _written_value(match: re.Match[str]) -> Decimal:
    number = Decimal((match["figure"] or match["count"]).replace(",", ""))
    return number * _SIZES.get((match["size"] or match["size2"] or "").casefold(), 1)


def _spoken_value(words: str) -> Decimal:
    """ "Eleven thousand four hundred" as 11400."""
    total, current = 0, 0
    for word in re.split(r"[ -]+", words.casefold().strip()):
        if word in ("and", ""):
            continue
        if word in ("thousand", "grand", "million"):
            total, current = total + max(1, current) * _SIZES[word], 0
        elif word == "hundred":
            current = max(1, current) * 100
        else:
            current += 1 if word == "a" else _VALUES[word]
    return Decimal(total + current)
