"""The page in a browser, beside a workspace with a connected app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.browser import Quiet, browser, new_context
from tests.page.sample_app import MeetingReceiver, SampleApp, connected
from workspace.options import Options
from workspace.server import Running, running

__all__ = ["browser"]
SEED = Path(__file__).parent / "seed.yaml"


@pytest.fixture
async def sample() -> AsyncIterator[SampleApp]:
    """The gallery app on a workspace of its own."""
    receiver = MeetingReceiver()
    async with (
        receiver.listening() as address,
        running(Options(seed=SEED, meeting_bot_target=address)) as workspace,
        connected(workspace) as app,
    ):
        receiver.sample = app
        yield app


@pytest.fixture
def workspace(sample: SampleApp) -> Running:
    return sample.workspace


async def opened(page: Page, workspace: Running, path: str = "") -> Page:
    """The page, loaded."""
    await page.goto(workspace.page_url + path)
    await page.locator("html[data-ready]").wait_for()
    return page


@asynccontextmanager
async def on_a_desktop(browser: Browser, workspace: Running) -> AsyncIterator[Page]:
    """Fails the test when the page complained in the console."""
    context = await new_context(browser)
    page = await context.new_page()
    quiet = Quiet(page)
    yield await opened(page, workspace)
    assert quiet.complaints == []
    await context.close()


@pytest.fixture
async def page(browser: Browser, workspace: Running) -> AsyncIterator[Page]:
    """As Robin."""
    async with on_a_desktop(browser, workspace) as page:
        yield page


def wait_for_answers(workspace: Running, seconds: float) -> None:
    """How long the workspace does from now on, before it says that the app did not answer."""
    workspace.ws.courier._ack_seconds = seconds


async def say(page: Page, text: str, *, to: str = "Gallery") -> None:
    """Types into the composer and sends."""
    box = page.get_by_role("textbox", name=f"Message {to}")
    await box.fill(text)
    await box.press("Enter")


async def act_as(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Acting as").click()
    await page.get_by_role("menuitem", name=name).click()
    await page.get_by_role("button", name=f"Acting as {name}").wait_for()
