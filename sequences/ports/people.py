"""Orgs and their people."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from sequences.records.people import Org, User


class Standing(NamedTuple):
    """Whose event it is, and whether their org wants to hear of events of its type."""

    user: User
    org: Org
    is_enabled: bool


class People(Protocol):
    async def org(self, org_id: str) -> Org | None: ...
    async def org_by_team(self, team_id: str) -> Org | None: ...
    async def orgs(self) -> list[Org]: ...
    async def save_org(self, org: Org) -> None: ...
    async def user(self, user_id: str) -> User | None: ...
    async def user_with_org(self, user_id: str) -> tuple[User, Org] | None: ...
    async def user_by_slack(self, org_id: str, slack_user_id: str) -> User | None: ...
    async def users(self, org_id: str) -> list[User]:
        """Present members by name; those who have left are still found by ``user``."""

    async def retire(self, org_id: str, *, present: Sequence[str], at: datetime) -> int:
        """Mark everybody else as having left; ``present`` are Slack user ids. Answers how many left."""

    async def save_member(self, user: User) -> User:
        """Insert or refresh what Slack knows (name, email, timezone, admin) by (org, slack_user_id); settings stay."""

    async def save_user(self, user: User) -> None: ...
    async def lock_org(self, org_id: str) -> None:
        """Until the transaction ends nobody else holds this lock: for limits that are counted, then used."""

    async def lock_user(self, user_id: str) -> None:
        """As ``lock_org``, for one person. Taken before any row of theirs is written."""

    async def standing(self, user_id: str, event_type: str) -> Standing | None: ...
    async def is_enabled(self, org_id: str, event_type: str) -> bool:
        """``notification_feature_settings``; unset means the default of CONF-02."""

    async def set_enabled(self, org_id: str, event_type: str, enabled: bool) -> None: ...
