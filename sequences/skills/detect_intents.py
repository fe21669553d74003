"""Commitments, requests and signals, each with the words that prove it. What counts: ``docs/glossary.md``.

Offline: patterns over normalised speech, each with the side that may say it and what forbids it. No detection is
better than a wrong one.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.odds.features import Heard, hear
from sequences.skills.odds.weigh import weigh
from sequences.skills.rules import (
    idioms,
    meetings,
    money,
    offers,
    promises,
    requests,
    rivals,
    sayings,
    stakeholders,
    timeline,
)
from sequences.skills.rules.answers import detect_answers
from sequences.skills.rules.assents import detect_assent
from sequences.skills.rules.conversation import Spoken, people_of, read_conversation
from sequences.skills.rules.errands import detect_errand
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.matching import Found, Rule, apply
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.rules.threads import Thread
from sequences.skills.rules.together import detect_together
from sequences.skills.rules.vetoes import is_vetoed
from sequences.skills.skill import Skill

LEAST_CONFIDENCE = 0.7  # at or below it nothing is listed (INTENT-05)

# Who can mean it: an offer is ours to make; what they want, have and plan is theirs to say.
_SPEAKER = {
    IntentKind.SEND_PROPOSAL: Side.REP,
    IntentKind.SEND_CONTENT: Side.PROSPECT,
    IntentKind.COMPETITIVE: Side.PROSPECT,
    IntentKind.BUYING_POSITIVE: Side.PROSPECT,
    IntentKind.BUYING_NEGATIVE: Side.PROSPECT,
    IntentKind.TIMELINE: Side.PROSPECT,
    IntentKind.PROSPECT_FOLLOWUP: Side.PROSPECT,
}


@once_per_meeting
def detect_offline(material: MeetingMaterial) -> Intents:
    """By rules and odds; nothing in a meeting where nobody from outside spoke."""
    if material.is_internal:
        return Intents()
    return Intents(items=tuple(weigh(hear_conversation(material))))


def hear_conversation(material: MeetingMaterial) -> list[Heard]:
    """The turns with what the rules find in them, in order."""
    thread = Thread(people_of(material))
    return [hear(spoken, tuple(_intents_of(spoken, thread))) for spoken in read_conversation(material)]


def _intents_of(spoken: Spoken, thread: Thread) -> Iterator[Intent]:
    in_context = list(thread.hear(spoken))
    if spoken.is_joke:
        return
    best: dict[IntentKind, Found] = {}
    for found in chain(_found_in(spoken), in_context):
        if is_vetoed(found):
            continue
        if found.kind not in best or found.confidence > best[found.kind].confidence:
            best[found.kind] = found
    thread.remember(best.values())
    for found in best.values():
        yield Intent(
            kind=found.kind,
            speaker=spoken.side,
            speaker_name=spoken.turn.speaker,
            quote=found.quote,
            turn=spoken.turn.index,
            start_s=spoken.turn.start_s,
            confidence=round(found.confidence, 2),
        )


def _found_in(spoken: Spoken) -> Iterator[Found]:
    for sentence in spoken.sentences:
        plain = sentence.plain
        for rule, search in _rules_of(spoken.side):
            found = apply(rule, sentence, spoken.side, spoken.people) if search(plain) else None
            if found:
                yield found
    assent = detect_assent(spoken)
    if assent:
        yield assent
    yield from detect_answers(spoken)
    yield from detect_together(spoken)
    yield from detect_errand(spoken)


@cache
def _rules_of(side: Side) -> tuple[tuple[Rule, Callable[[str], object]], ...]:
    """With what tells in a moment that most of them do not hold."""
    rules = chain(
        offers.RULES,
        meetings.RULES,
        requests.RULES,
        stakeholders.RULES,
        rivals.RULES,
        money.RULES,
        timeline.RULES,
        promises.RULES,
        sayings.RULES,
        idioms.RULES,
    )
    return tuple((rule, rule.pattern.search) for rule in rules if side in rule.sides)


def check_intents(material: MeetingMaterial, intents: Intents) -> Intents:
    """Only what a turn really says, by somebody who can mean it, surely enough, once per turn and kind."""
    if material.is_internal:
        return Intents()
    kept: dict[tuple[int, IntentKind], Intent] = {}
    for item in intents.items:
        checked = _checked(material, item)
        if checked is None:
            continue
        known = kept.get((item.turn, item.kind))
        if known is None or known.confidence < item.confidence:
            kept[item.turn, item.kind] = checked
    return Intents(items=tuple(sorted(kept.values(), key=lambda item: item.turn)))


def _checked(material: MeetingMaterial, item: Intent) -> Intent | None:
    turn = turn_of(material, item.turn)
    quote = verbatim(item.quote, turn.text) if turn else None
    if turn is None or quote is None or item.confidence <= LEAST_CONFIDENCE:
        return None
    side = material.sides.get(turn.speaker, Side.UNKNOWN)
    if side is not _SPEAKER.get(item.kind, side):
        return None
    return item.model_copy(
        update={"quote": quote, "speaker": side, "speaker_name": turn.speaker, "start_s": turn.start_s}
    )


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


DETECT_INTENTS = Skill(
    key="detect_intents",
    output=Intents,
    offline=detect_offline,
    check=check_intents,
    material=_itself,
    max_output_tokens=4_000,
)
