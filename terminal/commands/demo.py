"""``sixty demo``."""

import click

from logs import set_up_logging
from terminal.demo import handle_demo
from terminal.doing import do

PORT = click.IntRange(1, 65_535)


@click.command("demo")
@click.option("--port", type=PORT, default=4160, show_default=True, help="Port of the page.")
@click.option("--http-port", type=PORT, default=8060, show_default=True, help="Port of the app's webhooks.")
@click.option("--keep", is_flag=True, help="Keep the last demo's database.")
@click.option("--open/--no-open", "open_browser", default=False, help="Open the page in a browser.")
def demo(port: int, http_port: int, keep: bool, open_browser: bool) -> None:
    """Try everything on this machine: no account, no key, no network."""
    set_up_logging("WARNING")
    do(handle_demo(port=port, http_port=http_port, keep=keep, open_browser=open_browser))
