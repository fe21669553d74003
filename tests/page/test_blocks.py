"""Every kind of block and element that Slack knows is drawn, and what can be pressed inside others can be pressed."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.sample_app import SampleApp
from tests.page.test_controls import last_action
from tests.workspace.blocks import actions, button, plain
from tests.workspace.corpus import mrkdwn
from tests.workspace.corpus_facts import chart, drawn, facts, series
from tests.workspace.corpus_kinds import kinds

pytestmark = pytest.mark.browser

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>'
DEALS = [("Halden", 40), ("Brume", 9), ("Kestrel", 120), ("Marlow", 75), ("Tidewater", 3), ("Atelier", 61)]
FIGURES = {
    "type": "data_table",
    "caption": "Deals in thousands",
    "page_size": 4,
    "rows": [
        [{"type": "raw_text", "text": "Deal"}, {"type": "raw_text", "text": "Amount"}],
        *(
            [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": k, "text": f"{k}k"}]
            for name, k in DEALS
        ),
    ],
}


async def post(sample: SampleApp, *blocks: dict[str, Any], **more: Any) -> None:
    robin = sample.workspace.person("robin").person.id
    await sample.bolt.client.chat_postMessage(channel=robin, text="Blocks", blocks=list(blocks), **more)


async def test_every_kind_is_drawn(page: Page, sample: SampleApp) -> None:
    """The page itself says what it cannot draw."""
    await page.route("https://example.com/**", lambda route: route.fulfill(content_type="image/svg+xml", body=DOT))
    shown = [case for case in (*kinds(), *facts()) if case.is_valid and case.surface == "message"]
    for case in shown:
        await post(sample, *case.payload)
    articles = page.get_by_role("article")
    await expect(articles).to_have_count(len(shown))
    assert [await one.inner_text() for one in await page.locator(".bk-unknown").all()] == []
    assert "undefined" not in await page.get_by_role("log").inner_text()


async def test_what_is_inside_others_is_pressed(page: Page, sample: SampleApp) -> None:
    await post(
        sample,
        {
            "type": "container",
            "title": plain("Next steps"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [actions(button("more", text=plain("In a box")))],
        },
        {
            "type": "carousel",
            "elements": [{"type": "card", "body": mrkdwn("A card"), "actions": [_button("On a card")]}],
        },
        attachments=[{"blocks": [actions(button("who", text=plain("Attached")))]}],
    )
    await expect(page.get_by_role("button", name="In a box")).to_be_hidden()
    await page.get_by_text("Next steps").click()
    await page.get_by_role("button", name="In a box").click()
    assert (await last_action(sample, "more"))["text"]["text"] == "In a box"
    await page.get_by_role("button", name="On a card").click()
    assert (await last_action(sample, "rate"))["text"]["text"] == "On a card"
    await page.get_by_role("button", name="Attached").click()
    assert (await last_action(sample, "who"))["text"]["text"] == "Attached"


async def test_a_data_table_turns_its_pages_and_sorts(page: Page, sample: SampleApp) -> None:
    await post(sample, FIGURES)
    table = page.get_by_role("table", name="Deals in thousands")

    names = table.get_by_role("rowheader")
    await expect(names).to_have_text(["Halden", "Brume", "Kestrel", "Marlow"])
    await page.get_by_role("button", name="Next").click()
    await expect(names).to_have_text(["Tidewater", "Atelier"])
    await table.get_by_role("button", name="Amount").click()
    await expect(names).to_have_text(["Tidewater", "Brume", "Halden", "Atelier"])
    await expect(table.get_by_role("columnheader", name="Amount")).to_have_attribute("aria-sort", "ascending")
    await expect(table.get_by_role("button", name="Amount")).to_be_focused()
    await table.get_by_role("button", name="Amount").click()
    await expect(names).to_have_text(["Kestrel", "Marlow", "Atelier", "Halden"])


async def test_a_chart_says_its_numbers(page: Page, sample: SampleApp) -> None:
    lines = (series("Mon", "Tue"), series("Mon", "Tue", name="Mails"))
    await post(sample, drawn(chart("line", *lines), title="Last week"))
    table = page.get_by_role("table", name="Last week")
    await expect(table.get_by_role("columnheader")).to_have_text(["Day", "Calls", "Mails"])
    await expect(table.get_by_role("rowheader")).to_have_text(["Mon", "Tue"])
    await expect(table.get_by_role("cell")).to_have_text(["-1.5"] * 4)


def _button(text: str) -> dict[str, Any]:
    return button("rate", text=plain(text))
