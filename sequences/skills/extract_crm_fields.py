"""What the CRM should know after the meeting: only fields that a meeting may fill, each with its quote.

Offline: money, time, decision makers and rivals come from the same detections as the intents; the rest from plain
statements in the first person. An empty field beats a guess.
"""

import re
from collections.abc import Iterator

from sequences.records.crm import EDITABLE_FIELDS, Stage
from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.detect_intents import detect_offline
from sequences.skills.extract_action_items import extract_offline
from sequences.skills.rules.conversation import Spoken, read_conversation
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.facts import current_tool, employees, job_title, pains, phone
from sequences.skills.rules.names import rival_names
from sequences.skills.rules.sentences import Sentence
from sequences.skills.rules.wording import tidy
from sequences.skills.skill import Skill

_SURE = 0.85
_UNCLEAR = re.compile(r"(?:he|she|they|it|this|that|him|her|them)(?:'\w+)?\b", re.IGNORECASE)  # nobody named
_MONEY = re.compile(
    r"budget|money|fund|spend|price|pricing|cost|afford|expensive|pricey|steep|cheap|invest|capex|opex|cash|approved|[$\u20ac\u00a3]|"
    r"\bk\b|\d\s?k\b|thousand|grand|million|hundred|per cent|percent|fee|rate|number|figure",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_RECKONED = frozenset(("close_on", "next_step", "timeline", "timezone"))  # "by Friday" becomes a date
_FIELD_OF = {
    IntentKind.BUYING_POSITIVE: "budget",
    IntentKind.BUYING_NEGATIVE: "budget",
    IntentKind.TIMELINE: "timeline",
    IntentKind.MULTI_STAKEHOLDER: "decision_process",
}


def extract_fields_offline(material: MeetingMaterial) -> FieldUpdates:
    """At most one value per field and record; the surest of the first."""
    if material.is_internal:
        return FieldUpdates()
    intents = detect_offline(material).items
    proposed = [*_from_intents(intents), *_next_step(material), *_from_statements(material)]
    kept: dict[tuple[CrmObject, str, str], FieldUpdate] = {}
    for update in proposed:
        speaker = material.transcript.turns[update.turn].speaker if update.object is CrmObject.CONTACT else ""
        kept.setdefault((update.object, update.field, speaker), update)
    return FieldUpdates(items=tuple(kept.values()), stage_proposal=_stage(material, intents))


def _from_intents(intents: tuple[Intent, ...]) -> Iterator[FieldUpdate]:
    for item in sorted(intents, key=lambda found: (bool(_UNCLEAR.match(tidy(found.quote))), -found.confidence)):
        field = _FIELD_OF.get(item.kind)
        if item.quote.endswith("?"):
            continue
        if field == "budget" and not _MONEY.search(item.quote):
            continue  # "We're going with you" says nothing about the budget
        if field and item.confidence >= _SURE and item.speaker is Side.PROSPECT:
            yield _update(CrmObject.DEAL, field, tidy(item.quote), item)
        elif item.kind is IntentKind.COMPETITIVE:
            names = rival_names(item.quote)
            if names:
                yield _update(CrmObject.DEAL, "competitors", ", ".join(names), item)


def _next_step(material: MeetingMaterial) -> Iterator[FieldUpdate]:
    """What our side does first: what has a date comes before what has none."""
    ours = [item for item in extract_offline(material).items if item.owner_side is Side.REP]
    for item in sorted(ours, key=lambda found: (found.due_on is None, found.due_on or found.turn)):
        due = f" by {item.due_on:%Y-%m-%d}" if item.due_on else ""
        yield FieldUpdate(
            object=CrmObject.DEAL,
            field="next_step",
            new=f"{item.text}{due}",
            quote=item.quote,
            turn=item.turn,
            start_s=item.start_s,
        )
        return


def _from_statements(material: MeetingMaterial) -> Iterator[FieldUpdate]:
    for spoken in read_conversation(material):
        if spoken.side is not Side.PROSPECT or spoken.is_joke:
            continue
        for sentence in pains(spoken):
            yield _stated(CrmObject.DEAL, "pain", tidy(sentence.text), (spoken, sentence))
        for sentence in spoken.sentences:
            yield from _facts(spoken, sentence)


def _facts(spoken: Spoken, sentence: Sentence) -> Iterator[FieldUpdate]:
    where = (spoken, sentence)
    if sentence.has_question_mark:
        return
    for object_, field, value in (
        (CrmObject.COMPANY, "current_tool", current_tool(sentence)),
        (CrmObject.COMPANY, "employees", employees(sentence)),
        (CrmObject.CONTACT, "title", job_title(sentence)),
        (CrmObject.CONTACT, "phone", phone(sentence)),
    ):
        if value:
            yield _stated(object_, field, value, where)


def _stated(object_: CrmObject, field: str, new: str, where: tuple[Spoken, Sentence]) -> FieldUpdate:
    spoken, sentence = where
    turn = spoken.turn
    return FieldUpdate(object=object_, field=field, new=new, quote=sentence.text, turn=turn.index, start_s=turn.start_s)


def _update(object_: CrmObject, field: str, new: str, item: Intent) -> FieldUpdate:
    return FieldUpdate(object=object_, field=field, new=new, quote=item.quote, turn=item.turn, start_s=item.start_s)


_ORDER = list(Stage)


def _stage(material: MeetingMaterial, intents: tuple[Intent, ...]) -> FieldUpdate | None:
    """Forward only: an offer that was promised. A decision to buy is for the rep to book."""
    deal = material.customer.deal
    promised = [item for item in intents if item.kind is IntentKind.SEND_PROPOSAL and item.confidence >= _SURE]
    if not promised or deal is None or _ORDER.index(deal.stage) >= _ORDER.index(Stage.PROPOSAL):
        return None
    return _update(CrmObject.DEAL, "stage", Stage.PROPOSAL.value, promised[0])


def check_fields(material: MeetingMaterial, found: FieldUpdates) -> FieldUpdates:
    """Fields that a meeting may fill, with a value and a quote that somebody said."""
    items = (_checked(material, item) for item in found.items if _may_fill(item))
    stage = found.stage_proposal
    is_stage = stage is not None and stage.object is CrmObject.DEAL and stage.new.strip().casefold() in set(Stage)
    return FieldUpdates(
        items=tuple(item for item in items if item),
        stage_proposal=_checked(material, stage) if stage and is_stage else None,
    )


def _may_fill(item: FieldUpdate) -> bool:
    """These are written without a question, so what a deal is worth is not among them: no talk sets an amount."""
    return item.field in EDITABLE_FIELDS[item.object] and item.field != "amount"


def _checked(material: MeetingMaterial, item: FieldUpdate) -> FieldUpdate | None:
    turn = turn_of(material, item.turn)
    quote = verbatim(item.quote, turn.text) if turn else None
    if turn is None or quote is None or not item.new.strip():
        return None
    if item.field not in _RECKONED and not set(_NUMBER.findall(item.new)) <= set(_NUMBER.findall(turn.text)):
        return None  # a figure that nobody said
    return item.model_copy(update={"quote": quote, "new": " ".join(item.new.split()), "start_s": turn.start_s})


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


EXTRACT_CRM_FIELDS = Skill(
    key="extract_crm_fields",
    output=FieldUpdates,
    offline=extract_fields_offline,
    check=check_fields,
    material=_itself,
    prompt_version="2",
    max_output_tokens=2_000,
)
