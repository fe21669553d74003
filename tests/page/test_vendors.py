"""The side panel shows what apps ask of other vendors, and lets these fail; Google's consent page lets an app in."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import browser, new_context
from tests.page.conftest import SEED, on_a_desktop
from workspace.options import Options
from workspace.server import Running, running

__all__ = ["browser"]
QUESTION = {"model": "claude-haiku-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hello"}]}


@pytest.fixture
async def served() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, vendors={"calendar": 0, "model": 0})) as workspace:
        yield workspace


@pytest.fixture
async def panel(browser: Browser, served: Running) -> AsyncIterator[Page]:
    async with on_a_desktop(browser, served) as page:
        yield page


async def ask(served: Running) -> int:
    told = served.vendors.environment()
    headers = {"Authorization": f"Bearer {told['ANTHROPIC_API_KEY']}", "anthropic-version": "2026-10-21"}
    url = f"{told['ANTHROPIC_BASE_URL']}/v1/messages"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, json=QUESTION) as answer:
        return answer.status


async def test_a_request_to_a_vendor_is_a_line_that_unfolds(panel: Page, served: Running) -> None:
    assert await ask(served) == 200
    await panel.get_by_role("tab", name="Developer").click()
    line = panel.get_by_role("list", name="Log").get_by_role("listitem").filter(has_text="messages.create")
    await expect(line).to_contain_text("200")
    await line.locator("summary").click()
    await expect(line).to_contain_text("claude-haiku-5-5")
    await expect(line).to_contain_text("Understood.")
    await panel.get_by_role("button", name="Vendors").click()
    await expect(line).to_be_hidden()


async def test_a_vendors_fault_is_armed_and_strikes(panel: Page, served: Running) -> None:
    await panel.get_by_role("tab", name="Faults").click()
    form = panel.locator("form").filter(has_text="with an HTTP status")
    await form.get_by_label("Vendor").select_option("model")
    await form.get_by_label("Status").fill("529")
    await form.get_by_role("button", name="Arm").click()
    await expect(panel.get_by_text("status · model")).to_be_visible()
    assert await ask(served) == 529
    await expect(panel.get_by_text("Nothing armed")).to_be_visible()
    slack_alone = panel.locator("form").filter(has_text="Lose the next acknowledgement")
    await expect(slack_alone.get_by_label("Vendor")).to_have_count(0)


async def test_somebody_lets_an_app_in(browser: Browser, served: Running) -> None:
    context = await new_context(browser)
    page = await context.new_page()
    back = f"{served.page_url}icon.svg"
    asked = {
        "client_id": served.vendors.environment()["GOOGLE_CLIENT_ID"],
        "redirect_uri": back,
        "response_type": "code",
        "scope": "https://www.googleapis.com/auth/calendar.events",
        "state": "s1",
    }
    await page.goto(f"{served.vendors.google.url}/o/oauth2/v2/auth?{urlencode(asked)}")
    await expect(page.get_by_text("auth/calendar.events")).to_be_visible()
    await page.get_by_role("button", name="Robin Hale").click()
    await page.wait_for_url(f"{back}**")
    answer = dict(parse_qsl(urlsplit(page.url).query))
    assert (answer["state"], answer["code"].startswith("4/")) == ("s1", True)
    await context.close()
