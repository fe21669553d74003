"""Whatever an app, a person or a transcript wrote stays text."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Dialog, Page, expect

from tests.page.conftest import say

PAGE = Path(__file__).parents[2] / "workspace" / "page"
SOURCES = sorted(PAGE.rglob("*.js"))


@pytest.mark.browser
async def test_hostile_text_stays_text(page: Page) -> None:
    opened: list[str] = []

    async def dismiss(dialog: Dialog) -> None:
        opened.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", dismiss)
    await say(page, "/gallery hostile")
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(message).to_contain_text("<script>alert(2)</script>")
    await expect(message).to_contain_text("</div><script>alert(4)</script>")
    await expect(message.get_by_text("press me")).not_to_have_attribute("href", "javascript:alert(3)")
    assert await message.locator("img, script, iframe, a[href^=javascript]").count() == 0
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    await say(page, "<script>alert(5)</script> & <!channel>")
    await expect(page.get_by_role("article").last).to_contain_text("<script>alert(5)</script> & <!channel>")
    assert opened == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(PAGE)))
def test_no_markup_from_strings(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert way not in text


def test_the_page_is_self_contained() -> None:
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert "//" not in index.replace("://www.w3.org", "")
    modules = {str(path.relative_to(PAGE)) for path in SOURCES if path.name != "main.js"}
    preloaded = {line.split('"')[3] for line in index.splitlines() if "modulepreload" in line}
    assert preloaded == modules
    styles = {str(path.relative_to(PAGE)) for path in PAGE.rglob("*.css")}
    assert styles == {line.split('"')[3] for line in index.splitlines() if 'rel="stylesheet"' in line}
    for path in [*SOURCES, *PAGE.rglob("*.css")]:
        assert "@import" not in path.read_text(encoding="utf-8")


MRKDWN: list[tuple[str, list[dict[str, Any]]]] = [
    ("2*3*4 and snake_case_name", [{"type": "text", "text": "2*3*4 and snake_case_name"}]),
    ("*a*b", [{"type": "text", "text": "*a*b"}]),
    ("*bold*", [{"type": "text", "text": "bold", "style": {"bold": True}}]),
    ("_*both*_", [{"type": "text", "text": "both", "style": {"italic": True, "bold": True}}]),
    ("`*code*`", [{"type": "text", "text": "*code*", "style": {"code": True}}]),
    ("&lt;b&gt; &amp;amp;", [{"type": "text", "text": "<b> &amp;"}]),
    ("12:30:45 :nosuch:", [{"type": "text", "text": "12:30:45 :nosuch:"}]),
    ("<@U1|ada>", [{"type": "user", "user_id": "U1", "fallback": "ada"}]),
    ("<!here>", [{"type": "broadcast", "range": "here"}]),
    ("<https://a.b/c_d_e|x>", [{"type": "link", "url": "https://a.b/c_d_e", "text": "x"}]),
    ("<not a link>", [{"type": "text", "text": "<not a link>"}]),
]
PARSE = "async (text) => (await import('/text/mrkdwn.js')).parseInline(text)"
DATE = """async ([format, seconds]) => (await import('/text/dates.js'))
    .formatDate(format, seconds, 'Europe/London', new Date('2026-11-20T12:00:00Z'))"""
WALL = """async (wall) => { const dates = await import('/text/dates.js');
    return dates.wallTime(dates.epochOf(wall, 'Europe/London'), 'Europe/London'); }"""


@pytest.mark.browser
async def test_mrkdwn_and_dates(page: Page) -> None:
    for text, elements in MRKDWN:
        assert await page.evaluate(PARSE, text) == elements, text
    assert await page.evaluate(DATE, ["{date_short} at {time}", 1795600800]) == "Nov 25, 2026 at 10:00"
    assert await page.evaluate(DATE, ["{date_long_pretty}", 1795176000]) == "Today"
    assert await page.evaluate(DATE, ["{date_num}", 1e20]) is None
    for wall in ("2026-07-01T09:00", "2026-12-24T18:30", "2026-10-25T01:30"):
        assert await page.evaluate(WALL, wall) == wall


@pytest.mark.browser
async def test_unfinished_markup_is_kept_whatever_its_length(page: Page) -> None:
    """Markers without an end are text: nothing is lost, and a long run of them is read to its end."""
    read = """async (text) => (await import('/text/mrkdwn.js')).parseInline(text)
        .every((part) => part.type === 'text') """
    join = """async (text) => (await import('/text/mrkdwn.js')).parseInline(text).map((part) => part.text).join('')"""
    for part in ("*a ", "<", "*<`\n", "<@ ", ":a"):
        text = part * 20_000
        assert await page.evaluate(read, text), part
        assert await page.evaluate(join, text) == text, part
