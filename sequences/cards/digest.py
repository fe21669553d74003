"""The digest: a line for each card that waited, built from the cards themselves."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sequences.ports.store import CardRow, Transaction
from sequences.records.action import ActionStatus
from sequences.records.card import (
    Card,
    ChooseRepCard,
    DebriefCard,
    Decision,
    DigestCard,
    DigestItem,
    Explanation,
    ItemState,
    NoticeCard,
    SensitiveCard,
)
from sequences.records.people import User

MOST_DRAWN = 40  # more than one message holds; what comes behind moves up as cards are asked for
Draw = Callable[[CardRow], Awaitable[Card | None]]

TIME_PASSED = "its time has passed"
GONE = "what it was about is gone"
EXPIRED = "the offer has expired"
DECIDED = "it has been decided"
PICKED_UP = "it has been picked up again"


async def build_digest(tx: Transaction, row: CardRow, owner: User, draw: Draw, now: datetime) -> DigestCard | None:
    """``draw`` builds the card of a row. None for a digest of nothing."""
    members = await tx.held.in_digest(row.id)
    if not members:
        return None
    since = min(member.held_since or member.created_at for member in members)
    unasked = [member for member in members if member.asked_at is None]
    drawn = [_item(member, await draw(member), now) for member in unasked[:MOST_DRAWN]]
    number = len(members)
    things = "1 thing" if number == 1 else f"{number} things"
    return DigestCard(
        title=f"{things} waited for you since {_spoken(since, row.created_at, owner)}",
        since=since,
        arrived_at=row.created_at,
        timezone=owner.timezone,
        items=tuple(drawn),
        shown=len(members) - len(unasked),
        undrawn=len(unasked) - len(drawn),
        explanation=Explanation(
            event="These came in your quiet hours, or when your limit of cards an hour was used up.",
            notes=("I kept them together, so that you get one message and not many.",),
            engine="no model was asked",
        ),
    )


def _item(row: CardRow, card: Card | None, now: datetime) -> DigestItem:
    decisions = _decisions(card)
    why_closed = _why_closed(row, card, decisions, now)
    return DigestItem(
        card_id=row.id,
        kind=row.kind,
        title=card.title if card else "",
        state=ItemState.CLOSED if why_closed else ItemState.OPEN,
        decisions=sum(decision.status is ActionStatus.PENDING for decision in decisions),
        why_closed=why_closed,
        can_be_shown=card is not None,
    )


def _why_closed(row: CardRow, card: Card | None, decisions: list[Decision], now: datetime) -> str:
    """Why nothing is to be done about it any more; empty while something is, or while it is there to be read."""
    if card is None:
        return GONE
    if row.open_until is not None and row.open_until <= now:
        return TIME_PASSED
    if isinstance(card, NoticeCard) and row.job_id is not None and card.retry_job_id is None:
        return PICKED_UP
    if not decisions or any(decision.status.is_open for decision in decisions):
        return ""
    expired = all(decision.status is ActionStatus.EXPIRED for decision in decisions)
    return EXPIRED if expired else DECIDED


def _decisions(card: Card | None) -> list[Decision]:
    if isinstance(card, ChooseRepCard | SensitiveCard):
        return [card.decision]
    if not isinstance(card, DebriefCard):
        return []
    return [panel.decision for panel in (card.mail, card.stage, card.tasks) if panel]


def _spoken(since: datetime, arrived_at: datetime, owner: User) -> str:
    """``18:00``, with the day when that is not clear: ``Friday 18:00``, ``20 Nov 18:00``."""
    zone = ZoneInfo(owner.timezone)
    local, here = since.astimezone(zone), arrived_at.astimezone(zone)
    days = (here.date() - local.date()).days
    if days <= 1:
        return f"{local:%H:%M}"
    return f"{local:%A %H:%M}" if days < 7 else f"{local.day} {local:%b %H:%M}"
