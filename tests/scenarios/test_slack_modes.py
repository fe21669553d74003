"""The same day of a rep whichever way Slack reaches the app; lost sockets, forged calls, several nodes."""

import asyncio
import contextlib
import copy
import dataclasses
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from app import running
from tests.ports import free_port
from tests.scenarios.house import PATIENCE, House, acked, action_ids, open_house, text_of
from workspace.interactions.outcome import Outcome
from workspace.model import Message

SAMPLE = "marlow-finch-pilot"
MODES: dict[str, dict[str, Any]] = {
    "one socket": {"sixty_slack_mode": "socket", "sixty_socket_connections": 1},
    "four sockets": {"sixty_slack_mode": "socket", "sixty_socket_connections": 4},
    "http": {"sixty_slack_mode": "http"},
}


@pytest.fixture(params=list(MODES))
async def day(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, sixty_undo_seconds=600, **MODES[request.param]) as house:
        yield house


def stale(card: Message) -> Message:
    """The card as somebody still sees it who was not told of a change."""
    return dataclasses.replace(card, body=copy.deepcopy(card.body))


async def test_hitl_08_a_day_with_every_kind_of_payload(day: House) -> None:
    """Command, press, modal, Home tab, both kinds of shortcut, a message."""
    rep = day.rep()
    card = await day.card_after(SAMPLE, rep)
    assert acked(await rep.command("/60", "status"))
    await day.until(lambda: "four-store pilot" in " ".join(map(text_of, day.whispers(rep))))
    assert acked(await rep.press(card, "email_edit"))
    await day.until(lambda: rep.modals)
    assert acked(await rep.submit(values={"email_body": {"input": "Hi Petra,\n\nMy own words."}}))
    await day.until_card_says(card, "My own words.")
    assert acked(await rep.press(card, "email_send"))
    await day.until_card_says(card, "Sending in")
    assert acked(await rep.press(card, "email_cancel_send"))
    await day.until_card_says(card, "Cancelled by")
    assert acked(await rep.shortcut("orch_open_approvals"))
    await day.until(lambda: rep.modals and "Create" in text_of(rep.modal))
    await rep.close()
    assert acked(await rep.message_action(card, "orch_message_why"))
    await day.until(lambda: rep.modals and "offline rules" in text_of(rep.modal))
    await rep.close()
    await rep.open_home()
    await day.until(rep.home)
    before = len(day.whispers(rep))
    await rep.say("hello")
    await day.until(lambda: len(day.whispers(rep)) > before)
    assert day.ws.mail.mails == []


async def test_hitl_09_whoever_was_acknowledged_gets_an_answer_though_the_app_stops(day: House) -> None:
    rep = day.rep()
    asked = [asyncio.create_task(rep.command("/60", "status")) for _ in range(20)]
    await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    await day.stop_app()
    acknowledged = sum(outcome.acked for outcome in await asyncio.gather(*asked))
    assert acknowledged > 0
    assert len(day.whispers(rep)) == acknowledged


async def test_err_03_presses_while_sockets_are_refreshed_and_cut_are_neither_lost_nor_doubled(
    database_url: str,
) -> None:
    async with open_house(database_url, sixty_undo_seconds=600, **MODES["four sockets"]) as house:
        rep = house.rep()
        card = await house.card_after(SAMPLE, rep)
        trouble = asyncio.create_task(_unrest(house))
        outcomes = await asyncio.gather(*(_until_acked(house, lambda: rep.command("/60", "status")) for _ in range(40)))
        await asyncio.gather(*(_until_acked(house, lambda: rep.press(stale(card), "email_send")) for _ in range(10)))
        await trouble
        await house.until_card_says(card, "Sending in")
        await house.until(lambda: len(house.whispers(rep)) >= len(outcomes))
        trail = await _trail(house)
        assert trail.count("approved") == 1
        await house.until(lambda: house.ws.ws.sockets.count(house.ws.app.id) == 4)


async def _unrest(house: House) -> None:
    """Each way in which connections go, in turn, each as soon as the one before has healed."""
    sockets, app_id = house.ws.ws.sockets, house.ws.app.id
    for disturb in (sockets.refresh_all, sockets.drop_all, sockets.refresh_all):
        await house.until(lambda: sockets.count(app_id) == 4)
        await disturb()
    await house.until(lambda: sockets.count(app_id) == 4)


async def _until_acked(house: House, act: Callable[[], Any]) -> Outcome:
    """As a person would: who sees that it did not arrive presses again."""
    while True:
        outcome: Outcome = await act()
        if outcome.acked:
            return outcome
        assert outcome.error in ("not_connected", "no_answer", "unknown_action"), outcome
        await house.until(lambda: house.ws.ws.sockets.count(house.ws.app.id) >= 1)


async def _trail(house: House) -> list[str]:
    async with house.running.core.store.read() as tx:
        orgs = await tx.people.orgs()
        user = await tx.people.user_by_slack(orgs[0].id, house.rep().id)
        assert user is not None
        job = (await tx.jobs.for_user(user.id, 1))[0]
        action = next(one for one in await tx.actions.for_job(job.id) if one.action_type == "send_email")
        return [entry.what for entry in await tx.actions.history(action.id)]


async def test_src_07_what_slack_did_not_sign_is_refused_and_nothing_comes_of_it(database_url: str) -> None:
    async with open_house(database_url, **MODES["http"]) as house:
        rep = house.rep()
        secret, house.ws.app.signing_secret = house.ws.app.signing_secret, "somebody else's"
        refused = await rep.command("/60", "status")
        assert (refused.acked, refused.error) == (False, "dispatch_failed")
        house.ws.app.signing_secret = secret
        assert acked(await rep.command("/60", "help"))
        await house.until(lambda: [one for one in house.whispers(rep) if "/60 status" in text_of(one)])
        answers = [one for one in house.whispers(rep) if "failed with the error" not in text_of(one)]
        assert len(answers) == 1


async def test_err_03_a_press_on_one_node_is_taken_back_on_another(database_url: str) -> None:
    """Two nodes behind one address: neither remembers what the other one heard."""
    async with open_house(database_url, sixty_undo_seconds=600, **MODES["http"]) as house, _second(house) as other:
        rep, first = house.rep(), str(house.ws.app.request_url)
        card = await house.card_after(SAMPLE, rep)
        assert acked(await rep.press(card, "email_send"))
        await house.until_card_says(card, "Sending in")
        house.ws.app.request_url = other
        assert acked(await rep.press(card, "email_cancel_send"))
        await house.until_card_says(card, "Cancelled by")
        house.ws.app.request_url = first
        assert acked(await rep.press(card, "orch_tasks_skip"))
        await house.until(lambda: "orch_tasks_skip" not in action_ids(card))


@contextlib.asynccontextmanager
async def _second(house: House) -> AsyncIterator[str]:
    """The address of another node on the same database."""
    settings = house.settings.model_copy(update={"sixty_http_port": free_port()})
    async with running(settings) as app:
        yield f"http://127.0.0.1:{app.http_port}/slack/events"


async def test_src_05_an_event_that_reaches_two_nodes_is_answered_once(database_url: str) -> None:
    async with open_house(database_url, **MODES["http"]) as house, _second(house) as other:
        rep, app = house.rep(), house.ws.app
        await rep.say("hello")
        await house.until(lambda: house.whispers(rep))
        sent = house.ws.log.envelopes("events_api")[0]["payload"]
        for address in (other, str(app.request_url), other):
            app.request_url = address
            house.ws.ws.courier.event(app, sent)
        await house.until(lambda: [one["state"] for one in house.ws.log.envelopes("events_api")].count("acked") >= 4)
        assert acked(await rep.command("/60", "help"))
        await house.until(lambda: len(house.whispers(rep)) >= 2)
        assert len(house.whispers(rep)) == 2


async def test_err_03_readiness_names_a_token_that_was_revoked(database_url: str) -> None:
    async with open_house(database_url, **MODES["one socket"]) as house:
        ready = f"http://127.0.0.1:{house.running.http_port}/readyz"
        async with aiohttp.ClientSession() as session:
            assert (await _checks(session, ready))["slack"] == "ok"
            house.ws.faults.arm("error", method="apps.connections.open", times=0, error="token_revoked")
            await house.ws.ws.sockets.drop_all()
            async with asyncio.timeout(PATIENCE):
                while "token_revoked" not in (said := (await _checks(session, ready))["slack"]):
                    assert said
            assert "SLACK_APP_TOKEN" in said


async def _checks(session: aiohttp.ClientSession, url: str) -> dict[str, str]:
    async with session.get(url) as answer:
        checks: dict[str, str] = (await answer.json())["checks"]
        return checks
