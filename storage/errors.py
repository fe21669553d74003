"""What went wrong with the database, in words that say what to do."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from sequences.ports.store import StoreError, StoreRuleError


class DatabaseError(StoreError):
    """The database cannot be reached, read or written. The message says which one and what to do."""


class ConstraintError(StoreRuleError):
    """What was to be stored breaks a rule of the schema: a mistake of the program's. Names the rule, not the data."""


# What drivers say → what it means and what helps. The first that fits wins.
ADVICE: tuple[tuple[str, str], ...] = (
    ("disk is full|no space left", "its disk is full. Free some space and try again"),
    ("readonly|read-only", "it is read-only. Give the user that runs Sixty the right to write there"),
    ("permission denied", "permission was denied. Give the user that runs Sixty the right to read and write there"),
    ("unable to open database file|not a directory", "its folder cannot be used. Check the path and its permissions"),
    ("not a database|malformed", "the file is not a SQLite database or is damaged. Restore it from a backup"),
    ("deadlock|serialize access", "two units of work got in each other's way, and this one gave way. Try again"),
    ("database is locked", "another program holds it locked. Close that program or wait for it to finish"),
    (
        "no such (table|column)|(relation|column) .* does not exist",
        "its tables are missing or old. Run `sixty migrate`",
    ),
    ("password authentication|invalidpassword", "it refused the password. Check SIXTY_DATABASE_URL"),
    ("pg_hba.conf|invalidauthorization", "it refused this user or host. Check SIXTY_DATABASE_URL"),
    ("does not exist|invalidcatalogname", "there is no such database or user. Create it or check SIXTY_DATABASE_URL"),
    ("too many clients|toomanyconn|queuepool", "all its connections are taken. Raise its limit or run fewer processes"),
    ("not known|nodename|getaddrinfo", "its host name is unknown. Check SIXTY_DATABASE_URL"),
    (
        "refused|closed|timed out|timeout|reset|no such file|shutting down|terminat|broken pipe|cannotconnect",
        "it does not answer. Check that it is running and reachable",
    ),
    # asyncpg, when the server went away between two of its messages
    ("cannot switch to state", "it does not answer. Check that it is running and reachable"),
)


def what_was_said(error: BaseException) -> str:
    """The driver's first line. What follows quotes stored data, which must not reach the logs (PRIV-02)."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    first_line = next(iter(str(cause).splitlines()), "")
    first_line = re.sub(r"(invalid input for query argument \$[0-9]+).*", r"\1", first_line)
    return f"{type(cause).__name__}: {first_line}".rstrip(": ")


def explain(error: BaseException, url: URL) -> DatabaseError:
    """Turn what a driver said about the database at ``url`` into advice. The password is never shown."""
    said = what_was_said(error)
    advice = next((text for pattern, text in ADVICE if re.search(pattern, said, re.IGNORECASE)), "it reports an error")
    where = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
    return DatabaseError(f"The database {where} cannot be used: {advice} ({said}).")
