"""Block elements: one rule each, and where each may stand."""

import re
from types import MappingProxyType
from typing import Any

from workspace.blockkit.objects import (
    ACTION_ID,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUP,
    PLACEHOLDER,
    PLAIN_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    WORKFLOW,
    option,
    unique_options,
)
from workspace.blockkit.richtext import ONLY_RICH_TEXT
from workspace.blockkit.rules import (
    Findings,
    Rule,
    boolean,
    day,
    focus,
    integer,
    items,
    one_of,
    only_one_of,
    pattern,
    shape,
    string,
    text,
    url,
)

_ID = {"action_id": ACTION_ID}
_COMMON = {**_ID, "confirm": CONFIRM, "focus_on_load": focus}
_TYPED = {**_ID, "placeholder": PLACEHOLDER, "focus_on_load": focus, "dispatch_action_config": DISPATCH}
_SELECT = {**_COMMON, "placeholder": PLACEHOLDER}
_MULTI = {**_SELECT, "max_selected_items": integer(1, 100)}
_IDS = items(string(255, 1), 100, 0)
_TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")
_DECIMAL = r"-?\d+(\.\d+)?"
_NUMBER = pattern(_DECIMAL, "a number in a string")
_NUMBERS = ("initial_value", "min_value", "max_value")
_OPTIONS = {"options": items(PLAIN_OPTION, 100), "option_groups": items(GROUP, 100)}
_CONVERSATIONS = {"default_to_current_conversation": boolean, "filter": FILTER}

IMAGE_ELEMENT = shape(
    {"alt_text": string(2000, 1)},
    {"image_url": url(), "slack_file": SLACK_FILE},
    only_one_of("image_url", "slack_file"),
)


def _length_order(value: Any, path: str, found: Findings) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        found.note("min_length must not be more than max_length", path)


def _numbers_agree(value: Any, path: str, found: Findings) -> None:
    """``min_value`` is at most ``max_value``, and nothing has a fraction where none is allowed."""
    given = {key: one for key in _NUMBERS if isinstance(one := value.get(key), str) and re.fullmatch(_DECIMAL, one)}
    if {"min_value", "max_value"} <= given.keys() and float(given["min_value"]) > float(given["max_value"]):
        found.note("min_value cannot be greater than max_value", path)
    for key, one in given.items():
        if value.get("is_decimal_allowed") is False and not float(one).is_integer():
            found.note("must be an integer when is_decimal_allowed is false", f"{path}/{key}")


def _select(extra: dict[str, Rule], *more: Rule, required: dict[str, Rule] | None = None) -> Rule:
    return shape(required or {}, {**_SELECT, **extra}, *more)


def _multi(extra: dict[str, Rule], *more: Rule) -> Rule:
    return shape({}, {**_MULTI, **extra}, *more)


_FEEDBACK = shape({"text": text(75, plain=True), "value": string(2000, 1)}, {"accessibility_label": string(75)})

ELEMENTS = MappingProxyType(
    {
        "button": shape(
            {"text": text(75, plain=True)},
            {
                **_ID,
                "value": string(2000),
                "url": url(),
                "style": STYLE,
                "confirm": CONFIRM,
                "accessibility_label": string(75),
            },
        ),
        "workflow_button": shape(
            {"text": text(75, plain=True), "workflow": WORKFLOW},
            {**_ID, "style": STYLE, "accessibility_label": string(75)},
        ),
        "checkboxes": shape(
            {"options": items(RICH_OPTION, 10)}, {**_COMMON, "initial_options": items(RICH_OPTION, 10)}, unique_options
        ),
        "radio_buttons": shape(
            {"options": items(RICH_OPTION, 10)}, {**_COMMON, "initial_option": RICH_OPTION}, unique_options
        ),
        "overflow": shape({"options": items(option(plain=True, with_url=True), 5)}, {**_ID, "confirm": CONFIRM}),
        "datepicker": shape({}, {**_SELECT, "initial_date": day}),
        "timepicker": shape({}, {**_SELECT, "initial_time": _TIME, "timezone": string(255, 1)}),
        "datetimepicker": shape({}, {**_COMMON, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
        "static_select": _select(
            {**_OPTIONS, "initial_option": PLAIN_OPTION}, only_one_of("options", "option_groups"), unique_options
        ),
        "external_select": _select({"initial_option": PLAIN_OPTION, "min_query_length": integer(0, 255)}),
        "users_select": _select({"initial_user": string(255, 1)}),
        "conversations_select": _select(
            {**_CONVERSATIONS, "initial_conversation": string(255, 1), "response_url_enabled": boolean}
        ),
        "channels_select": _select({"initial_channel": string(255, 1), "response_url_enabled": boolean}),
        "multi_static_select": _multi(
            {**_OPTIONS, "initial_options": items(PLAIN_OPTION, 100)},
            only_one_of("options", "option_groups"),
            unique_options,
        ),
        "multi_external_select": _multi(
            {"initial_options": items(PLAIN_OPTION, 100), "min_query_length": integer(0, 255)}
        ),
        "multi_users_select": _multi({"initial_users": _IDS}),
        "multi_conversations_select": _multi({**_CONVERSATIONS, "initial_conversations": _IDS}),
        "multi_channels_select": _multi({"initial_channels": _IDS}),
        "plain_text_input": shape(
            {},
            {
                **_TYPED,
                "initial_value": string(3000),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
            _length_order,
        ),
        "number_input": shape(
            {"is_decimal_allowed": boolean},
            {**_TYPED, **dict.fromkeys(_NUMBERS, _NUMBER)},
            _numbers_agree,
        ),
        "email_text_input": shape({}, {**_TYPED, "initial_value": string(3000)}),
        "url_text_input": shape({}, {**_TYPED, "initial_value": string(3000)}),
        "rich_text_input": shape(
            {}, {**_TYPED, "initial_value": ONLY_RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)}
        ),
        "file_input": shape({}, {**_ID, "filetypes": items(string(255, 1), 100), "max_files": integer(1, 10)}),
        "feedback_buttons": shape({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ID),
        "icon_button": shape(
            {"icon": one_of("trash"), "text": text(75, plain=True)},
            {
                **_ID,
                "value": string(2000),
                "confirm": CONFIRM,
                "accessibility_label": string(75),
                "visible_to_user_ids": items(string(255, 1), 10),
            },
        ),
        "image": IMAGE_ELEMENT,
        "plain_text": text(3000, plain=True),
        "mrkdwn": text(3000),
        "url": shape({"url": url(), "text": string(3000, 1)}, {}),
    }
)

SELECTS = frozenset({"static_select", "external_select", "users_select", "conversations_select", "channels_select"})
MULTI_SELECTS = frozenset(f"multi_{kind}" for kind in SELECTS)
CHOICES = frozenset({"checkboxes", "radio_buttons"})
IN_SECTION = SELECTS | MULTI_SELECTS | CHOICES | {
    "button", "workflow_button", "image", "overflow", "datepicker", "timepicker"
}  # fmt: skip
IN_ACTIONS = SELECTS | MULTI_SELECTS | CHOICES | {
    "button", "workflow_button", "overflow", "datepicker", "timepicker", "datetimepicker", "rich_text_input"
}  # fmt: skip
IN_INPUT = SELECTS | MULTI_SELECTS | CHOICES | {
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input",
    "datepicker", "timepicker", "datetimepicker",
}  # fmt: skip
IN_CONTEXT = frozenset({"image", "plain_text", "mrkdwn"})
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})
NO_ACTION_ID = frozenset({"image", "plain_text", "mrkdwn", "url"})
