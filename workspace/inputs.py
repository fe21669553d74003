"""What somebody has filled in: Slack's ``state.values``, made from blocks and from what was chosen since."""

from collections.abc import Iterator
from typing import Any

from workspace.wire import Json

# type of element -> (key of its value in the state, key of its initial value in the block)
STATE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, interactive element) in order, wherever a block keeps its elements."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        inside += block.get("actions") or []
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        for nested in (block.get("child_blocks"), block.get("elements") if block["type"] == "carousel" else None):
            if nested:
                yield from elements(nested)


def find_element(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """The first element with this action id, in the named block if one is named."""
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block.get("block_id")):
            return block, element
    return None


def initial_values(blocks: list[Json], *, current: str | None = None) -> Json:
    """The state that these blocks start in; every input appears, filled in or not.

    ``current`` is the conversation that somebody looks at: some selects begin with it.
    """
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] not in STATE_KEYS:
            continue
        key, initial = STATE_KEYS[element["type"]]
        empty: Any = [] if key in ("selected_options", "selected_users", "files") or key.endswith("s") else None
        begun: Any = element.get(initial, empty)
        if current is not None and element.get("default_to_current_conversation"):
            begun = current if empty is None else [current]
        value = {"type": element["type"], key: begun}
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def carried_over(blocks: list[Json], chosen: Json, *, current: str | None = None) -> Json:
    """Initial values, overlaid with what was chosen wherever block, action and type are still the same."""
    values = initial_values(blocks, current=current)
    for block_id, actions in chosen.items():
        for action_id, value in actions.items():
            here = values.get(block_id, {}).get(action_id)
            if here is not None and here["type"] == value.get("type", here["type"]):
                values[block_id][action_id] = {**value, "type": here["type"]}
    return values


def full_value(element: Json, given: Any) -> Json:
    """A state value from Slack's own shape or from a plain one: text, an option's value, a list of them, an id."""
    kind = element["type"]
    key = STATE_KEYS[kind][0]
    if isinstance(given, dict) and (key in given or "type" in given):
        given = given.get(key)
    if key == "selected_option" and given is not None:
        return {"type": kind, key: option_of(element, given)}
    if key == "selected_options":
        return {"type": kind, key: [option_of(element, one) for one in given or []]}
    if key == "value":
        return {"type": kind, key: None if given in (None, "") else str(given)}
    return {"type": kind, key: given}


def option_of(element: Json, value: Any) -> Json:
    """The option with this value. A choice that is not offered is a mistake of whoever chooses."""
    wanted = value["value"] if isinstance(value, dict) else str(value)
    groups = element.get("option_groups") or []
    offered = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
    for option in offered:
        if option.get("value") == wanted:
            return dict(option)
    if element["type"].endswith("external_select") and isinstance(value, dict):
        return value
    raise LookupError(f"{element['action_id']} offers no {wanted!r}")


def is_empty(value: Json) -> bool:
    return not any(inside for key, inside in value.items() if key != "type")
