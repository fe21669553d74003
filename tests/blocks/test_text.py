import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.text import clean, cut, cut_lines, cut_mrkdwn, escape, is_slack_user, listed, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> & <@U123>", "&lt;!channel&gt; &amp; &lt;@U123&gt;"),
        ("<https://evil.example|your bank>", "&lt;https://evil.example|your bank&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("“quotes”, 'more' and \"these\"", "“quotes”, 'more' and \"these\""),
        ("nul\0, bell\a and escape\x1b", "nul, bell and escape"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("שלום, مرحبا", "שלום, مرحبا"),
        ("half a pair \ud83d", "half a pair "),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("", ""),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(st.text())
def test_escaped_text_holds_no_markup_and_means_the_same(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == clean(text)


@given(st.text(alphabet="ab <>&\n", max_size=80), st.integers(min_value=1, max_value=60))
def test_cut_never_exceeds_and_never_splits_an_entity(text: str, limit: int) -> None:
    escaped = escape(text)
    shortened = cut_mrkdwn(escaped, limit)
    assert len(shortened) <= limit
    assert len(cut(text, limit)) <= limit
    body = shortened.removesuffix("…").replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")
    assert "&" not in body
    if len(escaped) <= limit:
        assert shortened == escaped


def test_cut_prefers_the_end_of_a_word() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert cut("onetwothreefour", 8) == "onetwot…"


def test_a_letter_is_cut_at_the_end_of_a_line() -> None:
    assert cut_lines("Hi Ann,\n\nas promised:\n- the plan\n- the price", 32) == "Hi Ann,\n\nas promised:\n…"
    assert cut_lines("Hi Ann,\nwithout another break for a long while", 31) == "Hi Ann,\nwithout another break…"
    assert cut_lines("Hi Ann", 6) == "Hi Ann"


def test_a_link_is_cut_whole_or_not_at_all() -> None:
    assert cut_mrkdwn("see <https://a.example|here> now", 12) == "see…"


def test_one_line() -> None:
    assert one_line("  a\n\n b\t c ", 20) == "a b c"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), ""),
        (("Ann",), "Ann"),
        (("Ann", "Bo"), "Ann and Bo"),
        (("Ann", "Bo", "Cy"), "Ann, Bo and Cy"),
        (("A", "B", "C", "D", "E", "F"), "A, B, C, D and 2 more"),
    ],
)
def test_listed(names: tuple[str, ...], shown: str) -> None:
    assert listed(names) == shown


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("U0MAYA001", True), ("W0MAYA001", True), ("you", False), ("!channel", False), ("U1> <!here", False), ("", False)],
)
def test_is_slack_user(text: str, is_one: bool) -> None:
    assert is_slack_user(text) is is_one
