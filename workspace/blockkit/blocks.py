"""Layout blocks: one rule each, the surfaces that refuse them, and what holds for a whole message or view."""

from types import MappingProxyType
from typing import Any

from workspace.blockkit.elements import (
    ELEMENTS,
    IMAGE_ELEMENT,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from workspace.blockkit.objects import SLACK_FILE
from workspace.blockkit.richtext import rich_text_parts
from workspace.blockkit.rules import (
    Findings,
    any_of,
    boolean,
    integer,
    items,
    listed,
    number,
    one_of,
    only_one_of,
    shape,
    string,
    tagged,
    text,
    url,
)

MARKDOWN_LIMIT = 12_000
NOT_IN = MappingProxyType(
    {
        "message": frozenset({"file_input"}),
        "modal": frozenset(
            {"markdown", "table", "context_actions", "carousel", "plan", "task_card", "data_visualization", "file"}
        ),
        "home": frozenset({"alert", "context_actions", "markdown", "plan", "task_card", "file"}),
    }
)
_ID = {"block_id": string(255, 1)}
_RICH_TEXT = shape({"elements": rich_text_parts}, _ID)
_ONLY_RICH_TEXT = tagged({"rich_text": _RICH_TEXT})


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
        found.note("only one table block allowed", path)


def _even_table(value: Any, path: str, found: Findings) -> None:
    """A data table has as many cells in each row, and nothing but plain cells in its head."""
    rows = [row for row in listed(value.get("rows")) if isinstance(row, list)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            found.note("all rows must have the same number of cells", f"{path}/rows/{index}")
    for index, cell in enumerate(rows[0] if rows else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            found.note("unsupported type: rich_text (the first row is a header)", f"{path}/rows/0/{index}/type")


def _no_dispatch_for_files(value: Any, path: str, found: Findings) -> None:
    element = value.get("element")
    if isinstance(element, dict) and element.get("type") == "file_input" and found.surface != "modal":
        found.note("unsupported type: file_input", f"{path}/element/type")


_CELL = tagged(
    {
        "raw_text": shape({"text": string(3000)}, {}),
        "raw_number": shape({"value": number, "text": string(3000)}, {}),
        "rich_text": _RICH_TEXT,
    }
)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_TASK = shape(
    {
        "task_id": string(255, 1),
        "title": string(3000, 1),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {**_ID, "details": _ONLY_RICH_TEXT, "output": _ONLY_RICH_TEXT, "sources": items(ELEMENTS["url"], 100, 0)},
)
_CARD = shape(
    {},
    {
        **_ID,
        "hero_image": tagged({"image": IMAGE_ELEMENT}),
        "icon": tagged({"image": IMAGE_ELEMENT}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(tagged(ELEMENTS, {"button"}), 3),
    },
    any_of("hero_image", "title", "actions", "body"),
)


IN_CONTAINER = frozenset(
    {"actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"}
)


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
        ),
        "header": shape({"text": text(150, plain=True)}, _ID),
        "divider": shape({}, _ID),
        "image": shape(
            {"alt_text": string(2000, 1)},
            {**_ID, "image_url": url(), "slack_file": SLACK_FILE, "title": text(2000, plain=True)},
            only_one_of("image_url", "slack_file"),
        ),
        "context": shape({"elements": items(tagged(ELEMENTS, IN_CONTEXT), 10)}, _ID),
        "actions": shape({"elements": items(tagged(ELEMENTS, IN_ACTIONS), 25)}, _ID, _unique_action_ids),
        "context_actions": shape({"elements": items(tagged(ELEMENTS, IN_CONTEXT_ACTIONS), 5)}, _ID, _unique_action_ids),
        "input": shape(
            {"label": text(2000, plain=True), "element": tagged(ELEMENTS, IN_INPUT)},
            {**_ID, "hint": text(2000, plain=True), "optional": boolean, "dispatch_action": boolean},
            _no_dispatch_for_files,
        ),
        "rich_text": _RICH_TEXT,
        "markdown": shape({"text": string(MARKDOWN_LIMIT, 1)}, _ID, _markdown_sum),
        "table": shape(
            {"rows": items(items(_CELL, 20), 100)}, {**_ID, "column_settings": items(_COLUMN, 20, 0)}, _only_table
        ),
        "data_table": shape(
            {"rows": items(items(_CELL, 20), 201, 2), "caption": string(3000, 1)},
            {**_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
            _even_table,
        ),
        "video": shape(
            {"alt_text": string(2000, 1), "title": text(199, plain=True), "thumbnail_url": url(), "video_url": url()},
            {
                **_ID,
                "author_name": string(49),
                "description": text(200, plain=True),
                "provider_icon_url": url(),
                "provider_name": string(255),
                "title_url": url(),
            },
        ),
        "file": shape({"external_id": string(255, 1), "source": one_of("remote")}, _ID),
        "call": shape({"call_id": string(255, 1)}, {**_ID, "api_decoration_available": boolean}),
        "alert": shape({"text": text(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")}),
        "task_card": _TASK,
        "plan": shape({"title": string(3000, 1)}, {**_ID, "tasks": items(tagged({"task_card": _TASK}), 50, 0)}),
        "card": _CARD,
        "carousel": shape({"elements": items(tagged({"card": _CARD}), 10)}, _ID),
        "container": shape(
            {"child_blocks": items(_child, 10)},
            {
                **_ID,
                "title": text(150, plain=True),
                "rich_text_title": _ONLY_RICH_TEXT,
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
