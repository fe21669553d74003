"""Nothing covers, cuts or pushes away what a person needs, at three sizes of window."""

from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import PHONE, new_context
from tests.page.conftest import opened, say
from tests.page.sample_app import SampleApp

pytestmark = pytest.mark.browser
TABLET = (1024, 768)


async def box(element: Locator) -> dict[str, float]:
    found: Any = await element.bounding_box()
    assert found is not None
    return dict(found)


async def ends(element: Locator) -> float:
    """Where it ends on the right."""
    place = await box(element)
    return place["x"] + place["width"]


async def threaded(page: Page) -> Locator:
    await say(page, "A question")
    await page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("You said: A question")).to_be_visible()
    return thread


async def test_a_thread_reads_from_its_root_downwards(page: Page) -> None:
    thread = await threaded(page)
    replies = thread.get_by_role("separator")
    await expect(replies).to_have_text("1 reply")
    root, reply = thread.get_by_role("article").first, thread.get_by_role("article").last
    tops = [(await box(part))["y"] for part in (root, replies, reply)]
    assert tops == sorted(tops)
    assert tops[0] - (await box(thread))["y"] < 100  # right below the head, not at the bottom
    await thread.get_by_role("textbox", name="Reply…").fill("And one more")
    await page.keyboard.press("Enter")
    await expect(replies).to_have_text("2 replies")


async def test_a_thread_stands_beside_the_conversation_on_a_tablet(browser: Browser, sample: SampleApp) -> None:
    context = await new_context(browser, size=TABLET)
    page = await opened(await context.new_page(), sample.workspace)
    thread = await threaded(page)
    main = page.get_by_role("main")
    assert await ends(main.get_by_role("textbox", name="Message Gallery")) <= (await box(thread))["x"]
    assert await ends(thread) <= TABLET[0]
    await context.close()


async def test_the_tabs_of_the_panel_fit_with_a_number_on_one(page: Page, sample: SampleApp) -> None:
    for number in range(12):
        raw = f"Subject: Letter {number}\r\n\r\nHello".encode()
        sample.workspace.mail.keep(raw, "a@quill.example", ("b@halden.example",))
    tab = page.get_by_role("tab", name="Mailbox")
    await expect(tab).to_contain_text("12")
    tabs = page.get_by_role("tablist", name="Side panel")
    assert await tabs.evaluate("list => list.scrollWidth <= list.clientWidth")
    assert await ends(page.get_by_role("tab", name="Faults")) <= 1440


async def test_on_a_phone_nothing_lies_over_a_cards_controls(browser: Browser, sample: SampleApp) -> None:
    context = await new_context(browser, size=PHONE, touch=True)
    page = await opened(await context.new_page(), sample.workspace)
    await say(page, "/gallery controls")
    card = page.get_by_role("article").last
    choice = card.get_by_role("combobox", name="Colour").or_(card.get_by_role("button", name="Colour")).first
    assert await ends(choice) <= (await box(card.get_by_role("button", name="More actions")))["x"]
    await expect(page.get_by_role("button", name="Acting as Robin Hale")).to_be_visible()
    await context.close()


async def test_links_are_told_from_text_by_more_than_colour(page: Page) -> None:
    await say(page, "See https://example.com/")
    link = page.get_by_role("article").get_by_role("link", name="https://example.com/").first
    await expect(link).to_have_css("text-decoration-line", "underline")


async def test_the_arrow_up_opens_ones_last_message(page: Page) -> None:
    field = page.get_by_role("textbox", name="Message Gallery")
    await say(page, "Frist")
    await expect(
        page.get_by_text("You said: Frist").or_(page.get_by_role("link", name="1 reply")).first
    ).to_be_visible()
    await field.focus()
    await page.keyboard.press("ArrowUp")
    edited = page.get_by_role("dialog", name="Edit message").get_by_role("textbox")
    await expect(edited).to_have_value("Frist")
    await edited.fill("First")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("main").get_by_role("article").first).to_contain_text("First")
    await expect(field).to_be_focused()
