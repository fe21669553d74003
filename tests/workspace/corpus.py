"""Payloads that Slack takes and payloads that it refuses, each with the reason. Judged by us and by others."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.workspace.blocks import actions, button, modal, plain, select, text_input

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """``payload`` is a list of blocks, or a view when ``surface`` is ``modal`` or ``home``. ``reason`` when refused."""

    name: str
    surface: str
    payload: Any
    reason: str | None = None

    @property
    def is_valid(self) -> bool:
        return self.reason is None


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def option(value: str = "v", text: str = "Text", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def confirm(**changes: Any) -> Json:
    parts = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return {**parts, **changes}


IMAGE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "bold", "style": {"bold": True}},
                {"type": "link", "url": "https://example.com", "text": "link"},
                {"type": "user", "user_id": "U1"},
                {"type": "emoji", "name": "tada"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1700000000, "format": "{date}", "fallback": "then"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quote"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}], "border": 0},
    ],
}
TABLE: Json = {
    "type": "table",
    "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]],
    "column_settings": [{"align": "right", "is_wrapped": True}],
}
VIDEO: Json = {
    "type": "video",
    "title": plain("Talk"),
    "alt_text": "a talk",
    "video_url": "https://example.com/v",
    "thumbnail_url": "https://example.com/t.png",
}
FEEDBACK: Json = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "f",
            "positive_button": {"text": plain("Good"), "value": "good"},
            "negative_button": {"text": plain("Bad"), "value": "bad"},
        },
        {"type": "icon_button", "action_id": "d", "icon": "trash", "text": plain("Delete")},
    ],
}
TASK: Json = {"type": "task_card", "task_id": "t1", "title": "Reading", "status": "in_progress"}


def cases() -> Iterator[Case]:
    yield from _valid_messages()
    yield from _valid_views()
    yield from _twice()
    yield from _missing()
    yield from _misplaced()
    yield from _malformed()


def _valid_messages() -> Iterator[Case]:
    for name, block in {
        "section": section(),
        "section with fields": {"type": "section", "fields": [mrkdwn("a"), plain("b")]},
        "section with a button": section(accessory=button("a")),
        "section with an overflow menu": section(
            accessory={"type": "overflow", "action_id": "o", "options": [option(url="https://example.com")]}
        ),
        "section with an image": section(accessory=IMAGE),
        "section with a user select": section(accessory={"type": "users_select", "action_id": "u"}),
        "header": {"type": "header", "text": plain("Hi")},
        "divider": {"type": "divider"},
        "image": {**IMAGE, "title": plain("Title")},
        "context": {"type": "context", "elements": [IMAGE, mrkdwn("x"), plain("y")]},
        "actions": actions(button("a"), button("b", style="danger", confirm=confirm()), select("c", "x", "y")),
        "actions with pickers": actions(
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-02-28"},
            {"type": "timepicker", "action_id": "t", "initial_time": "09:30"},
            {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1770000000},
        ),
        "radio buttons with mrkdwn": actions(
            {"type": "radio_buttons", "action_id": "r", "options": [{"text": mrkdwn("*a*"), "value": "a"}]}
        ),
        "option groups": actions(
            {
                "type": "static_select",
                "action_id": "g",
                "option_groups": [{"label": plain("Group"), "options": [option()]}],
                "initial_option": option(),
            }
        ),
        "rich text": RICH,
        "table": TABLE,
        "markdown": {"type": "markdown", "text": "# Title\n\n- item"},
        "video": VIDEO,
        "feedback and icon buttons": FEEDBACK,
        "task card": TASK,
        "data table": {"type": "data_table", "rows": TABLE["rows"] * 2, "caption": "Figures", "page_size": 5},
        "card": {"type": "card", "title": mrkdwn("Title"), "actions": [button("a")]},
        "carousel": {"type": "carousel", "elements": [{"type": "card", "body": mrkdwn("One")}]},
        "container": {"type": "container", "title": plain("Box"), "child_blocks": [section()], "width": "wide"},
        "plan": {"type": "plan", "title": "Plan", "tasks": [TASK]},
        "input in a message": text_input("i"),
        "longest section": section("x" * 3000),
        "longest button": actions(button("a", "v" * 2000, text=plain("x" * 75))),
    }.items():
        yield Case(name, "message", [block])
    yield Case("fifty blocks", "message", [{"type": "divider"}] * 50)
    yield Case("no blocks", "message", [])


def _valid_views() -> Iterator[Case]:
    elements: list[Json] = [
        {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 3000, "focus_on_load": True},
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "max_value": "10"},
        {"type": "email_text_input", "initial_value": "a@example.com"},
        {"type": "url_text_input"},
        {"type": "datepicker", "placeholder": plain("When")},
        {"type": "timepicker", "timezone": "Europe/London"},
        {"type": "checkboxes", "options": [option()], "initial_options": [option()]},
        {"type": "multi_static_select", "options": [option()], "max_selected_items": 1},
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "conversations_select", "filter": {"include": ["im"]}, "response_url_enabled": True},
        {"type": "external_select", "min_query_length": 0},
        {"type": "file_input", "filetypes": ["pdf"], "max_files": 3},
        {"type": "rich_text_input", "min_lines": 2},
    ]
    inputs = [
        {
            "type": "input",
            "label": plain("L"),
            "hint": plain("H"),
            "optional": True,
            "element": {**one, "action_id": "a"},
        }
        for one in elements
    ]
    yield Case("every input", "modal", modal(*inputs))
    yield Case("modal without inputs needs no submit", "modal", {**_without(modal(section()), "submit")})
    yield Case("alert in a modal", "modal", modal({"type": "alert", "text": plain("Careful"), "level": "warning"}))
    yield Case("home", "home", {"type": "home", "blocks": [section(), actions(button("a")), {"type": "divider"}]})
    yield Case("home with an input", "home", {"type": "home", "blocks": [text_input("i")]})


def _twice() -> Iterator[Case]:
    for name, blocks in {
        "two tables": [TABLE, TABLE],
        "the same block_id twice": [section(block_id="b"), section(block_id="b")],
        "the same action_id twice in a block": [actions(button("a"), button("a"))],
    }.items():
        yield Case(name, "message", blocks, "twice")


def _missing() -> Iterator[Case]:
    for name, block in {
        "section without text and fields": {"type": "section"},
        "empty text": section(""),
        "header without text": {"type": "header"},
        "image without alt text": _without(IMAGE, "alt_text"),
        "image without address": _without(IMAGE, "image_url"),
        "actions without elements": actions(),
        "context without elements": {"type": "context", "elements": []},
        "button without text": actions(_without(button("a"), "text")),
        "select without options": actions({"type": "static_select", "action_id": "a"}),
        "option without value": actions({**select("a", "b"), "options": [{"text": plain("x")}]}),
        "confirm without title": actions(button("a", confirm=_without(confirm(), "title"))),
        "input without label": _without(text_input("a"), "label"),
        "text without type": {"type": "section", "text": {"text": "x"}},
        "block without type": {"text": plain("x")},
        "table without rows": {"type": "table"},
        "video without thumbnail": _without(VIDEO, "thumbnail_url"),
    }.items():
        yield Case(name, "message", [block], "missing")
    yield Case("inputs without submit", "modal", _without(modal(text_input("a")), "submit"), "missing")
    yield Case("modal without title", "modal", _without(modal(section()), "title"), "missing")
    yield Case("modal without blocks", "modal", _without(modal(), "blocks"), "missing")


def _misplaced() -> Iterator[Case]:
    for name, block in {
        "mrkdwn in a header": {"type": "header", "text": mrkdwn("x")},
        "mrkdwn on a button": actions(button("a", text=mrkdwn("x"))),
        "a button in context": {"type": "context", "elements": [button("a")]},
        "a text input in actions": actions({"type": "plain_text_input", "action_id": "a"}),
        "a button in an input": {"type": "input", "label": plain("L"), "element": button("a")},
        "a container in a container": _boxed(_boxed(section())),
        "a mention in preformatted text": _preformatted({"type": "user", "user_id": "U1"}),
        "an unknown block": {"type": "banner", "text": plain("x")},
        "an unknown element": actions({"type": "slider", "action_id": "a"}),
        "a file input in a message": text_input("f", type="file_input"),
        "a text input beside a section": section(accessory={"type": "plain_text_input", "action_id": "a"}),
        "an address on a select's option": actions({**select("a", "b"), "options": [option(url="https://a.example")]}),
        "mrkdwn in a select's option": actions({**select("a", "b"), "options": [{"text": mrkdwn("x"), "value": "x"}]}),
        "an unknown key on a block": {**section(), "color": "red"},
        "an unknown key on a button": actions(button("a", colour="red")),
        "an unknown key on a text": {"type": "section", "text": {**mrkdwn("x"), "bold": True}},
        "emoji on mrkdwn": {"type": "section", "text": {**mrkdwn("x"), "emoji": True}},
    }.items():
        yield Case(name, "message", [block], "misplaced")
    markdown: Json = {"type": "markdown", "text": "x"}
    for kind, block in {"markdown": markdown, "table": TABLE, "context_actions": FEEDBACK, "task_card": TASK}.items():
        yield Case(f"{kind} in a modal", "modal", modal(block), "misplaced")
    for kind, block in {"markdown": markdown, "context_actions": FEEDBACK, "task_card": TASK}.items():
        yield Case(f"{kind} in a home", "home", {"type": "home", "blocks": [block]}, "misplaced")
    yield Case("submit in a home", "home", {"type": "home", "blocks": [section()], "submit": plain("Go")}, "misplaced")
    yield Case("an unknown key on a view", "modal", modal(section(), colour="red"), "misplaced")
    yield Case("mrkdwn in a modal's title", "modal", modal(section(), title=mrkdwn("x")), "misplaced")


def _malformed() -> Iterator[Case]:
    pick = {"type": "datepicker", "action_id": "a"}
    for name, block in {
        "a style that does not exist": actions(button("a", style="secondary")),
        "a date that is none": actions({**pick, "initial_date": "28.02.2026"}),
        "a time that is none": actions({**pick, "type": "timepicker", "initial_time": "25:00"}),
        "an address that is none": actions(button("a", url="not an address")),
        "a number for text": section(accessory=button("a", text={"type": "plain_text", "text": 7})),
        "a string for a text object": {"type": "section", "text": "hello"},
        "an initial option that is not offered": actions({**select("a", "b"), "initial_option": option("z")}),
        "options and groups at once": actions(
            {**select("a", "b"), "option_groups": [{"label": plain("G"), "options": [option()]}]}
        ),
        "an emoji flag that is a string": {"type": "header", "text": {**plain("x"), "emoji": "yes"}},
        "elements that are no list": {"type": "actions", "elements": {"a": 1}},
        "a null block": None,
        "a data table without rows below its head": {"type": "data_table", "rows": TABLE["rows"], "caption": "c"},
        "rows of different lengths": {"type": "data_table", "rows": [TABLE["rows"][0], []], "caption": "c"},
        "rich text in a data table's head": {"type": "data_table", "rows": [[RICH], [RICH]], "caption": "c"},
    }.items():
        yield Case(name, "message", [block], "malformed")
    yield Case("blocks that are no list", "message", {"type": "section"}, "malformed")
    order = text_input("a", min_length=5, max_length=2)
    yield Case("min_length above max_length", "modal", modal(order), "malformed")
    decimal = text_input("a", type="number_input", is_decimal_allowed=True, min_value=3)
    yield Case("a number where Slack wants it in a string", "modal", modal(decimal), "malformed")


def _boxed(block: Json) -> Json:
    return {"type": "container", "title": plain("Box"), "child_blocks": [block]}


def _preformatted(piece: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [piece]}]}


def _without(payload: Json, key: str) -> Json:
    return {name: deepcopy(value) for name, value in payload.items() if name != key}
