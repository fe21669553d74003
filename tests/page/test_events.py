"""What can be made to happen beside meetings: a mail arrives, time passes."""

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser import new_context
from tests.page.conftest import opened, say
from tests.page.sample_app import SampleApp
from workspace.server import Running

pytestmark = pytest.mark.browser


async def test_a_mail_arrives_and_the_page_says_that_nobody_is_told(page: Page) -> None:
    await page.get_by_text("An email arrives").click()
    await expect(page.get_by_label("From")).to_have_value("Priya Nair <priya@halden.example>")
    await page.get_by_label("Subject").fill("Prices, please")
    await page.get_by_role("button", name="Receive an email").click()
    await expect(page.get_by_text("No app here is told of mail that arrives.")).to_be_visible()
    await page.get_by_role("tab", name="Mailbox 1 new").click()
    await expect(page.get_by_text("0 sent, 1 received")).to_be_visible()
    await page.get_by_role("button", name="From Priya Nair").click()
    mail = page.get_by_role("article").filter(has_text="could you send us a quote?")
    await expect(mail.get_by_role("row", name="To Robin Hale")).to_be_visible()


async def test_no_meeting_can_be_ended_before_the_recordings_are_known(browser: Browser, workspace: Running) -> None:
    """On a slow line the button is there first; pressed too early it would be refused for want of a recording."""
    context = await new_context(browser)
    page = await context.new_page()
    may_come = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await page.route(re.compile(r"/samples(\?|$)"), hold)
    await opened(page, workspace)
    button = page.get_by_role("button", name="End a meeting", exact=True)
    await expect(button).to_be_disabled()
    may_come.set()
    await button.click()
    await expect(page.get_by_text("The app has received it.")).to_be_visible()
    await context.close()


async def test_an_answer_to_what_the_app_sent_is_offered(page: Page, sample: SampleApp) -> None:
    await page.get_by_text("An email arrives").click()
    await page.get_by_role("button", name="End a meeting", exact=True).click()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_role("option", name="Answer to: The price list")).to_have_count(1)
    await page.get_by_label("Mail", exact=True).select_option(label="Answer to: The price list")
    await expect(page.get_by_label("Subject")).to_have_value("Re: The price list")
    await page.get_by_label("Text", exact=True).fill("Thank you!")
    await page.get_by_role("button", name="Receive an email").click()
    await expect(page.get_by_text("It is in the mailbox.")).to_be_visible()
    sent, received = sample.workspace.mail.mails
    assert received.message["In-Reply-To"] == sent.message["Message-ID"]


async def test_a_mail_that_cannot_be_one_is_said_to_be(page: Page, workspace: Running) -> None:
    await page.get_by_text("An email arrives").click()
    await expect(page.get_by_label("From")).not_to_have_value("")
    await page.get_by_label("From").fill("nobody at all")
    await page.get_by_role("button", name="Receive an email").click()
    await expect(page.locator("input:invalid")).to_have_count(1)
    assert workspace.mail.mails == []


async def test_time_passes_for_everybody_who_looks(page: Page, workspace: Running) -> None:
    other = await opened(await page.context.new_page(), workspace)
    before = workspace.now()
    for each in (page, other):
        await each.get_by_text("Time passes").click()
        await expect(each.get_by_text(f" on {before:%A, %B} ")).to_be_visible()
    await page.get_by_role("button", name="A week passes").click()
    then = workspace.now
    for each in (page, other):
        await expect(each.get_by_text(re.compile(rf" on {before:%A, %B} {before.day}\D"))).to_have_count(0)
    assert then() - before >= timedelta(days=7)
    await page.get_by_role("button", name="It is 08:00").click()
    await expect(other.get_by_text(re.compile("It is 08:00 on .* for Robin Hale"))).to_be_visible()
    await expect(page.get_by_text("Connection lost.")).to_have_count(0)


async def test_what_came_before_a_week_passed_did_not_come_today(page: Page) -> None:
    await page.get_by_text("An email arrives").click()
    await page.get_by_role("button", name="Receive an email").click()
    await say(page, "Written before")
    today = page.get_by_role("separator").filter(has_text="Today")
    await expect(today).to_be_visible()
    await page.get_by_text("Time passes").click()
    await page.get_by_role("button", name="A week passes").click()
    await expect(today).to_have_count(0)
    await page.get_by_role("tab", name="Mailbox").click()
    await expect(page.get_by_role("button", name=re.compile("From Priya Nair")).get_by_text("day, ")).to_be_visible()
