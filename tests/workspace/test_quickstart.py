"""The two minutes of the README, word for word: its seed, its app, the command line, and a person at the page."""

import asyncio
import os
import re
import sys
from pathlib import Path

import aiohttp

from tests.workspace.judges import NODE_PROJECT, need_node, node

README = Path(__file__).parents[2] / "workspace/README.md"


def snippet(kind: str) -> str:
    """The first block of this kind in the quick start."""
    section = README.read_text().partition("## Two minutes")[2].partition("\n## ")[0]
    found = re.search(rf"```{kind}\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_readme_leads_to_a_running_app(tmp_path: Path, unused_port: int) -> None:
    need_node()
    (tmp_path / "team.yaml").write_text(snippet("yaml"))
    (tmp_path / "app.mjs").write_text(snippet("js"))
    (tmp_path / "node_modules").symlink_to(NODE_PROJECT / "node_modules")
    address = f"http://127.0.0.1:{unused_port}"
    arguments = ["--seed", str(tmp_path / "team.yaml"), "--port", str(unused_port), "--smtp-port", "0"]
    workspace = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "workspace", *arguments, stdout=asyncio.subprocess.PIPE
    )
    assert workspace.stdout is not None
    assert address in (await workspace.stdout.readline()).decode()
    known = {"PATH": os.environ["PATH"], "SLACK_API_URL": f"{address}/api/"}
    app = await asyncio.create_subprocess_exec(str(node()), "app.mjs", cwd=tmp_path, env=known)
    try:
        await _said_hello(address)
    finally:
        for process in (app, workspace):
            process.terminate()
            await process.wait()


async def _said_hello(address: str) -> None:
    """Types the command and presses the button, once the app is there."""
    async with aiohttp.ClientSession(address) as page:
        boot = await (await page.get("/_workspace/bootstrap")).json()
        ann, general = boot["default_user"], next(one for one in boot["conversations"] if one["name"] == "general")
        async with page.ws_connect(f"/_workspace/live?as={ann}") as live:
            while not (await (await page.get("/_workspace/bootstrap")).json())["apps"][0]["connected"]:
                await live.receive()

            async def act(**what: object) -> dict[str, object]:
                answer = await page.post("/_workspace/act", json={"as": ann, **what})
                done: dict[str, object] = await answer.json()
                return done

            async def shown(kind: str) -> dict[str, object]:
                while (frame := (await live.receive_json()))["type"] != kind:
                    pass
                message: dict[str, object] = frame["message"]
                return message

            assert (await act(type="command", channel=general["id"], command="/hello", text=""))["acked"]
            message = await shown("ephemeral")
            assert message["text"] == f"Hello <@{ann}>"
            container = {"type": "message", "channel": general["id"], "ts": message["ts"]}
            pressed = await act(type="block_actions", container=container, action_id="wave", block_id=None)
            assert pressed["acked"]
            assert (await shown("message_changed"))["text"] == ":wave:"
