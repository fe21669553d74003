"""Whoever counts and times what happens here. Nothing depends on being heard."""

from contextlib import AbstractContextManager, nullcontext

from sequences.ports.model import Usage
from sequences.records.action import ActionType
from sequences.records.event import Event, EventStatus
from sequences.records.job import JobStatus, StepRun


class Observer:
    """Told what happened, once, by the process that did it; as it stands, it lets it pass.

    Whoever listens must be quick, must not wait and must not raise: all of it is called from the middle of the work.
    """

    def event_judged(self, event: Event, status: EventStatus, *, job_id: str | None) -> None:
        """Intake has decided. ``job_id`` when a job came of it."""

    def step_ended(self, sequence: str, run: StepRun) -> None:
        """A step's end is stored: done, skipped or given up."""

    def job_left(self, sequence: str, status: JobStatus) -> None:
        """An invocation has let go of its job in ``status``; pending is a hand-back."""

    def action_ended(self, action_type: ActionType, outcome: str) -> None:
        """``outcome`` is a word of the trail: approved, edited, cancelled, expired, executed, failed, put off."""

    def card_shown(self, kind: str, *, is_new: bool) -> None: ...

    def card_put_off(self, kind: str, why: str) -> None:
        """``why`` is held_back (quiet hours, hourly limit), or what Slack did: unavailable, refused."""

    def delivery_ended(self, outcome: str) -> None:
        """``outcome`` is a DeliveryStatus; received is one that is to be tried again."""

    def model_asked(self, skill: str, engine: str, *, outcome: str, usage: Usage, seconds: float) -> None:
        """``outcome`` is answered, or the kind of a ModelError."""

    def slack_called(self, method: str, outcome: str) -> None:
        """Each try of a Web API call: ok, refused, rate_limited, broken or unreachable."""

    def cron_ended(self, name: str, outcome: str) -> None:
        """A tick that this node had; ``outcome`` is a CronOutcome."""

    def span(self, name: str, *, work_id: str | None = None, **attributes: str) -> AbstractContextManager[object]:
        """What happens inside belongs together. ``work_id`` names stored work, whose every attempt is one trace.

        Attributes are ids and words from closed lists, never what somebody wrote.
        """
        del name, work_id, attributes
        return nullcontext()
