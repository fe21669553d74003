"""Text files: every way in which people write down who speaks."""

import pytest

from sequences.records.meeting import Transcript
from sequences.transcripts import TranscriptError, parse_transcript


def read(text: str, filename: str | None = None) -> Transcript:
    return parse_transcript(text.encode(), filename=filename)


def said(transcript: Transcript) -> list[tuple[str, str, float | None]]:
    return [(turn.speaker, turn.text, turn.start_s) for turn in transcript.turns]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ann Lee: hi there\nBob: hello", (None, None)),
        ("[00:01:02] Ann Lee: hi there\n[00:01:05] Bob: hello", (62, 65)),
        ("00:12 Ann Lee: hi there\n00:15 Bob: hello", (12, 15)),
        ("Ann Lee (00:12): hi there\nBob (00:15): hello", (12, 15)),
        ("Ann Lee [00:12]: hi there\nBob [1:00:15.5]: hello", (12, 3615.5)),
        ("[00:00:01 - 00:00:05] Ann Lee: hi there\n[00:00:06 - 00:00:07] Bob: hello", (1, 6)),
        ("**Ann Lee:** hi there\n\n**Bob**: hello", (None, None)),
        (">> Ann Lee: hi there\n>> Bob: hello", (None, None)),
        ("Ann Lee  0:12\nhi there\n\nBob  0:15  \nhello\n", (12, 15)),
        ("00:12 - Ann Lee\nhi there\n00:15 - Bob\nhello", (12, 15)),
        ("0:12 | Ann Lee\nhi there\n0:15 | Bob\nhello", (12, 15)),
        ("00:00:12\nAnn Lee: hi there\n00:00:15\nBob: hello", (12, 15)),
        ("00:00:12 --> 00:00:14\nAnn Lee: hi there\n\n00:00:15 --> 00:00:16\nBob: hello", (12, 15)),
        ("Title: A call\nDate: 12 Nov 2026\nAttendees: Ann, Bob\n---\nAnn Lee: hi there\nBob: hello", (None, None)),
        ("Ann Lee: hi\nthere\n\nBob: hello", (None, None)),
        ("[Ann Lee] 00:00:12\nhi there\n\n[Bob] 00:00:15\nhello", (12, 15)),
        ("Ann Lee\uff1ahi there\nBob\uff1ahello", (None, None)),
        ("Topics\nIntro - 0:00\nPrice - 9:00\n\nTranscript\n\n0:12 | Ann Lee\nhi there\n0:15 | Bob\nhello", (12, 15)),
        ("Ann Lee  0:12\nhi there\n\nBob  0:15\nhello\n\nTranscribed by https://otter.ai\n", (12, 15)),
        (
            "Ann Lee started transcription\nAnn Lee   0:12\nhi there\nBob   0:15\nhello\nAnn Lee stopped transcription",
            (12, 15),
        ),
        ("Ann Lee: hi there\nBob: hello\nTranscription ended after 00:00:44\n", (None, None)),
    ],
)
def test_speakers_and_times(text: str, times: tuple[float | None, float | None]) -> None:
    assert said(read(text)) == [("Ann Lee", "hi there", times[0]), ("Bob", "hello", times[1])]


@pytest.mark.parametrize(
    "text",
    [
        "[Ann] hi there\n[Bob] hello\n[Ann] right",
        "Ann - hi there\nBob - hello\nAnn - right",
        "Ann\thi there\nBob\thello\nAnn\tright",
        "Ann\nhi there\n\nBob\nhello\n\nAnn\nright\n\nBob\nok",
    ],
)
def test_less_telling_shapes_need_names_that_come_back(text: str) -> None:
    assert said(read(text))[:3] == [("Ann", "hi there", None), ("Bob", "hello", None), ("Ann", "right", None)]


def test_a_table_without_a_head_and_a_face_before_a_name() -> None:
    tabs = "00:00:12\tAnn Lee\thi there\n00:00:15\tBob\thello\n00:00:17\tAnn Lee\tright"
    assert said(read(tabs)) == [("Ann Lee", "hi there", 12), ("Bob", "hello", 15), ("Ann Lee", "right", 17)]
    faces = "\U0001f98a Ann: hi there\nBob: hello\n\U0001f98a Ann: right"
    assert [turn.speaker for turn in read(faces).turns] == ["\U0001f98a Ann", "Bob", "\U0001f98a Ann"]


def test_colons_inside_a_turn_are_not_speakers() -> None:
    text = (
        "Ann: we meet at 10:30: fine?\nBob: two things: price and\nthe other one: time\nAnn: see\nhttps://x.example/a:b\n"
        "So here is the thing: we pay"
    )
    assert [turn.speaker for turn in read(text).turns] == ["Ann", "Bob", "Ann"]


def test_headings_rule_out_labels_inside_the_words() -> None:
    text = "Ann  0:01\nhi\nBob  0:05\nReminder: call me\nAnn  0:09\nok"
    assert [turn.text for turn in read(text).turns] == ["hi", "Reminder: call me", "ok"]


@pytest.mark.parametrize(
    "name",
    ["Ann Lee (Acme Corp)", "Dr. Bob O'Neil-Smith [Acme]", "José Ñandú", "李雷", "Speaker 1", "ANN", "Lee, Ann", "A"],
)
def test_names_stay_as_the_file_spells_them(name: str) -> None:
    assert [turn.speaker for turn in read(f"{name}: hi\nBob: yo\n{name}: ok").turns] == [name, "Bob", name]


def test_names_in_lower_case() -> None:
    assert [turn.speaker for turn in read("ann: hi\nbob: yo\nann: one thing: ok").turns] == ["ann", "bob", "ann"]


def test_a_turn_keeps_its_place_even_without_words() -> None:
    transcript = read("Ann: hi\nBob:\nAnn: still there?")
    assert [(turn.index, turn.text) for turn in transcript.turns] == [(0, "hi"), (1, ""), (2, "still there?")]


def test_the_same_speaker_twice_stays_two_turns() -> None:
    assert [turn.index for turn in read("Ann: I'll send the\nAnn: quote on Friday.\nBob: ok").turns] == [0, 1, 2]


def test_title_of_the_header() -> None:
    assert read("Title: Four-store pilot\n\nAnn: hi\nBob: yo").title == "Four-store pilot"


@pytest.mark.parametrize(
    "text", ["just words without anybody", "<!DOCTYPE html><p>Ann: hi</p>", "one line: of prose i say"]
)
def test_text_without_speakers_says_what_to_do(text: str) -> None:
    with pytest.raises(TranscriptError, match=r"(?:speakers|web page)"):
        read("This is prose, and it goes on.\n" + text if "html" not in text else text)
