"""Every length and count that Slack limits: one payload that just fits, and one that is one too long."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from tests.workspace.blocks import actions, button, modal, plain, select, text_input
from tests.workspace.corpus import FEEDBACK, IMAGE, TABLE, VIDEO, Case, Json, confirm, mrkdwn, option, section
from tests.workspace.corpus_facts import PIE, chart, drawn, series

Made = Callable[[int], Any]
URL = "https://example.com/"


def _x(length: int) -> str:
    return "x" * length


def _url(length: int) -> str:
    return URL + _x(length - len(URL))


def _card(**parts: Any) -> Json:
    return {"type": "card", "body": mrkdwn("One"), **parts}


def _cells(count: int) -> list[Json]:
    return [{"type": "raw_text", "text": "a"}] * count


def _options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def _menu(**parts: Any) -> Json:
    return actions({"type": "static_select", "action_id": "a", **parts})


def _box(**parts: Any) -> Json:
    return {"type": "container", "title": plain("Box"), "child_blocks": [section()], **parts}


IN_A_MESSAGE: Mapping[str, tuple[int, Made]] = MappingProxyType(
    {
        "blocks": (50, lambda n: [{"type": "divider"}] * n),
        "characters in a section": (3000, lambda n: [section(_x(n))]),
        "fields": (10, lambda n: [{"type": "section", "fields": [mrkdwn("x")] * n}]),
        "characters in a field": (2000, lambda n: [{"type": "section", "fields": [mrkdwn(_x(n))]}]),
        "characters in a header": (150, lambda n: [{"type": "header", "text": plain(_x(n))}]),
        "context elements": (10, lambda n: [{"type": "context", "elements": [mrkdwn("x")] * n}]),
        "characters in context": (3000, lambda n: [{"type": "context", "elements": [mrkdwn(_x(n))]}]),
        "actions": (25, lambda n: [actions(*(button(str(number)) for number in range(n)))]),
        "context actions": (
            5,
            lambda n: [
                {**FEEDBACK, "elements": [{**FEEDBACK["elements"][1], "action_id": str(one)} for one in range(n)]}
            ],
        ),
        "characters in an image's address": (3000, lambda n: [{**IMAGE, "image_url": _url(n)}]),
        "characters in an image's alt text": (2000, lambda n: [{**IMAGE, "alt_text": _x(n)}]),
        "characters in an image's title": (2000, lambda n: [{**IMAGE, "title": plain(_x(n))}]),
        "characters in markdown": (12_000, lambda n: [{"type": "markdown", "text": _x(n)}]),
        "characters in all markdown": (
            12_000,
            lambda n: [{"type": "markdown", "text": _x(6000)}, {"type": "markdown", "text": _x(n - 6000)}],
        ),
        "rows of a table": (100, lambda n: [{"type": "table", "rows": [_cells(1)] * n}]),
        "cells of a row": (20, lambda n: [{"type": "table", "rows": [_cells(n)]}]),
        "column settings": (20, lambda n: [{**TABLE, "column_settings": [{"align": "left"}] * n}]),
        "characters in a table's cells": (10_000, lambda n: [{"type": "table", "rows": _filled(n)}]),
        "characters in a data table's cells": (20_000, lambda n: [{**_data_table(), "rows": _filled(n)}]),
        "columns of a data table": (20, lambda n: [{"type": "data_table", "caption": "c", "rows": [_cells(n)] * 2}]),
        "rows of a data table": (201, lambda n: [{"type": "data_table", "caption": "c", "rows": [_cells(1)] * n}]),
        "rows on a page": (100, lambda n: [_data_table(page_size=n)]),
        "characters in a video's title": (199, lambda n: [{**VIDEO, "title": plain(_x(n))}]),
        "characters in a video's author": (49, lambda n: [{**VIDEO, "author_name": _x(n)}]),
        "characters in a video's description": (199, lambda n: [{**VIDEO, "description": plain(_x(n))}]),
        "characters in a block_id": (255, lambda n: [section(block_id=_x(n))]),
        "characters in an action_id": (255, lambda n: [actions(button(_x(n)))]),
        "characters on a button": (75, lambda n: [actions(button("a", text=plain(_x(n))))]),
        "characters in a button's value": (2000, lambda n: [actions(button("a", _x(n)))]),
        "characters in a button's address": (3000, lambda n: [actions(button("a", url=_url(n)))]),
        "characters in a button's label": (75, lambda n: [actions(button("a", accessibility_label=_x(n)))]),
        "characters in an option": (75, lambda n: [_menu(options=[option(text=_x(n))])]),
        "characters in an option's value": (150, lambda n: [_menu(options=[option(_x(n))])]),
        "characters in an option's description": (75, lambda n: [_menu(options=[option(description=plain(_x(n)))])]),
        "characters in an option's address": (
            3000,
            lambda n: [actions({"type": "overflow", "action_id": "a", "options": [option(url=_url(n))]})],
        ),
        "options": (100, lambda n: [_menu(options=_options(n))]),
        "groups of options": (
            100,
            lambda n: [
                _menu(option_groups=[{"label": plain(str(one)), "options": [option(str(one))]} for one in range(n)])
            ],
        ),
        "options in a group": (100, lambda n: [_menu(option_groups=[{"label": plain("G"), "options": _options(n)}])]),
        "characters in a group's label": (
            75,
            lambda n: [_menu(option_groups=[{"label": plain(_x(n)), "options": [option()]}])],
        ),
        "characters in a placeholder": (150, lambda n: [actions({**select("a", "b"), "placeholder": plain(_x(n))})]),
        "options of an overflow menu": (
            5,
            lambda n: [actions({"type": "overflow", "action_id": "a", "options": _options(n)})],
        ),
        "checkboxes": (10, lambda n: [actions({"type": "checkboxes", "action_id": "a", "options": _options(n)})]),
        "radio buttons": (10, lambda n: [actions({"type": "radio_buttons", "action_id": "a", "options": _options(n)})]),
        "characters in a question's title": (
            100,
            lambda n: [actions(button("a", confirm=confirm(title=plain(_x(n)))))],
        ),
        "characters in a question": (300, lambda n: [actions(button("a", confirm=confirm(text=plain(_x(n)))))]),
        "characters on a question's yes": (30, lambda n: [actions(button("a", confirm=confirm(confirm=plain(_x(n)))))]),
        "characters on a question's no": (30, lambda n: [actions(button("a", confirm=confirm(deny=plain(_x(n)))))]),
        "characters in a card's title": (150, lambda n: [_card(title=mrkdwn(_x(n)))]),
        "characters in a card's subtitle": (150, lambda n: [_card(subtitle=mrkdwn(_x(n)))]),
        "characters in a card's body": (200, lambda n: [_card(body=mrkdwn(_x(n)))]),
        "buttons of a card": (3, lambda n: [_card(actions=[button(str(number)) for number in range(n)])]),
        "charts": (2, lambda n: [drawn(PIE)] * n),
        "characters in a chart's title": (50, lambda n: [drawn(PIE, title=_x(n))]),
        "slices of a pie": (12, lambda n: [drawn({**PIE, "segments": PIE["segments"][:1] * n})]),
        "series of a chart": (12, lambda n: [drawn(_crowded(n))]),
        "categories of a chart": (20, lambda n: [drawn(_wide(n))]),
        "characters in a slice's label": (20, lambda n: [drawn({**PIE, "segments": [{"label": _x(n), "value": 1}]})]),
        "cards in a carousel": (10, lambda n: [{"type": "carousel", "elements": [_card()] * n}]),
        "blocks in a container": (10, lambda n: [_box(child_blocks=[{"type": "divider"}] * n)]),
        "characters in a container's title": (150, lambda n: [_box(title=plain(_x(n)))]),
        "characters in a container's subtitle": (150, lambda n: [_box(subtitle=plain(_x(n)))]),
    }
)
IN_A_MODAL: Mapping[str, tuple[int, Made]] = MappingProxyType(
    {
        "characters in an alert": (200, lambda n: modal({"type": "alert", "text": plain(_x(n))})),
        "blocks in a modal": (100, lambda n: modal(*[{"type": "divider"}] * n)),
        "characters in a modal's title": (24, lambda n: modal(text_input("a"), title=plain(_x(n)))),
        "characters on submit": (24, lambda n: modal(text_input("a"), submit=plain(_x(n)))),
        "characters on close": (24, lambda n: modal(text_input("a"), close=plain(_x(n)))),
        "characters in private_metadata": (3000, lambda n: modal(text_input("a"), private_metadata=_x(n))),
        "characters in a callback_id": (255, lambda n: modal(text_input("a"), callback_id=_x(n))),
        "characters in an external_id": (255, lambda n: modal(text_input("a"), external_id=_x(n))),
        "characters in a label": (2000, lambda n: modal({**text_input("a"), "label": plain(_x(n))})),
        "characters in a hint": (2000, lambda n: modal({**text_input("a"), "hint": plain(_x(n))})),
        "most characters of an input": (3000, lambda n: modal(text_input("a", max_length=n))),
        "least characters of an input": (3000, lambda n: modal(text_input("a", min_length=n))),
        "files": (10, lambda n: modal(text_input("a", type="file_input", max_files=n))),
        "focused inputs": (
            1,
            lambda n: modal(*(text_input(f"a{number}", focus_on_load=True) for number in range(n))),
        ),
    }
)


def limits() -> Iterator[Case]:
    for surface, table in (("message", IN_A_MESSAGE), ("modal", IN_A_MODAL)):
        for name, (most, made) in table.items():
            yield Case(f"{most} {name}", surface, made(most))
            yield Case(f"{most + 1} {name}", surface, made(most + 1), "one too many")
    home = {"type": "home", "blocks": [{"type": "divider"}] * 100}
    yield Case("100 blocks in a home", "home", home)
    yield Case("101 blocks in a home", "home", {**home, "blocks": [*home["blocks"], section()]}, "one too many")


def _filled(length: int) -> list[list[Json]]:
    return [[{"type": "raw_text", "text": "x"}], [{"type": "raw_text", "text": _x(length - 1)}]]


def _wide(count: int) -> Json:
    labels = tuple(str(number) for number in range(count))
    return chart("line", series(*labels), categories=labels)


def _crowded(count: int) -> Json:
    return chart("bar", *(series("Mon", "Tue", name=str(number)) for number in range(count)))


def _data_table(**parts: Any) -> Json:
    return {"type": "data_table", "caption": "c", "rows": [_cells(1)] * 2, **parts}
