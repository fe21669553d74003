"""The page is usable by keyboard and screen reader, in light and dark."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import new_context
from tests.page.conftest import opened, say, wait_for_answers
from tests.page.sample_app import SampleApp

pytestmark = pytest.mark.browser
PRESSABLE = {
    "button",
    "link",
    "textbox",
    "combobox",
    "radio",
    "checkbox",
    "tab",
    "menuitem",
    "option",
    "searchbox",
    "dialog",
    "Date",
    "InputTime",
    "DateTime",
}

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


async def nameless(page: Page) -> list[str]:
    """Roles that can be operated but have no name, from the browser's own accessibility tree."""
    session = await page.context.new_cdp_session(page)
    tree: dict[str, Any] = await session.send("Accessibility.getFullAXTree")
    found = []
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value")
        if not node.get("ignored") and role in PRESSABLE and not node.get("name", {}).get("value"):
            found.append(f"{role} {node.get('properties')}")
    return found


async def test_everything_that_can_be_pressed_has_a_name(page: Page) -> None:
    await say(page, "/gallery controls")
    await say(page, "/gallery")
    await page.get_by_role("button", name="Send now").wait_for()
    for tab in ("Events", "Mailbox", "Developer", "Faults"):
        await page.get_by_role("tab", name=tab).click()
        assert await nameless(page) == [], tab
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_role("dialog").wait_for()
    assert await nameless(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_contrast(browser: Browser, sample: SampleApp, dark: bool) -> None:
    context = await new_context(browser, dark=dark)
    page = await opened(await context.new_page(), sample.workspace)
    for command in ("controls", "secret", "", "hostile"):
        await say(page, f"/gallery {command}")
    wait_for_answers(sample.workspace, 0.5)
    await page.get_by_role("button", name="Quiet one").click()
    await page.get_by_role("alert").filter(has_text="did not answer").wait_for()
    wait_for_answers(sample.workspace, 30)
    for tab in ("Events", "Developer", "Faults"):
        await page.get_by_role("tab", name=tab).click()
        assert await page.evaluate(CONTRAST) == [], tab
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await page.get_by_role("dialog").get_by_role("alert").filter(has_text="required").wait_for()
    assert await page.evaluate(CONTRAST) == []
    await context.close()


async def test_by_keyboard_alone(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery")
    edit = page.get_by_role("button", name="Edit", exact=True)
    await edit.focus()
    await page.keyboard.press("Enter")
    modal = page.get_by_role("dialog", name="Every input")
    await modal.wait_for()
    for _ in range(60):  # the focus never leaves the dialog for the page below
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await page.keyboard.press("Escape")
    await expect(modal).to_be_hidden()
    await expect(edit).to_be_focused()

    await page.get_by_role("tab", name="Events").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="Mailbox")).to_be_focused()
    await expect(page.get_by_role("tabpanel", name="Mailbox")).to_be_visible()


async def test_new_messages_are_announced(page: Page, sample: SampleApp) -> None:
    robin = sample.workspace.person("robin").person.id
    await sample.bolt.client.chat_postMessage(channel=robin, text="Your card is ready")
    await expect(page.locator("[aria-live=polite]").filter(has_text="Gallery: Your card is ready")).to_have_count(1)


async def test_focus_survives_an_update(page: Page, sample: SampleApp) -> None:
    """A card that the app updates under the cursor keeps the focus where it was."""
    await say(page, "/gallery")
    edit = page.get_by_role("button", name="Edit", exact=True)
    await edit.focus()
    message = sample.workspace.person("robin").dms()[-1]
    blocks = [*message.blocks, {"type": "section", "text": {"type": "plain_text", "text": "And one thing more"}}]
    await sample.bolt.client.chat_update(channel=message.channel_id, ts=message.ts, text="More", blocks=blocks)
    await expect(page.get_by_text("And one thing more")).to_be_visible()
    await expect(edit).to_be_focused()


async def test_the_choice_of_theme_is_kept(page: Page) -> None:
    ground = "() => getComputedStyle(document.querySelector('main')).backgroundColor"
    light = await page.evaluate(ground)
    await page.get_by_role("button", name="Light or dark").click()
    dark = await page.evaluate(ground)
    assert dark != light
    await page.reload()
    await page.locator("html[data-ready]").wait_for()
    assert await page.evaluate(ground) == dark
