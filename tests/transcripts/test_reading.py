"""Bytes that are no transcript, odd encodings, sizes, and languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sequences.transcripts import TranscriptError, is_english, parse_transcript


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t\x00", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "ZIP archive or an Office document"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x00\x00\x20ftypisom", "MP4"),
        (b"RIFF\x00\x00\x00\x00WAVE", "WAV"),
        (b"{\\rtf1 hello}", "rich-text"),
        (bytes(range(32)) * 50, "binary"),
        (b"Ann: " + b"x" * 2_000_100, "more than 2,000,000 characters"),
        (b"x" * 9_000_000, "more than 2,000,000 characters"),
    ],
)
def test_what_is_refused_and_why(data: bytes, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        parse_transcript(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str) -> None:
    data = newline.join(("Ann: a café, d'accord", "Bob: ok")).encode(encoding)
    assert [turn.text for turn in parse_transcript(data).turns] == ["a café, d'accord", "ok"]


def test_control_and_direction_characters_are_dropped() -> None:
    turns = parse_transcript("Ann: pay\x07 \u202eme\u200b now\x00\nBob: ok".encode()).turns
    assert turns[0].text == "pay me now"


def test_the_content_decides_not_the_name() -> None:
    assert (
        parse_transcript(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi.\n", filename="a.txt").source_format == "webvtt"
    )
    assert parse_transcript(b"Ann: hi\nBob: yo", filename="a.vtt").source_format == "text"


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        transcript = parse_transcript(data)
    except TranscriptError:
        return
    assert [turn.index for turn in transcript.turns] == list(range(len(transcript.turns)))
    assert transcript.model_dump_json().encode()


@pytest.mark.parametrize(
    "shape",
    [
        "Ann: " + "word " * 190_000 + "\nBob: hi",
        "Ann: hi\n" + "a: " * 300_000,
        "Ann:" + " " * 1_000_000 + "hi\nBob: x",
        "Ann: hi\n" * 60_000,
        "Ann: " + "(" * 900_000,
        "Ann: " + "-" * 900_000 + "\nBob: x",
        "[" * 900_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>" + "<" * 500_000,
        "0" * 900_000,
    ],
)
def test_a_million_characters_do_not_hang(shape: str) -> None:
    try:
        transcript = parse_transcript(shape.encode())
    except TranscriptError:
        return
    assert sum(len(turn.text) for turn in transcript.turns) <= len(shape)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("So we would like to see how that works for our team before we decide on it, if you can send it over.", True),
        ("hi", True),
        (
            "Guten Tag, wie geht es Ihnen? Wir wollten über das Angebot sprechen und klären, was jetzt noch offen ist.",
            False,
        ),
        ("Bonjour, nous voudrions parler de la proposition que vous nous avez envoyée la semaine dernière.", False),
        ("你好 我们想讨论一下报价和下一步的计划 好的 请发给我", False),
    ],
)
def test_which_conversations_are_english(words: str, expected: bool) -> None:
    assert is_english(parse_transcript(f"Ann: {words}\nBob: {words}".encode())) is expected
