"""The first thing a newcomer does, in a real browser: end a meeting, edit, send, find the mail, upload their own."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import Quiet, browser, new_context
from tests.scenarios.house import SENT, House, open_house

__all__ = ["browser"]

pytestmark = pytest.mark.browser

SIZE = (1440, 1300)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[House]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}"
    async with open_house(url, sixty_undo_seconds=600) as opened:
        yield opened


@pytest.fixture
async def page(browser: Browser, demo: House) -> AsyncIterator[Page]:
    context = await new_context(browser, size=SIZE)
    page = await context.new_page()
    quiet = Quiet(page)
    await page.goto(demo.ws.page_url)
    yield page
    assert quiet.complaints == []


async def photograph(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look: SIXTY_PICTURES names the folder."""
    folder = os.environ.get("SIXTY_PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_from_end_a_meeting_to_the_mail_in_the_mailbox(page: Page, demo: House) -> None:
    await page.get_by_role("button", name="End a meeting").click()
    await expect(page.get_by_text("Ready to send follow-up to Petra Lindqvist")).to_be_visible()
    await photograph(page, "card")
    await page.get_by_role("button", name="Edit").first.click()
    body = page.get_by_label("Message", exact=True).last
    await body.fill("Hi Petra,\n\nAs promised: the proposal follows on Friday.\n\nRobin Hale")
    await photograph(page, "edit")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("As promised: the proposal follows on Friday.")).to_be_visible()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_text("Sending in").first).to_be_visible()
    await photograph(page, "undo")
    await demo.end_undo_windows()
    await expect(page.get_by_text(SENT).first).to_be_visible()
    await photograph(page, "sent")
    await page.get_by_role("tab", name="Mailbox").click()
    await page.get_by_role("button", name="petra.lindqvist").first.click()
    mail = page.get_by_role("article").filter(has_text="As promised: the proposal follows on Friday.")
    await expect(mail.get_by_role("row", name="From Robin Hale")).to_be_visible()
    await photograph(page, "mailbox")
    assert len(demo.ws.mail.mails) == 1


async def test_a_transcript_of_ones_own_works_too(page: Page, demo: House) -> None:
    own = {
        "title": "Harbour Tools: first call",
        "turns": [
            {"speaker": "Robin Hale", "text": "Thanks for making time today. How do you plan stock at the moment?"},
            {"speaker": "Ana Ruiz", "text": "In spreadsheets, and our budget for this is twenty thousand this year."},
            {"speaker": "Robin Hale", "text": "Understood. I'll send you a proposal by Friday."},
            {"speaker": "Ana Ruiz", "text": "Great, I'll show it to our finance director, she has to sign off on it."},
        ],
    }
    file = {"name": "harbour.json", "mimeType": "application/json", "buffer": json.dumps(own).encode()}
    await page.locator(".drop-zone input").set_input_files(file)  # type: ignore[arg-type]  # a mapping is a FilePayload
    await page.get_by_role("button", name="End a meeting").click()
    await expect(page.get_by_text("I'll send you a proposal by Friday.").first).to_be_visible()
    await photograph(page, "own")
    assert len(demo.cards(demo.rep())) == 1


async def test_somebody_else_is_refused_where_only_they_see_it(page: Page, demo: House) -> None:
    card = await demo.card_after("marlow-finch-pilot", demo.rep())
    other = demo.ws.person("Dana Okafor")
    await other.press(card, "email_send")
    await demo.until(lambda: demo.seen_only_by(other))
    await expect(page.get_by_text("Only the person this was prepared for")).to_have_count(0)
    await expect(page.get_by_role("button", name="Send now")).to_be_visible()
