"""Emoji on a machine whose fonts have none: drawn by the page, still there as text."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import Quiet, new_context
from tests.page.conftest import opened, say
from workspace.server import Running

pytestmark = pytest.mark.browser

GREY = """
    const read = CanvasRenderingContext2D.prototype.getImageData;
    CanvasRenderingContext2D.prototype.getImageData = function (...where) {
      const image = read.apply(this, where);
      image.data.fill(%s);
      return image;
    };
"""
DECODED = """
    async () => {
      const { drawnEmoji, withDrawnEmoji } = await import(new URL("text/drawn_emoji.js", document.baseURI));
      const failed = [];
      for (const glyph of drawnEmoji) {
        const [before, element, after] = withDrawnEmoji(`a ${glyph} b`);
        const picture = new Image();
        picture.src = element.style.backgroundImage.slice(5, -2);
        await picture.decode().catch(() => failed.push(glyph));
        if (before + element.textContent + after !== `a ${glyph} b`) failed.push(glyph);
      }
      return { count: drawnEmoji.length, failed };
    }
"""


async def with_fonts(browser: Browser, workspace: Running, *, script: str) -> tuple[Page, Quiet]:
    """What the fonts of this machine have does not count."""
    context = await new_context(browser)
    page = await context.new_page()
    quiet = Quiet(page)
    await page.add_init_script(script)
    return await opened(page, workspace), quiet


async def test_without_an_emoji_font_they_are_drawn_and_stay_in_the_text(browser: Browser, workspace: Running) -> None:
    page, quiet = await with_fonts(browser, workspace, script=GREY % "128")
    await say(page, "Well done :tada: 👍🏽 and 📝 2 < 3 🦄 &amp;")
    message = page.get_by_role("article").filter(has_text="Well done 🎉 👍🏽 and 📝 2 < 3 🦄 &amp;")
    drawn = message.locator(".drawn-emoji")
    await expect(drawn).to_have_text(["🎉", "👍🏽", "📝"])
    assert "Well done 🎉 👍🏽 and 📝 2 < 3" in await message.inner_text()  # in one line
    boxes: list[Any] = [await drawn.nth(number).bounding_box() for number in range(3)]
    assert all(10 < box["width"] < 40 and 10 < box["height"] < 40 for box in boxes)
    await expect(message.get_by_role("img", name="tada emoji")).to_be_visible()
    assert quiet.complaints == []
    await page.context.close()


async def test_with_an_emoji_font_nothing_is_drawn(browser: Browser, workspace: Running) -> None:
    page, _ = await with_fonts(
        browser, workspace, script=GREY.replace("fill(%s)", "forEach((_, at, all) => { all[at] = at })")
    )
    await say(page, "Well done :tada:")
    await expect(page.get_by_role("img", name="tada emoji")).to_have_text("🎉")
    await expect(page.locator(".drawn-emoji")).to_have_count(0)
    await page.context.close()


async def test_every_drawing_is_a_picture(page: Page) -> None:
    seen = await page.evaluate(DECODED)
    assert seen["count"] > 50
    assert seen["failed"] == []
