"""The side panel's part of the page's API: samples, clock, faults and the log. ``page_api`` describes the shapes."""

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from workspace.core import Workspace
from workspace.faults import DETAILS, KINDS, SLACK, kinds_of
from workspace.page_guard import Handler, answering, json_body
from workspace.vendors.meeting_bot import MeetingBot
from workspace.wire import Json, SlackError


class PanelApi:
    def __init__(self, ws: Workspace, meeting_bot: MeetingBot, vendors: tuple[str, ...] = ()) -> None:
        self._ws = ws
        self._bot = meeting_bot
        self._vendors = vendors

    def routes(self) -> list[web.AbstractRouteDef]:
        reads: dict[str, Handler] = {
            "samples": self.samples,
            "faults": self.faults,
            "clock": self.clock,
            "log": self.log,
        }
        writes: dict[str, Handler] = {
            "files": self.add_file,
            "samples": self.upload,
            "samples/{id}/end": self.end_meeting,
            "faults": self.arm_fault,
            "clock": self.move_clock,
            "faults/clear": self.clear_faults,
        }
        return [
            *(web.get(f"/_workspace/{path}", answering(handler)) for path, handler in reads.items()),
            *(web.post(f"/_workspace/{path}", answering(handler)) for path, handler in writes.items()),
        ]

    async def samples(self, _request: web.Request) -> Json:
        known = [sample.to_json() for sample in self._bot.samples.all.values()]
        return {"samples": known, "can_end": self._bot.target is not None}

    async def add_file(self, request: web.Request) -> Json:
        """What somebody picks in a file input or attaches to a message."""
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            raise SlackError("invalid_arguments", "missing the multipart field: file")
        person = self._ws.state.person(str(form.get("as")))
        return {"file": self._ws.files.to_slack(self._ws.files.add(file.filename, file.file.read(), person.id))}

    async def upload(self, request: web.Request) -> Json:
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            raise SlackError("invalid_arguments", "missing the multipart field: file")
        try:
            participants = json.loads(str(form.get("participants") or "[]"))
        except ValueError:
            raise SlackError("invalid_arguments", "participants must be a JSON list") from None
        title = str(form.get("title") or "")
        sample = self._bot.samples.upload(file.filename, file.file.read(), title=title, participants=participants)
        return {"sample": sample.to_json()}

    async def end_meeting(self, request: web.Request) -> Json:
        body = await json_body(request)
        person = self._ws.state.person(str(body["as"])) if body.get("as") else None
        return {"meeting": await self._bot.end(self._bot.samples.get(request.match_info["id"]), person=person)}

    async def faults(self, _request: web.Request) -> Json:
        kinds = [self._kind(kind, title, fields) for kind, (title, fields) in KINDS.items() if self._fitting(kind)]
        return {"faults": [fault.to_json() for fault in self._ws.faults.armed], "kinds": kinds}

    def _fitting(self, kind: str) -> list[str]:
        """Slack and the vendors that run here, as far as this can go wrong with them."""
        return [vendor for vendor in (SLACK, *self._vendors) if kind in kinds_of(vendor)]

    def _kind(self, kind: str, title: str, fields: tuple[str, ...]) -> Json:
        vendors = self._fitting(kind)
        shown = [*fields] if vendors == [SLACK] else ["vendor", *fields]
        return {"kind": kind, "title": title, "fields": shown, "vendors": vendors}

    async def arm_fault(self, request: web.Request) -> Json:
        body = await json_body(request)
        kind = str(body.get("kind"))
        if kind == "drop_socket":
            self._ws.faults.once(kind)
            await self._ws.sockets.drop_all()
        elif kind == "refresh_socket":
            self._ws.faults.once(kind)
            await self._ws.sockets.refresh_all()
        else:
            method, times = str(body.get("method") or "*"), body.get("times", 1)
            if not isinstance(times, int):
                raise SlackError("invalid_arguments", "times must be a number")
            vendor = str(body.get("vendor") or SLACK)
            if vendor not in (SLACK, *self._vendors):
                raise SlackError("invalid_arguments", f"vendor must be one of {', '.join((SLACK, *self._vendors))}")
            details = {key: body[key] for key in DETAILS if key in body}
            fault = self._ws.faults.arm(kind, method=method, times=times, vendor=vendor, **details)
            return {"fault": fault.to_json()}
        return {}

    async def clear_faults(self, _request: web.Request) -> Json:
        self._ws.faults.clear()
        return {}

    async def clock(self, _request: web.Request) -> Json:
        clock = self._ws.clock
        return {"now": clock.now().isoformat(), "ahead_s": clock.ahead.total_seconds()}

    async def move_clock(self, request: web.Request) -> Json:
        """Forward by seconds, or to the next time that it is so late (``HH:MM``) at somebody's place."""
        body = await json_body(request)
        try:
            if "at" in body:
                person = self._ws.state.person(str(body.get("as")))
                self._ws.clock.move_to(_next(self._ws.clock.now(), str(body["at"]), person.tz))
            else:
                self._ws.clock.move(timedelta(seconds=float(body["seconds"])))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise SlackError("invalid_arguments", f"seconds (not negative) or at (HH:MM): {error}") from error
        self._ws.time_moved()
        return await self.clock(request)

    async def log(self, request: web.Request) -> Json:
        wanted = request.query.get("after", "")
        after = int(wanted) if wanted.isdecimal() else 0
        return {"entries": [entry.to_json() for entry in self._ws.log.entries if entry.n > after]}


def _next(now: datetime, wanted: str, timezone: str) -> datetime:
    """The next moment, after now, at which clocks in this zone show that time."""
    here = now.astimezone(ZoneInfo(timezone))
    today = datetime.combine(here.date(), time.fromisoformat(wanted), here.tzinfo)
    return today if today > here else today + timedelta(days=1)
