"""Identifiers: a prefix that says what it names, then time-sortable text, so that new rows land at an index's end."""

import base64
import secrets
import time


def new_id(prefix: str) -> str:
    """``job_01…``: 48 bits of Unix milliseconds and 80 random bits in 26 lower-case base32 characters."""
    milliseconds = time.time_ns() // 1_000_000
    raw = milliseconds.to_bytes(6, "big") + secrets.token_bytes(10)
    # Base32 with "hex" alphabet keeps byte order, so text order is time order.
    return f"{prefix}_{base64.b32hexencode(raw).decode().rstrip('=').lower()}"


def card_id_for(job_id: str) -> str:
    """The card of a job: known before the card exists, so that actions proposed early already belong to it."""
    return f"card_{job_id}"
