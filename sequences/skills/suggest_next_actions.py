"""What the rep should do next, best first, each with the fact of the meeting that it rests on."""

import re
from collections.abc import Iterator

from sequences.records.insight import ActionItem, Intent, IntentKind, NextAction, NextActions
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.drafting.known import known_in
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.traceable import untraceable
from sequences.skills.extract_action_items import is_plain
from sequences.skills.fields.deciding import vagueness
from sequences.skills.fields.names import named_others
from sequences.skills.fields.tools import stays
from sequences.skills.rules.conversation import people_of
from sequences.skills.rules.endings import with_time
from sequences.skills.rules.fragments import WHEN
from sequences.skills.rules.offered import wished_thing
from sequences.skills.rules.sentences import read_sentences
from sequences.skills.rules.things import can_be_sent
from sequences.skills.rules.wording import called, first_names, tidy
from sequences.skills.skill import MeetingFindings, Skill

MOST = 5
_QUOTE_LENGTH = 160
_TELLING = 8  # words of a quote that says by itself what was agreed to
_TIMED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|"
    r"in (?:\w+ ){1,4}(?:days|weeks|months)|next \w+)\b",
    re.IGNORECASE,
)

_DATED = re.compile(rf"\b(?:{WHEN}|lead time|deadline|year[- ]end|year ends)\b", re.IGNORECASE)
_MONEY_OR_YES = re.compile(
    r"\d|\b(?:budgets?|money|fund\w*|price|prices?d|figure|number|amount|afford|plan|approved|"
    r"signed?|sign off|deal|go ahead|agree\w*|take it|order|reasonable|acceptable|fine|works|within|headroom|"
    r"\w+teen|\w+ty|hundred|thousand|grand|million|percent|buy|yes)\b",
    re.IGNORECASE,
)

# Signals that call for something, the most pressing first; promises come before them.
_ANSWERS = {
    IntentKind.BUYING_NEGATIVE: "Prepare an answer on price before you talk to {name} again",
    IntentKind.MULTI_STAKEHOLDER: "Ask {name} how to bring in the others who have a say",
    IntentKind.COMPETITIVE: "Prepare what sets you apart from {rival}",
    IntentKind.TIMELINE: "Check that your plan meets the date {name} gave",
    IntentKind.BUYING_POSITIVE: "Agree the next concrete step with {name} while the money is there",
}


def suggest_offline(findings: MeetingFindings) -> NextActions:
    """Our promises by date, open requests, then what the signals call for."""
    if findings.material.is_internal:
        return NextActions(items=tuple(_promises(findings))[:MOST])
    promises, requests = list(_promises(findings)), list(_requests(findings))
    signals = [*_signals(findings), *_reminders(findings), *_no_date(findings)]
    room = max(2, MOST - len(requests) - min(2, len(signals)))
    found = (*promises[:room], *requests, *signals)[:MOST]
    return NextActions(items=tuple(_written_large(item, findings.material) for item in found))


def _written_large(item: NextAction, material: MeetingMaterial) -> NextAction:
    """Machine transcripts write names small."""
    return item.model_copy(
        update={"text": capitalised(item.text, material), "reason": capitalised(item.reason, material)}
    )


def _promises(findings: MeetingFindings) -> Iterator[NextAction]:
    material = findings.material
    ours = [item for item in findings.action_items.items if item.owner_side is Side.REP and is_plain(material, item)]
    names = first_names(list(material.sides))
    for item in sorted(ours, key=_urgency):
        who = "You" if item.owner == material.rep.name else names.get(item.owner or "", "Our side")
        yield NextAction(text=_with_date(item), reason=f"{who} promised it: {_quoted(item.quote)}")


def _urgency(item: ActionItem) -> tuple[bool, str, int]:
    return item.due_on is None, item.due_on.isoformat() if item.due_on else "", item.turn


def _with_date(item: ActionItem) -> str:
    if item.due_on is None or _TIMED.search(item.text):
        return item.text
    return with_time(item.text, f"by {item.due_on:%A} {item.due_on.day} {item.due_on:%B}")


def _requests(findings: MeetingFindings) -> Iterator[NextAction]:
    """What they asked for and nobody promised in the turns that followed."""
    promised = {item.turn for item in findings.action_items.items if item.owner_side is Side.REP}
    promised |= {item.turn for item in findings.intents.items if item.kind is IntentKind.SEND_PROPOSAL}
    theirs = {item.quote for item in findings.action_items.items if item.owner_side is Side.PROSPECT}
    names = first_names(list(findings.material.sides))
    turns = findings.material.transcript.turns
    for item in findings.intents.items:
        if item.kind is IntentKind.SEND_CONTENT and not promised & set(range(item.turn - 1, item.turn + 4)):
            name = names.get(item.speaker_name, item.speaker_name)
            thing = wished_thing(turns[item.turn].text, item.quote)
            if thing is None and (item.quote in theirs or not can_be_sent(item.quote)):
                continue  # "Go on, do that": nobody could tell what is to be sent
            text = f"Send {name} {thing}" if thing else f"Answer {name}'s request"
            yield NextAction(text=text, reason=f"{name} asked: {_quoted(item.quote)}")


def _signals(findings: MeetingFindings) -> Iterator[NextAction]:
    names = first_names(list(findings.material.sides))
    for kind, answer in _ANSWERS.items():
        of_kind = [item for item in findings.intents.items if item.kind is kind and _calls_for_it(item)]
        if of_kind:
            people = people_of(findings.material)
            best = min(of_kind, key=lambda item: (not named_others(item.quote, people), *vagueness(item)))
            name = names.get(best.speaker_name, best.speaker_name)
            text = answer.format(name=name, rival=_rivals(findings.material, of_kind))
            yield NextAction(text=text, reason=f"{name} said: {_quoted(best.quote)}")


def _calls_for_it(item: Intent) -> bool:
    """Whether the words alone show what the suggestion rests on: a date, or money that is there."""
    quote = item.quote.replace("\u2019", "'")
    if item.kind is IntentKind.COMPETITIVE:
        return not any(map(stays, read_sentences(item.turn, item.quote)))
    if item.kind is IntentKind.TIMELINE:
        return _DATED.search(quote) is not None
    is_yes = item.kind is IntentKind.BUYING_POSITIVE
    return not is_yes or len(quote.split()) >= _TELLING or _MONEY_OR_YES.search(quote) is not None


def _rivals(material: MeetingMaterial, intents: list[Intent]) -> str:
    people = people_of(material)
    names = dict.fromkeys(name for item in intents for name in named_others(item.quote, people))
    return " and ".join(list(names)[:2]) or "the alternatives they mentioned"


def _reminders(findings: MeetingFindings) -> Iterator[NextAction]:
    for item in findings.action_items.items:
        if item.owner_side is Side.PROSPECT and item.owner and item.due_on:
            first = called(item.owner)
            text = f"Remind {first} if you have heard nothing by {item.due_on:%A} {item.due_on.day} {item.due_on:%B}"
            yield NextAction(text=text, reason=f"{first} promised: {_quoted(item.quote)}")


def _no_date(findings: MeetingFindings) -> Iterator[NextAction]:
    if not any(item.kind is IntentKind.SCHEDULE_MEETING for item in findings.intents.items):
        yield NextAction(
            text="Propose a date for the next conversation", reason="No further conversation was proposed."
        )


def _quoted(quote: str) -> str:
    shown = tidy(quote)
    if len(shown) > _QUOTE_LENGTH:
        shown = shown[: _QUOTE_LENGTH - 1].rstrip() + "\u2026"
    return f"\u201c{shown}\u201d"


def check_next_actions(findings: MeetingFindings, found: NextActions) -> NextActions:
    """Few, none without a reason, and none about what nobody said."""
    days = (item.due_on for item in findings.action_items.items if item.due_on)
    known = known_in(findings.material, days)
    kept = [
        item
        for item in found.items
        if item.text.strip() and item.reason.strip() and not untraceable(f"{item.text}\n{item.reason}", known)
    ]
    return NextActions(items=tuple(kept[:MOST]))


def _material(findings: MeetingFindings) -> MeetingMaterial:
    return findings.material


SUGGEST_NEXT_ACTIONS = Skill(
    key="suggest_next_actions",
    output=NextActions,
    offline=suggest_offline,
    check=check_next_actions,
    material=_material,
    max_output_tokens=1_000,
)
