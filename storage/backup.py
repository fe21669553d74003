"""A copy of a SQLite database while it is in use: whole, compact, readable by its owner alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from storage.errors import DatabaseError, explain


def back_up(url: URL, target: Path) -> None:
    """Write ``target``, which must not exist; takes as long as reading the whole database.

    DatabaseError, saying what to do, when that cannot be.
    """
    if url.get_backend_name() != "sqlite":
        raise DatabaseError("PostgreSQL is backed up with `pg_dump`: see docs/operations.md.")
    if not url.database or not Path(url.database).is_file():
        raise DatabaseError(f"There is no database at {url.database}. Check SIXTY_DATABASE_URL.")
    if target.exists():
        raise DatabaseError(f"{target} exists already. A backup never overwrites anything: choose another name.")
    try:
        _copy(Path(url.database), target)
    except OSError as error:
        raise DatabaseError(f"{target} cannot be written: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise explain(error, url) from error


def _copy(source: Path, target: Path) -> None:
    """One reading transaction: writers go on meanwhile, and the copy is of one moment."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as copied:
            (verdict,) = copied.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"the copy is malformed: {verdict}")
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
