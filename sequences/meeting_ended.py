"""A meeting ended: hear what was said, prepare what follows, and show the rep one card.

Nothing here touches the outside world. Steps propose; the gate decides; the last step shows the card and waits.
"""

from sequences.actions.create_tasks import NewTask, TaskBatch
from sequences.actions.read_sensitive_meeting import SensitiveMeeting
from sequences.meeting_follow_ups import follow_ups_of
from sequences.meeting_writes import field_writes, stage_move
from sequences.records.action import ActionType, Proposal
from sequences.records.base import Record
from sequences.records.event import EventType
from sequences.records.insight import (
    ActionItems,
    CallType,
    FieldUpdates,
    FollowUpDraft,
    Intents,
    MeetingSummary,
    NextActions,
)
from sequences.records.mail import Mail
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.sequence import Sequence
from sequences.signature import with_signature
from sequences.skills.catalogue import (
    CLASSIFY_CALL,
    DETECT_INTENTS,
    DRAFT_FOLLOW_UP,
    EXTRACT_ACTION_ITEMS,
    EXTRACT_CRM_FIELDS,
    SUGGEST_NEXT_ACTIONS,
    SUMMARISE_MEETING,
)
from sequences.skills.drafting.style import style_of
from sequences.skills.extract_action_items import is_plain
from sequences.skills.sensitive import sensitivity
from sequences.skills.skill import MeetingFindings
from sequences.skills.thinker import Thinker
from sequences.step import Capability, Result, Tier, step
from sequences.triggers import trigger_of


class Shown(Record):
    """What the card says about how it came to be."""

    engine: str
    notes: tuple[str, ...] = ()


class Privacy(Record):
    """What a meeting that is nobody's business seems to be about; ``None`` for any other."""

    about: str | None = None


def is_with_prospect(material: MeetingMaterial) -> bool:
    """Whether there is anybody to write to."""
    return not material.is_internal


@step(context=(Tier.ONE,), critical=True, requires_approval=True)
async def respect_privacy(material: MeetingMaterial) -> Result[Privacy]:
    """Comes before any skill, and so before any model (BEYOND-10)."""
    meeting = material.meeting
    about = sensitivity(material.transcript, title=meeting.title, is_internal=material.is_internal)
    if about is None:
        return Result(output=Privacy())
    asked = SensitiveMeeting(meeting_id=meeting.id, title=meeting.title, about=about)
    proposal = Proposal(
        type=ActionType.READ_SENSITIVE_MEETING,
        payload=asked.model_dump(mode="json"),
        reason=f"It sounds like {about}.",
    )
    return Result(output=Privacy(about=about), proposes=(proposal,), card="meeting_debrief", waits=True)


@step(context=(Tier.ONE,), cost_usd="0.001")
async def classify_call(material: MeetingMaterial, thinker: Thinker) -> CallType:
    return await thinker.think(CLASSIFY_CALL, material)


@step(context=(Tier.ONE, Tier.TWO), cost_usd="0.03", critical=True)
async def extract_action_items(material: MeetingMaterial, thinker: Thinker) -> ActionItems:
    return await thinker.think(EXTRACT_ACTION_ITEMS, material)


@step(context=(Tier.ONE,), cost_usd="0.03")
async def detect_intents(material: MeetingMaterial, thinker: Thinker) -> Result[Intents]:
    intents = await thinker.think(DETECT_INTENTS, material)
    return Result(output=intents, follow_ups=follow_ups_of(material, intents))


@step(context=(Tier.ONE, Tier.TWO), cost_usd="0.02")
async def suggest_next_actions(
    material: MeetingMaterial,
    thinker: Thinker,
    call_type: CallType | None,
    action_items: ActionItems,
    intents: Intents | None,
) -> NextActions:
    findings = _findings(material, call_type, action_items, intents)
    return await thinker.think(SUGGEST_NEXT_ACTIONS, findings)


@step(
    context=(Tier.ONE, Tier.TWO),
    needs=(Capability.EMAIL,),
    cost_usd="0.03",
    critical=True,
    condition=is_with_prospect,
    requires_approval=True,
)
async def draft_follow_up(
    material: MeetingMaterial,
    thinker: Thinker,
    call_type: CallType | None,
    action_items: ActionItems,
    intents: Intents | None,
) -> Result[FollowUpDraft]:
    style = style_of(material.sent_mails)
    findings = _findings(material, call_type, action_items, intents).model_copy(update={"style": style})
    draft = await thinker.think(DRAFT_FOLLOW_UP, findings)
    customer = material.customer
    mail = Mail(
        to=draft.to,
        subject=draft.subject,
        body=with_signature(draft.body, material.rep, closing=style.closing),
        contact_id=customer.contacts[0].id if customer.contacts else None,
        deal_id=customer.deal.id if customer.deal else None,
    )
    proposal = Proposal(
        type=ActionType.SEND_EMAIL, payload=mail.model_dump(mode="json"), reason=f"You met: {material.meeting.title}."
    )
    return Result(output=draft, proposes=(proposal,))


@step(context=(Tier.TWO,), needs=(Capability.CRM,), cost_usd="0.02")
async def update_crm(material: MeetingMaterial, thinker: Thinker) -> Result[FieldUpdates]:
    updates = await thinker.think(EXTRACT_CRM_FIELDS, material)
    proposals = []
    writes = field_writes(material, updates)
    if writes.writes:
        reason = "Said in the meeting, with the quote beside each field."
        proposals.append(
            Proposal(type=ActionType.UPDATE_CRM_FIELDS, payload=writes.model_dump(mode="json"), reason=reason)
        )
    move = stage_move(material, updates)
    if move:
        proposals.append(
            Proposal(type=ActionType.MOVE_DEAL_STAGE, payload=move.model_dump(mode="json"), reason=f"“{move.quote}”")
        )
    return Result(output=updates, proposes=tuple(proposals))


@step(context=(Tier.TWO,), needs=(Capability.TASKS,), requires_approval=True)
async def create_tasks(material: MeetingMaterial, action_items: ActionItems) -> Result[TaskBatch]:
    customer = material.customer
    tasks = tuple(
        NewTask(
            title=item.text if item.owner in (None, material.rep.name) else f"{item.text} ({item.owner})",
            due_on=item.due_on,
            quote=item.quote,
            start_s=item.start_s,
            contact_id=customer.contacts[0].id if customer.contacts else None,
            deal_id=customer.deal.id if customer.deal else None,
        )
        for item in action_items.items
        if item.owner_side is Side.REP and is_plain(material, item)
    )
    batch = TaskBatch(tasks=tasks)
    if not tasks:
        return Result(output=batch)
    proposal = Proposal(
        type=ActionType.CREATE_TASKS, payload=batch.model_dump(mode="json"), reason="Promised by our side."
    )
    return Result(output=batch, proposes=(proposal,))


@step(context=(Tier.ONE,), cost_usd="0.02")
async def summarise_meeting(material: MeetingMaterial, thinker: Thinker) -> MeetingSummary:
    return await thinker.think(SUMMARISE_MEETING, material)


@step(context=(Tier.ONE,), needs=(Capability.MESSAGING,), critical=True)
async def slack_summary(thinker: Thinker) -> Result[Shown]:
    shown = Shown(engine=thinker.engine, notes=tuple(thinker.notes))
    return Result(output=shown, card="meeting_debrief", waits=True)


def _findings(
    material: MeetingMaterial, call_type: CallType | None, action_items: ActionItems, intents: Intents | None
) -> MeetingFindings:
    return MeetingFindings(
        material=material, call_type=call_type, action_items=action_items, intents=intents or Intents()
    )


MEETING_ENDED = Sequence.of(
    trigger_of(EventType.MEETING_ENDED),
    respect_privacy,
    classify_call,
    extract_action_items,
    detect_intents,
    suggest_next_actions,
    draft_follow_up,
    update_crm,
    create_tasks,
    summarise_meeting,
    slack_summary,
)
