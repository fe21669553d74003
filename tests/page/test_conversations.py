"""People talk, in channels, DMs and threads; each sees what Slack would show to them."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser import PHONE, new_context
from tests.page.conftest import act_as, opened, say
from tests.page.sample_app import SampleApp

pytestmark = pytest.mark.browser
TALL = "> First line\n" + "\n".join(f"Line {number}" for number in range(80))


async def test_threads_reactions_and_permalinks(page: Page) -> None:
    await say(page, "Hello *you* :wave:")
    message = page.get_by_role("article").filter(has_text="Hello you")
    await expect(message.locator("strong")).to_have_text("you")
    await message.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("You said: Hello")).to_be_visible()
    await thread.get_by_role("textbox", name="Reply…").fill("Thanks")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("article").filter(has_text="Thanks")).to_be_visible()
    await expect(page.get_by_role("main").get_by_role("link", name="2 replies")).to_be_visible()
    await page.get_by_role("button", name="Close thread").click()

    await message.hover()
    await message.get_by_role("button", name="Add reaction").click()
    await page.get_by_role("button", name="rocket").click()
    await expect(message.get_by_role("button", name="rocket, 1 reaction")).to_be_visible()
    await message.get_by_role("button", name="rocket, 1 reaction").click()
    await expect(message.get_by_role("button", name="rocket, 1 reaction")).to_have_count(0)

    await message.locator("a:has(time)").click()
    await expect(page.locator("article.is-linked")).to_contain_text("Hello you")


async def test_others_do_not_see_what_is_not_theirs(page: Page) -> None:
    await page.get_by_role("link", name="general").click()
    await say(page, "/gallery secret", to="#general")
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await say(page, "To everybody", to="#general")
    await expect(page.get_by_role("navigation", name="Conversations").get_by_role("link", name="leads")).to_have_count(
        0
    )

    await act_as(page, "Dana Okafor")
    await expect(page.get_by_role("article").filter(has_text="To everybody")).to_be_visible()
    await expect(page.get_by_text("Just for you")).to_have_count(0)
    await expect(page.get_by_role("link", name="leads")).to_be_visible()


async def test_unread_marks_and_live_messages(page: Page, sample: SampleApp) -> None:
    workspace = sample.workspace
    sales = next(one.id for one in workspace.state.conversations.values() if one.name == "sales")
    await workspace.person("dana").say("Who takes the Halden call?", sales)
    unread = page.get_by_role("link", name="sales 1 unread")
    await expect(unread).to_be_visible()
    await expect(unread.locator(".unread-badge")).to_have_count(0)  # red is for what is meant for oneself
    await workspace.person("dana").say("You, @robin?", sales)
    called = page.get_by_role("link", name="sales 2 unread")
    await expect(called.locator(".unread-badge")).to_have_text("2")
    await called.click()
    await expect(page.get_by_role("separator").filter(has_text="New")).to_be_visible()
    await expect(page.get_by_role("link", name="sales", exact=True)).to_have_attribute("aria-current", "page")
    await workspace.person("dana").say("Anybody?", sales)
    await expect(page.get_by_role("article").filter(has_text="Anybody?")).to_be_visible()


async def test_home_tab(page: Page) -> None:
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("region", name="App Home")
    await expect(home.get_by_role("heading", name="Your day")).to_be_visible()
    await home.get_by_role("button", name="Look").click()
    await expect(home.get_by_text("Nothing waits for you.")).to_be_visible()
    await page.get_by_role("tab", name="Messages").click()
    await expect(home).to_be_hidden()


async def test_commands_and_people_are_completed(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message Gallery")
    await box.press_sequentially("/ga")
    await expect(page.get_by_role("option", name="/gallery")).to_contain_text("[blocks|modal|silent]")
    await box.press("Tab")
    await expect(box).to_have_value("/gallery ")
    await box.fill("")
    await box.press_sequentially("Ask @da")
    await box.press("Enter")
    await expect(box).to_have_value("Ask @Dana Okafor ")
    await box.press("Enter")
    await expect(page.get_by_role("article").locator(".mention").first).to_have_text("@Dana Okafor")


async def test_faults_are_armed_cleared_and_strike(page: Page, sample: SampleApp) -> None:
    await page.get_by_role("tab", name="Faults").click()
    form = page.locator("form").filter(has_text="ok: false")
    await form.get_by_label("Method").fill("chat.postMessage")
    await form.get_by_role("button", name="Arm").click()
    await expect(page.get_by_text("1 armed")).to_be_visible()
    await say(page, "/gallery")  # its answer is refused
    await expect(page.get_by_text("Nothing armed")).to_be_visible()
    await expect(page.get_by_role("heading", name="Halden Foods")).to_have_count(0)

    await form.get_by_role("button", name="Arm").click()
    await page.get_by_role("button", name="Clear all").click()
    await expect(page.get_by_text("Nothing armed")).to_be_visible()
    await say(page, "/gallery")
    await expect(page.get_by_role("heading", name="Halden Foods")).to_be_visible()


async def test_on_a_phone(browser: Browser, sample: SampleApp) -> None:
    context = await new_context(browser, size=PHONE, touch=True)
    page = await opened(await context.new_page(), sample.workspace)
    await page.get_by_role("button", name="Show me").tap()
    await page.get_by_role("button", name="End a meeting", exact=True).tap()
    await page.get_by_role("button", name="See messages").tap()
    await expect(page.get_by_role("button", name="Send now")).to_be_visible()
    overflow = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await page.evaluate(overflow)
    await page.get_by_role("button", name="Chats").tap()
    await page.get_by_role("link", name="general").tap()
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()
    await page.get_by_role("button", name="Chats").tap()
    await page.get_by_role("link", name="general").tap()  # the one that is open already
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()
    await context.close()


async def test_own_messages_are_edited_and_deleted(page: Page) -> None:
    await page.get_by_role("link", name="sales").click()
    await say(page, "Frist & best", to="#sales")
    message = page.get_by_role("article").first

    async def choose(item: str) -> None:
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name=item).click()

    await choose("Edit message…")
    field = page.get_by_role("dialog", name="Edit message").get_by_role("textbox")
    await expect(field).to_have_value("Frist & best")
    await field.fill("First & best")
    await page.get_by_role("button", name="Save").click()
    await expect(message).to_contain_text("First & best")
    await expect(message).to_contain_text("(edited)")
    await choose("Delete message…")
    await page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_files_go_with_a_message(page: Page) -> None:
    await page.get_by_role("link", name="sales").click()
    notes = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Call them."}
    await page.locator(".composer input[type=file]").first.set_input_files(notes)  # type: ignore[arg-type] # a FilePayload
    await expect(page.get_by_role("list", name="Files to send")).to_contain_text("notes.txt")
    await say(page, "My notes", to="#sales")
    shared = page.get_by_role("article").filter(has_text="My notes").get_by_role("link", name="notes.txt")
    await expect(shared).to_be_visible()
    await expect(page.get_by_role("list", name="Files to send")).to_have_count(0)
    async with page.expect_download() as download:
        await shared.click()
    assert (await (await download.value).path()).read_bytes() == b"Call them."


async def test_a_tall_message_is_read_from_its_beginning(page: Page, sample: SampleApp) -> None:
    """Who has scrolled up is left alone and told; who reads at the end sees the beginning of what is new."""
    robin = sample.workspace.person("robin").person.id
    await sample.bolt.client.chat_postMessage(channel=robin, text=TALL)
    await expect(page.locator("blockquote")).to_be_in_viewport()
    await sample.bolt.client.chat_postMessage(channel=robin, text="The very last")
    await expect(page.locator("blockquote")).to_be_in_viewport()
    await page.get_by_role("button", name="New messages").click()
    await expect(page.get_by_role("article").get_by_text("The very last")).to_be_in_viewport()
    await sample.bolt.client.chat_postMessage(channel=robin, text="Followed at the end")
    await expect(page.get_by_role("article").get_by_text("Followed at the end")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="New messages")).to_be_hidden()


async def test_a_tall_message_that_arrives_while_the_conversation_opens_is_read_from_its_beginning(
    browser: Browser, sample: SampleApp
) -> None:
    """The conversation is still being fetched when the page already hears of the message."""
    context = await new_context(browser)
    page = await context.new_page()
    robin = sample.workspace.person("robin").person.id
    heard = asyncio.Event()

    def notice(frame: str | bytes) -> None:
        if str(frame).startswith('{"type": "message"'):
            heard.set()

    page.on("websocket", lambda line: line.on("framereceived", notice))

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        if not heard.is_set():  # by then the answer is older than the message
            await sample.bolt.client.chat_postMessage(channel=robin, text=TALL)
            await heard.wait()
        await route.fulfill(response=answer)

    await page.route("**/_workspace/conversations/*/messages?*", answer_late)
    await opened(page, sample.workspace)
    await expect(page.get_by_role("article").get_by_text("Line 79")).to_be_attached()
    await expect(page.locator("blockquote")).to_be_in_viewport()
    await context.close()


async def test_what_is_written_before_the_page_hears_is_not_lost(browser: Browser, sample: SampleApp) -> None:
    """The page does not call itself ready before it hears of everything new."""
    context = await new_context(browser)
    page = await context.new_page()
    ready = page.locator("html[data-ready]")
    go_on = asyncio.Event()

    async def connect_late(line: WebSocketRoute) -> None:
        await go_on.wait()
        line.connect_to_server()

    await page.route_web_socket("**/_workspace/live*", connect_late)
    await page.goto(sample.workspace.page_url)
    await page.wait_for_load_state("networkidle")
    await expect(ready).to_have_count(0)
    robin = sample.workspace.person("robin").person.id
    await sample.bolt.client.chat_postMessage(channel=robin, text="Said in between")
    go_on.set()
    await ready.wait_for()
    await expect(page.get_by_role("article").get_by_text("Said in between")).to_be_visible()
    await context.close()


async def test_a_lost_line_is_said_and_made_good(page: Page, sample: SampleApp) -> None:
    """What happened while the page could not hear is there when it hears again."""
    lines: list[WebSocketRoute] = []
    cut = False

    async def carry(line: WebSocketRoute) -> None:
        if cut:
            await line.close()
        else:
            line.connect_to_server()
            lines.append(line)

    await page.route_web_socket("**/_workspace/live*", carry)
    await opened(page, sample.workspace)
    cut = True
    await lines[-1].close()
    await expect(page.get_by_text("Connection lost.")).to_be_visible()
    robin = sample.workspace.person("robin").person.id
    await sample.bolt.client.chat_postMessage(channel=robin, text="Said into the void")
    await expect(page.get_by_text("Said into the void")).to_have_count(0)
    cut = False
    await expect(page.get_by_role("article").filter(has_text="Said into the void")).to_be_visible()
    await expect(page.get_by_text("Connection lost.")).to_have_count(0)


async def test_half_an_address_leads_to_the_start(page: Page, sample: SampleApp) -> None:
    await opened(page, sample.workspace, "#/c/%E0%A4%A")
    await expect(page.get_by_role("textbox", name="Message Gallery")).to_be_visible()


async def test_time_passes(page: Page) -> None:
    await page.get_by_text("Time passes").click()
    await page.get_by_role("button", name="A week passes").click()
    await say(page, "A week later")
    await expect(page.get_by_role("separator").filter(has_text="Today")).to_be_visible()
    await page.get_by_role("button", name="It is 08:00").click()
    await expect(page.get_by_text("It is 08:00 on ")).to_be_visible()


async def test_channels_come_change_and_go(page: Page, sample: SampleApp) -> None:
    """What an app does to channels shows at once, in the words of Slack's own lines."""
    client, robin = sample.bolt.client, sample.workspace.person("robin").person.id
    quiet = (await client.conversations_create(name="quiet", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=quiet, users=robin)
    sidebar = page.get_by_role("navigation", name="Conversations")
    await sidebar.get_by_role("link", name="quiet").click()
    await expect(page.get_by_role("article").filter(has_text="joined the channel").first).to_be_visible()
    await client.conversations_setTopic(channel=quiet, topic="Nobody knows")
    await expect(page.get_by_role("main").get_by_text("set the channel topic: Nobody knows")).to_be_visible()
    await client.conversations_rename(channel=quiet, name="silent")
    await expect(page.get_by_role("heading", name="silent")).to_be_visible()
    await client.conversations_archive(channel=quiet)
    await expect(page.get_by_text("This channel is archived.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #silent")).to_be_hidden()
    await client.conversations_unarchive(channel=quiet)
    await expect(page.get_by_role("textbox", name="Message #")).to_be_visible()
    await client.conversations_kick(channel=quiet, user=robin)
    await expect(sidebar.get_by_role("link", name="silent")).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message Gallery")).to_be_visible()


async def test_an_app_is_invited_into_a_channel(page: Page, sample: SampleApp) -> None:
    """As a rep would: the command is offered, then the app's name."""
    await page.get_by_role("link", name="sales").click()
    box = page.get_by_role("textbox", name="Message #sales")
    await box.press_sequentially("/inv")
    await box.press("Tab")
    await box.press_sequentially("@Gal")
    await box.press("Tab")
    await expect(box).to_have_value("/invite @Gallery ")
    await box.press("Enter")
    await expect(page.get_by_role("article").filter(has_text="joined the channel")).to_be_visible()
    sales = sample.workspace.state.conversation("sales")
    assert sample.workspace.app.bot_user_id in sales.members


async def test_any_emoji_is_found_by_its_name(page: Page) -> None:
    await page.get_by_role("link", name="sales").click()
    await say(page, "Signed!", to="#sales")
    message = page.get_by_role("article").first
    await message.hover()
    await message.get_by_role("button", name="Add reaction").click()
    search = page.get_by_role("searchbox", name="Search emoji")
    await expect(search).to_be_focused()
    await search.fill("trop")
    await search.press("Enter")
    await expect(message.get_by_role("button", name="trophy, 1 reaction")).to_be_visible()
    await expect(message.get_by_role("button", name="Add reaction")).to_be_focused()
