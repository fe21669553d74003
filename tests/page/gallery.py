"""One of everything that Block Kit lets a person press, choose or type into, for the page to draw."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(name: str, *, description: str | None = None) -> Json:
    known: Json = {"text": plain(name), "value": name.lower().replace(" ", "_")}
    return {**known, "description": plain(description)} if description else known


def button(name: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(name), "action_id": action_id, "value": f"{action_id}:v", **more}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """An input block whose element's action_id is ``value``."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


COLORS = [option("Red"), option("Green"), option("Blue", description="Like the sky")]
SURE = {
    "title": plain("Really?"),
    "text": mrkdwn("This *cannot* be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Stop"),
}

CARD: list[Json] = [
    {"type": "header", "text": plain(":calendar: Halden Foods, discovery call")},
    {
        "type": "section",
        "text": mrkdwn(
            "Priya wants to replace their *spreadsheets* before the spring season.\n"
            "• Budget of _about_ €40k is approved\n"
            "• Decision with `finance` in <!date^1795600800^{date_short}|November>\n"
            "> Could you send the price list over by Friday?"
        ),
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Open the deal"), option("Hide this card")],
        },
    },
    {
        "type": "section",
        "fields": [mrkdwn("*Stage*\nQualified → Proposal"), mrkdwn("*Amount*\n€38,000 → €40,000")],
    },
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            button("Send now", "card_send", style="primary"),
            button("Edit", "card_edit"),
            button("Cancel", "card_cancel", style="danger", confirm=SURE),
            button("Quiet one", "card_silent"),
        ],
    },
    {
        "type": "context",
        "elements": [mrkdwn("Why did I get this? You recorded the meeting · spoke: <https://example.com|offline>")],
    },
]

CONTROLS: list[Json] = [
    {
        "type": "section",
        "text": mrkdwn("Pick a *colour*"),
        "accessory": {"type": "static_select", "action_id": "pick", "placeholder": plain("Colour"), "options": COLORS},
    },
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {"type": "radio_buttons", "action_id": "radio", "options": COLORS, "initial_option": COLORS[1]},
            {"type": "checkboxes", "action_id": "boxes", "options": COLORS},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
            {"type": "timepicker", "action_id": "time", "initial_time": "14:30"},
            {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")},
            {"type": "multi_static_select", "action_id": "many", "placeholder": plain("Several"), "options": COLORS},
        ],
    },
    {
        "type": "context_actions",
        "block_id": "feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "rate",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            },
            {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete")},
        ],
    },
    {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "Deal"}, {"type": "raw_text", "text": "Amount"}],
            [{"type": "raw_text", "text": "Halden Foods"}, {"type": "raw_text", "text": "€40,000"}],
        ],
        "column_settings": [{}, {"align": "right"}],
    },
    {
        "type": "markdown",
        "text": "## Notes\n1. **First** thing\n2. Second, see [docs](https://example.com)\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |",
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich ", "style": {"bold": True}},
                    {"type": "emoji", "name": "tada"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "let x = 1;"}]},
        ],
    },
]

HOSTILE: list[Json] = [
    {
        "type": "section",
        "text": mrkdwn(
            '<img src=x onerror=alert(1)> &lt;script&gt;alert(2)&lt;/script&gt; "quoted" '
            "<javascript:alert(3)|press me> "
            "*bold <!channel> _open " + "long" * 200
        ),
    },
    {"type": "section", "text": plain("</div><script>alert(4)</script>")},
]

INPUTS: Json = {
    "type": "modal",
    "callback_id": "inputs",
    "title": plain("Every input"),
    "submit": plain("Save"),
    "close": plain("Cancel"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "section",
            "text": mrkdwn("Fill in what you like."),
            "accessory": button("Push another", "modal_push"),
        },
        field("name", "Name", {"type": "plain_text_input", "placeholder": plain("Your name"), "max_length": 40}),
        field(
            "text",
            "Long text",
            {"type": "plain_text_input", "multiline": True, "initial_value": "Hello\nthere"},
            optional=True,
            hint=plain("As long as you like"),
        ),
        field("mail", "Address", {"type": "email_text_input"}, optional=True),
        field("count", "Count", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        field("site", "Site", {"type": "url_text_input"}, optional=True),
        field("colour", "Colour", {"type": "static_select", "options": COLORS}, optional=True),
        field("colours", "Colours", {"type": "multi_static_select", "options": COLORS}, optional=True),
        field("person", "Person", {"type": "users_select"}, optional=True),
        field("room", "Room", {"type": "conversations_select"}, optional=True),
        field("search", "From outside", {"type": "external_select", "min_query_length": 2}, optional=True),
        field("one", "One of", {"type": "radio_buttons", "options": COLORS}, optional=True),
        field("any", "Any of", {"type": "checkboxes", "options": COLORS}, optional=True),
        field("day", "Day", {"type": "datepicker"}, optional=True),
        field("time", "Time", {"type": "timepicker"}, optional=True),
        field("moment", "Moment", {"type": "datetimepicker"}, optional=True),
        field("file", "File", {"type": "file_input", "max_files": 2}, optional=True),
    ],
}


def small_modal(number: int) -> Json:
    """One view of a stack; its button pushes the next."""
    return {
        "type": "modal",
        "callback_id": "small",
        "title": plain(f"View {number}"),
        "blocks": [
            {
                "type": "section",
                "text": mrkdwn(f"This is view *{number}*."),
                "accessory": button("Push another", "modal_push"),
            }
        ],
        "private_metadata": str(number),
    }


HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your day")},
        {"type": "section", "text": mrkdwn("Two things wait for you."), "accessory": button("Look", "home_look")},
    ],
}
