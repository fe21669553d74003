"""The people and the company that Sixty works for."""

from datetime import time
from decimal import Decimal

from pydantic import AwareDatetime

from sequences.records.base import Record


class Org(Record):
    """A customer of Sixty: one Slack workspace."""

    id: str
    name: str
    team_id: str
    email_domains: tuple[str, ...] = ()  # ours; a participant of one of these sits on our side
    timezone: str = "UTC"  # IANA name
    profile: str = ""  # what we sell and to whom (ICP, product), in the admin's own words
    daily_budget_usd: Decimal = Decimal(20)
    monthly_budget_usd: Decimal = Decimal(200)


class User(Record):
    """A member of the org's Slack workspace. Bots, guests and deactivated people are never users."""

    id: str
    org_id: str
    slack_user_id: str
    name: str
    email: str | None = None
    timezone: str = "UTC"  # IANA name, from Slack
    is_admin: bool = False
    signature: str = ""  # appended once to outgoing mail; empty means the name alone
    quiet_hours_start: time | None = None  # local; None means no quiet hours
    quiet_hours_end: time | None = None
    max_notifications_per_hour: int = 20
    daily_send_limit: int = 50
    daily_budget_usd: Decimal = Decimal(5)
    monthly_budget_usd: Decimal = Decimal(50)
    manager_id: str | None = None  # the colleague who leads this one, where somebody has said so
    briefing_time: time | None = None  # local; when the morning brief comes. None means the usual hour
    left_at: AwareDatetime | None = None  # no longer a member since then: keeps the past, gets nothing new
