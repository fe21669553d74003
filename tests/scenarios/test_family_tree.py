"""A promise in a meeting, and what became of it, as the rep reads it in the browser."""

import pytest
from playwright.async_api import Page, expect

from tests.browser import browser
from tests.scenarios.house import House
from tests.scenarios.test_demo_page import demo, page, photograph

__all__ = ["browser", "demo", "page"]

pytestmark = pytest.mark.browser


async def test_chain_02_status_shows_what_became_of_a_promise_below_its_meeting(page: Page, demo: House) -> None:
    await page.get_by_role("button", name="End a meeting").click()
    await expect(page.get_by_role("button", name="Send now")).to_be_visible()
    await demo.rep().command("/60", "status")
    became = page.get_by_text("noted, I cannot do this by myself yet").last
    await became.scroll_into_view_if_needed()
    await expect(became).to_be_visible()
    await photograph(page, "status")
