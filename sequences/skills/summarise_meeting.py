"""At most five lines of fact, each in the words of the one who said it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sequences.records.insight import Intent, IntentKind, MeetingSummary
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Turn
from sequences.skills.detect_intents import detect_offline
from sequences.skills.drafting.alone import weakness, without_reply
from sequences.skills.drafting.known import known_in
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.traceable import untraceable
from sequences.skills.extract_action_items import extract_offline, is_plain, is_withdrawn
from sequences.skills.fields.deciding import told_whole, vagueness, widened
from sequences.skills.fields.names import named_others
from sequences.skills.fields.tools import stays
from sequences.skills.fields.trouble import has_size, troubles
from sequences.skills.machine_talk import is_for_machines
from sequences.skills.rules.conversation import read_conversation
from sequences.skills.rules.offered import asked_thing
from sequences.skills.rules.sentences import read_sentences
from sequences.skills.rules.wording import first_names, tidy
from sequences.skills.skill import Skill

MOST_LINES = 5
_FEWEST = 2  # lines, before one is taken that leans on what was said around it
_LEANS_A_LITTLE = 1
_SHORTEST = 25  # characters of a line that says something by itself
_ONE_BREATH = 120

_MONEY = (IntentKind.BUYING_NEGATIVE, IntentKind.BUYING_POSITIVE)
# Behind the need: what a rep wants to know first when there is not room for everything.
_RANK = (
    _MONEY,
    (IntentKind.MULTI_STAKEHOLDER,),
    (IntentKind.COMPETITIVE,),
    (IntentKind.TIMELINE,),
    (IntentKind.SCHEDULE_MEETING, IntentKind.SEND_PROPOSAL),
    _MONEY,
    (IntentKind.SEND_PROPOSAL,),
    (IntentKind.PROSPECT_FOLLOWUP,),
)
_AMOUNT = re.compile(
    r"\d|\b(?:budget\w*|price\w*|cost\w*|pay\w*|paid|money|fund\w*|cash|figure|pounds|euros|dollars|thousand|hundred|million|grand|percent|afford|expensive|steep|"
    r"\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(r"\b(?:years? ago|last (?:year|time)|used to|back then|in the past|tried)\b", re.IGNORECASE)

_Fact = tuple[int, str, str]  # turn, speaker, words


def summarise_offline(material: MeetingMaterial) -> MeetingSummary:
    """Need, money, who decides, rivals, date, next step: of each the line that says most by itself, in that order."""
    facts = _distinct([*_problem(material), *_from_intents(material), *_promises(material)])
    firm = [fact for fact in facts if weakness(fact[2]) <= _LEANS_A_LITTLE]
    chosen = firm if len(firm) >= _FEWEST else facts
    if len(chosen) < _FEWEST:
        chosen = _distinct([*chosen, *_telling_sentences(material)])
    names = first_names(list(material.sides))
    lines = (
        f"{names.get(speaker, speaker)}: {capitalised(words, material)}" for _, speaker, words in chosen[:MOST_LINES]
    )
    return MeetingSummary(lines=tuple(lines))


def _problem(material: MeetingMaterial) -> Iterator[_Fact]:
    """The prospect's first statement of a problem that says something by itself, preferably one with a number."""
    found = [
        (weakness(words), not has_size(sentence), spoken.turn.index, spoken.turn.speaker, words)
        for spoken, sentence in troubles(material)
        if (words := tidy(without_reply(tidy(sentence.text))))
    ]
    yield from ((turn, speaker, words) for _, _, turn, speaker, words in sorted(found, key=lambda one: one[:2])[:1])


def _from_intents(material: MeetingMaterial) -> Iterator[_Fact]:
    """The clearest of each kind; where only "he" or "they" are said, with the sentence that says who."""
    turns, intents = material.transcript.turns, detect_offline(material).items
    known: dict[int, str] = {}
    for item in intents:
        words = None if _is_over(material, item) or _is_kept(item) else _worded(item, turns[item.turn])
        if words:
            known[id(item)] = tidy(without_reply(tidy(words)))
    taken: set[str] = set()
    for kinds in _RANK:
        worded = [
            (item, known[id(item)])
            for item in intents
            if item.kind in kinds and known.get(id(item), "") not in {"", *taken}
        ]
        if worded:
            best, words = min(worded, key=lambda one: (weakness(one[1]), _beside_the_point(*one), *vagueness(one[0])))
            taken.add(words)
            yield best.turn, best.speaker_name, words


def _beside_the_point(item: Intent, words: str) -> bool:
    """Money without any amount, a rival of long ago or without a name."""
    if item.kind in _MONEY:
        return _AMOUNT.search(words) is None
    return item.kind is IntentKind.COMPETITIVE and (_LONG_AGO.search(words) is not None or not named_others(words))


def _is_kept(item: Intent) -> bool:
    """A tool that stays is no rival."""
    return item.kind is IntentKind.COMPETITIVE and any(map(stays, read_sentences(item.turn, item.quote)))


def _worded(item: Intent, turn: Turn) -> str | None:
    """The quote, or with what else was said in that breath where it is too short to say anything: "Deal."."""
    quote = widened(item.quote, turn)
    if len(quote) >= _SHORTEST:
        return quote
    return turn.text if _SHORTEST <= len(turn.text) <= _ONE_BREATH else told_whole(quote, turn)


def _is_over(material: MeetingMaterial, item: Intent) -> bool:
    """Asked for, and not needed any more before the meeting ended."""
    thing = asked_thing(item.quote) if item.kind is IntentKind.SEND_CONTENT else None
    return thing is not None and is_withdrawn(material, item.turn, thing)


def _promises(material: MeetingMaterial) -> Iterator[_Fact]:
    for item in extract_offline(material).items:
        if len(item.quote) >= _SHORTEST and is_plain(material, item):
            yield item.turn, material.transcript.turns[item.turn].speaker, tidy(item.quote)


def _telling_sentences(material: MeetingMaterial) -> Iterator[_Fact]:
    """Statements full of the words that this meeting keeps coming back to."""
    spoken = [said for said in read_conversation(material) if not is_for_machines(said.turn.text)]
    weight = Counter(word for said in spoken for part in said.sentences for word in part.vocabulary if len(word) > 4)
    scored = [
        (
            sum(weight[word] for word in part.vocabulary) / (len(part.words) + 8),
            said.turn.index,
            said.turn.speaker,
            part.text,
        )
        for said in spoken
        for part in said.sentences
        if 8 <= len(part.words) <= 40 and not part.has_question_mark
    ]
    for _, turn, speaker, text in sorted(scored, key=lambda found: -found[0])[: 2 * MOST_LINES]:
        yield turn, speaker, tidy(text)


def _distinct(facts: Iterable[_Fact]) -> list[_Fact]:
    """One line for each thing said, however many findings rest on it."""
    kept: list[_Fact] = []
    for fact in facts:
        words = fact[2].rstrip(".!?\u2026")
        if words and not any(words in other[2] or other[2].rstrip(".!?\u2026") in words for other in kept):
            kept.append(fact)
    return kept


def check_summary(material: MeetingMaterial, found: MeetingSummary) -> MeetingSummary:
    """Short, one line each, and none that states what nobody said."""
    known = known_in(material)
    lines = [" ".join(line.split()).lstrip("-*\u2022 ") for line in found.lines]
    return MeetingSummary(lines=tuple(line for line in lines if line and not untraceable(line, known))[:MOST_LINES])


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


SUMMARISE_MEETING = Skill(
    key="summarise_meeting",
    output=MeetingSummary,
    offline=summarise_offline,
    check=check_summary,
    material=_itself,
    max_output_tokens=600,
)
