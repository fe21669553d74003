"""Logging as JSON lines: what happened, the ids that tie lines together, and whatever a call adds in ``extra``.

No mail or transcript text is ever logged (PRIV-02). Three things see to it: vendors' loggers stay silent below a
warning, tracebacks tell the lines but not the words of errors that are not ours, and addresses and secrets are
blotted out of whatever is left.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

from sequences.tracing import carried

# Whose words follow the wanted level. Everybody else's are of no use below a warning, and some hold whole payloads.
OURS = (
    "app",
    "blocks",
    "cli",
    "config",
    "gateways",
    "listeners",
    "scheduler",
    "sequences",
    "storage",
    "telemetry",
    "terminal",
    "watching",
    "web",
    "wiring",
)
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_SECRETS = (
    (re.compile(r"(://[^/\s:@]*:)[^@/\s]+@"), r"\1***@"),  # the password in an address
    (re.compile(r"\b(?:xox[a-z]|xapp|whsec|sk)[-_][\w+/=-]{6,}"), "[secret]"),
    (re.compile(r"\b(?:AIza|ya29\.)[\w-]{20,}"), "[secret]"),
    (re.compile(r"(?i)\b(bearer) [\w.~+/=-]{8,}"), r"\1 [secret]"),
    # Base64 looks like no word: "Basic Information" is where Slack keeps its tokens.
    (re.compile(r"\b((?i:basic)) (?=\S*(?:[0-9=+/]|[a-z][A-Z]))[\w.~+/=-]{8,}"), r"\1 [secret]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
)


class JsonLines(logging.Formatter):
    """One JSON object per record: time, level, logger, message, ids carried, extras, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": blotted(record.getMessage()),
            **carried(),
        }
        extras = ((key, value) for key, value in record.__dict__.items() if key not in _STANDARD)
        line.update((key, value if _is_plain(value) else blotted(str(value))) for key, value in extras)
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = blotted(discreet_traceback(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str) -> None:
    """To standard error, so that a command's own output stays clean. ``level`` is that of our own words."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelName(level)), handlers=[handler], force=True)
    for room in OURS:
        logging.getLogger(room).setLevel(level)


def blotted(text: str) -> str:
    """Without mail addresses, tokens and passwords, wherever they came from."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def discreet_traceback(error: BaseException) -> str:
    """Where it broke, cause by cause. Only our own errors are quoted: others may repeat what they were given."""
    return "\nwhich led to\n".join(reversed(list(_parts(error, set()))))


def _parts(error: BaseException | None, seen: set[int]) -> Iterator[str]:
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield "".join(traceback.format_tb(error.__traceback__)) + _named(error)
        for inner in getattr(error, "exceptions", ()):
            yield from _parts(inner, seen)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _named(error: BaseException) -> str:
    kind = type(error)
    is_ours = kind.__module__.partition(".")[0] in OURS
    return f"{kind.__name__}: {error}" if is_ours else kind.__name__


def _is_plain(value: object) -> bool:
    """Numbers as they are; a string enum is text."""
    return value is None or isinstance(value, bool | int | float)
