"""Logging as JSON lines with whatever a call adds in ``extra``. No mail or transcript text is ever logged (PRIV-02)."""

import json
import logging
import sys
from datetime import UTC, datetime

# Their words are of no use below a warning, and Slack's hold whole payloads.
VENDORS = ("slack_bolt", "slack_sdk", "aiosqlite", "httpx2", "alembic", "apscheduler", "aiohttp.access", "mail.log")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object per record: time, level, logger, message, extras, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({key: value for key, value in record.__dict__.items() if key not in _STANDARD})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def set_up_logging(level: str) -> None:
    """To standard error, so that a command's own output stays clean."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for vendor in VENDORS:
        logging.getLogger(vendor).setLevel(max(logging.WARNING, logging.getLevelName(level)))
