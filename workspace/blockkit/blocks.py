"""Layout blocks: one rule each, the surfaces that refuse them, and what holds for a whole message or view."""

from types import MappingProxyType
from typing import Any

from workspace.blockkit.charts import CHART, few_charts
from workspace.blockkit.elements import (
    ELEMENTS,
    IMAGE_ELEMENT,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from workspace.blockkit.objects import SLACK_FILE, SLACK_ICON
from workspace.blockkit.richtext import ONLY_RICH_TEXT, RICH_TEXT
from workspace.blockkit.rules import (
    Findings,
    Rule,
    any_of,
    at_most_one_of,
    boolean,
    integer,
    items,
    listed,
    number,
    one_of,
    only_one_of,
    or_null,
    shape,
    string,
    tagged,
    text,
    url,
)

MARKDOWN_LIMIT = 12_000
TABLE_LIMIT, DATA_TABLE_LIMIT = 10_000, 20_000  # characters in all cells
ONLY_ONE_TABLE = "only_one_table_allowed"
NOT_IN = MappingProxyType(
    {
        "message": frozenset({"file_input", "alert"}),
        "modal": frozenset(
            {"markdown", "table", "context_actions", "carousel", "plan", "task_card", "data_visualization", "file"}
        ),
        "home": frozenset({"alert", "context_actions", "markdown", "table", "plan", "task_card", "file"}),
    }
)
_ID = {"block_id": string(255, 1)}


def _unique_action_ids(value: Any, path: str, found: Findings) -> None:
    seen: set[str] = set()
    for index, element in enumerate(listed(value.get("elements"))):
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if not isinstance(action_id, str):
            continue
        if action_id in seen:
            found.note(f"duplicate action_id: {action_id}", f"{path}/elements/{index}/action_id")
        seen.add(action_id)


def _markdown_sum(value: Any, path: str, found: Findings) -> None:
    found.markdown_length += len(value.get("text") or "") if isinstance(value.get("text"), str) else 0
    if found.markdown_length > MARKDOWN_LIMIT:
        found.note(f"markdown text must be less than {MARKDOWN_LIMIT + 1} characters in all", path)


def _only_table(value: Any, path: str, found: Findings) -> None:  # noqa: ARG001 - a rule looks at a value
    found.tables += 1
    if found.tables > 1:
        found.note(ONLY_ONE_TABLE, path)


def _cells_sum(most: int) -> Rule:
    """All that the cells say, together."""

    def rule(value: Any, path: str, found: Findings) -> None:
        cells = [cell for row in listed(value.get("rows")) for cell in listed(row)]
        if _length(cells) > most:
            found.note(f"must be less than {most + 1} characters in all cells", f"{path}/rows")

    return rule


def _length(said: Any) -> int:
    """Of a cell's text, wherever in it that is."""
    if isinstance(said, list):
        return sum(map(_length, said))
    if not isinstance(said, dict):
        return 0
    own = said.get("text")
    return (len(own) if isinstance(own, str) else 0) + _length(said.get("elements"))


def _even_table(value: Any, path: str, found: Findings) -> None:
    """A data table has as many cells in each row, and nothing but plain cells in its head."""
    rows = [row for row in listed(value.get("rows")) if isinstance(row, list)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            found.note("all rows must have the same number of cells", f"{path}/rows/{index}")
    for index, cell in enumerate(rows[0] if rows else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            found.note("unsupported type: rich_text (the first row is a header)", f"{path}/rows/0/{index}/type")


def _files_only_in_modals(value: Any, path: str, found: Findings) -> None:
    element = value.get("element")
    if not isinstance(element, dict) or element.get("type") != "file_input":
        return
    if found.surface != "modal":
        found.note("unsupported type: file_input", f"{path}/element/type")
    if value.get("dispatch_action") is True:
        found.note("must be false for a file_input", f"{path}/dispatch_action")


def _no_response_url(value: Any, path: str, found: Findings) -> None:
    """Only a menu in an input of a modal may ask for a ``response_url``."""
    inside = {"accessory": value.get("accessory")}
    inside |= {f"elements/{index}": one for index, one in enumerate(listed(value.get("elements")))}
    if found.surface != "modal":
        inside["element"] = value.get("element")
    for place, element in inside.items():
        if isinstance(element, dict) and element.get("response_url_enabled") is True:
            found.note("only works in input blocks in modals", f"{path}/{place}/response_url_enabled")


def _cell(least: int) -> Rule:
    raw = string(DATA_TABLE_LIMIT, least)
    number_said = shape({"value": number, "text": raw}, {})
    return tagged({"raw_text": shape({"text": raw}, {}), "raw_number": number_said, "rich_text": RICH_TEXT})


_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_TASK = shape(
    {
        "task_id": string(255, 1),
        "title": string(3000, 1),
    },
    {
        **_ID,
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": ONLY_RICH_TEXT,
        "output": ONLY_RICH_TEXT,
        "sources": items(ELEMENTS["url"], 100, 0),
    },
)
_CARD = shape(
    {},
    {
        **_ID,
        "hero_image": tagged({"image": IMAGE_ELEMENT}),
        "icon": tagged({"image": IMAGE_ELEMENT}),
        "slack_icon": tagged({"icon": SLACK_ICON}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(tagged(ELEMENTS, {"button"}), 3),
    },
    any_of("hero_image", "title", "actions", "body"),
    at_most_one_of("icon", "slack_icon"),
)


IN_CONTAINER = frozenset(
    {"actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"}
)


def _task(value: Any, path: str, found: Findings) -> None:
    """In a plan a task need not say that it is one."""
    _TASK(value, path, found)
    if isinstance(value, dict) and value.get("type", "task_card") != "task_card":
        found.note(f"unsupported type: {value['type']}", f"{path}/type")


def _child(value: Any, path: str, found: Findings) -> None:
    tagged(BLOCKS, IN_CONTAINER)(value, path, found)


BLOCKS = MappingProxyType(
    {
        "section": shape(
            {},
            {
                **_ID,
                "text": text(3000),
                "fields": items(text(2000), 10),
                "accessory": tagged(ELEMENTS, IN_SECTION),
                "expand": boolean,
            },
            any_of("text", "fields"),
            _no_response_url,
        ),
        "header": shape({"text": text(150, plain=True)}, {**_ID, "level": integer(1, 4)}),
        "divider": shape({}, _ID),
        "image": shape(
            {"alt_text": string(2000, 1)},
            {**_ID, "image_url": url(), "slack_file": SLACK_FILE, "title": text(2000, plain=True)},
            only_one_of("image_url", "slack_file"),
        ),
        "context": shape({"elements": items(tagged(ELEMENTS, IN_CONTEXT), 10)}, _ID),
        "actions": shape(
            {"elements": items(tagged(ELEMENTS, IN_ACTIONS), 25)}, _ID, _unique_action_ids, _no_response_url
        ),
        "context_actions": shape({"elements": items(tagged(ELEMENTS, IN_CONTEXT_ACTIONS), 5)}, _ID, _unique_action_ids),
        "input": shape(
            {"label": text(2000, plain=True), "element": tagged(ELEMENTS, IN_INPUT)},
            {**_ID, "hint": text(2000, plain=True), "optional": boolean, "dispatch_action": boolean},
            _files_only_in_modals,
            _no_response_url,
        ),
        "rich_text": RICH_TEXT,
        "markdown": shape({"text": string(MARKDOWN_LIMIT, 1)}, _ID, _markdown_sum),
        "table": shape(
            {"rows": items(items(_cell(0), 20), 100)},
            {**_ID, "column_settings": items(or_null(_COLUMN), 20, 0)},
            _only_table,
            _cells_sum(TABLE_LIMIT),
        ),
        "data_table": shape(
            {"rows": items(items(_cell(1), 20), 201, 2), "caption": string(3000, 1)},
            {**_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
            _even_table,
            _cells_sum(DATA_TABLE_LIMIT),
        ),
        "data_visualization": shape({"title": string(50, 1), "chart": CHART}, _ID, few_charts),
        "video": shape(
            {
                "alt_text": string(2000, 1),
                "title": text(199, plain=True),
                "thumbnail_url": url(),
                "video_url": url(secure=True),
            },
            {
                **_ID,
                "author_name": string(49),
                "description": text(199, plain=True),
                "provider_icon_url": url(),
                "provider_name": string(255),
                "title_url": url(secure=True),
            },
        ),
        "file": shape({"external_id": string(255, 1), "source": one_of("remote")}, _ID),
        "call": shape({"call_id": string(255, 1)}, {**_ID, "api_decoration_available": boolean}),
        "alert": shape({"text": text(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")}),
        "task_card": _TASK,
        "plan": shape({"title": string(3000, 1)}, {**_ID, "tasks": items(_task, 50, 0)}),
        "card": _CARD,
        "carousel": shape({"elements": items(tagged({"card": _CARD}), 10)}, _ID),
        "container": shape(
            {"child_blocks": items(_child, 10)},
            {
                **_ID,
                "title": text(150, plain=True),
                "rich_text_title": ONLY_RICH_TEXT,
                "subtitle": text(150),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": tagged({"image": IMAGE_ELEMENT}),
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            any_of("title", "rich_text_title"),
        ),
    }
)
