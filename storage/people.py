"""Orgs, their people, and what an admin has switched on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import Standing
from sequences.records.event import EventType
from sequences.records.people import Org, User
from storage.rows import Shape, insert_or_update
from storage.tables import notification_feature_settings, organizations, users

ORG = Shape(Org, organizations)
USER = Shape(User, users)
col = users.c
WITH_ORGS = (
    select(*USER.columns, *ORG.columns)
    .join(organizations, organizations.c.id == col.org_id)
    .where(col.id.in_(bindparam("user_ids_", expanding=True)))
)

feature = notification_feature_settings.c
STANDING = (
    select(*USER.columns, *ORG.columns, feature.is_enabled)
    .join(organizations, organizations.c.id == col.org_id)
    .outerjoin(
        notification_feature_settings,
        and_(feature.org_id == organizations.c.id, feature.feature == bindparam("event_type_")),
    )
    .where(col.id == bindparam("user_id_"))
)

ORG_BY_ID = ORG.select().where(organizations.c.id == bindparam("org_id_"))
ORG_BY_TEAM = ORG.select().where(organizations.c.team_id == bindparam("team_id_"))
USER_BY_ID = USER.select().where(col.id == bindparam("user_id_"))
USER_BY_SLACK = USER.select().where(
    col.org_id == bindparam("org_id_"), col.slack_user_id == bindparam("slack_user_id_"), col.left_at.is_(None)
)

AT_ONCE = 500  # rows that one statement names
FROM_SLACK = ("name", "email", "timezone", "is_admin", "left_at")
# What reaches out beyond the rep's own meetings and deals waits until an admin asks for it (CONF-02).
OFF_BY_DEFAULT = frozenset({EventType.COACHING_WEEKLY, EventType.CAMPAIGN_DAILY_CHECK, EventType.EMAIL_RECEIVED})


class StoredPeople:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def org(self, org_id: str) -> Org | None:
        return ORG.read_one((await self._connection.execute(ORG_BY_ID, {"org_id_": org_id})).first())

    async def org_by_team(self, team_id: str) -> Org | None:
        return ORG.read_one((await self._connection.execute(ORG_BY_TEAM, {"team_id_": team_id})).first())

    async def orgs(self) -> list[Org]:
        return ORG.read_all(await self._connection.execute(ORG.select().order_by(organizations.c.id)))

    async def save_org(self, org: Org) -> None:
        await insert_or_update(self._connection, organizations, ORG.values(org), unique=("id",))

    async def user(self, user_id: str) -> User | None:
        return USER.read_one((await self._connection.execute(USER_BY_ID, {"user_id_": user_id})).first())

    async def user_with_org(self, user_id: str) -> tuple[User, Org] | None:
        return (await self.users_with_orgs([user_id])).get(user_id)

    async def users_with_orgs(self, user_ids: Sequence[str]) -> dict[str, tuple[User, Org]]:
        """By user id."""
        rows = await self._connection.execute(WITH_ORGS, {"user_ids_": list(set(user_ids))})
        return {user.id: (user, org) for user, org in map(_read_both, rows)}

    async def user_by_slack(self, org_id: str, slack_user_id: str) -> User | None:
        values = {"org_id_": org_id, "slack_user_id_": slack_user_id}
        return USER.read_one((await self._connection.execute(USER_BY_SLACK, values)).first())

    async def users(self, org_id: str) -> list[User]:
        """Present members by name."""
        statement = USER.select().where(col.org_id == org_id, col.left_at.is_(None)).order_by(col.name, col.id)
        return USER.read_all(await self._connection.execute(statement))

    async def retire(self, org_id: str, *, present: Sequence[str], at: datetime) -> int:
        """Compared here: a large company has more members than one statement may name."""
        known = select(col.id, col.slack_user_id).where(col.org_id == org_id, col.left_at.is_(None))
        here = set(present)
        gone = [user_id for user_id, slack_id in await self._connection.execute(known) if slack_id not in here]
        for start in range(0, len(gone), AT_ONCE):
            statement = update(users).where(col.id.in_(gone[start : start + AT_ONCE])).values(left_at=at)
            await self._connection.execute(statement)
        return len(gone)

    async def save_member(self, user: User) -> User:
        """Answer the row as it is now: with the id and the settings that it had before."""
        values = USER.values(user)
        kept = tuple(key for key in values if key not in FROM_SLACK)
        await insert_or_update(self._connection, users, values, unique=("org_id", "slack_user_id"), keep=kept)
        saved = await self.user_by_slack(user.org_id, user.slack_user_id)
        return saved if saved is not None else user

    async def save_user(self, user: User) -> None:
        await insert_or_update(self._connection, users, USER.values(user), unique=("id",))

    async def lock_org(self, org_id: str) -> None:
        """Weaker than FOR UPDATE, so that rows may still refer to it. On SQLite there is one writer anyway."""
        is_org = organizations.c.id == org_id
        await self._connection.execute(select(organizations.c.id).where(is_org).with_for_update(key_share=True))

    async def lock_user(self, user_id: str) -> None:
        await self._connection.execute(select(col.id).where(col.id == user_id).with_for_update(key_share=True))

    async def standing(self, user_id: str, event_type: str) -> Standing | None:
        row = (await self._connection.execute(STANDING, {"user_id_": user_id, "event_type_": event_type})).first()
        if row is None:
            return None
        *people, chosen = row
        return Standing(*_read_both(people), _is_enabled(chosen, event_type))

    async def is_enabled(self, org_id: str, event_type: str) -> bool:
        """What the admin chose, else the default. An event type that nobody knows is never enabled."""
        settings = notification_feature_settings.c
        statement = select(settings.is_enabled).where(settings.org_id == org_id, settings.feature == event_type)
        chosen = (await self._connection.execute(statement)).scalar_one_or_none()
        return _is_enabled(chosen, event_type)

    async def set_enabled(self, org_id: str, event_type: str, enabled: bool) -> None:
        values = {"org_id": org_id, "feature": event_type, "is_enabled": enabled}
        await insert_or_update(self._connection, notification_feature_settings, values, unique=("org_id", "feature"))


def _read_both(row: Sequence[Any]) -> tuple[User, Org]:
    width = len(USER.columns)
    return USER.read(row[:width]), ORG.read(row[width : width + len(ORG.columns)])


def _is_enabled(chosen: bool | None, event_type: str) -> bool:
    return event_type in set(EventType) - OFF_BY_DEFAULT if chosen is None else bool(chosen)
