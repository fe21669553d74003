"""Who belongs to the workspace: Slack's word, kept in our tables so that no event waits for Slack."""

import asyncio
import logging
import math
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.holding import reconsider
from sequences.ids import new_id
from sequences.policy.free_mail import FREE_MAIL
from sequences.ports.dispatch import Clock
from sequences.ports.outside import Member, Messenger, MessengerError, Workspace
from sequences.ports.store import Store, Transaction
from sequences.records.people import Org, User

log = logging.getLogger(__name__)

# A guest who presses again and again must not cost a look at the whole workspace each time.
STRANGERS_WAIT_S = 30.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0


class Members:
    """Keeps org and users in step with Slack."""

    def __init__(self, *, store: Store, messenger: Messenger, defaults: Org, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._defaults = defaults  # budgets and the like for an org that is seen for the first time
        self._lock = asyncio.Lock()
        self._asked_at = -math.inf  # loop time of the latest question on behalf of a stranger

    async def refresh(self) -> Org:
        """Read the workspace and store it; MessengerError when Slack cannot be asked."""
        async with self._lock:
            workspace = await self._messenger.members()
            async with self._store.begin() as tx:
                org = await self._save_org(tx, workspace)
                await self._save_members(tx, org, workspace)
                left = await self._retire(tx, org, workspace)
        log.info("members refreshed", extra={"members": len(workspace.members), "left": left})
        return org

    async def refresh_at_last(self) -> None:
        """As ``refresh``, asked again after ever longer pauses until Slack answers. For a start while it is away."""
        wait = FIRST_WAIT_S
        while True:
            try:
                await self.refresh()
            except MessengerError as error:
                pause = wait if error.retry_after is None else error.retry_after
                log.warning("members could not be refreshed", extra={"reason": str(error), "again_in_s": pause})
                await asyncio.sleep(pause)
                wait = min(wait * 2, LONGEST_WAIT_S)
            else:
                return

    async def find(self, team_id: str, slack_user_id: str) -> User | None:
        """The user behind a press or command; asks Slack once when somebody is new. None for bots and guests."""
        user = await self._stored(team_id, slack_user_id)
        now = asyncio.get_running_loop().time()
        if user is not None or now - self._asked_at < STRANGERS_WAIT_S:
            return user
        self._asked_at = now
        try:
            await self.refresh()
        except MessengerError:
            log.warning("members could not be refreshed", exc_info=True)
        return await self._stored(team_id, slack_user_id)

    async def _stored(self, team_id: str, slack_user_id: str) -> User | None:
        async with self._store.read() as tx:
            org = await tx.people.org_by_team(team_id)
            return await tx.people.user_by_slack(org.id, slack_user_id) if org else None

    async def _save_members(self, tx: Transaction, org: Org, workspace: Workspace) -> None:
        """Those of whom Slack says something new. Whoever has moved to another zone has their quiet hours there."""
        known = {user.slack_user_id: user for user in await tx.people.users(org.id)}
        for user in (_user_of(org, member) for member in workspace.members):
            before = known.get(user.slack_user_id)
            if before is not None and _as_slack_has_it(before) == _as_slack_has_it(user):
                continue  # thousands of people stay as they are; nobody shall wait for all of them to be written
            saved = await tx.people.save_member(user)
            if before is not None and before.timezone != saved.timezone:
                await reconsider(tx, saved, self._clock())

    async def _retire(self, tx: Transaction, org: Org, workspace: Workspace) -> int:
        """Whoever Slack no longer lists has left; an empty list is a failed look-up, not an empty company."""
        present = [member.slack_user_id for member in workspace.members]
        return await tx.people.retire(org.id, present=present, at=self._clock()) if present else 0

    async def _save_org(self, tx: Transaction, workspace: Workspace) -> Org:
        known = await tx.people.org_by_team(workspace.team_id)
        org = (known or self._defaults).model_copy(
            update={
                # From the team, so that two processes that see it first agree.
                "id": known.id if known else f"org_{workspace.team_id.lower()}",
                "team_id": workspace.team_id,
                "name": workspace.name,
                "email_domains": _domains(workspace.members),
                "daily_budget_usd": self._defaults.daily_budget_usd,
                "monthly_budget_usd": self._defaults.monthly_budget_usd,
            }
        )
        await tx.people.save_org(org)
        return org


def _domains(members: tuple[Member, ...]) -> tuple[str, ...]:
    """The domains that mark somebody as one of us: our members' own, free mail left out."""
    found = {member.email.rpartition("@")[2].lower() for member in members if member.email and "@" in member.email}
    return tuple(sorted(found - FREE_MAIL))


def _user_of(org: Org, member: Member) -> User:
    return User(
        id=new_id("user"),
        org_id=org.id,
        slack_user_id=member.slack_user_id,
        name=member.name,
        email=member.email.lower() if member.email else None,
        timezone=_known_zone(member.timezone),
        is_admin=member.is_admin,
    )


def _as_slack_has_it(user: User) -> tuple[str, str | None, str, bool]:
    return user.name, user.email, user.timezone, user.is_admin


def _known_zone(name: str) -> str:
    """UTC in place of a zone that this machine does not know: limits and quiet hours must work for everybody."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("time zone unknown", extra={"timezone": name})
        return "UTC"
    return name
