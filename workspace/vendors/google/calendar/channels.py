"""Push channels: an app is told that something on a calendar changed, not what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from urllib.parse import SplitResult, quote, urlsplit

from workspace.vendors.google.calendar.store import Calendar
from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.forms import CHANNEL, fitted
from workspace.vendors.google.push import Notice, Pushes
from workspace.wire import Json

LIFETIME = timedelta(days=7)  # when the app asks for none, and the longest
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Channel:
    id: str
    owner: str
    calendar_id: str
    resource_id: str
    resource_uri: str
    address: str
    token: str
    expires_at: datetime
    numbers: "count[int]"

    def to_json(self) -> Json:
        told: Json = {
            "kind": "api#channel",
            "id": self.id,
            "resourceId": self.resource_id,
            "resourceUri": self.resource_uri,
            "expiration": str(int(self.expires_at.timestamp() * 1000)),
        }
        return {**told, **({"token": self.token} if self.token else {})}


class Channels:
    """Those that have run out by the workspace's clock are silent."""

    def __init__(self, pushes: Pushes, now: Callable[[], datetime]) -> None:
        self.open: dict[str, Channel] = {}
        self._pushes = pushes
        self._now = now

    def watch(self, calendar: Calendar, owner: str, body: Json, base_url: str) -> Json:
        body = fitted(body, CHANNEL)
        address = body.get("address", "")
        self._check(body, address)
        uri = f"{base_url}/calendar/v3/calendars/{quote(calendar.id)}/events?alt=json"
        channel = Channel(
            id=body["id"],
            owner=owner,
            calendar_id=calendar.id,
            resource_id=sha256(f"{owner} {calendar.id}".encode()).hexdigest()[:27],
            resource_uri=uri,
            address=address,
            token=body.get("token", ""),
            expires_at=self._until(body),
            numbers=count(1),
        )
        self.open[channel.id] = channel
        self._tell(channel, "sync")
        return channel.to_json()

    def stop(self, owner: str, body: Json) -> None:
        channel = self.open.get(str(body.get("id")))
        known = channel is not None and channel.owner == owner and channel.resource_id == body.get("resourceId")
        if channel is None or not known:
            said = f"Channel '{body.get('id')}' not found for project 'workspace'"
            raise GoogleError(404, "notFound", said)
        del self.open[channel.id]

    def changed(self, calendar: Calendar) -> None:
        for channel in self.open.values():
            if channel.calendar_id == calendar.id and channel.expires_at > self._now():
                self._tell(channel, "exists")

    def _check(self, body: Json, address: str) -> None:
        if not 0 < len(body.get("id", "")) <= 64:
            raise GoogleError(400, "required", "Required: id")
        if body.get("type") not in ("web_hook", "webhook"):
            raise GoogleError(400, "unknownDeliveryType", "Unknown delivery type.")
        place = _place(address)
        if place.scheme != "https" and place.hostname not in _LOOPBACK:
            said = f"WebHook callback must be HTTPS: {address}"
            raise GoogleError(400, "push.webhookUrlNotHttps", said)
        if body["id"] in self.open:
            raise GoogleError(400, "channelIdNotUnique", f"Channel id {body['id']} not unique")

    def _until(self, body: Json) -> datetime:
        longest = self._now() + LIFETIME
        wanted, seconds = body.get("expiration", ""), body.get("params", {}).get("ttl", "")
        if re.fullmatch(r"\d{1,14}", wanted):
            return min(datetime.fromtimestamp(int(wanted) // 1000, UTC), longest)
        return (
            min(self._now() + timedelta(seconds=int(seconds)), longest)
            if re.fullmatch(r"\d{1,9}", seconds)
            else longest
        )

    def _tell(self, channel: Channel, state: str) -> None:
        headers = {
            "X-Goog-Channel-ID": channel.id,
            "X-Goog-Channel-Expiration": f"{channel.expires_at.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT",
            "X-Goog-Resource-ID": channel.resource_id,
            "X-Goog-Resource-URI": channel.resource_uri,
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(next(channel.numbers)),
        }
        token = {"X-Goog-Channel-Token": channel.token} if channel.token else {}
        self._pushes.send(Notice("calendar", "calendar.push", channel.address, headers | token))


def _place(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
