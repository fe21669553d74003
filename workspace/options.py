"""What can be set when a workspace is started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from workspace.clock import utc_now

SAMPLE = Path(__file__).parent / "sample" / "seed.yaml"


@dataclass(frozen=True, kw_only=True)
class Options:
    """Ports of 0 are chosen freely. ``seed`` defaults to the sample company.

    ``manifest``: the Slack manifest of the first app of the seed; it wins over what the seed says about commands,
    shortcuts, scopes and events. ``smtp_port`` ``None``: no mail server. ``meeting_bot_target``: where meeting webhooks
    go; ``meeting_bot_secret``: ``whsec_…`` signs them the Svix way, anything else travels as ``x-mb-secret``.
    ``mail_target``: the app's address that is told of mail that arrives; it wins over the seed's. ``ahead``: how far
    time here is ahead of ``clock`` from the start. ``vendors``: which of the others are served, each with its port.
    ``gmail_push``: the app's address for what Gmail publishes to any topic.
    ``rate_scale``: see ``Rates``. The last ones shorten waits that the vendors' documentation sets.
    """

    seed: Path | None = None
    manifest: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    smtp_port: int | None = 0
    meeting_bot_target: str | None = None
    meeting_bot_secret: str | None = None
    meeting_extra: Mapping[str, Any] = field(default_factory=dict)
    mail_target: str | None = None
    mail_secret: str | None = None
    gmail_push: str | None = None
    vendors: Mapping[str, int] = field(default_factory=dict)
    rate_scale: float | None = None
    clock: Callable[[], datetime] = utc_now
    ahead: timedelta = timedelta()
    ack_seconds: float = 3.0
    trigger_lifetime: timedelta = timedelta(seconds=3)
    connection_seconds: float = 3600.0
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    webhook_retries: tuple[float, ...] = (5.0, 10.0, 300.0, 900.0, 1800.0, 7200.0)
