"""Slack misbehaves as it does: rate limits, errors, silence, lost answers, sockets that are cut or must be renewed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chaos.house import House
from chaos.trial import Deed, Trial

CALLS = ("chat.postMessage", "chat.update")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """``arm`` sets it up before the meeting ends and answers what it set; ``strikes_sockets``: later, not at once."""

    fault: str
    arm: Callable[[House, random.Random], str]
    sockets: str = ""


def _armed(kind: str, details: Callable[[random.Random], dict[str, Any]]) -> Callable[[House, random.Random], str]:
    def arm(house: House, draw: random.Random) -> str:
        method, given = draw.choice(CALLS), details(draw)
        house.workspace.faults.arm(kind, method=method, **given)
        return f"{method}: {', '.join(f'{name} {value}' for name, value in given.items())}"

    return arm


def _lose_acks(house: House, draw: random.Random) -> str:
    times = draw.randint(1, 2)
    house.workspace.faults.arm("lose_ack", times=times)
    return f"{times} acknowledgements"


def _refuse_mail(house: House, draw: random.Random) -> str:
    times = draw.randint(1, 3)
    house.workspace.faults.arm("mail_refused", status=451, times=times)
    return f"{times} times"


def _nothing(_: House, __: random.Random) -> str:
    return ""


TROUBLES = (
    Trouble(fault="Slack 429 with a short Retry-After",
            arm=_armed("rate_limit", lambda draw: {"retry_after": draw.randint(1, 2), "times": draw.randint(1, 2)})),
    Trouble(fault="Slack 429 with a long Retry-After",
            arm=_armed("rate_limit", lambda draw: {"retry_after": draw.choice((60, 900)), "times": 1})),
    Trouble(fault="Slack 5xx",
            arm=_armed("status", lambda draw: {"status": draw.choice((500, 502, 503)), "times": draw.randint(1, 3)})),
    Trouble(fault="Slack error",
            arm=_armed("error", lambda draw: {"error": draw.choice(("internal_error", "fatal_error", "ratelimited"))})),
    Trouble(fault="Slack's answer lost", arm=_armed("lost_answer", lambda draw: {"times": draw.randint(1, 2)})),
    Trouble(fault="Slack slow", arm=_armed("slow", lambda draw: {"seconds": round(draw.uniform(0.5, 3.0), 1)})),
    Trouble(fault="acknowledgement lost", arm=_lose_acks),
    Trouble(fault="sockets cut", arm=_nothing, sockets="drop"),
    Trouble(fault="sockets to be renewed", arm=_nothing, sockets="refresh"),
    Trouble(fault="mail server refuses for now", arm=_refuse_mail),
    Trouble(fault="Slack beyond our patience", arm=_armed("slow", lambda _: {"seconds": 31})),
)  # fmt: skip


async def inflict(trial: Trial) -> Deed:
    """Each kind of trouble in turn."""
    trouble = TROUBLES[(trial.point.number - 1) % len(TROUBLES)]
    draw, house = trial.draw(), trial.house
    applied = _applied(house)
    what = trouble.arm(house, draw)
    if trouble.sockets:
        share = draw.uniform(0, 0.9)
        await trial.until_share(share)
        await _strike(house, trouble.sockets)
        what = f"{share:.0%} into the run"
    else:
        await trial.begin()
    await trial.rest()
    house.workspace.faults.clear()
    has_struck = house.has_sockets if trouble.sockets else _applied(house) > applied
    return Deed(fault=trouble.fault, what=what, has_struck=has_struck)


async def _strike(house: House, how: str) -> None:
    sockets = house.workspace.ws.sockets
    if how == "drop":
        await sockets.drop_all()
    else:
        await sockets.refresh_all()


def _applied(house: House) -> int:
    log = house.workspace.log.entries
    return sum(entry.kind == "fault" and entry.fields["event"] == "applied" for entry in log)
