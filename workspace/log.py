"""What the apps did and what they were sent, with timings: the developer's view of the workspace."""

import time
from collections import deque
from dataclasses import dataclass, field

from workspace.feed import Feed
from workspace.ids import Ids
from workspace.wire import Json

KEPT = 5000


@dataclass
class Entry:
    """One line. ``fields`` depends on ``kind``; the page's API describes them."""

    n: int
    at: str
    kind: str
    fields: Json
    _started: float = field(default_factory=time.monotonic, repr=False)

    @property
    def elapsed_ms(self) -> float:
        return round((time.monotonic() - self._started) * 1000, 2)

    def to_json(self) -> Json:
        return {"n": self.n, "at": self.at, "kind": self.kind, **self.fields}


class Log:
    """The last entries, oldest first."""

    def __init__(self, feed: Feed, ids: Ids) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self._feed = feed
        self._ids = ids
        self._count = 0

    def add(self, kind: str, **fields: object) -> Entry:
        self._count += 1
        at = self._ids.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entry = Entry(self._count, at, kind, dict(fields))
        self.entries.append(entry)
        self._push(entry)
        return entry

    def complete(self, entry: Entry, **fields: object) -> None:
        entry.fields.update(fields, ms=entry.elapsed_ms)
        self._push(entry)

    def calls(self, method: str | None = None) -> list[Json]:
        """The Web API calls so far, as JSON; only those of one method when it is named."""
        calls = (entry.to_json() for entry in self.entries if entry.kind == "api_call")
        return [call for call in calls if method in (None, call["method"])]

    def envelopes(self, kind: str | None = None) -> list[Json]:
        """What was sent to the apps so far; only one type (``events_api``, ``interactive``, …) when it is named."""
        sent = (entry.to_json() for entry in self.entries if entry.kind == "envelope")
        return [envelope for envelope in sent if kind in (None, envelope["envelope_type"])]

    def _push(self, entry: Entry) -> None:
        self._feed.publish(entry.kind, lambda _: {"entry": entry.to_json()})
