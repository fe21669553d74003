"""``sixty import contacts.csv``: good rows in, bad rows listed with their line and what to mend."""

from pathlib import Path

from config import Settings
from gateways.slack.client import make_slack_client
from gateways.slack.messenger import SlackMessenger
from scheduler.clock import utc_now
from sequences.members import Members
from sequences.ports.outside import MessengerError
from sequences.records.people import Org
from storage.csv_import import ImportFileError, ImportPlan, ImportReport, Tally, apply, decode, read_contacts
from storage.database import Database
from terminal.printing import CommandError, say, warn


async def handle_import(settings: Settings, path: Path) -> None:
    plan = _read(path)
    store = Database.open(settings.sixty_database_url)
    try:
        await store.migrate()
        org = await find_org(settings, store)
        report = await import_contacts(store, org, plan)
    finally:
        await store.close()
    _print(plan, report, path)


def _read(path: Path) -> ImportPlan:
    try:
        return read_contacts(decode(path.read_bytes()))
    except ImportFileError as error:
        raise CommandError(f"{path.name}: {error}") from error
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


async def import_contacts(store: Database, org: Org, plan: ImportPlan) -> ImportReport:
    async with store.begin() as tx:
        return await apply(tx, org.id, plan)


async def find_org(settings: Settings, store: Database) -> Org:
    """The workspace that this installation serves, asked of Slack when it is not stored yet."""
    async with store.read() as tx:
        orgs = await tx.people.orgs()
    if orgs:
        return orgs[0]
    settings.require("slack_bot_token")
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    messenger = SlackMessenger(make_slack_client(token, settings.slack_api_url))
    defaults = Org(id="", name="", team_id="")
    try:
        return await Members(store=store, messenger=messenger, defaults=defaults, clock=utc_now).refresh()
    except MessengerError as error:
        raise CommandError(f"The workspace is not known yet, and Slack did not answer: {error}.") from error


def _counted(report: ImportReport) -> str:
    return "; ".join(
        f"{name}: {_tallied(tally)}"
        for name, tally in (("contacts", report.contacts), ("companies", report.companies), ("deals", report.deals))
    )


def _tallied(tally: Tally) -> str:
    return f"{tally.created} new, {tally.updated} updated, {tally.unchanged} unchanged"


def _print(plan: ImportPlan, report: ImportReport, path: Path) -> None:
    say(f"{path.name}: {_counted(report)}.")
    for warning in (*plan.warnings, *report.warnings):
        warn(f"Note: {warning}")
    for bad in plan.bad_rows:
        warn(f"Line {bad.line}: {bad.reason}")
    if plan.bad_rows:
        left_out = "1 row was" if len(plan.bad_rows) == 1 else f"{len(plan.bad_rows)} rows were"
        raise CommandError(f"{left_out} left out. Mend what is named above and import the file again.")
