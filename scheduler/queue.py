"""How work lies in Procrastinate's queue, and how the library reaches the database that SQLAlchemy's address names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

from sequences.ports.dispatch import WorkKind
from sequences.ports.queue import Flow, QueueLook

QUEUE = "work"
TASK = "work"
CONNECTIONS = 6  # for taking and finishing work; one more listens
# A server that has gone without a word is noticed within a minute, as on the product's own connections.
ALIVE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
LIBPQ_OPTIONS = {
    "host",
    "port",
    "user",
    "password",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "target_session_attrs",
}


@dataclass(frozen=True)
class Wake:
    """Somebody wants this work looked at, now or at a moment."""

    kind: WorkKind
    id: str
    at: datetime | None = None
    org_id: str | None = None

    @property
    def lock(self) -> str:
        """The same one waits only once. One for later must not keep back one for now."""
        return f"{self.kind}:{self.id}" + (f"@{self.at.isoformat()}" if self.at else "")

    @property
    def flow(self) -> Flow:
        return (self.kind.value, self.org_id)


def queue_script() -> str:
    return SchemaManager.get_schema()


def queue_name() -> str:
    """The schema of the queue. Another version of the library with other tables has another one, beside this."""
    return f"sixty_queue_{sha256(queue_script().encode()).hexdigest()[:8]}"


def make_queue(database_url: str) -> App:
    """Ready to be opened; nothing is connected yet."""
    connector = PsycopgConnector(
        conninfo=libpq_url(database_url),
        kwargs={"options": f"-c search_path={queue_name()}", "application_name": "sixty queue", **ALIVE},
        min_size=1,
        max_size=CONNECTIONS,
    )
    return App(connector=connector)


def libpq_url(database_url: str) -> str:
    """``postgresql+asyncpg://…`` as libpq reads it; what only the other driver knows is left out."""
    parts = urlsplit(database_url)
    given = dict(parse_qsl(parts.query))
    if "ssl" in given:
        given.setdefault("sslmode", given["ssl"])
    query = {name: value for name, value in given.items() if name in LIBPQ_OPTIONS}
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query, quote_via=quote), ""))


def queue_jobs(wakes: Iterable[Wake], look: QueueLook) -> list[Job]:
    """Each behind what waits of the same org and kind, and level with the front of the queue when nothing does.

    So an org that floods waits behind itself alone: whoever comes next stands where the queue is being served.
    """
    lowest = dict(look.lowest)
    return [_job(wake, _next_priority(wake.flow, lowest, look.front)) for wake in wakes]


def _next_priority(flow: Flow, lowest: dict[Flow, int], front: int) -> int:
    lowest[flow] = lowest[flow] - 1 if flow in lowest else front
    return lowest[flow]


def _job(wake: Wake, priority: int) -> Job:
    args: Mapping[str, str | None] = {"kind": wake.kind.value, "id": wake.id, "org_id": wake.org_id}
    return Job(
        queue=QUEUE,
        task_name=TASK,
        priority=priority,
        lock=None,  # our own claims decide who acts; a lock of the dead would be in everybody's way
        queueing_lock=wake.lock,
        task_kwargs=dict(args),
        scheduled_at=wake.at,
    )
