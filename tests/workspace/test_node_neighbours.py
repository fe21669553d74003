"""What Slack's Node packages do beside answering: installing an app, waiting, paging, uploading, streaming."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from tests.workspace.judges import NODE_PROJECT, need_node, node
from tests.workspace.seeds import changed_seed
from workspace.options import Options
from workspace.server import Running, running


@asynccontextmanager
async def started(ws: Running, script: str, **known: str) -> AsyncIterator[asyncio.StreamReader]:
    """A script of ``tests/workspace/node`` while it runs; what it prints."""
    need_node()
    told = {"PATH": os.environ["PATH"], "SLACK_API_URL": ws.api_url, "SLACK_PAGE_URL": ws.page_url, **known}
    process = await asyncio.create_subprocess_exec(
        str(node()), script, cwd=NODE_PROJECT, env=told, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_node_waits_turns_pages_uploads_and_streams(ws: Running) -> None:
    ws.faults.arm("rate_limit", method="chat.postMessage", retry_after=1)
    async with started(ws, "unaided.mjs", SLACK_BOT_TOKEN=ws.bot_token, SLACK_CHANNEL="C0GEN") as printed:
        seen = json.loads(await printed.read())
    assert seen["waited"]
    assert [call["status"] for call in ws.log.calls("chat.postMessage")] == [429, 200]
    assert sorted(seen["files"]) == [["one.txt", "One"], ["two.py", "two.py"]]
    assert (seen["streamed"], seen["count"]) == ("**Hello**", 3)
    assert seen["texts"] == ["after a 429", "two files", "**Hello**"]


async def install(address: str) -> int:
    """What somebody's browser does: from the app to the consent page, and with the cookie back to the app."""
    async with aiohttp.ClientSession() as session:
        sent = await session.get(f"{address}/slack/install", allow_redirects=False)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in sent.cookies.items())
        consent = sent.headers["Location"]
        form = {**dict(parse_qsl(urlsplit(consent).query)), "as": "U0ANN", "answer": "allow"}
        agreed = await session.post(consent.partition("?")[0], data=form, allow_redirects=False)
        done = await session.get(agreed.headers["Location"], headers={"Cookie": cookies})
        return done.status


@pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
@pytest.mark.parametrize("rotates", [False, True], ids=["lasting", "rotating"])
async def test_node_installs_an_app(tmp_path: Path, unused_port: int, is_socket: bool, rotates: bool) -> None:
    address = f"http://127.0.0.1:{unused_port}"
    facts = {"client_id": "1.2", "client_secret": "s3cret", "token_rotation": rotates}
    seed = changed_seed(
        tmp_path,
        **facts,
        redirect_urls=[f"{address}/slack/oauth_redirect"],
        **({} if is_socket else {"request_url": f"{address}/slack/events"}),
    )
    async with running(Options(seed=seed)) as ws:
        secret = {"SLACK_APP_TOKEN": ws.app_token} if is_socket else {"SLACK_SIGNING_SECRET": ws.app.signing_secret}
        async with started(ws, "installed.mjs", PORT=str(unused_port), **secret) as printed:
            assert (await printed.readline()).strip() == b"ready"
            assert await install(address) == 200
            ann = ws.person("ann")
            assert (await ann.command("/ask")).acked
            await ws.until(ann.dms)
            expected = "xoxe.xoxb,xoxe.xoxp true" if rotates else "xoxb,xoxp false"
            assert ann.dms()[-1].text == f"installed {expected}"
