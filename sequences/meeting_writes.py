"""From what was said to what would be written: field updates matched to the CRM records that they belong to."""

from sequences.actions.move_deal_stage import StageMove
from sequences.actions.update_crm_fields import FieldWrite, FieldWrites
from sequences.records.crm import Company, Contact, Deal, Stage
from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates
from sequences.records.material import MeetingMaterial


def field_writes(material: MeetingMaterial, updates: FieldUpdates) -> FieldWrites:
    """Only updates whose record is known and whose value is news. Nothing is created or guessed."""
    writes = []
    for update in updates.items:
        target = _target(material, update)
        if target is None:
            continue
        old = current_value(material, update)
        if old is not None and old.strip().casefold() == update.new.strip().casefold():
            continue
        writes.append(
            FieldWrite(
                object=update.object,
                object_id=target.id,
                object_name=target.name,
                field=update.field,
                old=old,
                new=update.new,
                quote=update.quote,
                start_s=update.start_s,
            )
        )
    return FieldWrites(writes=tuple(writes))


def current_value(material: MeetingMaterial, update: FieldUpdate) -> str | None:
    """What the CRM holds in the field now, as text; None when it holds nothing or does not know the record."""
    value = getattr(_target(material, update), update.field, None)
    return None if value is None else str(value)


def _target(material: MeetingMaterial, update: FieldUpdate) -> Contact | Company | Deal | None:
    customer = material.customer
    if update.object is CrmObject.DEAL:
        return customer.deal
    if update.object is CrmObject.COMPANY:
        return customer.company
    speaker = material.transcript.turns[update.turn].speaker.casefold()
    return next((contact for contact in customer.contacts if contact.name.casefold() == speaker), None)


def stage_move(material: MeetingMaterial, updates: FieldUpdates) -> StageMove | None:
    """The proposed stage, when the deal is known, the stage exists and it would be a change."""
    proposal, deal = updates.stage_proposal, material.customer.deal
    if proposal is None or deal is None:
        return None
    new = next((stage for stage in Stage if stage == proposal.new.strip().casefold()), None)
    if new is None or new is deal.stage:
        return None
    return StageMove(
        deal_id=deal.id, deal_name=deal.name, old=deal.stage, new=new, quote=proposal.quote, start_s=proposal.start_s
    )
