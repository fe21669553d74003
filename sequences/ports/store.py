"""The database: repositories grouped in a ``Transaction`` that commits as one or not at all.

Absent is ``None``; forbidden and broken raise.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import Field

from sequences.ports.costs import Costs
from sequences.ports.deals import Deals
from sequences.ports.dispatch import Due
from sequences.ports.held import Held
from sequences.ports.recurring import RecurringEvents
from sequences.records.action import ActionStatus, Feedback, HistoryEntry, PendingAction
from sequences.records.base import Record
from sequences.records.crm import Activity, Company, Contact, CustomerPicture, Deal, Stage, Task
from sequences.records.event import StoredEvent
from sequences.records.insight import CrmObject
from sequences.records.job import Job, JobStatus, StepRun
from sequences.records.meeting import Meeting, Transcript
from sequences.records.people import Org, User

T = TypeVar("T")


class StoreError(Exception):
    """The database cannot be reached, read or written; the message says what to do.

    A unit of work that raised it has changed nothing, unless the connection broke in the middle of the commit.
    """


class StoreRuleError(Exception):
    """What was to be stored refers to something that is gone, or breaks another rule of the schema."""


class FenceLostError(Exception):
    """Another invocation has claimed the job since; whatever this one still holds must not be written."""


class Events(Protocol):
    async def add(self, stored: StoredEvent) -> None: ...
    async def recent(self, org_id: str, limit: int) -> list[StoredEvent]: ...
    async def refused_children(self, job_ids: Sequence[str], limit: int) -> list[StoredEvent]:
        """Follow-ups of these jobs that were kept with a reason and never became a job; the oldest first."""


class Claimed(NamedTuple):
    """A job that is ours to run, with its finished steps in the order in which they finished, and whom it is for."""

    job: Job
    steps: list[StepRun]
    people: tuple[User, Org] | None


class End(NamedTuple):
    """A run is complete; ``metadata`` replaces what was stored."""

    at: datetime
    metadata: dict[str, Any]


class Advance(NamedTuple):
    """How far a claimed job has come: runs that have finished, and the step to come or the end."""

    job: Job
    runs: tuple[StepRun, ...]
    next_step: str | None
    end: End | None = None


class Jobs(Protocol):
    async def add(self, job: Job) -> bool:
        """Insert, or answer False when a job with that key exists in the org and has not failed (CHAIN-12).

        A failed one gives its key up to the new job.
        """

    async def get(self, job_id: str) -> Job | None: ...
    async def by_key(self, org_id: str, idempotency_key: str) -> Job | None: ...
    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Job | None:
        """Take a runnable job: pending or deferred and due, or in progress with its lease run out.

        Answers the job with its fence grown by one, or None when it is not to be had.
        """

    async def renew(self, job: Job, *, lease_until: datetime) -> None:
        """Keep a claim alive while a long step runs; FenceLostError if fenced off."""

    async def lock(self, job_id: str) -> None:
        """Hold the job's row until the transaction ends, so that a pause and a decision never miss each other."""

    async def record_step(self, job: Job, run: StepRun, *, next_step: str | None) -> None:
        """Store a finished step, add its cost to the job and advance ``current_step``; FenceLostError if fenced off."""

    async def settle(
        self,
        job: Job,
        status: JobStatus,
        *,
        now: datetime,
        run_at: datetime | None = None,
        error: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Leave IN_PROGRESS for ``status`` and drop the lease; FenceLostError if fenced off."""

    async def resume(self, job_id: str, *, now: datetime) -> bool:
        """AWAITING_APPROVAL → PENDING, due now; False when it was not waiting."""

    async def retry(self, job_id: str, *, now: datetime) -> bool:
        """FAILED → PENDING, due now; finished steps stay finished."""

    async def steps(self, job_id: str) -> list[StepRun]: ...
    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        """Jobs that ``claim`` would give out now: of each org the longest due, then of each the second, and so on.

        ``besides`` are passed over, as in every other ``due``.
        """

    async def for_user(self, user_id: str, limit: int) -> list[Job]:
        """Newest first."""

    async def children(self, job_ids: Sequence[str]) -> list[Job]: ...


class Actions(Protocol):
    async def add(self, action: PendingAction) -> None: ...
    async def get(self, action_id: str) -> PendingAction | None: ...
    async def for_job(self, job_id: str) -> list[PendingAction]:
        """In the order in which they were proposed."""

    async def change(
        self,
        action_id: str,
        *,
        expected: ActionStatus,
        expected_digest: str,
        expected_attempts: int | None = None,
        **values: Any,
    ) -> bool:
        """Compare-and-set: write ``values`` (columns of PendingAction) only if status and digest are as expected.

        ``expected_attempts`` tells one worker's claim from the next one's.
        """

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        """Confirmed ones whose ``execute_at`` has come, pending ones that have expired, executing ones left behind
        for more than two minutes."""

    async def waiting_for(self, user_id: str, limit: int) -> list[PendingAction]: ...
    async def count_executed(self, user_id: str, action_type: str, *, since: datetime, begun_only: bool = False) -> int:
        """Executed, executing or confirmed since then; what a daily limit counts. ``begun_only``: without the last."""

    async def latest_executed(self, user_id: str, action_type: str, limit: int) -> list[PendingAction]:
        """Of one user and kind, the one executed last first."""

    async def add_history(self, entry: HistoryEntry) -> None: ...
    async def history(self, action_id: str) -> list[HistoryEntry]: ...
    async def add_feedback(self, feedback: Feedback) -> None: ...
    async def feedback(self, action_id: str) -> list[Feedback]: ...


class CardRow(Record):
    """A card's identity and place in Slack. ``rev`` counts changes of the truth, ``shown_rev`` what Slack shows."""

    id: str
    key: str  # unique: one card per meeting
    org_id: str
    user_id: str
    kind: str
    job_id: str | None = None
    subject: dict[str, Any] = Field(default_factory=dict)  # what a card without a job is built from
    channel_id: str | None = None
    message_ts: str | None = None
    rev: int = 1
    shown_rev: int = 0
    attempts: int = 0
    show_at: datetime
    lease_until: datetime | None = None
    held_since: datetime | None = None  # it waited: since then, for quiet hours or the hourly limit
    open_until: datetime | None = None  # later it is of no use any more (the meeting has begun)
    digest_id: str | None = None  # the card that tells of this one in its place
    asked_at: datetime | None = None  # its owner asked to see it, so nothing holds it back
    created_at: datetime


class Cards(Protocol):
    async def add(self, card: CardRow) -> bool:
        """False when the key exists."""

    async def get(self, card_id: str) -> CardRow | None: ...
    async def by_key(self, key: str) -> CardRow | None: ...
    async def touch(self, card_id: str, *, now: datetime) -> None:
        """The truth has changed: rev + 1, to be shown now."""

    async def claim(self, card_id: str, *, now: datetime, lease: timedelta) -> CardRow | None:
        """Take the right to show it when ``rev > shown_rev``, it is due and nobody else holds it.

        ``attempts`` grows by one: above 1, an earlier showing did not come to its end and may have reached Slack.
        """

    async def shown(
        self, card_id: str, *, rev: int, channel_id: str, message_ts: str, again_at: datetime | None
    ) -> None:
        """Release it. ``again_at`` asks for one more showing then (a countdown)."""

    async def failed(self, card_id: str, *, retry_at: datetime) -> None: ...
    async def lay_aside(self, card_id: str, *, rev: int) -> None:
        """Release it without a place in Slack: nothing is due until its truth changes again."""

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]: ...


class Meetings(Protocol):
    async def add(self, meeting: Meeting, transcript: Transcript) -> str:
        """Store both and answer the id: the existing one when (org, source, external_id) is known already."""

    async def get(self, meeting_id: str) -> Meeting | None: ...
    async def transcript(self, meeting_id: str) -> Transcript | None: ...
    async def set_rep(self, meeting_id: str, user_id: str) -> None: ...
    async def latest_for(self, user_id: str) -> Meeting | None: ...


class Standing(NamedTuple):
    """Whose event it is, and whether their org wants to hear of events of its type."""

    user: User
    org: Org
    is_enabled: bool


class People(Protocol):
    async def org(self, org_id: str) -> Org | None: ...
    async def org_by_team(self, team_id: str) -> Org | None: ...
    async def orgs(self) -> list[Org]: ...
    async def save_org(self, org: Org) -> None: ...
    async def user(self, user_id: str) -> User | None: ...
    async def user_with_org(self, user_id: str) -> tuple[User, Org] | None: ...
    async def user_by_slack(self, org_id: str, slack_user_id: str) -> User | None: ...
    async def users(self, org_id: str) -> list[User]:
        """Present members by name; those who have left are still found by ``user``."""

    async def retire(self, org_id: str, *, present: Sequence[str], at: datetime) -> int:
        """Mark everybody else as having left; ``present`` are Slack user ids. Answers how many left."""

    async def save_member(self, user: User) -> User:
        """Insert or refresh what Slack knows (name, email, timezone, admin) by (org, slack_user_id); settings stay."""

    async def save_user(self, user: User) -> None: ...
    async def lock_org(self, org_id: str) -> None:
        """Until the transaction ends nobody else holds this lock: for limits that are counted, then used."""

    async def lock_user(self, user_id: str) -> None:
        """As ``lock_org``, for one person. Taken before any row of theirs is written."""

    async def standing(self, user_id: str, event_type: str) -> Standing | None: ...
    async def is_enabled(self, org_id: str, event_type: str) -> bool:
        """``notification_feature_settings``; unset means the default of CONF-02."""

    async def set_enabled(self, org_id: str, event_type: str, enabled: bool) -> None: ...


class CostEvent(Record):
    """A row of ``ai_cost_events``: one call of a model, or one answer of the offline engine at no cost (COST-08)."""

    id: str
    org_id: str
    user_id: str
    job_id: str | None
    sequence: str | None
    skill: str
    engine: str
    prompt_version: str
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = Decimal(0)
    latency_ms: int = 0
    error: str | None = None
    at: datetime


class Notifications(Protocol):
    """``slack_notifications_sent``: the ledger that the hourly cap reads (QUIET-04)."""

    async def add(self, *, org_id: str, user_id: str, category: str, card_id: str | None, at: datetime) -> None:
        """A card is in the ledger once; a second try moves its time."""

    async def count(self, user_id: str, *, since: datetime) -> int: ...
    async def room_at(self, user_id: str, *, most: int, now: datetime, besides: str) -> datetime | None:
        """When one more may be sent without more than ``most`` in any hour; None for at once.

        ``besides`` is the card that asks: an earlier try of it does not stand in its way.
        """

    async def is_muted(self, user_id: str, category: str) -> bool: ...
    async def mute(self, user_id: str, category: str, *, at: datetime) -> None:
        """ "Less of this": kept per user and category."""

    async def unmute(self, user_id: str, category: str) -> None: ...
    async def muted(self, user_id: str) -> list[str]: ...


class DeliveryStatus(StrEnum):
    RECEIVED = "received"
    WAITING = "waiting"  # for the answer "whose meeting was this?"
    PROCESSED = "processed"
    IGNORED = "ignored"  # kept with its reason
    FAILED = "failed"


class Delivery(Record):
    """An authentic webhook as it came in, kept before any work so that nothing is lost (ENV-12, SRC-06)."""

    id: str
    org_id: str
    provider: str
    delivery_id: str  # the provider's; unique with ``provider``
    body: dict[str, Any]
    status: DeliveryStatus = DeliveryStatus.RECEIVED
    reason: str = ""
    meeting_id: str | None = None
    attempts: int = 0
    process_at: datetime
    received_at: datetime


class Deliveries(Protocol):
    async def add(self, delivery: Delivery) -> bool:
        """False when (provider, delivery_id) is known; kept for at least 48 h."""

    async def get(self, delivery_id: str) -> Delivery | None:
        """By our own id."""

    async def claim(self, delivery_id: str, *, now: datetime, lease: timedelta) -> Delivery | None:
        """A received one that is due; attempts grow by one and ``process_at`` moves behind the lease."""

    async def mark(
        self,
        delivery_id: str,
        status: DeliveryStatus,
        *,
        reason: str = "",
        meeting_id: str | None = None,
        process_at: datetime | None = None,
    ) -> None: ...
    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]: ...
    async def recent(self, org_id: str, limit: int) -> list[Delivery]:
        """Newest first."""

    async def forget_before(self, moment: datetime) -> int:
        """Drop settled ones received before; answers how many."""


class CrmReader(Protocol):
    async def find_contact(self, org_id: str, *, email: str | None, name: str | None) -> Contact | None:
        """By email, else by exact name (case-insensitive) when only one bears it."""

    async def picture(self, org_id: str, contact_ids: Sequence[str], *, deal_id: str | None = None) -> CustomerPicture:
        """Contacts, their company, the open deal, the latest 20 activities and open tasks (CTX-03).

        ``deal_id`` names the deal instead; without contacts, those of its company are meant.
        """

    async def record(self, org_id: str, object: CrmObject, object_id: str) -> Contact | Company | Deal | None: ...


class CrmWriter(Protocol):
    """Reached through the gate only. ``effect_key`` makes a second call with the same key change nothing."""

    async def set_field(
        self, org_id: str, object: CrmObject, object_id: str, field: str, value: str | None
    ) -> str | None:
        """Answer the old value as text. ValueError, saying what is expected, when ``value`` does not fit the field."""

    async def move_stage(self, org_id: str, deal_id: str, stage: Stage) -> Stage: ...
    async def create_task(self, org_id: str, task: Task, *, effect_key: str) -> str: ...
    async def log_activity(self, org_id: str, activity: Activity, *, effect_key: str) -> str: ...


class CronOutcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    LEFT = "left"  # its node died, and a later tick has done its work since


class CronTick(Record):
    """One moment at which a cron was to run (OBS-06). Unfinished while ``finished_at`` is None."""

    name: str
    tick: datetime
    node: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: CronOutcome | None = None
    error: str | None = None
    detail: dict[str, Any] | None = None


class CronLog(Protocol):
    async def claim(self, tick: CronTick) -> bool:
        """False when a node has it already: (name, tick) is unique."""

    async def take_over(self, tick: CronTick, *, node: str, now: datetime) -> CronTick | None:
        """The unfinished tick as held by ``node`` now; None when somebody else was faster."""

    async def finish(
        self,
        tick: CronTick,
        outcome: CronOutcome,
        *,
        now: datetime,
        error: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> bool:
        """False when it was taken over meanwhile."""

    async def left_behind(self, names: Collection[str], *, before: datetime) -> list[CronTick]:
        """Unfinished ticks of these crons that started before the moment, the oldest first."""

    async def latest(self, name: str) -> CronTick | None:
        """Its newest tick, finished or not."""

    async def recent(self, limit: int) -> list[CronTick]:
        """Of all crons, the newest first."""

    async def forget_before(self, moment: datetime) -> int: ...


class Transaction(Protocol):
    """One unit of work: everything below commits together when the block ends, or nothing does."""

    @property
    def events(self) -> Events: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def held(self) -> Held: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def people(self) -> People: ...
    @property
    def costs(self) -> Costs: ...
    @property
    def notifications(self) -> Notifications: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def deals(self) -> Deals: ...
    @property
    def recurring(self) -> RecurringEvents: ...
    @property
    def cron_log(self) -> CronLog: ...
    @property
    def crm(self) -> CrmReader: ...
    @property
    def crm_writer(self) -> CrmWriter: ...


class Store(Protocol):
    """``join``, ``claim`` and ``advance`` are units of work that commit together when asked for at the same moment.

    Each returns when its own part is committed, and raises StoreError when it is not.
    """

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Commits when the block ends, rolls back when it raises."""

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A consistent look without taking the right to write."""

    async def join(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """``work`` may be done twice, when another one's failure undid the first time: it must touch tables only."""

    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Claimed | None:
        """As ``Jobs.claim`` with ``Jobs.steps``."""

    async def advance(self, advance: Advance) -> None:
        """As ``Jobs.record_step`` for each of the runs and ``Jobs.settle`` at the end; FenceLostError as there."""
