"""Whose meeting was it? Named in ``extra``, else the member who was there, else the organiser, else ask."""

from dataclasses import dataclass
from enum import StrEnum

from sequences.records.meeting import Participant
from sequences.records.people import User


class RepFinding(StrEnum):
    FOUND = "found"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``candidates`` has the rep alone when found, all of ours when several, nobody when none."""

    kind: RepFinding
    candidates: tuple[User, ...] = ()
    reason: str = ""


def find_rep(participants: tuple[Participant, ...], users: list[User], *, rep_email: str | None) -> Finding:
    """Members match by email, else by exact name; a name that two members share matches nobody."""
    if rep_email:
        named = next((user for user in users if user.email == rep_email), None)
        if named:
            return Finding(kind=RepFinding.FOUND, candidates=(named,))
    # The same member may be listed twice, by address and by display name.
    matches = [(user, guest) for guest in participants if (user := _member(guest, users))]
    present = {user.id: user for user, _ in matches}
    organizing = {user.id: user for user, guest in matches if guest.is_organizer}
    if not present:
        reason = "none of its participants is a member of this Slack workspace"
        if rep_email:
            reason = f"its rep_email belongs to no member of this Slack workspace, and {reason}"
        return Finding(kind=RepFinding.NONE, reason=reason)
    candidates = tuple(present.values())
    for certain in (candidates, tuple(organizing.values())):
        if len(certain) == 1:
            return Finding(kind=RepFinding.FOUND, candidates=certain)
    return Finding(kind=RepFinding.SEVERAL, candidates=candidates)


def _member(guest: Participant, users: list[User]) -> User | None:
    if guest.email:
        by_email = next((user for user in users if user.email == guest.email), None)
        if by_email:
            return by_email
    same_name = [user for user in users if user.name.casefold() == guest.name.strip().casefold()]
    return same_name[0] if len(same_name) == 1 else None
