"""A rep is left in peace, and then finds one message and works through it, in the real app over the real socket."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sequences.records.people import User
from tests.scenarios.house import House, action_ids, text_of

MEETINGS = ("marlow-finch-pilot", "atelier-brume-renewal")


async def robin(house: House) -> User:
    async with house.running.core.store.read() as tx:
        (org,) = await tx.people.orgs()
        (found,) = [user for user in await tx.people.users(org.id) if user.name == "Robin Hale"]
    return found


async def rest(house: House, *, is_quiet: bool) -> None:
    """Quiet hours around this moment, wherever the rep is; or none."""
    rep = await robin(house)
    here = datetime.now(UTC).astimezone(ZoneInfo(rep.timezone))
    start, end = (_clock(here - timedelta(hours=2)), _clock(here + timedelta(hours=2))) if is_quiet else (None, None)
    await house.running.core.front.change_settings(rep, {"quiet_hours_start": start, "quiet_hours_end": end})


def _clock(at: datetime) -> time:
    return at.time().replace(microsecond=0)


async def test_env_10_two_meetings_of_a_quiet_hour_are_one_digest_from_which_each_card_can_be_brought(
    house: House,
) -> None:
    rep = house.rep()
    await rest(house, is_quiet=True)
    for sample in MEETINGS:
        await house.end_meeting(sample, rep)
    await house.running.core.dispatcher.sweep()
    await house.running.core.dispatcher.settle()
    assert house.cards(rep) == []

    await rest(house, is_quiet=False)
    await house.until(lambda: house.cards(rep))
    (digest,) = house.cards(rep)
    assert "2 things waited for you since" in text_of(digest)
    assert action_ids(digest) >= {"orch_card_show", "orch_card_why", "orch_card_less"}

    await rep.press(digest, "orch_card_show")
    await house.until(lambda: len(house.cards(rep)) == 2)
    assert "email_send" in action_ids(house.cards(rep)[1]) or "orch_tasks_create" in action_ids(house.cards(rep)[1])
    await house.until(lambda: "1 card you asked for" in text_of(house.cards(rep)[0]))
