"""Gmail and Google's OAuth beside an independent emulator of them (npm ``emulate``): the same calls, the same results.

Its search and its calendar are too thin to have an opinion. Where the two differ although both have one, ``DIFFERENT``
says why ours stays.
"""

import asyncio
import os
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from google.api_core.client_options import ClientOptions
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp  # type: ignore[import-untyped]
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from httplib2 import Http  # type: ignore[import-untyped]

from tests.workspace.conftest import SEED
from tests.workspace.google_client import google
from tests.workspace.judges import NODE_PROJECT, need_node, node
from workspace.options import Options
from workspace.server import running

ANN = "ann@example.com"
ME = {"userId": "me"}
RAW = urlsafe_b64encode(b"From: ann@example.com\r\nTo: zoe@example.org\r\nSubject: Offer\r\n\r\nHello\r\n").decode()
TOPIC = {"topicName": "projects/p/topics/mail"}
NOTHING = "19d0000000000fff"
# name of the step -> (place of the resource, method, arguments); {message}, {thread}, {draft}, {label} are filled in
STEPS: Mapping[str, tuple[str, str, dict[str, Any]]] = MappingProxyType(
    {
        "profile": ("", "getProfile", {}),
        "send": ("messages", "send", {"body": {"raw": RAW}}),
        "send nothing": ("messages", "send", {"body": {}}),
        "whole": ("messages", "get", {"id": "{message}"}),
        "headers": ("messages", "get", {"id": "{message}", "format": "metadata", "metadataHeaders": ["Subject"]}),
        "brief": ("messages", "get", {"id": "{message}", "format": "minimal"}),
        "as it came": ("messages", "get", {"id": "{message}", "format": "raw"}),
        "no message": ("messages", "get", {"id": NOTHING}),
        "messages": ("messages", "list", {"labelIds": ["SENT"]}),
        "thread": ("threads", "get", {"id": "{thread}"}),
        "no thread": ("threads", "get", {"id": NOTHING}),
        "threads": ("threads", "list", {}),
        "label": ("labels", "create", {"body": {"name": "Deals"}}),
        "label again": ("labels", "create", {"body": {"name": "Deals"}}),
        "labels": ("labels", "list", {}),
        "read": ("messages", "modify", {"id": "{message}", "body": {"addLabelIds": ["{label}"]}}),
        "trash": ("messages", "trash", {"id": "{message}"}),
        "untrash": ("messages", "untrash", {"id": "{message}"}),
        "draft": ("drafts", "create", {"body": {"message": {"raw": RAW}}}),
        "drafts": ("drafts", "list", {}),
        "read the draft": ("drafts", "get", {"id": "{draft}"}),
        "send the draft": ("drafts", "send", {"body": {"id": "{draft}"}}),
        "send no draft": ("drafts", "send", {"body": {"id": "r1"}}),
        "watch": ("", "watch", {"body": TOPIC}),
        "watch nothing": ("", "watch", {"body": {}}),
        "stop": ("", "stop", {}),
        "history": ("history", "list", {"startHistoryId": "{history}"}),
        "history without a start": ("history", "list", {}),
        "send into no thread": ("messages", "send", {"body": {"raw": RAW, "threadId": NOTHING}}),
    }
)
DIFFERENT: Mapping[str, str] = MappingProxyType(
    {
        "profile": "the emulator does not serve it",
        "label again": "Gmail answers 409, “Label name exists or conflicts”; the emulator 400",
        "send into no thread": "Gmail answers 404; the emulator begins a thread of that id",
    }
)


async def results(api: Any) -> dict[str, Any]:
    """The keys of the answer, or the status of the refusal, of every step in order."""
    known = dict.fromkeys(("message", "thread", "draft", "label", "history"), "")
    found: dict[str, Any] = {}
    for name, (place, method, arguments) in STEPS.items():
        resource = getattr(api.users(), place)() if place else api.users()
        request = getattr(resource, method)(**ME, **filled(arguments, known))
        try:
            answer = await asyncio.to_thread(request.execute)
        except HttpError as error:
            found[name] = int(error.resp.status)
            continue
        found[name] = set(answer or {})
        if name == "brief":
            known["history"] = answer["historyId"]
        elif name == "send":
            known |= {"message": answer["id"], "thread": answer["threadId"]}
        elif name in ("draft", "label"):
            known[name] = answer["id"]
    return found


def filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format(**known)
    if isinstance(value, dict):
        return {name: filled(part, known) for name, part in value.items()}
    return [filled(part, known) for part in value]


@pytest.fixture
async def emulator(tmp_path: Path, unused_port: int) -> AsyncIterator[Any]:
    need_node()
    (tmp_path / "seed.yaml").write_text(
        f"google:\n  users:\n    - {{email: {ANN}, name: Ann Archer}}\ntokens: {{ya29-test: {{login: {ANN}}}}}\n"
    )
    arguments = ["start", "--service", "google", "--port", str(unused_port), "--seed", "seed.yaml"]
    script = str(NODE_PROJECT / "node_modules/.bin/emulate")
    process = await asyncio.create_subprocess_exec(
        str(node()), script, *arguments, cwd=tmp_path, env=dict(os.environ), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async for line in process.stdout:
        if b"Ready" in line:
            break
    http = AuthorizedHttp(Credentials(token="ya29-test"), http=Http(proxy_info=None))  # type: ignore[no-untyped-call]
    options = ClientOptions(api_endpoint=f"http://localhost:{unused_port}/")
    api: Any = build("gmail", "v1", http=http, static_discovery=True, client_options=options)
    yield api
    api.close()
    process.terminate()
    await process.communicate()


async def test_an_independent_emulator_agrees(emulator: Any) -> None:
    async with running(Options(seed=SEED, vendors={"gmail": 0})) as ws, google(ws, "gmail", ANN) as ann:
        ours = await results(ann.api)
    theirs = await results(emulator)
    different = {name: (ours[name], theirs[name]) for name in STEPS if not agree(ours[name], theirs[name])}
    assert set(different) == set(DIFFERENT), different


def agree(ours: Any, theirs: Any) -> bool:
    """The emulator answers with the whole message where Gmail is brief."""
    return ours <= theirs if isinstance(ours, set) and isinstance(theirs, set) else bool(ours == theirs)
