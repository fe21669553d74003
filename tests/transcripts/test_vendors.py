"""What recorders and transcription services export, each in the shape that its vendor gives it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from sequences.records.meeting import Role, Transcript
from sequences.transcripts import TranscriptError, parse_transcript

ANN, BOB = "How do you count stock today, Bob?", "On paper, it takes a whole day."
SAID = [("Ann Lee", ANN, 3.0), ("Bob Ray", BOB, 9.5)]


def read(document: Any) -> Transcript:
    return parse_transcript(json.dumps(document).encode(), filename="call.json")


def said(transcript: Transcript) -> list[tuple[str, str, float | None]]:
    return [(turn.speaker, turn.text, turn.start_s) for turn in transcript.turns]


def words(text: str, start: float) -> list[dict[str, Any]]:
    return [{"text": word, "start_timestamp": start + at / 5} for at, word in enumerate(text.split())]


def moments(text: str, start: float) -> list[dict[str, Any]]:
    return [word | {"start_timestamp": {"relative": word["start_timestamp"]}} for word in words(text, start)]


def elements(text: str, start: float) -> list[dict[str, Any]]:
    first, *others = text.split()
    found: list[dict[str, Any]] = [{"type": "text", "value": first, "ts": start}]
    for word in others:
        found += [{"type": "punct", "value": " "}, {"type": "text", "value": word}]
    return found


PEOPLE = [{"id": 1, "name": "Ann Lee"}, {"id": 2, "name": "Bob Ray"}]
SHAPES: dict[str, Any] = {
    "list with one transcript": [
        {"transcript_id": 7, "turns": [{"speaker": who, "text": text, "start": at} for who, text, at in SAID]}
    ],
    "graphql": {
        "data": {
            "transcript": {
                "sentences": [{"speaker_name": who, "text": text, "start_time": at} for who, text, at in SAID]
            }
        }
    },
    "camel case": [{"speaker_name": who, "sentence": text, "startTime": at} for who, text, at in SAID],
    "data": {"meetingId": "m", "data": [{"speaker": who, "text": text, "startTime": at} for who, text, at in SAID]},
    "monologues in milliseconds": {
        "metaData": {"title": "Stock"},
        "parties": [{"speakerId": "11", "name": "Ann Lee"}, {"speakerId": "22", "name": "Bob Ray"}],
        "callTranscripts": [
            {
                "callId": "77",
                "transcript": [
                    {"speakerId": "11", "topic": "Intro", "sentences": [{"start": 3000, "end": 8000, "text": ANN}]},
                    {"speakerId": "22", "topic": None, "sentences": [{"start": 9500, "end": 12_000, "text": BOB}]},
                ],
            }
        ],
    },
    "words with moments": [
        {"participant": {"id": 1, "name": who, "is_host": True}, "words": moments(text, at)} for who, text, at in SAID
    ],
    "words with floats": [{"speaker": who, "words": words(text, at)} for who, text, at in SAID],
    "display names": {
        "type": "Transcript",
        "entries": [
            {"text": ANN, "speakerId": "x", "speakerDisplayName": "Ann Lee", "startOffset": "00:00:03.0000000"},
            {"text": BOB, "speakerId": "y", "speakerDisplayName": "Bob Ray", "startOffset": "00:00:09.5000000"},
        ],
    },
    "elements": {
        "monologues": [
            {"speaker": 1, "elements": elements(ANN, 3.0)},
            {"speaker": 2, "elements": elements(BOB, 9.5)},
        ],
        "speakers": PEOPLE,
    },
    "milliseconds by name": [
        {"speaker_name": who, "timestamp_ms": at * 1000, "duration_ms": 5000, "transcription": {"transcript": text}}
        for who, text, at in SAID
    ],
    "paragraphs": {
        "transcript": {
            "summary": "Stock.",
            "paragraphs": [
                {"speaker": {"identifier": "A", "name": who}, "start": at, "sentences": [{"text": text, "start": at}]}
                for who, text, at in SAID
            ],
        }
    },
    "whole milliseconds": [{"speaker": who, "text": text, "start": int(at * 1000)} for who, text, at in SAID],
    "speakers apart": {
        "speakers": PEOPLE,
        "transcript": [
            {"speaker_id": 1, "transcript": ANN, "timestamps": [3.0, 8.0]},
            {"speaker_id": 2, "transcript": BOB, "timestamps": [9.5, 12.0]},
        ],
    },
    "text within": {"title": "Stock", "transcript": f"[00:03] Ann Lee: {ANN}\n[00:09.5] Bob Ray: {BOB}"},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_core_01_what_vendors_write_as_json(shape: str) -> None:
    assert said(read(SHAPES[shape])) == SAID


def test_core_01_moments_of_the_day_count_from_the_first() -> None:
    rows = [
        {"name": "entries/1", "participant": "Ann Lee", "text": ANN, "startTime": "2026-11-20T09:30:03Z"},
        {"name": "entries/2", "participant": "Bob Ray", "text": BOB, "startTime": "2026-11-20T09:30:09.5Z"},
    ]
    assert said(read({"transcriptEntries": rows})) == [("Ann Lee", ANN, 0.0), ("Bob Ray", BOB, 6.5)]


def test_core_01_speakers_without_names_keep_their_number() -> None:
    rows = [
        {"speaker": 0, "transcript": ANN, "start": 3.0, "end": 8.0},
        {"speaker": 1, "transcript": BOB, "start": 9.5, "end": 12.5},
    ]
    found = said(read({"results": {"channels": [{"alternatives": [{"words": []}]}], "utterances": rows}}))
    assert found == [("Speaker 0", ANN, 3.0), ("Speaker 1", BOB, 9.5)]


def test_core_01_seconds_stay_seconds_when_turns_are_rare() -> None:
    rows = [{"speaker": who, "text": text, "start": at} for who, text, at in (("Ann", ANN, 0), ("Bob", BOB, 900))]
    assert [turn.start_s for turn in read(rows).turns] == [0, 900]


def test_core_01_title_and_day_are_found_around_the_turns() -> None:
    transcript = {"title": "Stock", "date": 1_795_253_400_000, "sentences": [{"speaker_name": "Ann", "text": "Hi."}]}
    found = read({"data": {"transcript": transcript}})
    assert (found.title, found.started_at) == ("Stock", datetime(2026, 11, 21, 9, 30, tzinfo=UTC))


def test_core_01_roles_are_read_and_name_the_nameless() -> None:
    rows = [
        {"turn": 0, "role": "rep", "text": ANN},
        {"turn": 1, "role": "Prospect", "text": BOB},
        {"speaker": "Cy Oh", "role": "internal", "text": None},
        {"speaker": "Zoe", "role": "assistant", "text": "Right."},
    ]
    assert [(turn.speaker, turn.role, turn.text) for turn in read({"turns": rows}).turns] == [
        ("Rep", Role.REP, ANN),
        ("Prospect", Role.PROSPECT, BOB),
        ("Cy Oh", Role.INTERNAL, ""),
        ("Zoe", None, "Right."),
    ]


def test_core_01_one_label_for_both_sides_is_told_apart_by_the_roles() -> None:
    rows = [{"speaker": "Speaker", "role": role, "text": "Hi."} for role in ("rep", "prospect", "rep", "prospect")]
    names = [turn.speaker for turn in read({"turns": rows}).turns]
    assert names == ["Rep", "Prospect"] * 2


def test_core_01_roles_may_stand_with_the_people() -> None:
    found = read(
        {
            "parties": [
                {"speakerId": "1", "name": "Ann Lee", "affiliation": "Internal"},
                {"speakerId": "2", "name": "Bob Ray", "affiliation": "External"},
            ],
            "transcript": [{"speakerId": "1", "text": ANN}, {"speakerId": "2", "text": BOB}],
        }
    )
    assert [(turn.speaker, turn.role) for turn in found.turns] == [
        ("Ann Lee", Role.INTERNAL),
        ("Bob Ray", Role.PROSPECT),
    ]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([{"turns": [{"speaker": "A", "text": "x"}]}] * 2, "holds 2 transcripts"),
        ({"segments": [{"start": 0, "text": ANN}, {"start": 5, "text": BOB}]}, "does not say who speaks"),
    ],
)
def test_err_10_what_cannot_be_one_conversation_is_said(document: Any, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        read(document)


@pytest.mark.parametrize(
    "table",
    [
        f'speaker,start,text\nAnn Lee,3.0,"{ANN}"\nBob Ray,9.5,"{BOB}"\n',
        f'Start Time;Speaker Name;Transcript\r\n00:00:03;Ann Lee;"{ANN}"\r\n00:00:09.500;Bob Ray;"{BOB}"',
    ],
)
def test_core_01_tables_with_a_head(table: str) -> None:
    assert said(parse_transcript(table.encode(), filename="call.csv")) == SAID


def test_err_10_a_damaged_table_is_told() -> None:
    with pytest.raises(TranscriptError, match="table is damaged"):
        parse_transcript(b'speaker,text\nAnn,"' + b"x" * 200_000)
