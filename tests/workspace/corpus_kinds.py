"""Every kind of block, element and piece once as small as it may be, and once broken in one place."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from tests.workspace.blocks import actions, button, modal, plain
from tests.workspace.corpus import IMAGE, RICH, TABLE, Case, Json, mrkdwn, option, section

GONE = object()
URL = "https://example.com/"
OPTIONS = {"options": [option()]}
ROWS = [[{"type": "raw_text", "text": "Name"}], [{"type": "raw_text", "text": "Ann"}]]
CARD = {"type": "card", "body": mrkdwn("One")}
TASK = {"type": "task_card", "task_id": "t", "title": "Reading", "status": "pending"}
FEEDBACK = {"text": plain("Good"), "value": "good"}

# kind -> (as small as it may be, the key that is then broken, and how; GONE takes it away)
BLOCKS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "actions": (actions(button("a")), "elements", GONE),
        "card": (CARD, "body", GONE),
        "carousel": ({"type": "carousel", "elements": [CARD]}, "elements", []),
        "container": ({"type": "container", "title": plain("Box"), "child_blocks": [section()]}, "title", GONE),
        "context": ({"type": "context", "elements": [mrkdwn("x")]}, "elements", [button("a")]),
        "context_actions": (
            {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x")}]},
            "elements",
            [],
        ),
        "data_table": ({"type": "data_table", "rows": ROWS, "caption": "Figures"}, "caption", GONE),
        "divider": ({"type": "divider"}, "text", plain("x")),
        "file": ({"type": "file", "external_id": "f", "source": "remote"}, "source", "local"),
        "header": ({"type": "header", "text": plain("x")}, "text", mrkdwn("x")),
        "image": (IMAGE, "alt_text", GONE),
        "input": ({"type": "input", "label": plain("L"), "element": {"type": "plain_text_input"}}, "element", GONE),
        "markdown": ({"type": "markdown", "text": "x"}, "text", GONE),
        "plan": ({"type": "plan", "title": "Plan"}, "tasks", [section()]),
        "rich_text": (RICH, "elements", [{"type": "text", "text": "bare"}]),
        "section": (section(), "text", GONE),
        "table": ({"type": "table", "rows": TABLE["rows"]}, "rows", [section()]),
        "task_card": (TASK, "status", "done"),
        "video": (
            {"type": "video", "title": plain("T"), "alt_text": "t", "video_url": URL, "thumbnail_url": URL},
            "video_url",
            GONE,
        ),
    }
)
MODAL_BLOCKS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {"alert": ({"type": "alert", "text": plain("Careful")}, "level", "loud")}
)
IN_ACTIONS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "button": ({"text": plain("x")}, "text", GONE),
        "workflow_button": ({"text": plain("x"), "workflow": {"trigger": {"url": URL}}}, "workflow", GONE),
        "overflow": (OPTIONS, "options", GONE),
        "checkboxes": (OPTIONS, "options", GONE),
        "radio_buttons": (OPTIONS, "options", GONE),
        "datepicker": ({}, "initial_date", "tomorrow"),
        "timepicker": ({}, "initial_time", "noon"),
        "datetimepicker": ({}, "initial_date_time", "2026-01-01"),
        "static_select": (OPTIONS, "options", GONE),
        "external_select": ({}, "min_query_length", "3"),
        "users_select": ({}, "initial_user", 7),
        "conversations_select": ({}, "filter", {"include": ["everything"]}),
        "channels_select": ({}, "initial_channel", 7),
        "multi_static_select": (OPTIONS, "max_selected_items", 0),
        "multi_external_select": ({}, "initial_options", "x"),
        "multi_users_select": ({}, "initial_users", "U1"),
        "multi_conversations_select": ({}, "initial_conversations", "C1"),
        "multi_channels_select": ({}, "initial_channels", "C1"),
    }
)
IN_INPUT: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "plain_text_input": ({}, "multiline", "yes"),
        "email_text_input": ({}, "placeholder", mrkdwn("x")),
        "url_text_input": ({}, "dispatch_action_config", {"trigger_actions_on": ["on_sight"]}),
        "number_input": ({"is_decimal_allowed": False}, "is_decimal_allowed", GONE),
        "rich_text_input": ({}, "min_lines", "two"),
        "file_input": ({}, "filetypes", "pdf"),
    }
)
IN_RICH_TEXT: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "text": ({"text": "x"}, "text", GONE),
        "link": ({"url": URL}, "url", GONE),
        "user": ({"user_id": "U1"}, "user_id", GONE),
        "usergroup": ({"usergroup_id": "S1"}, "usergroup_id", GONE),
        "channel": ({"channel_id": "C1"}, "channel_id", GONE),
        "team": ({"team_id": "T1"}, "team_id", GONE),
        "emoji": ({"name": "tada"}, "name", GONE),
        "broadcast": ({"range": "here"}, "range", "nearby"),
        "color": ({"value": "#ff0000"}, "value", GONE),
        "date": ({"timestamp": 1700000000, "format": "{date}"}, "format", GONE),
    }
)
RICH_PARTS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "rich_text_section": ({"elements": []}, "elements", GONE),
        "rich_text_quote": ({"elements": []}, "border", 2),
        "rich_text_preformatted": ({"elements": []}, "elements", "code"),
        "rich_text_list": (
            {"style": "bullet", "elements": [{"type": "rich_text_section", "elements": []}]},
            "style",
            "dash",
        ),
    }
)
SMALL: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "plain_text": ({"text": "x"}, "text", GONE),
        "mrkdwn": ({"text": "x"}, "verbatim", "yes"),
    }
)
CELLS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {"raw_text": ({"text": "x"}, "text", GONE), "raw_number": ({"value": 7, "text": "7"}, "value", "seven")}
)
IN_CONTEXT_ACTIONS: Mapping[str, tuple[Json, str, Any]] = MappingProxyType(
    {
        "feedback_buttons": (
            {"positive_button": FEEDBACK, "negative_button": FEEDBACK},
            "negative_button",
            GONE,
        ),
        "icon_button": ({"icon": "trash", "text": plain("x")}, "icon", "rocket"),
    }
)


def kinds() -> Iterator[Case]:
    """Two cases for each kind; the broken one's name says what was done to it."""
    for kind, (small, key, value) in BLOCKS.items():
        yield from _pair(f"{kind} block", "message", [small], [_broken(small, key, value)], key)
    for kind, (small, key, value) in MODAL_BLOCKS.items():
        yield from _pair(f"{kind} block", "modal", modal(small), modal(_broken(small, key, value)), key)
    for kind, entry in IN_ACTIONS.items():
        yield from _inside(kind, entry, lambda one: [actions(one)])
    for kind, entry in IN_CONTEXT_ACTIONS.items():
        yield from _inside(kind, entry, lambda one: [{"type": "context_actions", "elements": [one]}])
    for kind, entry in SMALL.items():
        yield from _inside(kind, entry, lambda one: [{"type": "context", "elements": [one]}])
    for kind, entry in IN_RICH_TEXT.items():
        yield from _inside(kind, entry, lambda one: [_rich({"type": "rich_text_section", "elements": [one]})])
    for kind, entry in RICH_PARTS.items():
        yield from _inside(kind, entry, lambda one: [_rich(one)])
    for kind, entry in CELLS.items():
        yield from _inside(kind, entry, _tabulated)
    yield from _inside("url", ({"url": URL, "text": "x"}, "text", GONE), lambda one: [{**TASK, "sources": [one]}])
    for kind, (small, key, value) in IN_INPUT.items():
        good, bad = ({"type": kind, **one} for one in (small, _broken(small, key, value)))
        yield from _pair(kind, "modal", modal(_input(good)), modal(_input(bad)), key)


def _inside(kind: str, entry: tuple[Json, str, Any], host: Any) -> Iterator[Case]:
    small, key, value = entry
    good, bad = ({"type": kind, **one} for one in (small, _broken(small, key, value)))
    yield from _pair(kind, "message", host(good), host(bad), key)


def _pair(name: str, surface: str, good: Any, bad: Any, key: str) -> Iterator[Case]:
    yield Case(f"smallest {name}", surface, good)
    yield Case(f"{name} with broken {key}", surface, bad, "broken")


def _broken(small: Json, key: str, value: Any) -> Json:
    rest = {name: one for name, one in small.items() if name != key}
    return rest if value is GONE else {**rest, key: value}


def _rich(part: Json) -> Json:
    return {"type": "rich_text", "elements": [part]}


def _tabulated(cell: Json) -> list[Json]:
    return [{"type": "data_table", "caption": "Figures", "rows": [*ROWS[:1], [cell]]}]


def _input(element: Json) -> Json:
    return {"type": "input", "label": plain("L"), "element": element}
