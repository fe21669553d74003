"""The environment names a proxy for the world outside; the Slack of this machine is reached without it."""

from collections.abc import AsyncIterator

import pytest

from tests.scenarios.house import House, acked, open_house, text_of

SAMPLE = "marlow-finch-pilot"
NOWHERE = "http://127.0.0.1:9"  # nobody listens there
MODES = ("socket", "http")


@pytest.fixture(params=MODES)
async def house(
    request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
    async with open_house(database_url, sixty_slack_mode=request.param) as opened:
        yield opened


async def test_beyond_06_a_proxy_does_not_come_between(house: House) -> None:
    """A command answered at its response address, a modal, the Home tab, a refusal."""
    rep, wrong = house.rep(), house.ws.person("Mateo Ruiz")
    assert acked(await rep.command("/60", "help"))
    await house.until(lambda: house.whispers(rep))
    card = await house.card_after(SAMPLE, rep)
    assert acked(await rep.press(card, "email_edit"))
    await house.until(lambda: rep.modals)
    await rep.open_home()
    await house.until(rep.home)
    assert acked(await wrong.press(card, "email_send"))
    await house.until(lambda: house.seen_only_by(wrong))
    assert "Only the person this was prepared for" in text_of(house.seen_only_by(wrong)[-1])
