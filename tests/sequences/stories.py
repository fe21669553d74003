"""Small sequences of fake steps, so that tests of the runner depend on no skill.

``hear`` → ``guess`` (best-effort) → ``draft`` (proposes a mail, raises a follow-up) → ``show`` (pauses) → ``close``.
A ``Script`` counts the calls and says which of them fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sequences.context import Run, Tier1
from sequences.records.base import Record
from sequences.records.event import EventSource, EventType
from sequences.records.job import FollowUp
from sequences.sequence import Affinity, Sequence
from sequences.step import Result, Step, Tier, step
from tests.sequences.world import mail_proposal, task_proposal


class Brief(Record):
    """The payload."""

    words: str = "hello"


class Heard(Record):
    text: str


class Guessed(Record):
    text: str


class Drafted(Record):
    subject: str


class Shown(Record):
    text: str = "shown"


class Closed(Record):
    text: str


@dataclass
class Script:
    """``failures`` by step name are raised by its next calls, one each."""

    calls: list[str] = field(default_factory=list)
    failures: dict[str, list[BaseException]] = field(default_factory=dict)
    on_call: Callable[[str], None] | None = None
    seen: dict[str, Any] = field(default_factory=dict)

    def note(self, name: str) -> None:
        self.calls.append(name)
        if self.on_call:
            self.on_call(name)
        if self.failures.get(name):
            raise self.failures[name].pop(0)


FOLLOW_UP = FollowUp(type=EventType.CALENDAR_FIND_TIMES, reason="“let us talk”", key="talk", payload={"words": "again"})


def hear_step(script: Script) -> Step:
    @step(context=(Tier.ONE,), critical=True, cost_usd="0.02")
    async def hear(brief: Brief, tier1: Tier1) -> Heard:
        script.note("hear")
        return Heard(text=f"{tier1.user.name}: {brief.words}")

    return hear


def guess_step(script: Script, condition: Callable[..., bool] | None = None) -> Step:
    @step(cost_usd="0.03", condition=condition)
    async def guess(heard: Heard) -> Guessed:
        script.note("guess")
        return Guessed(text=heard.text.upper())

    return guess


def draft_step(script: Script, follow_ups: tuple[FollowUp, ...] = (FOLLOW_UP,)) -> Step:
    @step(critical=True, requires_approval=True)
    async def draft(heard: Heard, guessed: Guessed | None) -> Result[Drafted]:
        script.note("draft")
        script.seen["guessed"] = guessed
        output = Drafted(subject=f"About {heard.text}")
        return Result(output=output, proposes=(mail_proposal(), task_proposal()), follow_ups=follow_ups)

    return draft


def show_step(script: Script) -> Step:
    @step(critical=True)
    async def show() -> Result[Shown]:
        script.note("show")
        return Result(output=Shown(), card="meeting_debrief", waits=True)

    return show


def close_step(script: Script) -> Step:
    @step(critical=True, time_limit=timedelta(seconds=10))
    async def close(drafted: Drafted, run: Run) -> Closed:
        script.note("close")
        return Closed(text=f"{drafted.subject} of {run.job.id}")

    return close


def story(script: Script, *steps: Step, event: EventType = EventType.MEETING_ENDED) -> Sequence:
    """The whole story, or other steps under the same name."""
    return Sequence(
        event=event,
        payload=Brief,
        sources=frozenset({EventSource.CLI_MEETING, EventSource.WEBHOOK_MEETINGBAAS, EventSource.ORCHESTRATOR_CHAIN}),
        confidence=0.95,
        affinity=Affinity.MEETINGS,
        steps=steps
        or (hear_step(script), guess_step(script), draft_step(script), show_step(script), close_step(script)),
    )


def short_story(script: Script, *, follow_ups: tuple[FollowUp, ...] = ()) -> Sequence:
    """What a follow-up of the story runs: one step that may raise further ones."""

    @step(context=(Tier.ONE,), critical=True)
    async def talk(brief: Brief) -> Result[Heard]:
        script.note("talk")
        return Result(output=Heard(text=brief.words), follow_ups=follow_ups)

    return story(script, talk, event=EventType.CALENDAR_FIND_TIMES)
