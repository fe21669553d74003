"""The demo lives in the workspace's time: what a rep would wait hours for is there when somebody lets them pass."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from terminal.demo import demo_running, keep_ahead, read_ahead
from tests.ports import free_port
from tests.scenarios.house import text_of
from workspace.server import Running


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Running]:
    async with demo_running(port=0, http_port=free_port(), home=tmp_path) as workspace:
        yield workspace


async def test_the_undo_window_of_a_mail_ends_when_its_time_has_passed(demo: Running) -> None:
    rep = demo.person("Robin Hale")
    await demo.meeting_bot.end(demo.samples.get("marlow-finch-pilot"), person=rep.person)
    await demo.until(lambda: any("Send now" in text_of(message) for message in rep.dms()))
    card = next(message for message in rep.dms() if "Send now" in text_of(message))
    assert (await rep.press(card, "email_send")).acked
    await demo.until(lambda: "Sending in" in text_of(card))
    assert demo.mail.mails == []
    pressed_at = demo.now()
    demo.move_clock(timedelta(days=7))
    await demo.until(lambda: demo.mail.mails)
    assert demo.mail.mails[0].received_at >= pressed_at + timedelta(days=7)
    await demo.until(lambda: "Sent " in text_of(card))


async def test_a_demo_that_is_kept_goes_on_in_its_own_time(tmp_path: Path) -> None:
    async with demo_running(port=0, http_port=free_port(), home=tmp_path) as workspace:
        workspace.move_clock(timedelta(days=7))
    assert read_ahead(tmp_path) == timedelta(days=7)
    async with demo_running(port=0, http_port=free_port(), home=tmp_path) as workspace:
        assert workspace.ahead == timedelta(days=7)


@pytest.mark.parametrize("broken", ["", "soon", "1e400"])
def test_a_note_that_cannot_be_read_means_the_present(tmp_path: Path, broken: str) -> None:
    assert read_ahead(tmp_path) == timedelta()
    keep_ahead(tmp_path, timedelta(hours=1))
    assert read_ahead(tmp_path) == timedelta(hours=1)
    (tmp_path / "ahead").write_text(broken)
    assert read_ahead(tmp_path) == timedelta()


@pytest.mark.parametrize("taken", ["port", "http_port"])
async def test_a_second_demo_leaves_the_first_ones_data_alone(tmp_path: Path, taken: str) -> None:
    http_port = free_port()
    async with demo_running(port=0, http_port=http_port, home=tmp_path) as workspace:
        (tmp_path / "kept").touch()
        page_port = urlsplit(workspace.page_url).port or 0
        ports = {"port": (page_port, free_port()), "http_port": (0, http_port)}
        port, webhooks = ports[taken]
        with pytest.raises(OSError, match="in use"):
            async with demo_running(port=port, http_port=webhooks, home=tmp_path, fresh=True):
                pytest.fail("a port that is taken was opened")
        assert (tmp_path / "kept").exists()
    async with demo_running(port=0, http_port=free_port(), home=tmp_path, fresh=True):
        assert not (tmp_path / "kept").exists()
