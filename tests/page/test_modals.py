"""Modals: filled in, refused, stacked, closed."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import say
from tests.page.sample_app import SampleApp

pytestmark = pytest.mark.browser


async def test_every_input_reaches_the_app(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery modal")
    modal = page.get_by_role("dialog", name="Every input")
    await expect(modal.get_by_role("textbox", name="Name")).to_be_focused()
    await modal.get_by_role("textbox", name="Name").fill("Ada <b>& co</b>")
    await expect(modal.get_by_role("textbox", name="Long text")).to_have_value("Hello\nthere")
    await modal.get_by_role("textbox", name="Address").fill("ada@quill.example")
    await modal.get_by_role("textbox", name="Count").fill("7")
    await modal.get_by_role("textbox", name="Site").fill("https://quill.example")
    await modal.get_by_role("button", name="Colour (optional)").click()
    await page.get_by_role("option", name="Green").click()
    await modal.get_by_role("button", name="From outside").click()
    await page.get_by_role("combobox", name="Search options").fill("hal")
    await page.get_by_role("option", name="hal 2").click()
    await modal.get_by_role("radiogroup", name="One of").get_by_label("Red").check()
    await modal.get_by_role("group", name="Any of").get_by_label("Blue").check()
    await modal.locator("input[type=datetime-local]").fill("2026-12-24T18:30")
    notes = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Call them."}
    await modal.locator("input[type=file]").set_input_files(notes)  # type: ignore[arg-type] # a mapping is a FilePayload
    await expect(modal.get_by_role("status").filter(has_text="notes.txt")).to_be_visible()
    await modal.get_by_role("button", name="Save").click()
    await expect(modal).to_be_hidden()

    [values] = sample.submitted
    given = {block_id: block["value"] for block_id, block in values.items()}
    assert given["name"]["value"] == "Ada <b>& co</b>"
    assert given["mail"]["value"] == "ada@quill.example"
    assert given["count"]["value"] == "7"
    assert given["site"]["value"] == "https://quill.example"
    assert given["colour"]["selected_option"]["value"] == "green"
    assert given["search"]["selected_option"]["value"] == "hal_2"
    assert given["one"]["selected_option"]["value"] == "red"
    assert [one["value"] for one in given["any"]["selected_options"]] == ["blue"]
    assert [one["name"] for one in given["file"]["files"]] == ["notes.txt"]
    assert given["moment"]["selected_date_time"] == 1798137000  # 18:30 in London, where Robin is


async def test_errors_stand_at_their_input(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery modal")
    modal = page.get_by_role("dialog", name="Every input")
    await modal.get_by_role("textbox", name="Long text").fill("kept")
    await modal.get_by_role("button", name="Save").click()
    name = modal.get_by_role("textbox", name="Name")
    await expect(modal.get_by_role("alert").filter(has_text="required")).to_be_visible()
    await expect(name).to_be_focused()
    await name.fill("nobody")
    await modal.get_by_role("button", name="Save").click()
    await expect(modal.get_by_role("alert").filter(has_text="Nobody cannot be a name.")).to_be_visible()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(modal.get_by_role("textbox", name="Long text")).to_have_value("kept")
    assert sample.submitted == []


async def test_a_stack_of_three(page: Page, sample: SampleApp) -> None:
    await say(page, "/gallery modal")
    await page.get_by_role("textbox", name="Name").fill("kept below")
    await page.get_by_role("button", name="Push another").click()
    await expect(page.get_by_role("dialog", name="View 2")).to_be_visible()
    await page.get_by_role("button", name="Push another").click()
    await expect(page.get_by_role("dialog", name="View 3")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("dialog", name="View 2")).to_be_visible()
    await page.get_by_role("dialog").get_by_text("Close", exact=True).click()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("kept below")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await sample.workspace.until(lambda: sample.closed)


async def test_shortcuts_open_modals(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New note").click()
    await expect(page.get_by_role("dialog", name="View 1")).to_be_visible()
    await page.keyboard.press("Escape")
    await say(page, "A thing to remember")
    message = page.get_by_role("article").filter(has_text="A thing to remember").first
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Make a note of this").click()
    await expect(page.get_by_role("dialog", name="View 1")).to_be_visible()


async def test_a_long_modal_without_inputs_is_scrolled_by_keyboard(page: Page, sample: SampleApp) -> None:
    lines = [{"type": "section", "text": {"type": "plain_text", "text": f"Line {number}"}} for number in range(90)]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Everything"}, "blocks": lines}

    async def open_it(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    sample.bolt.command("/quiet")(open_it)
    await say(page, "/quiet")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Line 1", exact=True).wait_for()
    await page.keyboard.press("Tab")
    await expect(dialog.locator("[tabindex='0']")).to_be_focused()
    await page.keyboard.press("End")
    await expect(dialog.get_by_text("Line 89")).to_be_in_viewport()


async def test_a_number_out_of_range_is_told_the_range(page: Page, sample: SampleApp) -> None:
    number = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "50",
        "action_id": "n",
    }
    label = {"type": "plain_text", "text": "Mails a day"}
    view = {
        "type": "modal",
        "callback_id": "limits",
        "title": {"type": "plain_text", "text": "Limits"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [{"type": "input", "block_id": "b", "label": label, "element": number}],
    }

    async def open_it(ack: Any, command: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    sample.bolt.command("/quiet")(open_it)
    await say(page, "/quiet")
    modal = page.get_by_role("dialog")
    for typed, told in (("0", "Please enter 1 or more."), ("51", "Please enter 50 or less."), ("x", "a whole number")):
        await modal.get_by_label("Mails a day").fill(typed)
        await modal.get_by_role("button", name="Save").click()
        await expect(modal.get_by_role("alert").filter(has_text=told)).to_be_visible()
