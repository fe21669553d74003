"""New messages wait for quiet hours and for the hourly limit; what waited together arrives as one digest.

Held back is what Sixty says of its own accord. An update in place disturbs nobody, an answer to a command is no card,
and a card that its owner has asked for comes at once.

Whoever judges a new message holds the lock of its reader, so that limits are exact and nobody gets two digests.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sequences.ids import new_id
from sequences.policy.quiet_hours import next_active, opened_at
from sequences.ports.store import CardRow, Transaction
from sequences.records.people import User

DIGEST = "digest"
MOST_IN_DIGEST = 200
GATHER = timedelta(minutes=5)  # how long what is ready waits for what was deferred with it
GATHER_STEP = timedelta(seconds=5)
SAME_ARRIVAL = timedelta(minutes=10)  # what comes this much later joins the digest in place


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``until``: held back so long. ``digest_id``: told of by that card instead. Neither: post it."""

    until: datetime | None = None
    digest_id: str | None = None


async def judge(tx: Transaction, row: CardRow, owner: User, now: datetime) -> Verdict:
    """What becomes of a claimed card, written down; a message that may go is in the ledger when this returns."""
    if row.channel_id is not None or row.asked_at is not None:
        return Verdict()
    if row.digest_id is not None:
        await _tell(tx, row, row.digest_id, now)
        return Verdict(digest_id=row.digest_id)
    until = await _held_until(tx, row, owner, now)
    since = await _waited_since(tx, row)
    if until is None and since is not None and await _waits_for_others(tx, row, owner, now):
        until = now + GATHER_STEP
    if until is not None:
        await tx.held.hold(row.id, until=until, since=since or now)
        return Verdict(until=until)
    digest_id = await _merge(tx, row.model_copy(update={"held_since": since}), owner, now) if since else None
    if digest_id is not None:
        return Verdict(digest_id=digest_id)
    await tx.notifications.add(org_id=row.org_id, user_id=row.user_id, category=row.kind, card_id=row.id, at=now)
    return Verdict()


async def reconsider(tx: Transaction, user: User, now: datetime) -> None:
    """Their hours or zone are others now: what waits, waits for the new end, or comes at once."""
    await tx.held.reconsider(user.org_id, user.id, at=next_active(now, user) or now)


async def _held_until(tx: Transaction, row: CardRow, owner: User, now: datetime) -> datetime | None:
    quiet_until = next_active(now, owner)
    if quiet_until is not None:
        return quiet_until
    return await tx.notifications.room_at(owner.id, most=owner.max_notifications_per_hour, now=now, besides=row.id)


async def _waited_since(tx: Transaction, row: CardRow) -> datetime | None:
    """Since when it, or the run that it tells of, has waited; None for what is new, and for digests."""
    if row.kind == DIGEST or row.attempts > 1:  # a second try may stand in Slack already, and must be looked for there
        return None
    if row.held_since is not None or row.job_id is None:
        return row.held_since
    job = await tx.jobs.get(row.job_id)
    return job.deferred_at if job else None


async def _waits_for_others(tx: Transaction, row: CardRow, owner: User, now: datetime) -> bool:
    return await tx.held.is_gathering(owner.org_id, owner.id, besides=row.job_id, since=now - GATHER, now=now)


async def _merge(tx: Transaction, row: CardRow, owner: User, now: datetime) -> str | None:
    """Put the card and all that waited with it into one digest; None when it is alone, or digests are unwanted."""
    if await tx.notifications.is_muted(owner.id, DIGEST):
        return None
    key = f"{DIGEST}:{owner.id}:{_window(owner, now).isoformat()}"
    digest = await tx.cards.by_key(key)
    mates = await tx.held.mates(owner.id, now=now, limit=MOST_IN_DIGEST)
    if digest is None:
        if not mates:
            return None
        digest = CardRow(
            id=new_id("card"),
            key=key,
            org_id=owner.org_id,
            user_id=owner.id,
            kind=DIGEST,
            show_at=now,
            created_at=now,
        )
        await tx.cards.add(digest)
    else:
        await tx.cards.touch(digest.id, now=now)
    for card in (row, *mates):
        await tx.held.merge(card, digest_id=digest.id)
    return digest.id


def _window(owner: User, now: datetime) -> datetime:
    """What arrives within one window is one arrival: the beginning of the day's active hours, else ten minutes."""
    opened = opened_at(now, owner)
    if opened is not None and now - opened < SAME_ARRIVAL:
        return opened
    return now - timedelta(minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond)


async def _tell(tx: Transaction, row: CardRow, digest_id: str, now: datetime) -> None:
    """A change of a card in a digest is a change of the digest."""
    await tx.cards.touch(digest_id, now=now)
    await tx.cards.lay_aside(row.id, rev=row.rev)
