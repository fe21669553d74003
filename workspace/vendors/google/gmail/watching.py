"""``users.watch``: Pub/Sub tells an app that something in a mailbox changed, and never more often than each second."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.gmail.box import Box, Change
from workspace.vendors.google.gmail.shapes import encoded
from workspace.wire import Json

LIFETIME = timedelta(days=7)
PAUSE = timedelta(seconds=1)
_TOPIC = re.compile(r"projects/[^/]+/topics/[A-Za-z][\w.~+%-]{2,254}")


@dataclass
class Watch:
    labels: frozenset[str]
    excludes: bool
    expires_at: datetime
    told_at: datetime | None = None

    def wants(self, change: Change) -> bool:
        has = bool(self.labels & {*change.held, *change.labels})
        return not self.labels or has is not self.excludes


class Watches:
    """``publish`` gets each notification that is due; one that comes within a second of the last is lost."""

    def __init__(self, now: Callable[[], datetime], publish: Callable[[Json], None]) -> None:
        self._now = now
        self._publish = publish
        self._open: dict[str, Watch] = {}

    def open(self, box: Box, body: Json) -> Json:
        if not _TOPIC.fullmatch(body.get("topicName", "")):
            said = f"Invalid topicName does not match {_TOPIC.pattern}"
            raise GoogleError(400, "invalidArgument", said)
        labels = body.get("labelIds", [])
        if unknown := [label for label in labels if not box.has_label(label)]:
            raise GoogleError(400, "invalidArgument", f"Invalid labelId: {unknown[0]}")
        behaviour = body.get("labelFilterBehavior") or body.get("labelFilterAction") or "include"
        watch = Watch(frozenset(labels), behaviour.lower() == "exclude", self._now() + LIFETIME)
        self._open[box.email] = watch
        self._tell(box, watch)
        expiration = str(int(watch.expires_at.timestamp() * 1000))
        return {"historyId": str(box.history_id), "expiration": expiration}

    def stop(self, box: Box) -> None:
        self._open.pop(box.email, None)

    def changed(self, box: Box, change: Change) -> None:
        watch = self._open.get(box.email)
        if watch is not None and watch.expires_at > self._now() and watch.wants(change):
            self._tell(box, watch)

    def _tell(self, box: Box, watch: Watch) -> None:
        now = self._now()
        if watch.told_at is not None and now - watch.told_at < PAUSE:
            return
        watch.told_at = now
        self._publish({"emailAddress": box.email, "historyId": box.history_id})


def envelope(data: Json, *, number: int, at: datetime) -> bytes:
    """One Pub/Sub push, as it is posted."""
    message = {
        "data": encoded(json.dumps(data).encode()),
        "messageId": str(number),
        "message_id": str(number),
        "publishTime": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    message["publish_time"] = message["publishTime"]
    return json.dumps({"message": message, "subscription": "projects/workspace/subscriptions/gmail"}).encode()
