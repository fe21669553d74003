"""The ``sixty`` command: every verb that can be typed, and where it is found once it is."""

import click

from terminal.verbs import Verb, Verbs

_COMMANDS = (
    Verb("run", "terminal.commands.run:run", "Run the app against your Slack workspace."),
    Verb("demo", "terminal.commands.demo:demo", "Try everything on this machine: no account, no key, no network."),
    Verb(
        "meeting",
        "terminal.commands.meeting:meeting",
        "Work on one transcript, for real or as a dry run.",
    ),
    Verb(
        "eval",
        "terminal.commands.evaluation:eval_group",
        "Measure the understanding on labelled files.",
    ),
    Verb(
        "import", "terminal.commands.importing:import_command", "Import contacts, companies and deals from a CSV file."
    ),
    Verb("doctor", "terminal.commands.doctor:doctor", "Say what is configured, reachable, granted and missing."),
    Verb("stats", "terminal.commands.stats:stats", "Say what became of the runs of the last days."),
    Verb("backup", "terminal.commands.backup:backup", "Copy the SQLite database to FILE while it is in use."),
    Verb("migrate", "terminal.commands.migrate:migrate", "Bring the database schema up to date."),
)


@click.group(
    cls=Verbs,
    commands=_COMMANDS,
    help="Sixty: a proactive sales copilot that lives in Slack.",
)
@click.version_option(package_name="sixty")
def main() -> None:
    pass


if __name__ == "__main__":
    main()
