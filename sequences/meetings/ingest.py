"""From an authentic delivery to a meeting_ended event, in steps that may each be tried again (SRC-01, CHAIN-15)."""

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sequences.actions.gate.gate import Gate
from sequences.intake import Intake
from sequences.meetings.asking import ask_for_rep, chosen_rep
from sequences.meetings.meetingbaas import NoticeError, NoticeKind, RecordingNotice, read_notice
from sequences.meetings.rep import RepFinding, find_rep
from sequences.meetings.store_meeting import Around, NotEnglishError, SoloRecordingError, keep, meeting_of
from sequences.meetings.telling import tell, whom_to_tell
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.observing import Observer
from sequences.ports.outside import TranscriptSource, TranscriptSourceError
from sequences.ports.store import Delivery, DeliveryStatus, Store, Transaction
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import Job
from sequences.records.meeting import Meeting, Transcript
from sequences.records.people import User
from sequences.tracing import note
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.parse import parse_transcript

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)  # longer than a transcript may take to come; what two workers would create is one
FETCH_TRIES = 6
FIRST_RETRY = timedelta(seconds=10)
MAX_CLAIMS = 10  # what breaks every time is given up and told, not tried for ever in silence


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """A delivery from which no run can follow. ``is_news`` when somebody should hear of it."""

    status: DeliveryStatus
    reason: str
    is_news: bool = True


class MeetingIngest:
    """Processes deliveries that the dispatcher hands it, by id."""

    def __init__(
        self,
        *,
        store: Store,
        intake: Intake,
        gate: Gate,
        source: TranscriptSource,
        dispatcher: Dispatcher,
        clock: Clock,
        observer: Observer | None = None,
    ) -> None:
        self._store = store
        self._intake = intake
        self._gate = gate
        self._source = source
        self._dispatcher = dispatcher
        self._clock = clock
        self._observer = observer or Observer()

    async def process(self, delivery_id: str) -> None:
        """Take the delivery as far as it goes. Whatever happens, it stays stored with its reason."""
        now = self._clock()
        async with self._store.begin() as tx:
            delivery = await tx.deliveries.claim(delivery_id, now=now, lease=LEASE)
        if delivery is None:
            return
        note(org_id=delivery.org_id)
        try:
            notice = read_notice(delivery.body)
        except NoticeError as error:
            await self._end(delivery, Unusable(status=DeliveryStatus.IGNORED, reason=str(error), is_news=False))
            return
        ending = _nothing_to_do(notice) or _given_up(delivery) or await self._take_up(delivery, notice)
        if ending:
            await self._end(delivery, ending, notice)

    async def _take_up(self, delivery: Delivery, notice: RecordingNotice) -> Unusable | None:
        """None when the delivery is on its way: run, asked about, or to be tried again."""
        known = await self._known(delivery)
        if known:
            return await self._hand_on(delivery, notice, *known)
        return await self._fetch(delivery, notice)

    async def _fetch(self, delivery: Delivery, notice: RecordingNotice) -> Unusable | None:
        try:
            transcript = await self._transcript(notice)
        except TranscriptSourceError as error:
            if error.is_final or delivery.attempts >= FETCH_TRIES:
                return Unusable(status=DeliveryStatus.FAILED, reason=f"I could not fetch the transcript: {error}")
            await self._try_again(delivery, str(error))
            return None
        except TranscriptError as error:
            return Unusable(status=DeliveryStatus.FAILED, reason=str(error))
        around = Around(
            org_id=delivery.org_id,
            source=EventSource.WEBHOOK_MEETINGBAAS,
            external_id=notice.bot_id,
            title=notice.title,
            started_at=notice.started_at,
            ended_at=notice.ended_at,
            participants=notice.participants,
        )
        try:
            meeting = meeting_of(around, transcript, received_at=delivery.received_at)
        except SoloRecordingError as error:
            return Unusable(status=DeliveryStatus.IGNORED, reason=str(error), is_news=False)
        except NotEnglishError as error:
            return Unusable(status=DeliveryStatus.IGNORED, reason=str(error))
        return await self._hand_on(delivery, notice, meeting, transcript)

    async def _known(self, delivery: Delivery) -> tuple[Meeting, Transcript] | None:
        """What was stored when somebody was asked; by the time of the answer its address may have expired."""
        if delivery.meeting_id is None:
            return None
        async with self._store.read() as tx:
            meeting = await tx.meetings.get(delivery.meeting_id)
            transcript = await tx.meetings.transcript(delivery.meeting_id)
        return (meeting, transcript) if meeting and transcript else None

    async def _transcript(self, notice: RecordingNotice) -> Transcript:
        if notice.transcript is not None:
            data = json.dumps({"transcript": notice.transcript} if _is_bare(notice) else notice.transcript).encode()
        elif notice.transcript_url:
            data = await self._source.fetch(notice.transcript_url)
        else:
            raise TranscriptError("The recording came without a transcript. Switch transcription on for your bots.")
        # Megabytes of JSON would hold up every other handler.
        return await asyncio.to_thread(parse_transcript, data, filename=_name_in(notice.transcript_url))

    async def _hand_on(
        self, delivery: Delivery, notice: RecordingNotice, meeting: Meeting, transcript: Transcript
    ) -> Unusable | None:
        """Meeting, event, job (or question) and the delivery's end commit together, so a crash leaves no half."""
        async with self._store.begin() as tx:
            meeting_id = await keep(tx, meeting, transcript)
            users = await tx.people.users(delivery.org_id)
            found = find_rep(meeting.participants, users, rep_email=notice.rep_email)
            rep_id = await chosen_rep(tx, meeting_id)
            if rep_id is None and found.kind is RepFinding.FOUND:
                rep_id = found.candidates[0].id
            if rep_id:
                job = await self._raise(tx, delivery, meeting_id, rep_id)
                card_id = None
            elif found.kind is RepFinding.SEVERAL:
                job = None
                kept = meeting.model_copy(update={"id": meeting_id})
                card_id = await self._ask(tx, delivery, kept, found.candidates)
            else:
                return Unusable(status=DeliveryStatus.IGNORED, reason=found.reason)
        self._observer.delivery_ended(DeliveryStatus.PROCESSED if rep_id else DeliveryStatus.WAITING)
        if job:
            self._dispatcher.wake(WorkKind.JOB, job.id, at=job.run_at, org_id=job.org_id)
        if card_id:
            self._dispatcher.wake(WorkKind.CARD, card_id, org_id=delivery.org_id)
        return None

    async def _ask(
        self, tx: Transaction, delivery: Delivery, meeting: Meeting, candidates: tuple[User, ...]
    ) -> str | None:
        reason = "several members were there and none organised it; asked in Slack"
        await tx.deliveries.mark(delivery.id, DeliveryStatus.WAITING, reason=reason, meeting_id=meeting.id)
        return await ask_for_rep(
            tx,
            self._gate,
            meeting=meeting,
            candidates=candidates,
            delivery_id=delivery.id,
            now=self._clock(),
        )

    async def _raise(self, tx: Transaction, delivery: Delivery, meeting_id: str, rep_id: str) -> Job | None:
        await tx.meetings.set_rep(meeting_id, rep_id)
        event = Event(
            type=EventType.MEETING_ENDED,
            source=EventSource.WEBHOOK_MEETINGBAAS,
            org_id=delivery.org_id,
            user_id=rep_id,
            payload={"meeting_id": meeting_id},
            idempotency_key=f"{EventType.MEETING_ENDED}:{meeting_id}",
        )
        accepted = await self._intake.accept(tx, event)
        await tx.deliveries.mark(delivery.id, DeliveryStatus.PROCESSED, reason=accepted.reason, meeting_id=meeting_id)
        return accepted.job

    async def _try_again(self, delivery: Delivery, reason: str) -> None:
        again_at = self._clock() + FIRST_RETRY * 2 ** (delivery.attempts - 1)
        async with self._store.begin() as tx:
            await tx.deliveries.mark(delivery.id, DeliveryStatus.RECEIVED, reason=reason, process_at=again_at)
        self._observer.delivery_ended(DeliveryStatus.RECEIVED)
        self._dispatcher.wake(WorkKind.DELIVERY, delivery.id, at=again_at, org_id=delivery.org_id)

    async def _end(self, delivery: Delivery, ending: Unusable, notice: RecordingNotice | None = None) -> None:
        now = self._clock()
        # The reason is stored with it; it may name people or repeat what the sender wrote (PRIV-02).
        log.info("delivery not run", extra={"delivery_id": delivery.id, "status": ending.status.value})
        async with self._store.begin() as tx:
            await tx.deliveries.mark(delivery.id, ending.status, reason=ending.reason)
            card_id = await self._tell(tx, delivery, ending, notice, now) if notice and ending.is_news else None
        self._observer.delivery_ended(ending.status)
        if card_id:
            self._dispatcher.wake(WorkKind.CARD, card_id, org_id=delivery.org_id)

    async def _tell(
        self, tx: Transaction, delivery: Delivery, ending: Unusable, notice: RecordingNotice, now: datetime
    ) -> str | None:
        users = await tx.people.users(delivery.org_id)
        whom = whom_to_tell(users, _rep_of(notice, users))
        if whom is None:
            return None
        name = f"“{notice.title}”" if notice.title else "a meeting"
        return await tell(
            tx,
            whom,
            key=f"{notice.bot_id}",
            title=f"No card for {name}",
            text=f"{ending.reason[:1].upper()}{ending.reason[1:]}".rstrip(".") + ". Nothing was drafted or changed.",
            next_step="Export the transcript and ask whoever runs Sixty to read it in: sixty meeting FILE.",
            now=now,
        )


def _nothing_to_do(notice: RecordingNotice) -> Unusable | None:
    if notice.kind is NoticeKind.OTHER:
        reason = f"{notice.event} needs nothing done"
        return Unusable(status=DeliveryStatus.IGNORED, reason=reason, is_news=False)
    if notice.kind is NoticeKind.FAILED:
        why = f"the meeting bot could not record it: {notice.problem or 'it gave no reason'}"
        return Unusable(status=DeliveryStatus.IGNORED, reason=why)
    if notice.event == "complete" and notice.transcript is None and notice.transcript_url is None:
        reason = "its transcript comes with a later notice"
        return Unusable(status=DeliveryStatus.IGNORED, reason=reason, is_news=False)
    return None


def _given_up(delivery: Delivery) -> Unusable | None:
    if delivery.attempts <= MAX_CLAIMS:
        return None
    return Unusable(status=DeliveryStatus.FAILED, reason="Something in it stops me each time; the log says what")


def _rep_of(notice: RecordingNotice, users: list[User]) -> User | None:
    found = find_rep(notice.participants, users, rep_email=notice.rep_email)
    return found.candidates[0] if found.kind is RepFinding.FOUND else None


def _is_bare(notice: RecordingNotice) -> bool:
    return isinstance(notice.transcript, list)


def _name_in(url: str | None) -> str | None:
    """The file's name in the URL, without its query, to help where the content leaves the format open."""
    return url.split("?", 1)[0].rsplit("/", 1)[-1] if url else None
