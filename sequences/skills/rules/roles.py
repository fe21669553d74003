"""Who "him" or "her" is, where only one person was spoken of: "the client's surveyor", "our managing director"."""

import re
from collections.abc import Iterable

from sequences.records.meeting import Side

_WOMEN = r"(?:wife|sister|mother|daughter|chairwoman|matron|lady|aunt)"
_MEN = r"(?:husband|brother|father|son|chairman|foreman|guy|uncle)"
_ROLE = (
    r"(?:boss|manager|director|chief(?: \w+){0,2} officer|head of [\w-]+|lead|leader|representative|rep|partner|owner|lawyer|solicitor|counsel|"
    r"accountant|controller|buyer|architect|engineer|surveyor|qs|officer|principal|chair|chairperson|treasurer|secretary|president|c[efiot]o|"
    r"ciso|cmo|[mf]d|colleague|landlord|broker|auditor|delegate|doctor|nurse|supervisor|planner|administrator|technician|assistant|"
    rf"specialist|consultant|contractor|adviser|advisor|bursar|registrar|curator|chef|designer|{_WOMEN}|{_MEN})"
)
_PERSON = re.compile(
    rf"\b(?P<whose>my|our|the|their|your|his|her) (?P<who>(?:(?!(?:and|or|of|to|is|for|in|on|with|that|other|same)\b)[\w\u2019'-]+ ){{0,2}}?{_ROLE})"
    r"(?![\w\u2019'-])(?! (?:of|and|or)\b)",
    re.IGNORECASE,
)
_HIM = re.compile(
    r"(?P<deed>(?:Ask|Call|Ring|Phone|Tell|Email|Text|Catch|Meet|Speak to|Speak with|Talk to|Talk with|Check with|See|Chase|Write to)) (?P<whom>him|her)\b"
)


def named_by_role(task: str, before: Iterable[tuple[str, Side]]) -> str:
    """ "Ask him" as "Ask the client's surveyor", where the texts before it, with who said them, name one such person."""
    match = _HIM.match(task)
    if match is None:
        return task
    not_meant = re.compile(_WOMEN if match["whom"] == "him" else _MEN, re.IGNORECASE)
    found: dict[str, str] = {}
    for text, side in before:
        for person in _PERSON.finditer(text.replace("\u2019", "'")):
            if not not_meant.search(person["who"]):
                found.setdefault(person["who"].casefold(), f"{_whose(person['whose'].lower(), side)} {person['who']}")
    if len(found) != 1:
        return task
    return f"{match['deed']} {next(iter(found.values()))}{task[match.end() :]}"


def _whose(word: str, side: Side) -> str:
    """As our side says it."""
    if word in ("my", "our"):
        return "our" if side is Side.REP else "their"
    if word == "your":
        return "our" if side is Side.PROSPECT else "their"
    return word
