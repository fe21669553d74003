"""What Slack refuses is refused here, with the path; what can be cut is cut."""

import copy
from typing import Any

import pytest

from blocks.limits import LimitError, Surface, check, fit, size
from blocks.limits.numbers import MESSAGE_JSON

Block = dict[str, Any]


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def section(text: str = "hello") -> Block:
    return {"type": "section", "text": mrkdwn(text)}


def press(action_id: str = "email_send", **more: Any) -> Block:
    return {"type": "button", "text": plain("Send"), "action_id": action_id, **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "1", text: str = "One") -> Block:
    return {"text": plain(text), "value": value}


def field(block_id: str = "b", **element: Any) -> Block:
    asked = {"type": "plain_text_input", "action_id": "input", **element}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": asked}


def modal(*blocks: Block, **more: Any) -> Block:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


REFUSED: list[tuple[str, list[Block], str]] = [
    ("no blocks", [], "blocks: has 0 items"),
    ("51 blocks", [section()] * 51, "blocks: has 51 items"),
    ("unknown block", [{"type": "sectoin"}], r"blocks\[0\]: sectoin is no block"),
    ("not an object", ["section"], r"blocks\[0\]: None is no block"),  # type: ignore[list-item]
    ("unknown key", [{**section(), "colour": "red"}], r"blocks\[0\]: has no colour"),
    ("section without text", [{"type": "section"}], "needs text or fields"),
    ("empty text", [section("")], r"blocks\[0\].text.text: has 0 characters"),
    ("blank text", [section(" \n ")], "is blank"),
    ("section of 3,001", [section("x" * 3_001)], "3001 characters"),
    ("field of 2,001", [{"type": "section", "fields": [mrkdwn("x" * 2_001)]}], r"fields\[0\].text: has 2001"),
    ("11 fields", [{"type": "section", "fields": [mrkdwn("x")] * 11}], "fields: has 11 items"),
    ("header of 151", [{"type": "header", "text": plain("x" * 151)}], "151 characters"),
    ("mrkdwn in a header", [{"type": "header", "text": mrkdwn("x")}], "must be one of plain_text"),
    ("11 in a context", [{"type": "context", "elements": [mrkdwn("x")] * 11}], "has 11 items"),
    ("button in a context", [{"type": "context", "elements": [press()]}], "is no text"),
    ("26 buttons", [actions(*(press(str(n)) for n in range(26)))], "has 26 items"),
    ("button label of 76", [actions({**press(), "text": plain("x" * 76)})], "76 characters"),
    ("button value of 2,001", [actions(press(value="x" * 2_001))], "2001 characters"),
    ("button style", [actions(press(style="warning"))], "must be one of primary, danger"),
    ("button without an id", [actions({"type": "button", "text": plain("Send")})], "needs action_id"),
    ("id of 256", [actions(press("x" * 256))], "256 characters"),
    ("one action id twice in a block", [actions(press(), press())], "'email_send' is used 2 times"),
    ("one block id twice", [{**section(), "block_id": "b"}] * 2, "'b' is used 2 times"),
    (
        "11 radio buttons",
        [actions(_radio := {"type": "radio_buttons", "action_id": "r", "options": [option()] * 11})],
        "11",
    ),
    ("option label of 76", [actions({**_radio, "options": [option(text="x" * 76)]})], "76 characters"),
    ("option value of 151", [actions({**_radio, "options": [option(value="x" * 151)]})], "151 characters"),
    ("input in a message", [field()], "input is no block here"),
    ("broadcast", [section("<!channel>")], "live markup"),
    ("link with another scheme", [section("<javascript:alert(1)|x>")], "live markup"),
    (
        "unknown style",
        [
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"blink": True}}]}
                ],
            }
        ],
        "has no blink",
    ),
    (
        "empty run",
        [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": ""}]}]}],
        "has 0 characters",
    ),
    (
        "empty list",
        [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": []}]}],
        "has 0 items",
    ),
    ("too large altogether", [section("x" * 2_900)] * 5, "characters of JSON"),
]


@pytest.mark.parametrize(("blocks", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused_in_a_message(blocks: list[Block], message: str) -> None:
    with pytest.raises(LimitError, match=message):
        check(blocks, Surface.MESSAGE)


REFUSED_VIEWS: list[tuple[str, Block, str]] = [
    ("input without submit", modal(field()), "needs submit"),
    ("title of 25", modal(section(), title=plain("x" * 25)), "25 characters"),
    ("no title", {"type": "modal", "blocks": [section()]}, "needs title"),
    ("101 blocks", modal(*[section()] * 101), "has 101 items"),
    ("metadata of 3,001", modal(section(), private_metadata="x" * 3_001), "3001 characters"),
    ("thumbs in a modal", modal({"type": "context_actions", "elements": []}), "context_actions is no block here"),
    (
        "two inputs in focus",
        modal(field("a", focus_on_load=True), field("b", focus_on_load=True), submit=plain("Go")),
        "focus",
    ),
    ("initial text of 3,001", modal(field(initial_value="x" * 3_001), submit=plain("Go")), "3001 characters"),
    ("a home as a modal", {"type": "home", "blocks": [section()]}, "must be one of modal|needs title"),
    ("over 250 kB", modal(*[section("x" * 2_900)] * 90), "characters of JSON"),
]


@pytest.mark.parametrize(("view", "message"), [case[1:] for case in REFUSED_VIEWS], ids=[c[0] for c in REFUSED_VIEWS])
def test_refused_in_a_modal(view: Block, message: str) -> None:
    with pytest.raises(LimitError, match=message):
        check(view, Surface.MODAL)


def test_at_the_limits_all_is_well() -> None:
    check([section("x" * 3_000), {"type": "header", "text": plain("x" * 150)}], Surface.MESSAGE)
    check([section("<@U0MAYA001> <https://a.example|here>")] * 50, Surface.MESSAGE)
    check(modal(field(initial_value="x" * 3_000), submit=plain("x" * 24)), Surface.MODAL)
    check({"type": "home", "blocks": [section()] * 100}, Surface.HOME)


def test_fit_cuts_texts_where_they_stand() -> None:
    long = "word " * 1_000
    blocks = [
        {"type": "header", "text": plain(long)},
        section(long),
        actions(
            {**press(), "text": plain(long)},
            {"type": "radio_buttons", "action_id": "r", "options": [option(text=long)]},
        ),
    ]
    fitted = fit(blocks, Surface.MESSAGE)
    check(fitted, Surface.MESSAGE)
    assert all(text["text"].endswith("word…") for text in (fitted[0]["text"], fitted[1]["text"]))


def test_fit_drops_plain_blocks_from_the_end_and_says_so() -> None:
    blocks = [{"type": "header", "text": plain("First")}, *[section(str(n)) for n in range(60)], actions(press())]
    fitted = fit(blocks, Surface.MESSAGE)
    check(fitted, Surface.MESSAGE)
    assert len(fitted) == 50
    assert fitted[0] == blocks[0]
    assert actions(press()) in fitted
    assert fitted[-1]["elements"][0]["text"] == "13 more parts did not fit into one message."


def test_fit_keeps_a_message_below_the_size_that_slack_takes() -> None:
    fitted = fit([section("x" * 2_900) for _ in range(10)], Surface.MESSAGE)
    assert size(fitted) <= MESSAGE_JSON


def test_fit_never_drops_what_can_be_pressed() -> None:
    blocks = [actions(press(str(n))) for n in range(60)]
    with pytest.raises(LimitError, match="has 60 items"):
        check(fit(blocks, Surface.MESSAGE), Surface.MESSAGE)


def test_fit_leaves_what_fits_and_its_input_alone() -> None:
    blocks = [section(), actions(press())]
    before = copy.deepcopy(blocks)
    assert fit(blocks, Surface.MESSAGE) == before
    fit([section("x" * 9_000)], Surface.MESSAGE)
    assert blocks == before
