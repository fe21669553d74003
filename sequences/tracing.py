"""Tracebacks for the log: where something broke, without what it said, which may quote a mail or a transcript."""

import traceback


def trace_of(error: BaseException) -> dict[str, str]:
    """For ``extra`` of a log call: the kind of error and the lines that led to it (PRIV-02)."""
    return {"error": type(error).__name__, "where": "".join(traceback.format_tb(error.__traceback__))}
