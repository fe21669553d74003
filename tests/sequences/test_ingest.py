"""From a delivery to a run, a question, or a reason that somebody is told; once, whatever is repeated or fails."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.meetings.asking import question_id
from sequences.ports.dispatch import WorkKind
from sequences.ports.outside import TranscriptSourceError
from sequences.ports.store import CardRow, Delivery, DeliveryStatus
from sequences.records.action import ActionStatus
from sequences.records.job import Job
from tests.sequences.fakes import TALK, Killed
from tests.sequences.people import BOSS, ORG, REP
from tests.sequences.stories import Script, story
from tests.sequences.world import World

URL = "https://bots.example/t/1.txt?signature=x"


@pytest.fixture
def script(world: World) -> Script:
    script = Script()
    world.know(story(script))
    world.source.files[URL] = TALK
    return script


def body(*names: str, event: str = "bot.completed", bot_id: str = "bot-1", **extra: Any) -> dict[str, Any]:
    people = [{"name": name} for name in names or ("Robin Hale", "Sarah Chen")]
    data = {"bot_id": bot_id, "participants": people, "transcription": URL, "joined_at": "2026-03-05T09:00:00Z"}
    return {"event": event, "data": data, "extra": {"title": "Acme call", **extra}}


async def receive(world: World, content: dict[str, Any], delivery_id: str = "msg-1") -> bool | None:
    return await world.receiving.receive("meetingbaas", delivery_id, content)


async def deliveries(world: World) -> list[Delivery]:
    """Oldest first."""
    async with world.database.read() as tx:
        return list(reversed(await tx.deliveries.recent(ORG.id, 100)))


async def jobs(world: World, user_id: str = REP.id) -> list[Job]:
    async with world.database.read() as tx:
        return await tx.jobs.for_user(user_id, 100)


async def notices(world: World) -> list[CardRow]:
    """Cards that tell something, to whomever."""
    async with world.database.read() as tx:
        rows = [await tx.cards.get(card.id) for card in await tx.cards.due(world.clock(), 100)]
    return [row for row in rows if row and row.kind == "notice" and row.job_id is None]


async def test_chain_15_a_delivered_recording_becomes_a_run_for_its_rep(world: World, script: Script) -> None:
    assert await receive(world, body()) is True
    await world.work()
    (job,) = await jobs(world)
    assert job.event_source == "webhook:meetingbaas"
    assert job.idempotency_key == f"meeting_ended:{job.trigger_payload['meeting_id']}"
    (delivery,) = await deliveries(world)
    assert (delivery.status, delivery.meeting_id) == (DeliveryStatus.PROCESSED, job.trigger_payload["meeting_id"])
    async with world.database.read() as tx:
        meeting = await tx.meetings.get(job.trigger_payload["meeting_id"])
        transcript = await tx.meetings.transcript(job.trigger_payload["meeting_id"])
    assert meeting is not None
    assert (meeting.title, meeting.rep_user_id, meeting.external_id) == ("Acme call", REP.id, "bot-1")
    assert transcript is not None
    assert len(transcript.turns) == 3


async def test_env_12_the_same_delivery_ten_times_is_one_run(world: World, script: Script) -> None:
    taken = await asyncio.gather(*(receive(world, body()) for _ in range(10)))
    assert sorted(bool(one) for one in taken) == [False] * 9 + [True]
    await world.work()
    assert len(await jobs(world)) == 1
    assert len(await deliveries(world)) == 1


async def test_chain_10_ten_deliveries_of_one_meeting_at_the_same_moment_are_one_run(
    world: World, script: Script
) -> None:
    for number in range(10):
        await receive(world, body(), f"msg-{number}")
    await asyncio.gather(*(world.ingest.process(due) for due in await world.due(WorkKind.DELIVERY)))
    await world.work()
    assert len(await jobs(world)) == 1
    assert {delivery.status for delivery in await deliveries(world)} == {DeliveryStatus.PROCESSED}
    assert script.calls.count("hear") == 1


async def test_chain_10_a_delivery_is_processed_by_one_worker(world: World, script: Script) -> None:
    await receive(world, body())
    (due,) = await world.due(WorkKind.DELIVERY)
    await asyncio.gather(*(world.ingest.process(due) for _ in range(5)))
    assert world.source.fetched == [URL]


async def test_src_06_a_fetch_that_fails_is_tried_again_with_growing_waits(world: World, script: Script) -> None:
    world.source.errors = [TranscriptSourceError("503")] * 3
    await receive(world, body())
    for seconds in (0, 10, 20):
        await world.later(timedelta(seconds=seconds))
        assert await jobs(world) == []
    await world.later(timedelta(seconds=39))
    assert await jobs(world) == []
    await world.later(timedelta(seconds=1))
    assert len(await jobs(world)) == 1
    assert await notices(world) == []


@pytest.mark.parametrize("is_final", [True, False])
async def test_err_01_a_transcript_that_cannot_be_had_is_told_to_the_rep(
    world: World, script: Script, is_final: bool
) -> None:
    world.source.errors = [TranscriptSourceError("it answered 403", is_final=is_final)] * 20
    await receive(world, body())
    for _ in range(10):
        await world.later(timedelta(hours=1))
    (delivery,) = await deliveries(world)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, 1 if is_final else 6)
    (notice,) = await notices(world)
    assert notice.user_id == REP.id
    assert notice.subject["title"] == "No card for “Acme call”"
    assert "it answered 403. Nothing was drafted or changed." in notice.subject["text"]


async def test_src_01_nobody_of_ours_an_admin_is_told_and_the_delivery_kept(world: World, script: Script) -> None:
    await receive(world, body("Tom Fry", "Sarah Chen"))
    world.source.files[URL] = TALK.replace(b"Robin Hale", b"Tom Fry")
    await world.work()
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.IGNORED
    assert "none of its participants is a member" in delivery.reason
    (notice,) = await notices(world)
    assert notice.user_id == BOSS.id


@pytest.mark.parametrize(
    "transcript",
    [b"", b"\x00\xff\xfe\x00binary", b"Robin Hale: ", json.dumps({"turns": []}).encode(), b"[" * 100_000],
    ids=["empty", "binary", "silent", "no turns", "deep"],
)
async def test_err_01_an_unreadable_transcript_is_told_and_does_not_crash(
    world: World, script: Script, transcript: bytes
) -> None:
    world.source.files[URL] = transcript
    await receive(world, body())
    await world.work()
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.FAILED
    assert len(await notices(world)) == 1
    assert await jobs(world) == []


async def test_meet_05_a_solo_recording_is_ignored_without_a_word(world: World, script: Script) -> None:
    world.source.files[URL] = b"Robin Hale: I am only testing the microphone, and this is what I say."
    await receive(world, body("Robin Hale"))
    await world.work()
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.IGNORED
    assert "solo" in delivery.reason
    assert await notices(world) == []


@pytest.mark.parametrize(
    ("content", "is_told"),
    [
        (body(event="bot.status_change"), False),
        (body(event="bot.failed"), True),
        ({"event": "complete", "data": {"bot_id": "b"}}, False),
        ({"event": "complete"}, False),
        ({"hello": "\x00 world"}, False),
    ],
    ids=["status", "failed", "transcript comes later", "no data", "no notice"],
)
async def test_env_13_what_needs_no_run_is_kept_with_its_reason(
    world: World, script: Script, content: dict[str, Any], is_told: bool
) -> None:
    await receive(world, content)
    await world.work()
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.IGNORED
    assert delivery.reason
    assert bool(await notices(world)) is is_told
    assert world.source.fetched == []


async def test_src_01_a_repeated_failure_is_told_once(world: World, script: Script) -> None:
    for number in range(3):
        await receive(world, body(event="bot.failed"), f"msg-{number}")
    await world.work()
    assert len(await notices(world)) == 1


async def asked(world: World, script: Script) -> Any:
    world.source.files[URL] = TALK + b"Ines Duarte: I can join for the technical part of the pilot.\n"
    await receive(world, body("Robin Hale", "Ines Duarte", "Sarah Chen"))
    await world.work()
    (delivery,) = await deliveries(world)
    assert (delivery.status, delivery.meeting_id is not None) == (DeliveryStatus.WAITING, True)
    return await world.action(question_id(str(delivery.meeting_id)))


async def choose(world: World, action: Any, user_id: str) -> bool:
    edited = await world.gate.edit(action.id, REP, version_of(action.digest), {"chosen": user_id})
    return edited.ok and await world.approve(action)


async def test_src_01_several_of_us_and_no_organiser_are_asked_once(world: World, script: Script) -> None:
    action = await asked(world, script)
    assert action.user_id == REP.id
    assert set(action.action_payload["options"]) == {REP.id, BOSS.id}
    await receive(world, body("Robin Hale", "Ines Duarte", "Sarah Chen"), "msg-2")
    await world.work()
    async with world.database.read() as tx:
        due = [await tx.cards.get(card.id) for card in await tx.cards.due(world.clock(), 100)]
    assert [row.kind for row in due if row] == ["choose_rep"]
    assert await jobs(world) == []


async def test_src_01_the_answer_decides_whose_meeting_it_was(world: World, script: Script) -> None:
    action = await asked(world, script)
    assert await choose(world, action, BOSS.id)
    await world.work()
    assert await jobs(world) == []
    assert len(await jobs(world, BOSS.id)) == 1


async def test_src_01_the_answer_may_come_after_the_transcripts_address_has_expired(
    world: World, script: Script
) -> None:
    action = await asked(world, script)
    world.source.files.clear()
    world.clock.advance(timedelta(hours=20))
    assert await choose(world, action, REP.id)
    await world.work()
    assert len(await jobs(world)) == 1


@pytest.mark.parametrize("chosen", [None, "user_stranger", "user_gone"])
async def test_hitl_02_only_somebody_who_was_there_can_be_chosen(
    world: World, script: Script, chosen: str | None
) -> None:
    action = await asked(world, script)
    await world.gate.edit(action.id, REP, version_of(action.digest), {"chosen": chosen})
    assert not await world.approve(action)
    assert (await world.action(action.id)).status is ActionStatus.PENDING


async def test_pend_12_an_unanswered_question_expires_and_starts_nothing(world: World, script: Script) -> None:
    action = await asked(world, script)
    await world.later(timedelta(days=3))
    assert (await world.action(action.id)).status is ActionStatus.EXPIRED
    assert await jobs(world) == []
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.WAITING


async def test_beyond_07_killed_after_any_commit_a_delivery_is_one_run(world: World, script: Script) -> None:
    await receive(world, body())
    await world.work()
    for point in range(1, 8):
        world.store.commits, world.store.dies_after = 0, point
        try:
            await receive(world, body(bot_id=f"killed-bot-{point}"), f"killed-{point}")
            await world.work()
        except Killed:
            pass
        await receive(world, body(bot_id=f"killed-bot-{point}"), f"killed-{point}")  # the sender saw no answer
        await world.later(timedelta(minutes=3))
        assert len(await jobs(world)) == point + 1


async def test_env_13_what_breaks_every_time_is_given_up_and_told(
    world: World, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A delivery that no release can process must not be tried for ever in silence."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("sequences.meetings.ingest.parse_transcript", broken)
    await receive(world, body())
    for _ in range(30):
        world.clock.advance(timedelta(minutes=2))
        for due in await world.due(WorkKind.DELIVERY):
            try:
                await world.ingest.process(due)
            except RuntimeError:
                continue
    (delivery,) = await deliveries(world)
    assert delivery.status is DeliveryStatus.FAILED
    assert delivery.attempts < 15
    assert len(await notices(world)) == 1
