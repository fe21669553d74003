"""What a newcomer does first: end a meeting, press the card, find the mail."""

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import opened
from tests.page.sample_app import SampleApp

pytestmark = pytest.mark.browser


async def test_from_the_hint_to_the_mail(page: Page) -> None:
    await expect(page.get_by_role("note").filter(has_text="End a meeting")).to_be_visible()
    await page.get_by_role("button", name="End a meeting", exact=True).click()
    await expect(page.get_by_role("heading", name="Halden Foods, discovery call")).to_be_visible()
    await expect(page.get_by_text("The app has received it.")).to_be_visible()
    await expect(page.get_by_role("note").filter(has_text="End a meeting")).to_be_hidden()

    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_text("Sent to Priya Nair")).to_be_visible()
    await expect(page.get_by_role("button", name="Send now")).to_have_count(0)

    await page.get_by_role("tab", name="Mailbox 1 new").click()
    await page.get_by_role("button", name="To priya@halden.example").click()
    mail = page.get_by_role("article").filter(has_text="here is the price list.")
    await expect(mail.get_by_role("row", name="From robin@quill.example")).to_be_visible()
    await mail.get_by_text("Envelope").click()
    await expect(mail.get_by_role("row", name="RCPT TO priya@halden.example")).to_be_visible()
    await page.get_by_role("button", name="Back to the mailbox").click()
    await page.get_by_role("button", name="Empty the mailbox").click()
    await expect(page.get_by_text("No mail yet.")).to_be_visible()


async def test_upload_of_ones_own_transcript(page: Page, sample: SampleApp) -> None:
    transcript = {"name": "our call.txt", "mimeType": "text/plain", "buffer": b"Robin: Hello.\nPriya: Hello."}
    await page.locator(".drop-zone input").set_input_files(transcript)  # type: ignore[arg-type] # a mapping is a FilePayload
    await expect(page.get_by_role("radio", name="our call")).to_be_checked()
    await expect(page.get_by_role("status").filter(has_text="our call is ready. Press End a meeting.")).to_be_visible()
    await page.get_by_label("Recorded by").select_option(label="Dana Okafor")
    await page.get_by_role("button", name="End a meeting", exact=True).click()
    await expect(page.get_by_role("heading", name="Halden Foods")).to_be_visible()
    assert sample.workspace.samples.all


async def test_what_the_app_did_is_in_the_developer_view(page: Page) -> None:
    await page.get_by_role("button", name="End a meeting", exact=True).click()
    await page.get_by_role("heading", name="Halden Foods").wait_for()
    await page.get_by_role("tab", name="Developer").click()
    log = page.get_by_role("list", name="Log")
    call = log.locator("summary").filter(has_text="chat.postMessage")
    await expect(call).to_contain_text("ok")
    await call.click()
    await expect(log.get_by_text('"text": "A meeting ended"').first).to_be_visible()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await log.get_by_role("button", name="Copy Response").click()
    assert '"ok": true' in await page.evaluate("() => navigator.clipboard.readText()")
    await expect(page.get_by_text("calls, slowest")).to_be_visible()

    await page.get_by_role("searchbox", name="Filter the log").fill("chat.postmessage")
    await expect(log.locator("summary:visible")).to_have_count(1)
    await page.get_by_role("button", name="API calls").click()
    await expect(log.locator("summary:visible")).to_have_count(0)


async def test_nobody_listens(page: Page, sample: SampleApp) -> None:
    """Without a receiver of meetings the button says so instead of doing nothing."""
    sample.workspace.meeting_bot.target = None
    await opened(page, sample.workspace)
    await expect(page.get_by_role("button", name="End a meeting", exact=True)).to_be_disabled()
    await expect(page.get_by_text("No app here receives meeting recordings.")).to_be_visible()
