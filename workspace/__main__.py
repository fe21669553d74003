"""``python -m workspace``: serves a workspace until it is interrupted."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from workspace.options import Options
from workspace.seed import SeedError
from workspace.server import Running, running
from workspace.vendors.served import OF_GOOGLE, PORTS


def main() -> int:
    arguments = _parser().parse_args()
    options = Options(
        seed=arguments.seed,
        manifest=arguments.manifest,
        port=arguments.port,
        smtp_port=arguments.smtp_port,
        meeting_bot_target=arguments.meeting_webhook,
        meeting_bot_secret=arguments.meeting_secret,
        mail_target=arguments.mail_webhook,
        mail_secret=arguments.mail_secret,
        vendors=arguments.vendors,
        gmail_push=arguments.gmail_push,
        rate_scale=arguments.rate_scale,
    )
    try:
        asyncio.run(_serve(options))
    except (SeedError, OSError, OverflowError) as error:  # most often a port that is taken, or none
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


async def _serve(options: Options) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(options) as workspace:
        sys.stdout.write(_greeting(workspace))
        sys.stdout.flush()
        await stop.wait()


def _greeting(workspace: Running) -> str:
    lines = [f"Workspace      {workspace.page_url}", f"SLACK_API_URL  {workspace.api_url}"]
    if workspace.smtp_url:
        lines.append(f"SMTP_URL       {workspace.smtp_url}")
    lines += [f"{name}={value}" for name, value in workspace.vendors.environment().items()]
    for app in workspace.state.apps.values():
        lines += [
            f"App            {app.name} ({app.id})",
            f"  SLACK_BOT_TOKEN={app.bot_token}",
            f"  SLACK_APP_TOKEN={app.app_token}",
            f"  SLACK_SIGNING_SECRET={app.signing_secret}",
        ]
    return "\n".join([*lines, ""])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m workspace", description="A local Slack workspace for any Bolt app."
    )
    parser.add_argument("--seed", type=Path, help="YAML file with team, people, channels and apps (default: a sample)")
    parser.add_argument("--manifest", type=Path, help="the Slack app manifest (JSON or YAML) of the first app")
    parser.add_argument("--port", type=int, default=8065, help="port of the API and the page (default: %(default)s)")
    parser.add_argument("--smtp-port", type=int, default=8025, help="port of the mail server (default: %(default)s)")
    parser.add_argument("--meeting-webhook", metavar="URL", help="where webhooks about ended meetings are sent")
    parser.add_argument("--meeting-secret", help="whsec_… signs them, anything else is sent as x-mb-secret")
    parser.add_argument("--mail-webhook", metavar="URL", help="where webhooks about mail that arrived are sent")
    parser.add_argument("--mail-secret", help="whsec_… signs them, anything else is sent as x-webhook-secret")
    parser.add_argument(
        "--with",
        dest="vendors",
        metavar="VENDOR[=PORT],…",
        type=_vendors,
        default={},
        help=f"other vendors to serve as well: {', '.join(PORTS)}",
    )
    parser.add_argument("--gmail-push", metavar="URL", help="where Pub/Sub pushes what a watched mailbox publishes")
    parser.add_argument("--rate-scale", type=float, help="1 for Slack's own rate limits, more is more generous")
    return parser


def _vendors(text: str) -> dict[str, int]:
    """``gmail,model=9001``: each with its port, or the usual one."""
    wanted: dict[str, int] = {}
    for part in filter(None, text.split(",")):
        name, _, port = part.strip().partition("=")
        if name not in PORTS or not (port or "0").isdecimal():
            raise argparse.ArgumentTypeError(f"{part!r}: expected {' or '.join(PORTS)}, each with =PORT if you like")
        wanted[name] = int(port or PORTS[name])
    if any(name in wanted for name in OF_GOOGLE):
        wanted.setdefault("google", PORTS["google"])
    return wanted


if __name__ == "__main__":
    sys.exit(main())
