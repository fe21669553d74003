"""Slack's limits. From docs.slack.dev and ``slack_sdk.models``; lengths in characters, counts in items."""

from enum import StrEnum


class Surface(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


BLOCKS = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}

# Undocumented: chat.postMessage answers msg_blocks_too_long from about 12,000 characters of blocks, containers
# counted. We hold the compact JSON of all blocks below it, which is the strictest reading.
MESSAGE_JSON = 12_000
VIEW_JSON = 250_000

MESSAGE_TEXT = 4_000
SECTION_TEXT = 3_000
RICH_TEXT = 8_000  # of one run; not documented, ours are far shorter
RICH_ELEMENTS = 300
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
TEXT = 3_000
RICH_TEXT = 8_000  # of one run; not documented, ours are far shorter
RICH_ELEMENTS = 300
ALT_TEXT = 2_000
URL = 3_000

ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = {"static_select": 100, "checkboxes": 10, "radio_buttons": 10, "overflow": 5}
CLOCK = 5  # HH:MM
PLACEHOLDER = 150
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
INPUT_TEXT = 3_000
RICH_TEXT = 8_000  # of one run; not documented, ours are far shorter
RICH_ELEMENTS = 300
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3_000
