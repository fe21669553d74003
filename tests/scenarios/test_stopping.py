"""A stop loses nothing that was acknowledged."""

import asyncio

from tests.scenarios.house import House


async def test_whoever_was_acknowledged_gets_an_answer_though_the_app_stops(house: House) -> None:
    rep = house.rep()
    asked = [asyncio.create_task(rep.command("/60", "status")) for _ in range(20)]
    await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    await house.stop_app()
    outcomes = await asyncio.gather(*asked)
    acknowledged = sum(outcome.acked for outcome in outcomes)
    assert acknowledged > 0
    await house.until(lambda: len(house.whispers(rep)) >= acknowledged)


async def test_a_send_that_was_acknowledged_counts_though_the_app_stops(quick_house: House) -> None:
    house, rep = quick_house, quick_house.rep()
    card = await house.card_after("marlow-finch-pilot", rep)
    pressed = await rep.press(card, "email_send")
    await house.stop_app()
    assert pressed.acked
    await house.start_app()
    await house.until(lambda: house.ws.mail.mails)
    assert len(house.ws.mail.mails) == 1
