"""Cards reach Slack: claimed, posted or updated, recorded. A lost answer is looked up before a second post."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from sequences.cards.builder import Built, build_card
from sequences.holding import Verdict, judge
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.observing import Observer
from sequences.ports.outside import Messenger, MessengerError, Place
from sequences.ports.store import CardRow, Store, Transaction
from sequences.records.people import User
from sequences.telling import tell_others
from sequences.tracing import note

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
SHOWING_LIMIT = timedelta(seconds=40)  # less than the lease, so that nobody else is at the card meanwhile
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A claimed card, drawn, and what is to become of it."""

    row: CardRow
    owner: User
    built: Built
    verdict: Verdict


class Delivery:
    """Shows cards that have changed since they were last shown."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        dispatcher: Dispatcher,
        clock: Clock,
        observer: Observer | None = None,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._dispatcher = dispatcher
        self._clock = clock
        self._observer = observer or Observer()

    async def show(self, card_id: str) -> None:
        """Show the card as the tables have it now; does nothing when it is up to date or somebody else is at it."""
        async with self._store.begin() as tx:
            turn = await self._take(tx, card_id)
        if turn is None:
            return
        row, verdict = turn.row, turn.verdict
        if verdict.until:
            self._observer.card_put_off(row.kind, "held_back")
            self._dispatcher.wake(WorkKind.CARD, row.id, at=verdict.until, org_id=row.org_id)
            return
        if verdict.digest_id:
            self._dispatcher.wake(WorkKind.CARD, verdict.digest_id, org_id=row.org_id)
            return
        try:
            async with asyncio.timeout(self._time_left(row)):
                place = await self._put(row, turn.owner, turn.built)
        except TimeoutError:
            await self._put_off(row, MessengerError("it took too long"))
            return
        except MessengerError as error:
            await self._put_off(row, error)
            return
        await self._done(row, place, turn)

    async def _take(self, tx: Transaction, card_id: str) -> Turn | None:
        """Claim the card and decide what becomes of it. The reader's lock comes before any row of theirs is written."""
        known = await tx.cards.get(card_id)
        if known is not None and _place_of(known) is None:
            await tx.people.lock_user(known.user_id)
        now = self._clock()  # behind all waiting for locks: the lease counts from here
        row = await tx.cards.claim(card_id, now=now, lease=LEASE) if known else None
        if row is None:
            return None
        owner = await tx.people.user(row.user_id)
        built = await build_card(tx, row, owner, now) if owner else None
        if owner is None or built is None:
            # Kept, and due again only when something about it changes: asking each minute would bring nothing back.
            log.warning("card without a subject", extra={"card_id": row.id, "job_id": row.job_id, "kind": row.kind})
            await tx.cards.lay_aside(row.id, rev=row.rev)
            return None
        if row.shown_rev == 0:
            await tell_others(tx, row, built.card, owner, now)
        return Turn(row=row, owner=owner, built=built, verdict=await judge(tx, row, owner, now))

    def _time_left(self, row: CardRow) -> float:
        """Seconds until others may be at the card; TimeoutError when they have passed before Slack heard anything."""
        claimed_at = row.lease_until - LEASE if row.lease_until else self._clock()
        left_s = (claimed_at + SHOWING_LIMIT - self._clock()).total_seconds()
        if left_s < 0:
            raise TimeoutError
        return left_s

    async def _put(self, row: CardRow, owner: User, built: Built) -> Place:
        note(job_id=row.job_id, org_id=row.org_id, user_id=row.user_id)
        place = _place_of(row)
        if place is None and row.attempts > 1:
            place = await self._messenger.find(owner, card_id=row.id, since=row.created_at)
        if place is None:
            return await self._messenger.post(owner, built.card, card_id=row.id)
        await self._messenger.update(place, built.card, card_id=row.id, user=owner)
        return place

    async def _done(self, row: CardRow, place: Place, turn: Turn) -> None:
        built = turn.built
        async with self._store.begin() as tx:
            known = await tx.cards.get(row.id)
            is_surplus = known is not None and _place_of(known) not in (None, place)
            if not is_surplus:
                await self._record(tx, row, known, place, built)
        if is_surplus:
            await self._take_back(row, place, turn.owner)
            return
        self._observer.card_shown(row.kind, is_new=_place_of(row) is None)
        # The truth may have changed while Slack was answering: looking again costs one query.
        self._dispatcher.wake(WorkKind.CARD, row.id, at=built.again_at, org_id=row.org_id)

    async def _record(self, tx: Transaction, row: CardRow, known: CardRow | None, place: Place, built: Built) -> None:
        if known is not None and known.shown_rev > row.rev:
            # We were away for so long that somebody else has shown a newer one, and ours arrived after it.
            await tx.cards.touch(row.id, now=self._clock())
        await tx.cards.shown(
            row.id,
            rev=row.rev,
            channel_id=place.channel_id,
            message_ts=place.message_ts,
            again_at=built.again_at,
        )

    async def _take_back(self, row: CardRow, place: Place, owner: User) -> None:
        """We were away for so long that somebody else posted the card as well: theirs is known, ours is surplus."""
        log.warning("card posted twice, ours taken back", extra={"card_id": row.id})
        try:
            await self._messenger.delete(place, card_id=row.id, user=owner)
        except MessengerError as error:
            log.warning("card not taken back", extra={"card_id": row.id, "error": str(error)})

    async def _put_off(self, row: CardRow, error: MessengerError) -> None:
        wait = min(FIRST_RETRY * 2 ** min(row.attempts, 10), LONGEST_RETRY)
        if error.retry_after:
            wait = timedelta(seconds=error.retry_after)
        if error.is_final:
            # What Slack will not take now may be taken tomorrow (a token renewed, a channel reopened, a card that
            # somebody deleted and that changes again); it is kept, but asked for rarely.
            wait = timedelta(hours=6)
        log.warning(
            "card not shown",
            extra={"card_id": row.id, "error": str(error), "is_final": error.is_final, "again_s": wait.total_seconds()},
        )
        retry_at = self._clock() + wait
        async with self._store.begin() as tx:
            await tx.cards.failed(row.id, attempts=row.attempts, retry_at=retry_at)
        self._observer.card_put_off(row.kind, "refused" if error.is_final else "unavailable")
        self._dispatcher.wake(WorkKind.CARD, row.id, at=retry_at, org_id=row.org_id)


def _place_of(row: CardRow) -> Place | None:
    if row.channel_id is None or row.message_ts is None:
        return None
    return Place(channel_id=row.channel_id, message_ts=row.message_ts)
