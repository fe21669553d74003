"""Debian's Chromium through Playwright, for every test that looks at a page. Import ``browser`` as a fixture.

Without a Chromium the tests are skipped with the reason; with ``SIXTY_REQUIRE_BROWSER=1`` they fail.
"""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = (1440, 900)
PHONE = (360, 740)
PATIENCE_MS = 60_000  # a bound on waiting for what must come, not a measure of speed


def chromium_path() -> str:
    """Skips or fails the test when there is no Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no chromium on the PATH (Debian: apt-get install chromium)"
        if os.environ.get("SIXTY_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """One Chromium per test: a hung page cannot reach the next one."""
    path = chromium_path()
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield chromium
        finally:
            await chromium.close()


async def new_context(
    browser: Browser, *, size: tuple[int, int] = DESKTOP, dark: bool = False, touch: bool = False
) -> BrowserContext:
    """A window of this size in pixels; animations are reduced so that what is looked at stands still."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        has_touch=touch,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


class Quiet:
    """Collects what a page complains about; a good page complains about nothing."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")
