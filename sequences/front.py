"""What the entrances may ask for: one method per thing that a person does or wants to see.

Listeners and the command line translate their input, call one of these, and translate the answer. They reach
neither the tables nor the writers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from sequences.actions.choose_rep import RepChoice
from sequences.actions.create_tasks import TaskBatch
from sequences.actions.gate.gate import Gate
from sequences.actions.gate.rulings import Ruling, not_yours, unknown_action
from sequences.actions.spec import version_of
from sequences.cards.builder import build_card
from sequences.cards.debrief import build_debrief
from sequences.cards.sensitive import build_sensitive
from sequences.holding import reconsider
from sequences.ids import new_id
from sequences.members import Members
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.store import CardRow, Delivery, DeliveryStatus, Store, Transaction
from sequences.reading_use import read_use
from sequences.records.action import PendingAction
from sequences.records.base import Record
from sequences.records.card import Card, DebriefCard
from sequences.records.cost import UseOfAi
from sequences.records.event import EventType, StoredEvent
from sequences.records.job import Job
from sequences.records.people import User
from sequences.records.resume import ApprovalData, Decision, ResumeRequest

RECENT_JOBS = 20
MOST_REFUSED = 100


class Overview(Record):
    """What ran for a person, with its children, and what waits for a decision."""

    jobs: tuple[Job, ...] = ()
    children: tuple[Job, ...] = ()
    refused: tuple[StoredEvent, ...] = ()  # follow-ups of all these that never became a run
    waiting: tuple[PendingAction, ...] = ()
    muted: tuple[str, ...] = ()
    use: UseOfAi | None = None  # their own
    whole_use: UseOfAi | None = None  # the workspace's, for its admins
    titles: dict[str, str] = Field(default_factory=dict)  # of the meetings that the jobs are about, by job id


@dataclass(frozen=True, kw_only=True)
class ShownCard:
    row: CardRow
    card: Card


class Front:
    """The use cases behind commands, buttons, modals and the Home tab."""

    def __init__(
        self,
        *,
        store: Store,
        gate: Gate,
        members: Members,
        dispatcher: Dispatcher,
        clock: Clock,
        engine: str,
        abilities: tuple[str, ...] = (),
    ) -> None:
        """``abilities``: the sequences that can run, whose costs are told."""
        self._abilities = abilities
        self._store = store
        self._members = members
        self._dispatcher = dispatcher
        self._clock = clock
        self.gate = gate
        self.engine = engine

    def now(self) -> datetime:
        return self._clock()

    async def find_member(self, team_id: str, slack_user_id: str) -> User | None:
        """None for guests, bots and people of other workspaces: nobody who may decide anything."""
        return await self._members.find(team_id, slack_user_id)

    async def hear(self, event_id: str, user: User) -> bool:
        """Whether this event of Slack is heard for the first time, on any node. Known for as long as deliveries are."""
        now = self._clock()
        heard = Delivery(
            id=new_id("delivery"),
            org_id=user.org_id,
            provider="slack",
            delivery_id=event_id,
            body={},  # what somebody wrote is not kept
            status=DeliveryStatus.PROCESSED,
            process_at=now,
            received_at=now,
        )
        async with self._store.begin() as tx:
            return await tx.deliveries.add(heard)

    async def overview(self, user: User) -> Overview:
        async with self._store.read() as tx:
            jobs = await tx.jobs.for_user(user.id, RECENT_JOBS)
            children = await tx.jobs.children([job.id for job in jobs])
            grandchildren = await tx.jobs.children([job.id for job in children])
            family = [job.id for job in (*jobs, *children, *grandchildren)]
            return Overview(
                refused=tuple(await tx.events.refused_children(family, MOST_REFUSED)),
                titles=await _titles(tx, jobs),
                jobs=tuple(jobs),
                children=(*children, *grandchildren),
                waiting=tuple(await tx.actions.waiting_for(user.id, RECENT_JOBS)),
                muted=tuple(await tx.notifications.muted(user.id)),
                **await self._use(tx, user),
            )

    async def _use(self, tx: Transaction, user: User) -> dict[str, UseOfAi]:
        org = await tx.people.org(user.org_id)
        if org is None:
            return {}
        now, abilities = self._clock(), self._abilities
        use = {"use": await read_use(tx, org, user, abilities=abilities, now=now)}
        if user.is_admin:
            use["whole_use"] = await read_use(tx, org, None, abilities=abilities, now=now)
        return use

    async def last_debrief(self, user: User) -> DebriefCard | None:
        """The card of the rep's latest meeting that has been worked on, as it stands now."""
        now = self._clock()
        async with self._store.read() as tx:
            for job in await tx.jobs.for_user(user.id, RECENT_JOBS):
                if job.sequence != EventType.MEETING_ENDED or await build_sensitive(tx, job, user):
                    continue  # also one that its owner wants left alone
                return await build_debrief(tx, job, user, now)
        return None

    async def card(self, card_id: str, user: User) -> ShownCard | None:
        """A card of this person's own; None for anybody else's."""
        async with self._store.read() as tx:
            row = await tx.cards.get(card_id)
            if row is None or row.user_id != user.id:
                return None
            built = await build_card(tx, row, user, self._clock())
        return ShownCard(row=row, card=built.card) if built else None

    async def show_card(self, card_id: str, user: User) -> bool:
        """Have a card that a digest tells of come by itself, now; False when it is not theirs or was asked for."""
        now = self._clock()
        async with self._store.begin() as tx:
            row = await tx.cards.get(card_id)
            if row is None or row.user_id != user.id or row.digest_id is None:
                return False
            is_new = await tx.held.ask(card_id, now=now)
            if is_new:
                await tx.cards.touch(row.digest_id, now=now)
        if is_new:
            for changed in (card_id, row.digest_id):
                self._dispatcher.wake(WorkKind.CARD, changed, org_id=user.org_id)
        return is_new

    async def own_action(self, action_id: str, user: User) -> PendingAction | None:
        """An action that this person owns; None for anybody else's."""
        async with self._store.read() as tx:
            action = await tx.actions.get(action_id)
        return action if action and action.user_id == user.id else None

    async def decide(self, wanted: ResumeRequest, actor: User) -> Ruling:
        """A person's answer to what a run waits for; the run goes on by itself when nothing waits any more."""
        data = wanted.approval_data
        action = await self.own_action(data.pending_action_id, actor)
        if wanted.resume_job_id is not None and (action is None or action.job_id != wanted.resume_job_id):
            return unknown_action()
        try:
            return await self._decide(data, action, actor)
        except ValidationError:  # its text would quote what was typed
            return Ruling(ok=False, text="The changes do not fit, so nothing was done. Please edit it again.")

    async def _decide(self, data: ApprovalData, action: PendingAction | None, actor: User) -> Ruling:
        action_id, version, changes = data.pending_action_id, data.version, data.user_modifications
        match data.action:
            case Decision.APPROVE if changes and action:
                return await self._edit_and_approve(action, actor, version, changes)
            case Decision.APPROVE:
                return await self.gate.approve(action_id, actor, version)
            case Decision.EDIT:
                return await self.gate.edit(action_id, actor, version, changes)
            case Decision.SKIP | Decision.CANCEL:
                return await self.gate.cancel(action_id, actor, version)

    async def choose_tasks(self, action_id: str, actor: User, version: str, chosen: tuple[int, ...]) -> Ruling:
        """Keep the ticked tasks and approve exactly those: ticking and submitting is the approval."""
        action = await self.own_action(action_id, actor)
        if action is None:
            return unknown_action()
        tasks = TaskBatch.model_validate(action.action_payload).tasks
        kept = [tasks[number].model_dump(mode="json") for number in dict.fromkeys(chosen) if 0 <= number < len(tasks)]
        return await self._edit_and_approve(action, actor, version, {"tasks": kept})

    async def choose_rep(self, action_id: str, actor: User, version: str, user_id: str | None) -> Ruling:
        """Say whose meeting it was; the delivery that waits for it goes on at once."""
        action = await self.own_action(action_id, actor)
        if action is None:
            # An id that is not this person's: the gate says kindly why not.
            return await self.gate.approve(action_id, actor, version)
        ruling = await self._edit_and_approve(action, actor, version, {"chosen": user_id})
        if ruling.ok:
            done = await self.gate.execute(action_id)
            if done:
                delivery_id = RepChoice.model_validate(done.action_payload).delivery_id
                self._dispatcher.wake(WorkKind.DELIVERY, delivery_id, org_id=actor.org_id)
        return ruling

    async def _edit_and_approve(
        self, action: PendingAction, actor: User, version: str, changes: dict[str, Any]
    ) -> Ruling:
        edited = await self.gate.edit(action.id, actor, version, changes)
        if not edited.ok or edited.action is None:
            return edited
        return await self.gate.approve(action.id, actor, version_of(edited.action.digest))

    async def rate_card(self, card_id: str, actor: User, rating: str, text: str | None) -> Ruling:
        """Feedback on a card is kept with its first action, which is what it suggested (HITL-19)."""
        async with self._store.read() as tx:
            row = await tx.cards.get(card_id)
            suggested = await _suggested(tx, row) if row else None
        if row is None or suggested is None:
            return unknown_action()
        return await self.gate.give_feedback(suggested, actor, rating, text) if row.user_id == actor.id else not_yours()

    async def change_settings(self, user: User, changes: dict[str, Any]) -> User:
        """Store what a person may set about themselves; the rest of the user stays as it is now."""
        async with self._store.begin() as tx:
            await tx.people.lock_user(user.id)  # two changes at once: both stay
            current = await tx.people.user(user.id) or user
            changed = current.model_copy(update=changes)
            await tx.people.save_user(changed)
            await reconsider(tx, changed, self._clock())
        return changed

    async def mute(self, category: str, user: User) -> None:
        """Less of this: no more messages of the kind; everything stays reachable by command."""
        async with self._store.begin() as tx:
            await tx.notifications.mute(user.id, category, at=self._clock())

    async def unmute(self, category: str, user: User) -> None:
        async with self._store.begin() as tx:
            await tx.notifications.unmute(user.id, category)

    async def retry_job(self, job_id: str, user: User) -> bool:
        """Take a failed run up where it stopped; False when there is nothing of this person's to retry."""
        now = self._clock()
        async with self._store.begin() as tx:
            job = await tx.jobs.get(job_id)
            if job is None or job.user_id != user.id or not await tx.jobs.retry(job_id, now=now):
                return False
            notice = await tx.cards.by_key(f"notice:{job_id}")
            if notice:
                await tx.cards.touch(notice.id, now=now)
        self._dispatcher.wake(WorkKind.JOB, job_id, org_id=user.org_id)
        if notice:
            self._dispatcher.wake(WorkKind.CARD, notice.id, org_id=user.org_id)
        return True


async def _suggested(tx: Transaction, row: CardRow) -> str | None:
    """The first action of what the card is about; None for a card that only tells something."""
    if row.job_id is None:
        asked: str | None = row.subject.get("action_id")
        return asked
    return next((action.id for action in await tx.actions.for_job(row.job_id)), None)


async def _titles(tx: Transaction, jobs: list[Job]) -> dict[str, str]:
    titles = {}
    for job in jobs:
        meeting_id = job.trigger_payload.get("meeting_id")
        meeting = await tx.meetings.get(meeting_id) if meeting_id else None
        if meeting:
            titles[job.id] = meeting.title
    return titles
