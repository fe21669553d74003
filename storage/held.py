"""What is kept back for quiet hours and hourly limits: cards, and the runs that were put off with them."""

from datetime import datetime

from sqlalchemy import exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import CardRow
from sequences.records.job import JobStatus
from storage.cards import CARD
from storage.tables import cards, sequence_jobs
from storage.tables.slack import IN_DIGEST, UNSHOWN
from storage.tables.work import UNFINISHED

ON_THEIR_WAY = (JobStatus.PENDING, JobStatus.IN_PROGRESS, JobStatus.DEFERRED)

card, job = cards.c, sequence_jobs.c


class HeldWork:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, card_id: str, *, until: datetime, since: datetime) -> None:
        statement = (
            update(cards)
            .where(card.id == card_id)
            .values(
                show_at=until,
                lease_until=None,
                attempts=card.attempts - 1,
                held_since=func.coalesce(card.held_since, since),
            )
        )
        await self._connection.execute(statement)

    async def mates(self, user_id: str, *, now: datetime, limit: int) -> list[CardRow]:
        since = func.coalesce(card.held_since, job.deferred_at)
        shown = [since.label("held_since") if column.key == "held_since" else column for column in CARD.columns]
        statement = (
            select(*shown)
            .select_from(cards.outerjoin(sequence_jobs, card.job_id == job.id))
            .where(
                text(UNSHOWN),
                card.user_id == user_id,
                card.kind != "digest",
                card.channel_id.is_(None),
                card.digest_id.is_(None),
                card.asked_at.is_(None),
                card.attempts == 0,  # a tried one may stand in Slack already
                or_(card.lease_until.is_(None), card.lease_until <= now),
                since.is_not(None),
            )
            .order_by(card.created_at, card.id)
            .limit(limit)
        )
        return CARD.read_all(await self._connection.execute(statement))

    async def merge(self, card: CardRow, *, digest_id: str) -> None:
        statement = (
            update(cards)
            .where(cards.c.id == card.id)
            .values(
                digest_id=digest_id,
                held_since=card.held_since,
                shown_rev=cards.c.rev,
                attempts=0,
                lease_until=None,
            )
        )
        await self._connection.execute(statement)

    async def in_digest(self, digest_id: str) -> list[CardRow]:
        statement = CARD.select().where(text(IN_DIGEST), card.digest_id == digest_id).order_by(card.created_at, card.id)
        return CARD.read_all(await self._connection.execute(statement))

    async def ask(self, card_id: str, *, now: datetime) -> bool:
        statement = (
            update(cards)
            .where(card.id == card_id, card.asked_at.is_(None))
            .values(asked_at=now, rev=card.rev + 1, show_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def is_gathering(
        self, org_id: str, user_id: str, *, besides: str | None, since: datetime, now: datetime
    ) -> bool:
        on_its_way = exists().where(
            text(UNFINISHED),
            job.org_id == org_id,
            job.user_id == user_id,
            job.status.in_(ON_THEIR_WAY),
            job.deferred_at.is_not(None),
            job.run_at.between(since, now),
        )
        if besides is not None:
            on_its_way = on_its_way.where(job.id != besides)
        return bool((await self._connection.execute(select(on_its_way))).scalar_one())

    async def reconsider(self, org_id: str, user_id: str, *, at: datetime) -> None:
        """A card that waits for Slack's own reasons is left as it is."""
        deferred = (text(UNFINISHED), job.org_id == org_id, job.user_id == user_id, job.status == JobStatus.DEFERRED)
        await self._connection.execute(update(sequence_jobs).where(*deferred).values(run_at=at))
        waiting = (text(UNSHOWN), card.user_id == user_id, card.channel_id.is_(None), card.held_since.is_not(None))
        held = update(cards).where(*waiting, card.attempts == 0, card.lease_until.is_(None)).values(show_at=at)
        await self._connection.execute(held)
