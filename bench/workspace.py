"""The local Slack workspace by itself: a minute of interactions with a Bolt app, over sockets and over HTTP."""

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bench.figures import Figure, percentile
from workspace.driver import Actor
from workspace.interactions.outcome import Outcome
from workspace.model import Message
from workspace.options import Options
from workspace.server import Running, running

PER_SECOND = 50
SECONDS = 60
SEED = """
team: {name: Bench, domain: bench}
people: [{real_name: Ann Archer, name: ann}]
channels: [{name: general, members: [ann, bench]}]
apps:
  - name: bench
    bot_token: xoxb-bench
    events: []
    commands: [{command: /bench}]
    shortcuts: [{type: global, name: Note, callback_id: note}]
"""
BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}],
}


def measure() -> list[Figure]:
    """The app runs in a process of its own; a third each are commands, presses and shortcuts that open a modal."""
    return [*asyncio.run(_mode("socket")), *asyncio.run(_mode("http"))]


async def _mode(mode: str) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="workspace-bench-") as folder:
        seed = Path(folder) / "seed.yaml"
        seed.write_text(SEED, encoding="utf-8")
        async with running(Options(seed=seed)) as workspace, _app(workspace, mode):
            outcomes = await _load(workspace)
    waits = [outcome.ms for outcome in outcomes if outcome.acked]
    how = f"workspace over {mode}: {PER_SECOND}/s for {SECONDS} s"
    return [
        Figure(name=f"workspace_{mode}_lost_count", value=len(outcomes) - len(waits), target=0,
               what=f"{how}, interactions without an acknowledgement"),
        Figure(name=f"workspace_{mode}_p50_ms", value=percentile(waits, 50), what=f"{how}, the median acknowledgement"),
        Figure(name=f"workspace_{mode}_p99_ms", value=percentile(waits, 99), target=250,
               what=f"{how}, the slowest in a hundred"),
    ]  # fmt: skip


@asynccontextmanager
async def _app(workspace: Running, mode: str) -> AsyncIterator[None]:
    """The app, reachable, until the block ends."""
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_SIGNING_SECRET": workspace.app.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        **({"BENCH_HTTP": "1"} if mode == "http" else {}),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.workspace_app", env=environment, stdout=PIPE
    )
    try:
        await _reachable(workspace, process, mode)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _reachable(workspace: Running, process: Process, mode: str) -> None:
    if mode == "socket":
        await workspace.app_connected()
        return
    port = int(await process.stdout.readline()) if process.stdout else 0
    workspace.app.request_url = f"http://127.0.0.1:{port}/slack/events"


async def _load(workspace: Running) -> list[Outcome]:
    """At a fixed rate, whether earlier ones have been answered or not."""
    ann = workspace.person("ann")
    await _post_card(workspace)
    card = ann.messages("general")[0]
    loop, waiting = asyncio.get_running_loop(), []
    began = loop.time()
    for number in range(PER_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - loop.time()))
        waiting.append(asyncio.ensure_future(_act(ann, card, number)))
    return await asyncio.gather(*waiting)


def _act(ann: Actor, card: Message, number: int) -> Awaitable[Outcome]:
    match number % 3:
        case 0:
            return ann.command("/bench", str(number))
        case 1:
            return ann.press(card, "press")
        case _:
            return ann.shortcut("note")


async def _post_card(workspace: Running) -> None:
    """Through the Web API, as the app itself would."""
    client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
    await client.chat_postMessage(channel="general", text="Press me", blocks=[BUTTON])
