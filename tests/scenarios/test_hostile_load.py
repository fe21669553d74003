"""A hostile day through the real app: webhooks repeated and at once, buttons pressed by everybody in one moment."""

import asyncio
import copy
import dataclasses
import json
from collections import Counter

import pytest

from sequences.ports.store import DeliveryStatus
from sequences.records.action import ActionStatus, ActionType
from tests.scenarios.house import SENT, House, acked, text_of
from workspace.model import Message
from workspace.wire import Json

SAMPLE = "marlow-finch-pilot"
MEETINGS = 5


def meeting(house: House, number: int) -> Json:
    turns = [
        {"speaker": "Petra Lindqvist", "text": "Could you send me the pilot plan in writing?", "start": 3, "end": 6},
        {"speaker": "Robin Hale", "text": "I'll send you a proposal by Friday.", "start": 7, "end": 9},
    ]
    title = f"Pilot call {number}"
    sample = house.ws.samples.upload(f"call-{number}.json", json.dumps({"title": title, "turns": turns}).encode())
    return house.ws.meeting_bot.payload(sample, extra={"title": title})


def another_screen(card: Message) -> Message:
    """The same card as somebody else's client still shows it."""
    return dataclasses.replace(card, body=copy.deepcopy(card.body))


async def test_chain_10_meetings_at_once_each_delivered_again_and_again_are_one_card_each(house: House) -> None:
    rep, bot = house.rep(), house.ws.meeting_bot
    payloads = [meeting(house, number) for number in range(MEETINGS)]
    await asyncio.gather(
        *(
            bot.deliver(payload, message_id=f"msg-{number}-{again}")
            for number, payload in enumerate(payloads)
            for again in (1, 1, 1, 2)
        )
    )
    await house.until(lambda: len(house.cards(rep, "Pilot call")) >= MEETINGS)
    for number, payload in enumerate(payloads):  # and once more, when all is done
        await bot.deliver(payload, message_id=f"msg-{number}-late")
    await house.running.core.dispatcher.settle()
    shown = Counter(number for number in range(MEETINGS) for _ in house.cards(rep, f"Pilot call {number}"))
    assert shown == Counter(range(MEETINGS))
    async with house.running.core.store.read() as tx:
        (org,) = await tx.people.orgs()
        user = await tx.people.user_by_slack(org.id, rep.id)
        assert user is not None
        roots = [job for job in await tx.jobs.for_user(user.id, 100) if job.parent_job_id is None]
        deliveries = await tx.deliveries.recent(org.id, 100)
    assert len(roots) == MEETINGS
    assert len(deliveries) == 3 * MEETINGS, "each delivery id once"
    assert {each.status for each in deliveries} == {DeliveryStatus.PROCESSED}


@pytest.mark.parametrize("rival", ["email_send", "email_cancel"])
async def test_beyond_07_everybody_presses_at_the_same_moment_and_one_press_counts(
    quick_house: House, rival: str
) -> None:
    house, rep = quick_house, quick_house.rep()
    card = await house.card_after(SAMPLE, rep)
    stranger = house.ws.person("Dana Okafor")
    outcomes = await asyncio.gather(
        rep.press(card, "email_send"),
        rep.press(another_screen(card), rival),
        stranger.press(another_screen(card), "email_send"),
        rep.press(another_screen(card), "email_send"),
        rep.press(another_screen(card), rival),
        stranger.press(another_screen(card), rival),
    )
    assert all(acked(outcome) for outcome in outcomes)
    await house.until(lambda: SENT.search(text_of(card)) or "Cancelled by" in text_of(card))
    await house.running.core.dispatcher.settle()
    async with house.running.core.store.read() as tx:
        (org,) = await tx.people.orgs()
        user = await tx.people.user_by_slack(org.id, rep.id)
        assert user is not None
        (job,) = [job for job in await tx.jobs.for_user(user.id, 10) if job.parent_job_id is None]
        (mail,) = [a for a in await tx.actions.for_job(job.id) if a.action_type is ActionType.SEND_EMAIL]
        trail = Counter(entry.what for entry in await tx.actions.history(mail.id))
    assert trail["approved"] <= 1
    assert mail.status in (ActionStatus.EXECUTED, ActionStatus.CANCELLED)
    assert len(house.ws.mail.mails) == trail["executed"] == (1 if mail.status is ActionStatus.EXECUTED else 0)
    assert mail.decided_by == user.id
    assert not any("Sending in" in text_of(message) for message in house.cards(stranger))
