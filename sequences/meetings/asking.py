"""Ask once whose meeting it was. The question belongs to the meeting, so a repeated delivery asks nothing new."""

from datetime import datetime

from sequences.actions.choose_rep import CHOOSE_REP, RepChoice
from sequences.actions.gate.gate import Gate
from sequences.actions.spec import digest_of
from sequences.ports.store import CardRow, Transaction
from sequences.records.action import ActionStatus, ActionType, PendingAction
from sequences.records.meeting import Meeting
from sequences.records.people import User

KIND = "choose_rep"


def question_id(meeting_id: str) -> str:
    return f"act_rep_{meeting_id}"


async def chosen_rep(tx: Transaction, meeting_id: str) -> str | None:
    """The user id that was answered, None while nobody has answered."""
    action = await tx.actions.get(question_id(meeting_id))
    if action is None or action.status is not ActionStatus.EXECUTED:
        return None
    return RepChoice.model_validate(action.action_payload).chosen


async def _whom(tx: Transaction, candidates: tuple[User, ...]) -> User:
    """The first who wants to be asked; if none does, the first, since somebody has to say."""
    for user in candidates:
        if not await tx.notifications.is_muted(user.id, KIND):
            return user
    return candidates[0]


async def ask_for_rep(
    tx: Transaction, gate: Gate, *, meeting: Meeting, candidates: tuple[User, ...], delivery_id: str, now: datetime
) -> str | None:
    """The id of the card that asks; None when it has been asked before."""
    asked = await _whom(tx, candidates)
    if await tx.actions.get(question_id(meeting.id)) is not None:
        return None
    card_id = f"card_rep_{meeting.id}"
    payload = RepChoice(
        delivery_id=delivery_id,
        title=meeting.title,
        started_at=meeting.started_at.isoformat(),
        options=tuple(user.id for user in candidates),
    ).model_dump(mode="json")
    action = PendingAction(
        id=question_id(meeting.id),
        org_id=meeting.org_id,
        user_id=asked.id,
        card_id=card_id,
        action_type=ActionType.CHOOSE_REP,
        action_payload=payload,
        digest=digest_of(ActionType.CHOOSE_REP, payload),
        risk_level=CHOOSE_REP.risk,
        reason="Several of you were in this meeting.",
        expires_at=now + CHOOSE_REP.expires_after,
        created_at=now,
    )
    row = CardRow(
        id=card_id,
        key=f"choose_rep:{meeting.id}",
        org_id=meeting.org_id,
        user_id=asked.id,
        kind=KIND,
        subject={"action_id": action.id},
        show_at=now,
        created_at=now,
    )
    await tx.cards.add(row)
    await gate.park(tx, action)
    return card_id
