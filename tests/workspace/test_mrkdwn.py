"""mrkdwn is read as Slack reads it, into blocks that our own rules take."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workspace.blockkit.check import problems
from workspace.mrkdwn import rich_text
from workspace.wire import Json


def inline(text: str) -> list[Json]:
    [block] = rich_text(text)
    [section] = block["elements"]
    assert section["type"] == "rich_text_section"
    return list(section["elements"])


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("plain &amp; simple", [words("plain & simple")]),
        ("*bold* _it_ ~no~ `x*y*`", [
            words("bold", bold=True), words(" "), words("it", italic=True), words(" "), words("no", strike=True),
            words(" "), words("x*y*", code=True),
        ]),
        ("*a _b_*", [words("a ", bold=True), words("b", bold=True, italic=True)]),
        ("snake_case_name 2*3*4", [words("snake_case_name 2*3*4")]),
        ("* not bold*", [words("* not bold*")]),
        ("<@U012>, <#C34|general>!", [
            {"type": "user", "user_id": "U012"}, words(", "), {"type": "channel", "channel_id": "C34"}, words("!"),
        ]),
        ("<!here> <!subteam^S1|@sales>", [
            {"type": "broadcast", "range": "here"}, words(" "), {"type": "usergroup", "usergroup_id": "S1"},
        ]),
        ("<https://a.example/?x=1&amp;y|a *b*>", [
            {"type": "link", "url": "https://a.example/?x=1&y", "text": "a *b*"}
        ]),
        ("see https://a.example/b.", [words("see "), {"type": "link", "url": "https://a.example/b"}, words(".")]),
        ("<mailto:ann@a.example|Ann>", [{"type": "link", "url": "mailto:ann@a.example", "text": "Ann"}]),
        ("<!date^1700000000^{date}^https://a.example|then>", [
            {"type": "date", "timestamp": 1700000000, "format": "{date}", "fallback": "then",
             "url": "https://a.example"},
        ]),
        (":wave: :warning: :no-such-emoji: 12:30:45", [
            {"type": "emoji", "name": "wave", "unicode": "1f44b"}, words(" "),
            {"type": "emoji", "name": "warning", "unicode": "26a0-fe0f"}, words(" :no-such-emoji: 12:30:45"),
        ]),
        (":+1::skin-tone-3:", [{"type": "emoji", "name": "+1", "unicode": "1f44d", "skin_tone": 3}]),
        ("a < b, 3 &lt; 4", [words("a < b, 3 < 4")]),
        ("*<https://a.example|x>*", [{"type": "link", "url": "https://a.example", "text": "x",
                                      "style": {"bold": True}}]),
    ],
)  # fmt: skip
def test_inline_elements(text: str, elements: list[Json]) -> None:
    assert inline(text) == elements


def test_quotes_and_code_stand_apart() -> None:
    [block] = rich_text("before\n&gt; one\n&gt; *two*\nafter\n```\nlet x = 1;\n*y*\n```\n>>> the\nrest")
    shown = [(part["type"], "".join(one["text"] for one in part["elements"])) for part in block["elements"]]
    assert shown == [
        ("rich_text_section", "before"),
        ("rich_text_quote", "one\ntwo"),
        ("rich_text_section", "after\n"),
        ("rich_text_preformatted", "let x = 1;\n*y*"),
        ("rich_text_quote", "the\nrest"),
    ]


def test_what_is_said_to_be_plain_stays_so() -> None:
    """Only formatting is switched off: who is named is named all the same."""
    [block] = rich_text("> *no* `x` <@U1> &amp;", is_plain=True)
    assert block["elements"][0]["elements"] == [words("> *no* `x` "), {"type": "user", "user_id": "U1"}, words(" &")]


@example("<a:>")
@given(st.text(alphabet="*_~`<>@#!|:^ \nab1&;.h/", min_size=1, max_size=60))
def test_whatever_is_written_becomes_a_block_that_is_taken(text: str) -> None:
    assert problems(rich_text(text), surface="message") == []


@pytest.mark.parametrize("text", ["*a " * 13_000, "<" * 40_000, "*_ " * 13_000, ":zz" * 13_000, "`\n" * 20_000])
def test_markers_without_end_are_not_searched_for_again_and_again(text: str) -> None:
    """Reading that is quadratic would not end while anybody waits."""
    assert inline(text) == [words(text)]
