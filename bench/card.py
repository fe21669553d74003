"""How long from an accepted event to the first call to Slack: the price of intake, runner, gate and delivery."""

import time

from bench.figures import Figure, percentile
from bench.place import Place
from bench.talk import as_transcript
from sequences.meetings.store_meeting import Around, keep, meeting_of
from sequences.records.event import Event, EventSource, EventType

RUNS = 30
WARM_UP = 3
MINUTES = 5.0


async def measure(place: Place) -> list[Figure]:
    """One event at a time. "Without thinking" leaves out what the skills took, as recorded with each answer."""
    measured = [await _once(place, number) for number in range(WARM_UP + RUNS)][WARM_UP:]
    whole = [total for total, _ in measured]
    bare = [total - thinking for total, thinking in measured]
    return [
        Figure(name="event_to_slack_without_thinking_p50_ms", value=percentile(bare, 50), target=150,
               what="event accepted → first call to Slack, without the time in skills"),
        Figure(name="event_to_slack_without_thinking_p99_ms", value=percentile(bare, 99),
               what="the same, the slowest in a hundred"),
        Figure(name="event_to_slack_p50_ms", value=percentile(whole, 50),
               what=f"the same with the offline rules, meeting of {MINUTES:g} minutes"),
    ]  # fmt: skip


async def _once(place: Place, number: int) -> tuple[float, float]:
    """Milliseconds from the commit of the event to the first call, and those of them spent in skills."""
    event = await _meeting(place, number)
    entries = place.workspace.log.entries
    mark = entries[-1].n if entries else 0
    accepted = await place.app.core.intake.raise_event(event)
    started = time.perf_counter()

    def has_called() -> bool:
        return any(entry.n > mark and entry.kind == "api_call" for entry in reversed(entries))

    await place.workspace.until(has_called, timeout=60)
    taken = (time.perf_counter() - started) * 1000
    await place.app.core.dispatcher.settle()
    if accepted.job is None:
        raise RuntimeError(f"the event was not taken up: {accepted.reason}")
    async with place.app.core.store.read() as tx:
        thinking = sum(cost.latency_ms for cost in await tx.costs.for_job(accepted.job.id))
    return taken, float(thinking)


async def _meeting(place: Place, number: int) -> Event:
    """A stored meeting of its own for each run."""
    rep, transcript = place.rep, as_transcript(MINUTES)
    around = Around(org_id=rep.org_id, source=EventSource.CLI_MEETING, external_id=f"bench-{number}")
    async with place.app.core.store.begin() as tx:
        meeting = meeting_of(around, transcript, received_at=transcript.started_at or place.app.core.front.now())
        meeting_id = await keep(tx, meeting, transcript)
        await tx.meetings.set_rep(meeting_id, rep.id)
    return Event(
        type=EventType.MEETING_ENDED,
        source=EventSource.CLI_MEETING,
        org_id=rep.org_id,
        user_id=rep.id,
        payload={"meeting_id": meeting_id},
        idempotency_key=f"{EventType.MEETING_ENDED}:{meeting_id}",
    )
