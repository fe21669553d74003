"""A dry run walks the real steps and leaves nothing behind (BEYOND-11)."""

import pytest

from sequences.context import Run, Tier1
from sequences.ports.model import ModelError
from sequences.records.action import ActionType
from sequences.records.job import Job
from sequences.rehearsal import rehearse
from sequences.runner import attempt
from sequences.runner.attempt import StepFailedError
from tests.sequences.fakes import START
from tests.sequences.people import ORG, REP
from tests.sequences.stories import Brief, Closed, Guessed, Heard, Script, guess_step, hear_step, story


def context() -> dict[type, object]:
    job = Job(
        id="job_0",
        org_id=ORG.id,
        user_id=REP.id,
        sequence="meeting_ended",
        event_source="cli:meeting",
        idempotency_key="k",
        run_at=START,
        created_at=START,
    )
    return {Brief: Brief(), Tier1: Tier1(org=ORG, user=REP), Run: Run(job=job, now=START)}


async def test_beyond_11_what_would_have_been_done_is_collected() -> None:
    script = Script()
    done = await rehearse(story(script), context())
    assert script.calls == ["hear", "guess", "draft", "show", "close"]
    assert [item.type for item in done.proposals] == [ActionType.SEND_EMAIL, ActionType.CREATE_TASKS]
    assert [item.key for item in done.follow_ups] == ["talk"]
    assert done.output(Heard) == Heard(text="Robin Hale: hello")
    assert done.output(Closed) is not None
    assert done.notes == []


async def test_beyond_11_what_fails_or_is_skipped_is_noted() -> None:
    def never(heard: Heard) -> bool:
        return not heard.text

    done = await rehearse(story(Script(), hear_step(Script()), guess_step(Script(), never)), context())
    assert done.notes == ["guess was not needed"]
    script = Script(failures={"guess": [ModelError("it declined", kind="refused")]})
    done = await rehearse(story(script), context())
    assert done.notes == ["guess failed: it declined"]
    assert done.output(Guessed) is None
    assert script.seen["guessed"] is None


async def test_core_08_a_critical_failure_ends_the_dry_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt, "RETRY_BASE_S", 0)
    script = Script(failures={"draft": [TimeoutError(), TimeoutError()]})
    with pytest.raises(StepFailedError) as caught:
        await rehearse(story(script), context())
    assert (caught.value.step, caught.value.text, caught.value.attempts) == ("draft", "it took too long", 2)
