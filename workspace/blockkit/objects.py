"""Composition objects: what several elements are made of."""

from typing import Any

from workspace.blockkit.rules import (
    Findings,
    Rule,
    any_of,
    anything,
    boolean,
    items,
    listed,
    one_of,
    only_one_of,
    shape,
    string,
    text,
    url,
)

ACTION_ID = string(255, 1)
PLACEHOLDER = text(150, plain=True)
STYLE = one_of("primary", "danger")
CONVERSATION_KINDS = one_of("im", "mpim", "private", "public")

CONFIRM = shape(
    {"title": text(100, plain=True), "text": text(300), "confirm": text(30, plain=True), "deny": text(30, plain=True)},
    {"style": STYLE},
)
DISPATCH = shape(
    {},
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)},
    any_of("trigger_actions_on"),
)


def _filters_something(value: Any, path: str, found: Findings) -> None:
    if not value:
        found.note("must provide at least one of include, exclude_external_shared_channels, exclude_bot_users", path)


FILTER = shape(
    {},
    {
        "include": items(CONVERSATION_KINDS, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    _filters_something,
)
_PARAMETER = shape({"name": string(255, 1), "value": anything}, {})
WORKFLOW = shape({"trigger": shape({"url": url()}, {"customizable_input_parameters": items(_PARAMETER, 100, 0)})}, {})
_ICONS = """
archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube
download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map mobile
new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down thumbs-up trash
upload user warning
"""
SLACK_ICON = shape({"name": one_of(*_ICONS.split())}, {})
SLACK_FILE = shape({}, {"id": string(255, 1), "url": url()}, only_one_of("id", "url"))


def option(*, plain: bool, with_url: bool = False) -> Rule:
    """One choice. Only overflow menus may carry an address; only radio buttons and checkboxes may be mrkdwn."""
    extra = {"url": url()} if with_url else {}
    return shape(
        {"text": text(75, plain=plain), "value": string(150, 1)}, {"description": text(75, plain=plain), **extra}
    )


PLAIN_OPTION = option(plain=True)
RICH_OPTION = option(plain=False)
GROUP = shape({"label": text(75, plain=True), "options": items(PLAIN_OPTION, 100)}, {})


def unique_options(value: Any, path: str, found: Findings) -> None:
    """An initial option must be one of the options, word for word."""
    offered = list(listed(value.get("options")))
    for group in listed(value.get("option_groups")):
        offered += listed(group.get("options")) if isinstance(group, dict) else []
    chosen = list(listed(value.get("initial_options")))
    if value.get("initial_option") is not None:
        chosen.append(value["initial_option"])
    for one in chosen:
        if offered and not any(_same_option(one, other) for other in offered):
            found.note("initial option must match one of the options", path)


def _same_option(one: Any, other: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    texts = [choice["text"].get("text") if isinstance(choice.get("text"), dict) else None for choice in (one, other)]
    return one.get("value") == other.get("value") and texts[0] == texts[1]
