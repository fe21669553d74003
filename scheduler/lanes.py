"""Ready work, taken in turn: kind by kind, and within a kind org by org. Whoever has much to do waits for themselves.

A kind, an org, and an org within a kind may each hold only so many places at once, always fewer than there are. So an
approval finds a place while a thousand jobs wait, and a quiet org while a busy one works.
"""

from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from typing import NamedTuple

from sequences.ports.dispatch import WorkKind

MOST_QUEUED = 1_000  # of one org and kind; whatever is beyond is found in the tables again when there is room


class Work(NamedTuple):
    kind: WorkKind
    id: str


@dataclass(frozen=True, kw_only=True)
class Places:
    """How many pieces of work may be in hand at once. ``of_org_in_kind`` is what a single busy org gets."""

    of_org_in_kind: int
    of_kind: int
    of_org: int
    everything: int

    @classmethod
    def around(cls, workers: int) -> "Places":
        """``workers`` for one org's jobs, half as many more for other orgs' jobs, and room for the other kinds."""
        return cls(
            of_org_in_kind=workers,
            of_kind=workers + (workers + 1) // 2,
            of_org=2 * workers,
            everything=2 * workers + 2,
        )


@dataclass
class Lane:
    """The work of one kind. Orgs stand in the order in which their turn comes."""

    waiting: OrderedDict[str, deque[Work]] = field(default_factory=OrderedDict)
    length: int = 0
    in_hand: Counter[str] = field(default_factory=Counter)

    def pop(self, org_id: str) -> Work:
        """The org's oldest; the org goes behind all others."""
        queue = self.waiting[org_id]
        work = queue.popleft()
        self.length -= 1
        if queue:
            self.waiting.move_to_end(org_id)
        else:
            del self.waiting[org_id]
        return work


class Lanes:
    """Each piece of work is in here at most once, queued or in hand, however often it is added."""

    def __init__(self, places: Places, *, most_queued: int = MOST_QUEUED) -> None:
        self._places = places
        self._most_queued = most_queued
        self._lanes = {kind: Lane() for kind in WorkKind}
        self._turns = deque(WorkKind)
        self._queued: set[Work] = set()
        self._in_hand: dict[Work, str] = {}
        self._of_org: Counter[str] = Counter()

    def add(self, work: Work, org_id: str) -> bool:
        """Queue it; False when its org has too much queued already. In hand, it must not be added."""
        if work in self._queued:
            return True
        lane = self._lanes[work.kind]
        queue = lane.waiting.setdefault(org_id, deque())
        if len(queue) >= self._most_queued:
            return False
        queue.append(work)
        lane.length += 1
        self._queued.add(work)
        return True

    def take(self) -> Work | None:
        """What is to be begun now, or None when nothing is queued for which there is a place."""
        if len(self._in_hand) >= self._places.everything:
            return None
        for kind in self._turns:
            org_id = self._next_org(self._lanes[kind])
            if org_id is not None:
                return self._begin(kind, org_id)
        return None

    def finish(self, work: Work) -> None:
        org_id = self._in_hand.pop(work)
        for count in (self._lanes[work.kind].in_hand, self._of_org):
            count[org_id] -= 1
            if not count[org_id]:
                del count[org_id]

    def is_in_hand(self, work: Work) -> bool:
        return work in self._in_hand

    @property
    def is_empty(self) -> bool:
        return not self._queued and not self._in_hand

    def queued(self, kind: WorkKind) -> int:
        return self._lanes[kind].length

    def _next_org(self, lane: Lane) -> str | None:
        """No more orgs are passed over than there are places, so a long row of them costs nothing."""
        if lane.in_hand.total() >= self._places.of_kind:
            return None
        for org_id in lane.waiting:
            has_place = lane.in_hand[org_id] < self._places.of_org_in_kind
            if has_place and self._of_org[org_id] < self._places.of_org:
                return org_id
        return None

    def _begin(self, kind: WorkKind, org_id: str) -> Work:
        lane = self._lanes[kind]
        work = lane.pop(org_id)
        self._queued.discard(work)
        self._in_hand[work] = org_id
        lane.in_hand[org_id] += 1
        self._of_org[org_id] += 1
        self._turns.remove(kind)
        self._turns.append(kind)
        return work
