"""Uploaded files: Slack's three-step upload for apps, one step for people on the page."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from secrets import token_hex
from urllib.parse import quote, urlencode

from aiohttp import web

from workspace.ids import Ids
from workspace.model import Conversation, Kind, Message
from workspace.wire import Json, SlackError

MOST_BYTES = 30_000_000
FROM_THE_PAGE = ("same-origin", "none")  # what a browser says of its own accord, and a page cannot forge
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})  # nothing that could carry a script


@dataclass
class File:
    """``content`` is ``None`` until it was uploaded."""

    id: str
    name: str
    user_id: str
    created: int
    secret: str
    title: str = ""
    content: bytes | None = None
    shares: dict[Kind, dict[str, list[Json]]] = field(default_factory=dict)  # by kind of conversation, by its id

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def share(self, conversation: Conversation, message: Message) -> None:
        """Stands in a message now."""
        said = {"ts": message.ts, "channel_name": conversation.name, "share_user_id": message.user_id}
        if message.is_reply:
            said["thread_ts"] = str(message.thread_ts)
        self.shares.setdefault(conversation.kind, {}).setdefault(conversation.id, []).append(said)

    def places(self) -> Json:
        """Where it stands, as Slack tells it."""
        public = self.shares.get(Kind.CHANNEL, {})
        private = {
            place: said
            for kind, here in self.shares.items()
            if kind is not Kind.CHANNEL
            for place, said in here.items()
        }
        ims = list(self.shares.get(Kind.DM, {}))
        shares = {name: here for name, here in (("public", public), ("private", private)) if here}
        groups = [place for place in private if place not in ims]
        return {"is_public": bool(public), "channels": list(public), "groups": groups, "ims": ims, "shares": shares}


class Files:
    """``base_url`` gives the workspace's own address; ``is_reader`` says whether a token may read files."""

    def __init__(self, ids: Ids, base_url: Callable[[], str], is_reader: Callable[[str], bool]) -> None:
        self.all: dict[str, File] = {}
        self._ids = ids
        self._base_url = base_url
        self._is_reader = is_reader

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/upload/{secret}", self.receive),
            web.put("/upload/{secret}", self.receive),
            web.get("/files-pri/{id}/{name}", self.serve),
        ]

    def announce(self, name: str, user_id: str) -> File:
        """A file that is about to be uploaded."""
        file = File(self._ids.new("F"), PurePath(name).name, user_id, self._ids.epoch(), token_hex(16))
        self.all[file.id] = file
        return file

    def add(self, name: str, content: bytes, user_id: str) -> File:
        if len(content) > MOST_BYTES:
            raise SlackError("file_too_large")
        file = self.announce(name, user_id)
        file.content, file.title = content, file.name
        return file

    def get(self, file_id: str) -> File:
        if file_id not in self.all:
            raise SlackError("file_not_found")
        return self.all[file_id]

    def upload_url(self, file: File) -> str:
        return f"{self._base_url()}/upload/{file.secret}"

    def to_slack(self, file: File) -> Json:
        url = f"{self._base_url()}/files-pri/{file.id}/{quote(file.name, safe='')}"
        suffix = PurePath(file.name).suffix.removeprefix(".").lower()
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": file.mimetype,
            "filetype": suffix or "binary",
            "pretty_type": suffix.upper() or "Binary",
            "user": file.user_id,
            "size": len(file.content or b""),
            "mode": "hosted",
            "is_external": False,
            **file.places(),
            "editable": False,
            "url_private": url,
            "url_private_download": f"{url}?download=1",
            "permalink": url,
        }

    async def receive(self, request: web.Request) -> web.Response:
        """The bytes, plain or as the first part of a form."""
        file = next((one for one in self.all.values() if one.secret == request.match_info["secret"]), None)
        if file is None or file.content is not None:
            return web.Response(status=404, text="no such upload")
        content = await _content(request)
        if len(content) > MOST_BYTES:
            return web.Response(status=413, text="file too large")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def serve(self, request: web.Request) -> web.Response:
        """To the page, and to apps that show their token. Others are led to a page to sign in at, as by Slack."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if request.headers.get("Sec-Fetch-Site") not in FROM_THE_PAGE and not self._is_reader(bearer):
            raise web.HTTPFound("/?" + urlencode({"redir": request.path}))
        file = self.all.get(request.match_info["id"])
        if file is None or file.content is None:
            raise web.HTTPNotFound
        is_shown = file.mimetype in SHOWN_INLINE and "download" not in request.query
        headers = {
            "Content-Type": file.mimetype if is_shown else "application/octet-stream",
            "Content-Disposition": "inline" if is_shown else "attachment",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, headers=headers)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    part = next((value for value in form.values() if isinstance(value, web.FileField)), None)
    return part.file.read() if part is not None else b""
