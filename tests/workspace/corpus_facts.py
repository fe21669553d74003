"""Payloads that one fact alone makes right or wrong: sums, dates, addresses, and where a flag may stand."""

from collections.abc import Iterator
from typing import Any

from tests.workspace.blocks import actions, modal, plain, text_input
from tests.workspace.corpus import RICH, TABLE, TASK, VIDEO, Case, Json, mrkdwn, section

ASKING_BACK: Json = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
ICON: Json = {"type": "icon", "name": "rocket"}
PIE: Json = {"type": "pie", "segments": [{"label": "Won", "value": 3}, {"label": "Lost", "value": 1.5}]}


def series(*labels: str, name: str = "Calls") -> Json:
    return {"name": name, "data": [{"label": label, "value": -1.5} for label in labels]}


def chart(kind: str = "bar", *lines: Json, categories: tuple[str, ...] = ("Mon", "Tue")) -> Json:
    axis = {"categories": list(categories), "x_label": "Day", "y_label": "Calls"}
    return {"type": kind, "series": list(lines or (series("Mon", "Tue"),)), "axis_config": axis}


def drawn(inside: Json, **parts: Any) -> Json:
    return {"type": "data_visualization", "title": "Calls", "chart": inside, **parts}


def facts() -> Iterator[Case]:
    yield from _messages()
    yield from _charts()
    yield from _modals()


def _messages() -> Iterator[Case]:
    pick = {"type": "datepicker", "action_id": "a"}
    empty_filter = {"type": "conversations_select", "action_id": "c", "filter": {}}
    for name, block in {
        "table that leaves a column's settings open": {**TABLE, "column_settings": [None, {"align": "right"}]},
        "task card without a state": {"type": "task_card", "task_id": "t", "title": "Reading"},
        "plan whose tasks name no type": {"type": "plan", "title": "P", "tasks": [{"task_id": "t", "title": "Read"}]},
        "card with an icon of Slack's": {"type": "card", "title": mrkdwn("Launch"), "slack_icon": ICON},
        "a workflow with a parameter": actions(_workflow({"name": "who", "value": "Ann"})),
        "an empty cell in a table": {"type": "table", "rows": [[_EMPTY]]},
        "header of a level": {"type": "header", "text": plain("x"), "level": 2},
    }.items():
        yield Case(name, "message", [block])
    for name, block in {
        "the thirtieth of February": actions({**pick, "initial_date": "2026-02-30"}),
        "a filter of conversations that filters nothing": actions(empty_filter),
        "response_url_enabled in actions": actions(ASKING_BACK),
        "response_url_enabled beside a section": section(accessory=ASKING_BACK),
        "response_url_enabled in a message's input": {"type": "input", "label": plain("L"), "element": ASKING_BACK},
        "a video from an open address": {**VIDEO, "video_url": "http://example.com/v"},
        "a video's title to an open address": {**VIDEO, "title_url": "http://example.com/v"},
        "a color that is none": _coloured("reddish"),
        "a plan's task of another type": {"type": "plan", "title": "P", "tasks": [{**TASK, "type": "section"}]},
        "an icon that Slack does not have": {"type": "card", "title": mrkdwn("x"), "slack_icon": {**ICON, "name": "x"}},
        "header of level five": {"type": "header", "text": plain("x"), "level": 5},
        "a workflow's parameter without a value": actions(_workflow({"name": "who"})),
        "an empty cell in a data table": {"type": "data_table", "caption": "c", "rows": [[_EMPTY], [_EMPTY]]},
        "two icons on a card": {"type": "card", "title": mrkdwn("x"), "slack_icon": ICON, "icon": _IMAGE},
    }.items():
        yield Case(name, "message", [block], "malformed")
    yield Case("table in a home", "home", {"type": "home", "blocks": [TABLE]}, "misplaced")
    yield Case("alert in a message", "message", [{"type": "alert", "text": plain("Careful")}], "misplaced")


_EMPTY: Json = {"type": "raw_text", "text": ""}
_IMAGE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}


def _charts() -> Iterator[Case]:
    for name, inside in {"pie": PIE, **{kind: chart(kind) for kind in ("bar", "area", "line")}}.items():
        yield Case(f"chart: {name}", "message", [drawn(inside)])
    yield Case("chart in a home", "home", {"type": "home", "blocks": [drawn(PIE)]})
    for name, inside in {
        "of no known kind": {**PIE, "type": "donut"},
        "without slices": {"type": "pie"},
        "with a slice of nothing": {"type": "pie", "segments": [{"label": "Won", "value": 0}]},
        "without axes": {"type": "bar", "series": [series("Mon")]},
        "with a point outside its categories": chart("line", series("Mon", "Wed")),
        "with a category left out": chart("area", series("Mon")),
        "with a category given twice": chart("bar", series("Mon", "Tue", "Tue")),
        "with two series of one name": chart("bar", series("Mon", "Tue"), series("Mon", "Tue")),
    }.items():
        yield Case(f"chart {name}", "message", [drawn(inside)], "malformed")
    yield Case("chart in a modal", "modal", modal(drawn(PIE)), "misplaced")


def _modals() -> Iterator[Case]:
    yield Case("modal that cannot be sent yet", "modal", modal(text_input("a"), submit_disabled=True))
    yield Case("number input within its bounds", "modal", modal(_number(min_value="1", max_value="3")))
    for name, view in {
        "submit_disabled that is a string": modal(text_input("a"), submit_disabled="yes"),
        "min_value above max_value": modal(_number(min_value="10", max_value="9")),
        "a fraction where none is allowed": modal(_number(initial_value="1.5")),
        "dispatch_action of a file input": modal({**text_input("f", type="file_input"), "dispatch_action": True}),
        "an initial rich text that is none": modal(text_input("r", type="rich_text_input", initial_value=section())),
    }.items():
        yield Case(name, "modal", view, "malformed")
    yield Case("initial rich text", "modal", modal(text_input("r", type="rich_text_input", initial_value=RICH)))


def _workflow(parameter: Json) -> Json:
    trigger = {"url": "https://slack.com/shortcuts/Ft1/x", "customizable_input_parameters": [parameter]}
    return {"type": "workflow_button", "action_id": "w", "text": plain("Run"), "workflow": {"trigger": trigger}}


def _number(**parts: Any) -> Json:
    return text_input("n", type="number_input", is_decimal_allowed=False, **parts)


def _coloured(value: str) -> Json:
    inside = {"type": "rich_text_section", "elements": [{"type": "color", "value": value}]}
    return {"type": "rich_text", "elements": [inside]}
