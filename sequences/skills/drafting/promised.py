"""Who does what, in the words in which it was promised: "I'll send you the rate card by Friday" stays that."""

import re
from collections.abc import Iterable
from datetime import date

from sequences.records.insight import ActionItem
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.skills.drafting.times import when_said
from sequences.skills.extract_action_items import local_date
from sequences.skills.rules.commitments import Commitment, commitments_in
from sequences.skills.rules.conversation import spoken_at
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.endings import with_time
from sequences.skills.rules.imperatives import as_said, bare_verb, is_vague, points_back
from sequences.skills.rules.sentences import read_sentences
from sequences.skills.rules.wording import called

_LONGEST = 26  # words of a line; what rambles on is not repeated in writing
_UNFIT = re.compile(
    r"\b(?:whatever|bloody|damn|hell|crap|shit|bugger|gonna|gotta|wanna|ain't|y'all|ya|kinda|sorta|thing|things|stuff|shout|somehow|"
    r"not promising|i guess|i think|hopefully|boss|weird|hate|stupid|idiot|fired|go home|sleep|coffee)\b|[?\u2026\"\u201c]",
    re.IGNORECASE,
)
_FOR_THEM = {
    "i": "you", "i'm": "you're", "i'll": "you'll", "i've": "you've", "i'd": "you'd", "my": "your", "mine": "yours", "me": "you",
    "myself": "yourself", "we": "you", "we're": "you're", "we'll": "you'll", "we've": "you've", "we'd": "you'd", "our": "your",
    "ours": "yours", "ourselves": "yourselves", "you": "us", "your": "our", "yours": "ours", "yourself": "us",
}  # fmt: skip
_SUBJECT_YOU = re.compile(
    r"\b(?P<before>what|whatever|where|wherever|when|how|that|which|whether|if|as|than) you\b|(?<!let )(?<!help )\byou(?= (?:want|need|have|are|said|can|could|will|would|do|did|had|use|sent|asked|mentioned)\b)",
    re.IGNORECASE,
)
_IT = re.compile(r"\w+ (?:\w+ )?(?:it|that|them|those|both)\b(?! (?:is|was))", re.IGNORECASE)
_LOOK = re.compile(r"^(?:have|take) a (?:look|think)\b", re.IGNORECASE)
_OURSELVES = re.compile(r"\b(?:my|me|mine|myself)\b", re.IGNORECASE)
_TIMED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|morning|afternoon|evening|weeks?|weekend|months?|quarter|q[1-4]|year|days?|hours?|minutes|noon|lunch|"
    r"january|february|march|april|june|july|august|september|october|november|december|\w+teenth|\w+tieth|\d+(?:st|nd|rd|th)|"
    r"(?:the )?(?:twenty|thirty)[- ]\w+|the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth))\b",
    re.IGNORECASE,
)


class Promises:
    """The promises of one meeting, each found again in the turn that it was made in."""

    def __init__(self, material: MeetingMaterial, *, contracts: bool) -> None:
        self._material = material
        self._will = "'ll" if contracts else " will"
        self._prospects = [name for name, side in material.sides.items() if side is Side.PROSPECT]

    def ours(self, item: ActionItem) -> str | None:
        """As a sentence of the rep's mail; ``None`` where only the quote would tell what is meant."""
        said = self._said(item)
        if said is not None and (points_back(said) or _IT.match(said)) and not points_back(item.text):
            said = None  # the task says what "it" is
        owner = item.owner or self._material.rep.name
        is_rep = owner == self._material.rep.name
        deed = said if said is not None and (is_rep or not _OURSELVES.search(said)) else self._turned_round(item)
        if deed is None or not _is_fit(deed) or self._is_vague(item.text):
            return None
        colleague = _name(owner)
        who = f"I{self._will}" if is_rep else f"{colleague} will" if colleague else f"We{self._will}"
        deed = re.sub(r"\bourselves\b", "myself", deed) if is_rep else deed
        return _line(who, deed, self._when(item, deed))

    def theirs(self, item: ActionItem) -> str | None:
        said = self._said(item)
        if said is not None and (points_back(said) or _IT.match(said)) and not points_back(item.text):
            said = None
        deed = _answered(said) if said is not None else self._asked_of_them(item)
        if deed is None or not _is_fit(deed) or self._is_vague(item.text):
            return None
        name = None if len(self._prospects) == 1 else _name(item.owner or "")
        who = f"{name}, you{self._will}" if name else f"You{self._will}"
        return _line(who, deed, self._when(item, deed))

    def _is_vague(self, task: str) -> bool:
        """Whether no thing is left when the people are taken out: "Send it to Nils"."""
        names = "|".join(re.escape(called(name)) for name in self._material.sides)
        return bool(_LOOK.search(task)) or is_vague(re.sub(rf"\s+(?:to )?(?:{names})(?![\w'])", "", task))

    def _said(self, item: ActionItem) -> str | None:
        """The deed with "you" and "my" as they were spoken; ``None`` when it was worded by the one who asked for it."""
        found = self._commitment(item)
        return None if found is None or found.text is not None else bare_verb(as_said(found.sentence, found.verb))

    def _commitment(self, item: ActionItem) -> Commitment | None:
        made = commitments_in(spoken_at(self._material, item.turn))
        return next((one for one in made if one.quote == item.quote), None)

    def _turned_round(self, item: ActionItem) -> str | None:
        """A task of ours with the prospect's name as "you"."""
        deed = item.text
        for name in map(called, self._prospects):
            if len(self._prospects) == 1 or name.casefold() not in item.quote.casefold():
                deed = re.sub(rf"\b{re.escape(name)}(?!['\w])", "you", deed)
        said = set(re.findall(r"\w+", item.quote.casefold()))
        if len(self._prospects) == 1 or ("your" in said and "their" not in said):
            deed = re.sub(r"\btheir\b", "your", deed)
        if "them" not in said:
            deed = re.sub(
                r"^(\w+) them\b|(?<=\bof )them\b", lambda match: f"{match[1]} you" if match[1] else "you", deed
            )
        return deed

    def _asked_of_them(self, item: ActionItem) -> str:
        mine = re.escape(called(self._material.rep.name))
        deed = re.sub(rf"\b{mine}\b(?!')", "me", re.sub(r"\btheir\b", "your", item.text))
        return re.sub(r"\b(to|with|for|of) them\b", r"\1 us", re.sub(r"^(\w+) them\b", r"\1 us", deed))

    def _when(self, item: ActionItem, deed: str) -> str:
        """The time as it was said, where the deed does not hold it already."""
        if item.due_on is None or _TIMED.search(deed):
            return ""
        turns, said_on = self._material.transcript.turns, local_date(self._material)
        named = (said for text in _from_quote(item, turns) if (said := when_said([text])))
        said = next((one for one in named if _day_of(one, said_on) == item.due_on), None)
        return f" {said}" if said else ""


def _line(who: str, deed: str, when: str) -> str:
    """Behind an aside the time stands apart: "a quote for the four sites, without the annex, on Friday"."""
    deed = _GUYS.sub("you", _COMMA.sub("", _lowered(deed)))
    return f"{who} {with_time(deed, when.strip())}."


_GUYS = re.compile(r"\byou (?:guys|folks|lads|lot)\b", re.IGNORECASE)
_COMMA = re.compile(r",(?= (?:today|tomorrow|tonight|next week|this (?:morning|afternoon|evening|week))\b)")


def _day_of(said: str, said_on: date) -> date | None:
    """What is said nearby may be the time of something else."""
    return next((due_on(sentence.plain, said_on) for sentence in read_sentences(0, said)), None)


def _from_quote(item: ActionItem, turns: tuple[Turn, ...]) -> Iterable[str]:
    """The quote, and what its speaker says right behind it."""
    yield item.quote
    text = turns[item.turn].text
    behind = text[text.find(item.quote) + len(item.quote) :]
    yield from (sentence.text for sentence in read_sentences(item.turn, behind)[:1])
    for turn in turns[item.turn + 1 : item.turn + 3]:
        if turn.speaker == turns[item.turn].speaker:
            yield from (sentence.text for sentence in read_sentences(turn.index, turn.text)[:2])


def _answered(said: str) -> str | None:
    """What they said to us, as we say it to them."""
    marked = _SUBJECT_YOU.sub(
        lambda match: match[0].replace("you", "we").replace("You", "we"), said.replace("\u2019", "'")
    )
    turned = re.sub(
        r"(?<![\w'])(?:" + "|".join(sorted(map(re.escape, _FOR_THEM), key=len, reverse=True)) + r")(?![\w'])",
        lambda match: _FOR_THEM[match[0].casefold()],
        marked.replace(" we ", " \0 ") if marked != said else marked,
        flags=re.IGNORECASE,
    )
    return turned.replace("\0", "we")


def _is_fit(deed: str) -> bool:
    return len(deed.split()) <= _LONGEST and not _UNFIT.search(deed) and not points_back(deed)


def _lowered(deed: str) -> str:
    first = deed.split(" ", 1)[0]
    return deed if len(first) > 1 and first.isupper() else deed[:1].lower() + deed[1:]


def _name(speaker: str) -> str | None:
    """The first name with a capital, which machine transcripts do without; ``None`` for a label."""
    name = called(speaker)
    return None if not name or re.search(r"\d|_|^speaker\b", name, re.IGNORECASE) else name[:1].upper() + name[1:]
