"""The blocks and elements that the product uses, as data: which keys they take and what each must be.

Shapes are built from rules, so a new element is a few lines here and nothing elsewhere.
"""

from collections.abc import Mapping
from typing import Any

from blocks.limits import numbers as n
from blocks.limits.rules import Rule, any_text, boolean, fail, integer, many, one_of, plain, shape, string, typed

_ID = string(n.ID)
_URL = string(n.URL)
CONFIRM = shape(
    {
        "title": plain(n.CONFIRM_TITLE),
        "text": any_text(n.CONFIRM_TEXT),
        "confirm": plain(n.CONFIRM_BUTTON),
        "deny": plain(n.CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)
_OPTION = shape(
    {"text": any_text(n.OPTION_TEXT), "value": string(n.OPTION_VALUE)}, {"description": any_text(n.OPTION_TEXT)}
)


def _element(
    kind: str, required: Mapping[str, Rule] | None = None, optional: Mapping[str, Rule] | None = None
) -> tuple[str, Rule]:
    common = {"type": one_of(kind), "action_id": _ID, **(required or {})}
    return kind, shape(common, {"focus_on_load": boolean, "confirm": CONFIRM, **(optional or {})})


def _choice(kind: str, optional: Mapping[str, Rule]) -> tuple[str, Rule]:
    return _element(kind, {"options": many(_OPTION, n.OPTIONS[kind])}, optional)


_FEEDBACK_BUTTON = shape(
    {"text": plain(n.BUTTON_TEXT), "value": string(n.BUTTON_VALUE)},
    {"accessibility_label": string(n.BUTTON_TEXT)},
)
_TEXT_INPUT = {
    "initial_value": string(n.INPUT_TEXT),
    "multiline": boolean,
    "min_length": integer(0, n.INPUT_TEXT),
    "max_length": integer(1, n.INPUT_TEXT),
    "placeholder": plain(n.PLACEHOLDER),
}
BUTTON = {
    "button": shape(
        {"type": one_of("button"), "text": plain(n.BUTTON_TEXT), "action_id": _ID},
        {
            "value": string(n.BUTTON_VALUE),
            "url": _URL,
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(n.BUTTON_TEXT),
        },
    )
}
CHOICES = dict(
    [
        _choice("static_select", {"initial_option": _OPTION, "placeholder": plain(n.PLACEHOLDER)}),
        _choice("radio_buttons", {"initial_option": _OPTION}),
        _choice("checkboxes", {"initial_options": many(_OPTION, n.OPTIONS["checkboxes"])}),
        _element("timepicker", None, {"initial_time": string(n.CLOCK), "placeholder": plain(n.PLACEHOLDER)}),
        _element("datetimepicker", None, {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    ]
)
_NUMBER_INPUT = {
    "initial_value": string(n.INPUT_TEXT),
    "min_value": string(n.INPUT_TEXT),
    "max_value": string(n.INPUT_TEXT),
    "placeholder": plain(n.PLACEHOLDER),
}
INPUTS = {
    **CHOICES,
    **dict(
        [
            _element("plain_text_input", None, _TEXT_INPUT),
            _element("number_input", {"is_decimal_allowed": boolean}, _NUMBER_INPUT),
        ]
    ),
}
FEEDBACK = dict(
    [_element("feedback_buttons", {"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON})]
)

_STYLE = {"style": shape({}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean})}
_RUNS = {
    "text": shape({"type": one_of("text"), "text": string(n.RICH_TEXT)}, _STYLE),
    "user": shape({"type": one_of("user"), "user_id": string(n.ID)}, _STYLE),
}
_RICH_LINES = many(typed(_RUNS, "run"), n.RICH_ELEMENTS)
_RICH_SECTION = shape({"type": one_of("rich_text_section"), "elements": _RICH_LINES})
_RICH_PARTS = {
    "rich_text_section": _RICH_SECTION,
    "rich_text_quote": shape({"type": one_of("rich_text_quote"), "elements": _RICH_LINES}),
    "rich_text_list": shape(
        {
            "type": one_of("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": many(_RICH_SECTION, n.RICH_ELEMENTS),
        },
        {"indent": integer(0, 8)},
    ),
}


def block(kind: str, required: Mapping[str, Rule] | None = None, optional: Mapping[str, Rule] | None = None) -> Rule:
    return shape({"type": one_of(kind), **(required or {})}, {"block_id": _ID, **(optional or {})})


def section(value: Any, path: str) -> None:
    fields = many(any_text(n.FIELD_TEXT), n.SECTION_FIELDS)
    accessory = typed({**BUTTON, **CHOICES}, "accessory")
    block(
        "section", None, {"text": any_text(n.SECTION_TEXT), "fields": fields, "accessory": accessory, "expand": boolean}
    )(value, path)
    if "text" not in value and "fields" not in value:
        fail(path, "needs text or fields")


BLOCKS: dict[str, Rule] = {
    "header": block("header", {"text": plain(n.HEADER_TEXT)}),
    "divider": block("divider"),
    "section": section,
    "context": block("context", {"elements": many(any_text(n.TEXT), n.CONTEXT_ELEMENTS)}),
    "rich_text": block("rich_text", {"elements": many(typed(_RICH_PARTS, "rich text"), n.RICH_ELEMENTS)}),
    "actions": block("actions", {"elements": many(typed({**BUTTON, **CHOICES}, "element"), n.ACTIONS_ELEMENTS)}),
    "context_actions": block(
        "context_actions", {"elements": many(typed(FEEDBACK, "element"), n.CONTEXT_ACTIONS_ELEMENTS)}
    ),
    "input": block(
        "input",
        {"label": plain(n.INPUT_LABEL), "element": typed(INPUTS, "element")},
        {"hint": plain(n.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
    ),
}
