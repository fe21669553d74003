"""Watches every write that a victim makes, below everything of ours, and kills it where the orders say."""

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Pool, event

from chaos.orders import Counts, Follower, Place, kill_this_process

WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class Mortality:
    """Counts writing statements and the commits that end them; transactions that only read do not count."""

    def __init__(self, follower: Follower, die: Callable[[], None] = kill_this_process) -> None:
        self._follower = follower
        self._die = die
        self._number = 0
        self._statements = 0
        self._commits = 0

    def watch(self) -> None:
        """From now on, all engines of this process."""
        event.listen(Engine, "after_cursor_execute", self._after_statement)
        event.listen(Engine, "commit", self._before_commit)
        event.listen(Pool, "checkin", self._after_transaction)

    def forget(self) -> None:
        event.remove(Engine, "after_cursor_execute", self._after_statement)
        event.remove(Engine, "commit", self._before_commit)
        event.remove(Pool, "checkin", self._after_transaction)

    def _after_statement(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip()[:6].upper().startswith(WRITES):
            return
        connection.info["has_written"] = True
        self._follow()
        self._statements += 1
        self._tell()
        self._meet(Place.AFTER_STATEMENT, self._statements)

    def _before_commit(self, connection: Connection) -> None:
        if not connection.info.pop("has_written", False):
            return
        self._follow()
        self._commits += 1
        self._tell()
        connection.info["committed"] = self._commits
        self._meet(Place.BEFORE_COMMIT, self._commits)
        self._meet(Place.DURING_COMMIT, self._commits)

    def _after_transaction(self, _driver: Any, record: Any) -> None:
        """The connection goes back to the pool: its commit, if it had one, has been confirmed."""
        record.info.pop("has_written", None)
        commit = record.info.pop("committed", None)
        if commit is not None:
            self._meet(Place.AFTER_COMMIT, commit)

    def _follow(self) -> None:
        orders = self._follower.orders()
        if orders.number != self._number:
            self._number, self._statements, self._commits = orders.number, 0, 0

    def _tell(self) -> None:
        self._follower.count(Counts(number=self._number, statements=self._statements, commits=self._commits))

    def _meet(self, place: Place, count: int) -> None:
        death = self._follower.orders().death
        if death is None or death.place is not place or death.nth != count:
            return
        if place is Place.DURING_COMMIT:
            threading.Thread(target=self._die_later, args=(death.delay_us,), daemon=True).start()
        else:
            self._die()

    def _die_later(self, delay_us: int) -> None:
        time.sleep(delay_us / 1_000_000)
        self._die()
