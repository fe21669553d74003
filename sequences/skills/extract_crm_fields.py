"""What the CRM should know after the meeting: only fields that a meeting may fill, each with its quote.

Offline: money, time, decision makers and rivals come from the same detections as the intents; the rest from plain
statements in the first person. An empty field beats a guess.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from sequences.records.crm import EDITABLE_FIELDS, Stage
from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.skills.detect_intents import detect_offline
from sequences.skills.drafting.alone import weakness, without_reply
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.extract_action_items import extract_offline, is_plain, local_date
from sequences.skills.fields.deciding import (
    closes_on,
    is_about_others,
    says_who_decides,
    told_whole,
    vagueness,
    widened,
)
from sequences.skills.fields.names import named_others
from sequences.skills.fields.spending import (
    budget_stated,
    counts_in_thousands,
    is_by_the_unit,
    price_named,
    speaks_of_budget,
)
from sequences.skills.fields.tools import current_tool, stays
from sequences.skills.fields.trouble import has_size, troubles
from sequences.skills.rules.conversation import Spoken, people_of, read_conversation
from sequences.skills.rules.endings import with_time
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.facts import employees, job_title, phone
from sequences.skills.rules.sentences import Sentence
from sequences.skills.rules.wording import sentence_of, tidy
from sequences.skills.skill import Skill

_SURE = 0.85
_NUMBER = re.compile(r"\d+")
_RECKONED = frozenset(("close_on", "next_step", "timeline", "timezone", "amount"))  # "by Friday" becomes a date
_CONTEXT = 8  # turns in which a price by the month may have been named
_SURELY_WHOLE = 1_000  # below it a price may be meant in thousands
_ANSWERS = 3  # turns in which a price that was named may be accepted
_FIELD_OF = {IntentKind.TIMELINE: "timeline", IntentKind.MULTI_STAKEHOLDER: "decision_process"}

_NO_RIVALS = frozenset(("Excel", "Google", "Word", "SharePoint"))  # everybody has them

_Said = tuple[Spoken, Sentence]


def extract_fields_offline(material: MeetingMaterial) -> FieldUpdates:
    """At most one value per field and record; the surest of the first."""
    if material.is_internal:
        return FieldUpdates()
    intents = detect_offline(material).items
    conversation = list(read_conversation(material))
    proposed = [
        *_from_intents(material, intents),
        *_rivals(material, intents),
        *_money(conversation, intents),
        *_next_step(material),
        *_from_statements(material, conversation),
    ]
    kept: dict[tuple[CrmObject, str, str], FieldUpdate] = {}
    for update in proposed:
        speaker = material.transcript.turns[update.turn].speaker if update.object is CrmObject.CONTACT else ""
        written = update.model_copy(update={"new": capitalised(update.new, material)})
        kept.setdefault((update.object, update.field, speaker), written)
    return FieldUpdates(items=tuple(kept.values()), stage_proposal=_stage(material, intents))


def _from_intents(material: MeetingMaterial, intents: tuple[Intent, ...]) -> Iterator[FieldUpdate]:
    """Time and who decides. Where only "he" or "they" are said, the words before it belong to the quote."""
    turns = material.transcript.turns
    for item in sorted(intents, key=lambda one: _unclearness(one, turns)):
        field = _FIELD_OF.get(item.kind)
        if field is None or item.quote.endswith("?") or item.speaker is not Side.PROSPECT:
            continue
        quote = widened(item.quote, turns[item.turn]) if field == "decision_process" else item.quote
        whole = told_whole(quote, turns[item.turn])
        if whole is None or (field == "timeline" and is_about_others(whole)):
            continue
        yield _update(CrmObject.DEAL, field, tidy(without_reply(tidy(whole))), item.model_copy(update={"quote": whole}))


def _unclearness(item: Intent, turns: tuple[Turn, ...]) -> tuple[bool, float]:
    """Of who decides, with the sentence that says who "he" is; of the rest, as it was said."""
    if item.kind is not IntentKind.MULTI_STAKEHOLDER:
        return vagueness(item)
    return weakness(tidy(without_reply(tidy(widened(item.quote, turns[item.turn]))))) > 1, -item.confidence


def _rivals(material: MeetingMaterial, intents: tuple[Intent, ...]) -> Iterator[FieldUpdate]:
    """The sentence that names most of them comes first."""
    people, found = people_of(material), []
    for item in intents:
        if item.kind is not IntentKind.COMPETITIVE or item.speaker is not Side.PROSPECT:
            continue
        sentence = sentence_of(item.quote, item.turn, material.transcript.turns[item.turn].text)
        if sentence and stays(sentence):
            continue
        quote = sentence.text if sentence else item.quote
        names = [name for name in named_others(quote, people) if name not in _NO_RIVALS]
        if names:
            found.append((-len(names), item.turn, ", ".join(names), item.model_copy(update={"quote": quote})))
    for _, _, names_said, item in sorted(found, key=lambda one: one[:2]):
        yield _update(CrmObject.DEAL, "competitors", names_said, item)


def _money(conversation: list[Spoken], intents: tuple[Intent, ...]) -> Iterator[FieldUpdate]:
    stated = [(spoken, sentence) for spoken in conversation for sentence in budget_stated(spoken)]
    for said in stated:
        yield _stated(CrmObject.DEAL, "budget", tidy(said[1].text), said)
    for item in sorted(intents, key=vagueness):
        if item.speaker is Side.PROSPECT and speaks_of_budget(item):
            yield _update(CrmObject.DEAL, "budget", tidy(item.quote), item)
    yield from _agreed_price(conversation, intents)


def _agreed_price(conversation: list[Spoken], intents: tuple[Intent, ...]) -> Iterator[FieldUpdate]:
    """A total that our side named and theirs took, and that nobody found too high afterwards.

    Never a figure that only they named: what a deal is worth is not for outsiders to write.
    """
    accepted = {item.turn for item in intents if item.kind is IntentKind.BUYING_POSITIVE and item.confidence >= _SURE}
    minded = {item.turn for item in intents if item.kind is IntentKind.BUYING_NEGATIVE}
    for spoken in reversed(conversation):
        if spoken.side is not Side.REP or spoken.is_joke:
            continue
        turn = spoken.turn.index
        priced = [(one, price) for one in spoken.sentences if (price := price_named(one.text))]
        is_taken = accepted & set(range(turn + 1, turn + 1 + _ANSWERS))
        before = (one.turn.text for one in conversation if turn - _CONTEXT <= one.turn.index < turn + _ANSWERS)
        if len(priced) == 1 and is_taken and not is_by_the_unit(before) and not any(at > turn for at in minded):
            sentence, price = priced[0]
            if price < _SURELY_WHOLE and counts_in_thousands(one.turn.text for one in conversation):
                return
            yield _stated(CrmObject.DEAL, "amount", f"{price.normalize():f}", (spoken, sentence))
            return


def _next_step(material: MeetingMaterial) -> Iterator[FieldUpdate]:
    """What our side does first: what has a date comes before what has none."""
    ours = [
        item for item in extract_offline(material).items if item.owner_side is Side.REP and is_plain(material, item)
    ]
    for item in sorted(ours, key=lambda found: (found.due_on is None, found.due_on or found.turn)):
        due = f"by {item.due_on:%Y-%m-%d}" if item.due_on else ""
        yield FieldUpdate(
            object=CrmObject.DEAL,
            field="next_step",
            new=with_time(item.text, due),
            quote=item.quote,
            turn=item.turn,
            start_s=item.start_s,
        )
        return


def _from_statements(material: MeetingMaterial, conversation: list[Spoken]) -> Iterator[FieldUpdate]:
    said_on = local_date(material)
    theirs = [spoken for spoken in conversation if spoken.side is Side.PROSPECT and not spoken.is_joke]
    for said in sorted(troubles(material), key=lambda one: not has_size(one[1])):
        yield _stated(CrmObject.DEAL, "pain", tidy(said[1].text), said)
    for spoken in theirs:
        for sentence in spoken.sentences:
            yield from _facts((spoken, sentence), said_on)


def _facts(said: _Said, said_on: date) -> Iterator[FieldUpdate]:
    spoken, sentence = said
    if sentence.has_question_mark:
        return
    closing = closes_on(spoken, sentence, said_on)
    for object_, field, value in (
        (CrmObject.COMPANY, "current_tool", current_tool(spoken, sentence)),
        (CrmObject.COMPANY, "employees", employees(sentence)),
        (CrmObject.CONTACT, "title", job_title(sentence)),
        (CrmObject.CONTACT, "phone", phone(sentence)),
        (CrmObject.DEAL, "decision_process", tidy(sentence.text) if says_who_decides(sentence) else None),
        (CrmObject.DEAL, "close_on", closing.isoformat() if closing else None),
    ):
        if value:
            yield _stated(object_, field, value, said)


def _stated(object_: CrmObject, field: str, new: str, said: _Said) -> FieldUpdate:
    spoken, sentence = said
    turn = spoken.turn
    return FieldUpdate(object=object_, field=field, new=new, quote=sentence.text, turn=turn.index, start_s=turn.start_s)


def _update(object_: CrmObject, field: str, new: str, item: Intent) -> FieldUpdate:
    return FieldUpdate(object=object_, field=field, new=new, quote=item.quote, turn=item.turn, start_s=item.start_s)


_ORDER = list(Stage)
# Where a deal goes whose money is there. A decision to buy is for the rep to book.
_AFTER_MONEY = {
    Stage.NEW: Stage.QUALIFIED,
    Stage.QUALIFIED: Stage.PROPOSAL,
    Stage.DEMO: Stage.PROPOSAL,
    Stage.PROPOSAL: Stage.NEGOTIATION,
}


def _stage(material: MeetingMaterial, intents: tuple[Intent, ...]) -> FieldUpdate | None:
    """Forward only: for an offer that was promised, or for money that nobody took back afterwards (INTENT-12)."""
    deal = material.customer.deal
    if deal is None:
        return None
    promised = [item for item in intents if item.kind is IntentKind.SEND_PROPOSAL and item.confidence >= _SURE]
    if promised and _ORDER.index(deal.stage) < _ORDER.index(Stage.PROPOSAL):
        return _update(CrmObject.DEAL, "stage", Stage.PROPOSAL.value, promised[0])
    minded = max((item.turn for item in intents if item.kind is IntentKind.BUYING_NEGATIVE), default=-1)
    granted = [
        item
        for item in intents
        if item.kind is IntentKind.BUYING_POSITIVE and item.confidence >= _SURE and item.turn > minded
    ]
    further = _AFTER_MONEY.get(deal.stage)
    return _update(CrmObject.DEAL, "stage", further.value, granted[0]) if granted and further else None


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
    return item.field in EDITABLE_FIELDS[item.object]


def _checked(material: MeetingMaterial, item: FieldUpdate) -> FieldUpdate | None:
    turn = turn_of(material, item.turn)
    quote = verbatim(item.quote, turn.text) if turn else None
    if turn is None or quote is None or not item.new.strip():
        return None
    if item.field not in _RECKONED and not set(_NUMBER.findall(item.new)) <= set(_NUMBER.findall(turn.text)):
        return None  # a figure that nobody said
    if item.field == "amount" and not _is_our_price(item.new, quote, material.sides.get(turn.speaker)):
        return None
    return item.model_copy(update={"quote": quote, "new": " ".join(item.new.split()), "start_s": turn.start_s})


def _is_our_price(new: str, quote: str, side: Side | None) -> bool:
    """Fields are written without a question, so no word of an outsider sets what a deal is worth (BEYOND-10)."""
    try:
        return side is Side.REP and price_named(quote) == Decimal(new)
    except InvalidOperation:
        return False


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


EXTRACT_CRM_FIELDS = Skill(
    key="extract_crm_fields",
    output=FieldUpdates,
    offline=extract_fields_offline,
    check=check_fields,
    material=_itself,
    prompt_version="3",
    max_output_tokens=2_000,
)
