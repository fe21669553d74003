"""Every interactive element of a message can be pressed, and what is sent is what Slack would send."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import say, wait_for_answers
from tests.page.sample_app import SampleApp
from workspace.server import Running

pytestmark = pytest.mark.browser


async def last_action(sample: SampleApp, action_id: str) -> dict[str, Any]:
    """The newest action of this id, waited for."""
    await sample.workspace.until(lambda: any(action["action_id"] == action_id for action in sample.actions))
    return [action for action in sample.actions if action["action_id"] == action_id][-1]


async def test_selects_choices_and_pickers(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery controls")
    await page.get_by_role("button", name="Colour").click()
    await page.get_by_role("combobox", name="Search options").fill("blu")
    await page.keyboard.press("Enter")
    assert (await last_action(sample, "pick"))["selected_option"]["value"] == "blue"
    await expect(page.get_by_role("button", name="Blue")).to_be_visible()

    await expect(page.get_by_role("radio", name="Green")).to_be_checked()
    await page.get_by_role("radio", name="Red").check()
    assert (await last_action(sample, "radio"))["selected_option"]["value"] == "red"

    await page.get_by_role("checkbox", name="Blue").check()
    assert [one["value"] for one in (await last_action(sample, "boxes"))["selected_options"]] == ["blue"]

    await page.locator("input[type=date]").fill("2026-12-24")
    assert (await last_action(sample, "day"))["selected_date"] == "2026-12-24"
    await page.locator("input[type=time]").fill("09:15")
    assert (await last_action(sample, "time"))["selected_time"] == "09:15"


async def test_people_several_and_feedback(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery controls")
    await page.get_by_role("button", name="Somebody").click()
    await page.get_by_role("listbox").get_by_role("option", name="Dana Okafor").click()
    dana = sample.workspace.person("dana").person.id
    assert (await last_action(sample, "who"))["selected_user"] == dana

    await page.get_by_role("button", name="Several").click()
    await page.get_by_role("option", name="Red").click()
    await page.get_by_role("option", name="Green").click()
    await sample.workspace.until(lambda: len(sample.actions[-1].get("selected_options", [])) == 2)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Remove Red").click()
    await sample.workspace.until(lambda: len(sample.actions[-1].get("selected_options", [])) == 1)

    await page.get_by_role("button", name="Good", exact=True).click()
    assert (await last_action(sample, "rate"))["value"] == "good"
    await page.get_by_role("button", name="Delete", exact=True).click()
    await last_action(sample, "bin")


async def test_overflow_and_confirmation(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery")
    await page.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Hide this card").press("Enter")
    assert (await last_action(sample, "more"))["selected_option"]["value"] == "hide_this_card"

    cancel = page.get_by_role("button", name="Cancel")
    await cancel.click()
    dialog = page.get_by_role("alertdialog", name="Really?")
    await expect(dialog).to_contain_text("This cannot be undone.")
    await dialog.get_by_role("button", name="Stop").click()
    await expect(page.get_by_text("Cancelled.")).to_have_count(0)
    await cancel.click()
    await dialog.get_by_role("button", name="Do it").click()
    await expect(page.get_by_role("article").filter(has_text="Only visible to you")).to_contain_text("Cancelled.")


async def test_an_app_that_does_not_answer(page: Page, workspace: Running) -> None:
    await say(page, "/gallery")
    wait_for_answers(workspace, 5)  # long enough for the slowest browser to show that it waits
    quiet = page.get_by_role("button", name="Quiet one")
    await quiet.click()
    await expect(quiet).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_role("alert").filter(has_text="did not answer")).to_have_count(1)
    await expect(quiet).not_to_have_attribute("aria-busy", "true")

    wait_for_answers(workspace, 0.1)
    await say(page, "/quiet now")
    await expect(page.locator(".composer-problem").first).not_to_be_empty()
    await expect(page.get_by_role("textbox", name="Message Gallery")).to_have_value("/quiet now")


async def test_every_text_block_is_drawn(page: Page) -> None:
    await say(page, "/gallery controls")
    message = page.get_by_role("article").last
    await expect(message.get_by_role("columnheader", name="Amount")).to_be_visible()
    await expect(message.get_by_role("cell", name="€40,000")).to_be_visible()
    await expect(message.get_by_role("heading", name="Notes")).to_be_visible()
    await expect(message.get_by_role("link", name="docs")).to_have_attribute("href", "https://example.com/")
    await expect(message.get_by_role("img", name="tada emoji")).to_have_text("🎉")
    await expect(message.locator("pre")).to_have_text("let x = 1;")
    await expect(message.get_by_text("Unsupported")).to_have_count(0)
