"""The judgement: what is missing is lost, what is there too often is doubled. Pure, and strict."""

from collections import Counter
from dataclasses import dataclass

from chaos.traces import Traces


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Plain lines, none when all is well. ``told``: nobody can know whether the mail left, and the rep was told."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    told: bool = False

    @property
    def is_clean(self) -> bool:
        return not self.lost and not self.doubled


# What a mail leaves behind that its server took and that was recorded. SMTP cannot be asked: a crash between the two
# leaves none of these, and the card says so instead.
_OF_A_MAIL = Counter(("activities: email",))
_ENDS_OF_A_MAIL = Counter(("action send_email executed", "trail of send_email: executed", "card says sent"))
_ENDS_OF_AN_UNKNOWN_MAIL = Counter(("action send_email failed",))


_NEVER = frozenset(("budget held", "card still offers"))
# What follows from any meeting with a prospect, whatever was found in it.
_ALWAYS = frozenset((
    "meeting", "event accepted", "run", "card in Slack", "mail", "activities: email", "action send_email",
    "run completed", "card says sent", "action send_email executed", "send_email decided by its owner",
    "trail of send_email: proposed", "trail of send_email: approved", "trail of send_email: executed",
))  # fmt: skip


def judge(seen: Traces, expected: Traces, *, answers_differ: bool = False) -> Verdict:
    """``expected`` is what the same meeting leaves behind in a quiet life.

    With ``answers_differ``, what was found in the meeting may be something else, but each of it is there once.
    """
    if answers_differ:
        expected = _whatever_was_found(seen, expected)
    told = seen.told_of_mail and seen.was_interrupted
    if told:
        expected = _with_an_unknown_mail(expected, mails=seen.things["mail"])
    lost = (expected.things - seen.things) + (expected.ends - seen.ends)
    doubled = seen.things - expected.things
    strange = seen.ends - expected.ends
    lost_lines = [*_lines(lost, "missing"), *(_lines(strange, "instead") if lost or strange else ())]
    return Verdict(lost=tuple(lost_lines), doubled=tuple(_lines(doubled, "too many")), told=told)


def is_worth_comparing(reference: Traces) -> bool:
    """Whether a quiet life did all that the suite looks at; comparing with one that did less would prove little."""
    things, ends = reference.things, reference.ends
    return (
        ends["run completed"] == 1
        and things["card in Slack"] == 1
        and things["mail"] == 1
        and ends["card says sent"] == 1
        and all(ends[f"action {kind} executed"] == 1 for kind in ("send_email", "create_tasks", "move_deal_stage"))
        and ends["action update_crm_fields executed"] == 1
        and any(name.startswith("tasks: ") for name in things)
        and any(name.startswith("follow-up ") for name in things)
    )


def _whatever_was_found(seen: Traces, expected: Traces) -> Traces:
    things = Counter(name for name in expected.things if name in _ALWAYS)
    things.update(name for name, count in seen.things.items() if count and name not in _ALWAYS)
    ends = Counter(name for name in expected.ends if name in _ALWAYS)
    free = {name: count for name, count in seen.ends.items() if name not in _ALWAYS | _NEVER}
    ends.update(free)
    return Traces(things=things, ends=ends)


def _with_an_unknown_mail(expected: Traces, *, mails: int) -> Traces:
    things = Counter(expected.things - _OF_A_MAIL)
    things["mail"] = min(mails, 1)
    ends = (expected.ends - _ENDS_OF_A_MAIL) + _ENDS_OF_AN_UNKNOWN_MAIL
    return Traces(things=things, ends=ends)


def _lines(items: Counter[str], how: str) -> list[str]:
    return [f"{how}: {name}" + (f" ({number})" if number > 1 else "") for name, number in sorted(items.items())]
