"""Reads what people chose or typed: the way back of the modals and of the radio buttons on a card.

Each function takes ``state["values"]`` as Slack sends it ({block_id: {action_id: {...}}}) and answers in our words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from blocks.contexts.mail_views import OTHER_TIME, Joint
from blocks.ids import INPUT, ActionId, BlockId
from blocks.values import Rating

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class MailEdit:
    """As typed; whether the addresses are any good is for the gate to say."""

    to: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class SettingsEdit:
    """As typed: whether both quiet hours are given is for the reader; a number is None when it is no whole one."""

    signature: str
    quiet_start: time | None
    quiet_end: time | None
    hourly: int | None
    daily_mails: int | None


@dataclass(frozen=True, kw_only=True)
class CardFeedback:
    rating: Rating | None
    text: str


def read_mail_edit(values: Values) -> MailEdit:
    to = _text(values, BlockId.EMAIL_TO).replace(";", ",").replace("\n", ",").split(",")
    return MailEdit(
        to=tuple(address.strip() for address in to if address.strip()),
        subject=" ".join(_text(values, BlockId.EMAIL_SUBJECT).split()),
        body=_body(values),
    )


def read_send_at(values: Values) -> datetime | None:
    """The chosen moment; ``None`` when none was given, or none that there is."""
    option = _element(values, BlockId.SEND_QUICK).get("selected_option") or {}
    quick = option.get("value", OTHER_TIME)
    seconds = _element(values, BlockId.SEND_AT).get("selected_date_time") if quick == OTHER_TIME else quick
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):  # no time that there is
        return None


def read_chosen_tasks(values: Values) -> tuple[int, ...]:
    """Positions in the batch, ascending; empty when all ticks were taken away."""
    chosen = (
        int(option["value"])
        for block_id in values
        if block_id.startswith(f"{BlockId.TASKS.value}:")
        for option in _element(values, block_id).get("selected_options") or ()
    )
    return tuple(sorted(chosen))


def read_feedback(values: Values) -> CardFeedback:
    option = _element(values, BlockId.FEEDBACK_RATING).get("selected_option") or {}
    rating = str(option.get("value"))
    return CardFeedback(
        rating=Rating(rating) if rating in set(Rating) else None,
        text=_text(values, BlockId.FEEDBACK_TEXT).strip(),
    )


def read_settings(values: Values) -> SettingsEdit:
    return SettingsEdit(
        signature=_text(values, BlockId.SETTINGS_SIGNATURE).strip(),
        quiet_start=_clock(values, BlockId.SETTINGS_QUIET_START),
        quiet_end=_clock(values, BlockId.SETTINGS_QUIET_END),
        hourly=_whole(values, BlockId.SETTINGS_HOURLY),
        daily_mails=_whole(values, BlockId.SETTINGS_DAILY_MAILS),
    )


def _whole(values: Values, block_id: str) -> int | None:
    typed = _text(values, block_id).strip()
    return int(typed) if typed.isdecimal() else None


def _clock(values: Values, block_id: str) -> time | None:
    chosen = _element(values, block_id).get("selected_time")
    return time.fromisoformat(chosen) if chosen else None


def read_rep(values: Values) -> str | None:
    """The Slack user id chosen on the card; ``None`` when nothing was chosen before [Confirm selection]."""
    element = values.get(BlockId.REP, {}).get(ActionId.REP_SELECT, {})
    return (element.get("selected_option") or {}).get("value")


def _element(values: Values, block_id: str) -> Mapping[str, Any]:
    return values.get(block_id, {}).get(INPUT, {})


def _text(values: Values, block_id: str) -> str:
    return _element(values, block_id).get("value") or ""


def _body(values: Values) -> str:
    """The parts in their order, with what stood between them; parts that were emptied leave no seam."""
    prefix = f"{BlockId.EMAIL_BODY.value}:"
    body = _text(values, BlockId.EMAIL_BODY)
    further = sorted(
        (block_id.split(":") for block_id in values if block_id.startswith(prefix)), key=lambda parts: int(parts[1])
    )
    for name, number, joint in further:
        part = _text(values, f"{name}:{number}:{joint}")
        body = f"{body}{Joint(joint).text if body and part else ''}{part}"
    return body
