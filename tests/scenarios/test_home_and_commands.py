"""What a rep can ask for at any time: help, status, the last brief, the Home tab and their settings."""

from tests.scenarios.house import House, action_ids, text_of

SAMPLE = "marlow-finch-pilot"


async def answers(house: House) -> list[str]:
    return [text_of(message) for message in house.whispers(house.rep())]


async def ask(house: House, text: str) -> str:
    before = len(house.whispers(house.rep()))
    await house.rep().command("/60", text)
    await house.until(lambda: len(house.whispers(house.rep())) > before)
    return text_of(house.whispers(house.rep())[-1])


async def test_help_and_unknown_words(house: House) -> None:
    assert "/60 status" in await ask(house, "help")
    answer = await ask(house, "make me a sandwich")
    assert "make me a sandwich" in answer
    assert "/60 status" in answer


async def test_status_says_what_ran_and_what_waits(house: House) -> None:
    assert "Nothing" in await ask(house, "status")
    await house.card_after(SAMPLE, house.rep())
    await house.running.core.dispatcher.settle()
    status = await ask(house, "status")
    assert "four-store pilot" in status
    assert "Send “" in status


async def test_the_brief_of_the_last_meeting_decides_nothing(house: House) -> None:
    assert "not seen a meeting" in await ask(house, "brief of last meeting")
    await house.card_after(SAMPLE, house.rep())
    assert "four-store pilot" in await ask(house, "brief of last meeting")
    brief = house.whispers(house.rep())[-1]
    assert not {name for name in action_ids(brief) if name.startswith("email_")}


async def test_a_guest_gets_nothing_but_a_kind_no(house: House) -> None:
    guest = house.ws.person("Celia Brandt")
    await guest.command("/60", "status")
    await house.until(lambda: house.seen_only_by(guest))
    assert "members of this workspace" in text_of(house.seen_only_by(guest)[-1])


async def drafted_body(house: House) -> str:
    async with house.running.core.store.read() as tx:
        orgs = await tx.people.orgs()
        user = await tx.people.user_by_slack(orgs[0].id, house.rep().id)
        assert user is not None
        waiting = await tx.actions.waiting_for(user.id, 10)
    return str(next(a.action_payload["body"] for a in waiting if a.action_type == "send_email"))


async def test_settings_are_kept_and_sign_the_next_mail(house: House) -> None:
    rep = house.rep()
    await rep.open_home()
    await house.until(rep.home)
    home = rep.home()
    assert home is not None
    await rep.press(home, "orch_home_settings")
    await house.until(lambda: rep.modals)
    refused = await rep.submit(values={"orch_settings_quiet_start": {"input": "22:00"}})
    assert "orch_settings_quiet_end" in refused.errors
    await rep.submit(
        values={
            "orch_settings_signature": {"input": "Robin Hale\nLarkfield Analytics"},
            "orch_settings_quiet_start": {"input": None},
        }
    )
    await house.until(lambda: rep.home() and "Larkfield Analytics" in text_of(rep.home()))
    await house.card_after(SAMPLE, rep)
    assert (await drafted_body(house)).endswith("Robin Hale\nLarkfield Analytics")
    assert (await drafted_body(house)).count("Larkfield Analytics") == 1


async def test_less_of_this_stops_the_kind_and_can_be_taken_back(house: House) -> None:
    rep = house.rep()
    card = await house.card_after(SAMPLE, rep)
    await rep.press(card, "orch_card_less")
    await house.until(lambda: house.whispers(rep))
    await house.end_meeting("atelier-brume-renewal", rep)
    await house.running.core.dispatcher.sweep()
    await house.running.core.dispatcher.settle()
    assert len(house.cards(rep)) == 1
    await rep.open_home()
    await house.until(rep.home)
    home = rep.home()
    assert home is not None
    await rep.press(home, "orch_home_unmute")
    await house.card_after("atelier-brume-renewal", rep)


async def test_why_shows_the_evidence(house: House) -> None:
    rep = house.rep()
    card = await house.card_after(SAMPLE, rep)
    await rep.press(card, "orch_card_why")
    await house.until(lambda: rep.modals)
    assert "offline rules" in text_of(rep.modal)


async def test_chosen_tasks_are_created_and_the_others_are_not(house: House) -> None:
    rep = house.rep()
    card = await house.card_after(SAMPLE, rep)
    await rep.press(card, "orch_tasks_choose")
    await house.until(lambda: rep.modals)
    await rep.submit(values={"orch_tasks:0": {"input": ["0"]}})
    await house.until(lambda: "orch_tasks_create" not in action_ids(card))
    await house.running.core.dispatcher.settle()
    async with house.running.core.store.read() as tx:
        orgs = await tx.people.orgs()
        contact = await tx.crm.find_contact(orgs[0].id, email="petra.lindqvist@marlowfinch.example", name=None)
        assert contact is not None
        picture = await tx.crm.picture(orgs[0].id, [contact.id])
    assert len(picture.open_tasks) == 1


async def test_crm_fields_can_be_put_back(house: House) -> None:
    rep = house.rep()
    card = await house.card_after(SAMPLE, rep)
    assert "orch_crm_undo" in action_ids(card)
    await rep.press(card, "orch_crm_undo")
    await house.until(lambda: any("back to what they were" in text for text in map(text_of, house.whispers(rep))))
    await house.until(lambda: "orch_crm_undo" not in action_ids(card))


async def test_a_limit_of_ones_own_stops_the_second_mail_of_the_day(quick_house: House) -> None:
    house, rep = quick_house, quick_house.rep()
    await rep.open_home()
    await house.until(rep.home)
    home = rep.home()
    assert home is not None
    await rep.press(home, "orch_home_settings")
    await house.until(lambda: rep.modals)
    refused = await rep.submit(values={"orch_settings_daily_mails": {"input": "500"}})
    assert "orch_settings_daily_mails" in refused.errors
    await rep.submit(values={"orch_settings_daily_mails": {"input": "1"}})
    first = await house.card_after(SAMPLE, rep)
    await rep.press(first, "email_send")
    await house.until(lambda: house.ws.mail.mails)
    second = await house.card_after("atelier-brume-renewal", rep)
    await rep.press(second, "email_send")
    await house.until(lambda: any("limit of 1 mail" in text_of(message) for message in house.whispers(rep)))
    assert "email_send" in action_ids(second)
    assert len(house.ws.mail.mails) == 1
