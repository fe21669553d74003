"""A meeting that sounds personal, as its owner meets it in Slack (BEYOND-10)."""

import json

import pytest

from tests.scenarios.house import House, acked, action_ids, text_of

TURNS = [
    {"speaker": "Robin Hale", "text": "This is a disciplinary meeting, I am afraid.", "start": 3, "end": 6},
    {"speaker": "Petra Lindqvist", "text": "I'll send you my statement by Friday.", "start": 7, "end": 9},
    {"speaker": "Robin Hale", "text": "We are putting you on a performance improvement plan.", "start": 9, "end": 12},
]
SAID = [turn["text"] for turn in TURNS]


@pytest.mark.parametrize(
    ("press", "says"), [("orch_sensitive_read", "my statement by Friday"), ("orch_sensitive_leave", "Left alone by")]
)
async def test_beyond_10_the_owner_is_asked_and_the_same_card_tells_what_came_of_it(
    house: House, press: str, says: str
) -> None:
    talk = json.dumps({"title": "Petra and Robin", "turns": TURNS}).encode()
    sample = house.ws.samples.upload("hearing.json", talk)
    await house.ws.meeting_bot.deliver(house.ws.meeting_bot.payload(sample, extra={"title": "Petra and Robin"}))
    rep = house.rep()
    await house.until(lambda: house.cards(rep, "sounds personal"))
    (card,) = house.cards(rep)
    assert {"orch_sensitive_read", "orch_sensitive_leave"} <= action_ids(card)
    assert not any(str(words) in text_of(card) for words in SAID)

    assert acked(await rep.press(card, press))
    await house.until_card_says(card, says)
    assert not {"orch_sensitive_read", "orch_sensitive_leave"} & action_ids(card)
    assert len(house.cards(rep)) == 1
