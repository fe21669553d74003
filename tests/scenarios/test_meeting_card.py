"""A meeting ends and the rep gets one card: seen, edited, approved, taken back."""

import asyncio
import copy
import dataclasses

from tests.scenarios.house import House, acked, action_ids, open_house, text_of

SAMPLE = "marlow-finch-pilot"
EDITED_BODY = {"email_body": {"input": "Hi Petra,\n\nMy own words.\n\nRobin Hale"}}


async def test_the_card_tells_what_was_said_promised_and_prepared(house: House) -> None:
    card = await house.card_after(SAMPLE, house.rep())
    shown = text_of(card)
    assert "Marlow & Finch".replace("&", "&amp;") in shown or "Marlow & Finch" in shown
    assert "petra.lindqvist@marlowfinch.example" in shown
    assert {"email_send", "email_edit", "email_schedule", "email_cancel"} <= action_ids(card)
    assert {"orch_tasks_create", "orch_card_why", "orch_card_less"} <= action_ids(card)
    assert house.ws.mail.mails == []


async def test_edit_then_send_then_take_back_sends_nothing(house: House) -> None:
    rep = house.rep()
    card = await house.card_after(SAMPLE, rep)
    assert acked(await rep.press(card, "email_edit"))
    await house.until(lambda: rep.modals)
    assert acked(await rep.submit(values=EDITED_BODY))
    await house.until_card_says(card, "My own words.")
    assert acked(await rep.press(card, "email_send"))
    await house.until_card_says(card, "Sending in")
    assert "email_send" not in action_ids(card)
    assert acked(await rep.press(card, "email_cancel_send"))
    await house.until_card_says(card, "Cancelled by")
    assert not action_ids(card) & {"email_send", "email_edit", "email_cancel_send"}
    assert house.ws.mail.mails == []


async def test_the_edited_text_is_what_is_sent_and_the_difference_is_kept(quick_house: House) -> None:
    house, rep = quick_house, quick_house.rep()
    card = await house.card_after(SAMPLE, rep)
    await rep.press(card, "email_edit")
    await house.until(lambda: rep.modals)
    await rep.submit(values={**EDITED_BODY, "email_subject": {"input": "The pilot, in my words"}})
    await house.until_card_says(card, "My own words.")
    await rep.press(card, "email_send")
    await house.until(lambda: house.ws.mail.mails)
    mail = house.ws.mail.mails[0]
    assert mail.text.split() == ["Hi", "Petra,", "My", "own", "words.", "Robin", "Hale"]
    assert mail.subject == "The pilot, in my words"
    assert mail.envelope_to == ("petra.lindqvist@marlowfinch.example", "tomas.engel@marlowfinch.example")
    await house.until_mail_is_sent(card)
    async with house.running.core.store.read() as tx:
        action = next(a for a in await tx.actions.for_job(await _job_of(house)) if a.action_type == "send_email")
        kept = [item for item in await tx.actions.feedback(action.id) if item.feedback_type == "edited"]
        trail = [entry.what for entry in await tx.actions.history(action.id)]
    assert kept[0].original_payload != kept[0].edited_payload
    assert trail == ["proposed", "edited", "approved", "executing", "executed"]


async def test_a_second_press_is_answered_kindly_and_sends_once(quick_house: House) -> None:
    house, rep = quick_house, quick_house.rep()
    card = await house.card_after(SAMPLE, rep)
    stale = dataclasses.replace(card, body=copy.deepcopy(card.body))
    await asyncio.gather(rep.press(card, "email_send"), rep.press(stale, "email_send"))
    await house.until(lambda: house.ws.mail.mails)
    await house.until_mail_is_sent(card)
    assert len(house.ws.mail.mails) == 1
    await house.until(lambda: any("already" in text_of(message) for message in house.whispers(rep)))


async def test_another_user_is_refused_privately(house: House) -> None:
    card = await house.card_after(SAMPLE, house.rep())
    other = house.ws.person("Dana Okafor")
    assert acked(await other.press(card, "email_send"))
    await house.until(lambda: any("Only the person" in text_of(message) for message in house.seen_only_by(other)))
    assert not any("Only the person" in text_of(message) for message in house.whispers(house.rep()))
    assert "Sending in" not in text_of(card)
    assert house.ws.mail.mails == []


async def test_restart_inside_the_undo_window_sends_exactly_once(database_url: str) -> None:
    async with open_house(database_url, sixty_undo_seconds=600) as house:
        rep = house.rep()
        card = await house.card_after(SAMPLE, rep)
        await rep.press(card, "email_send")
        await house.until_card_says(card, "Sending in")
        await house.stop_app()
        assert house.ws.mail.mails == []
        await house.end_undo_windows()
        await house.start_app()
        await house.until(lambda: house.ws.mail.mails)
        await house.until_mail_is_sent(card)
        await house.running.core.dispatcher.sweep()
        await house.running.core.dispatcher.settle()
        assert len(house.ws.mail.mails) == 1


async def test_the_same_webhook_ten_times_makes_one_card(house: House) -> None:
    rep, bot = house.rep(), house.ws.meeting_bot
    payload = bot.payload(house.ws.samples.get(SAMPLE), extra={"rep_email": rep.person.email})
    same = [bot.deliver(payload, message_id="msg_same") for _ in range(5)]
    fresh = [bot.deliver(payload, message_id=f"msg_{number}") for number in range(5)]
    answers = await asyncio.gather(*same, *fresh)
    assert all(answer["status"] == "delivered" for answer in answers)
    await house.until(lambda: house.cards(rep))
    await house.running.core.dispatcher.sweep()
    await house.running.core.dispatcher.settle()
    assert len(house.cards(rep)) == 1


async def _job_of(house: House) -> str:
    async with house.running.core.store.read() as tx:
        orgs = await tx.people.orgs()
        user = await tx.people.user_by_slack(orgs[0].id, house.rep().id)
        assert user is not None
        return (await tx.jobs.for_user(user.id, 1))[0].id
