"""Generic JSON and what MeetingBaaS writes, in both versions."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from sequences.records.meeting import Transcript
from sequences.transcripts import TranscriptError, parse_transcript


def read(document: Any, filename: str | None = None) -> Transcript:
    return parse_transcript(json.dumps(document).encode(), filename=filename)


def test_everything_that_the_documented_shape_holds() -> None:
    transcript = read(
        {
            "title": " A  call ",
            "started_at": "2026-11-20T09:30:00+01:00",
            "participants": [{"name": "Ann", "email": "Ann@Acme.Example", "is_organizer": True}, "bob@acme.example"],
            "turns": [
                {"speaker": "Ann", "text": "Hi.", "start": "00:01:00", "end": 61.5},
                {"speaker": "Bob", "text": "", "start": None},
                {"speaker": "Ann", "text": "There?", "start": "12.5"},
            ],
        }
    )
    assert transcript.title == "A call"
    assert transcript.started_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert [(guest.name, guest.email, guest.is_organizer) for guest in transcript.participants] == [
        ("Ann", "ann@acme.example", True),
        ("bob", "bob@acme.example", False),
    ]
    assert [(turn.index, turn.text, turn.start_s, turn.end_s) for turn in transcript.turns] == [
        (0, "Hi.", 60, 61.5),
        (1, "", None, None),
        (2, "There?", 12.5, None),
    ]


def test_a_bare_list_and_json_lines() -> None:
    rows = [{"speaker": "Ann", "text": "Hi."}, {"speaker_name": "Bob", "text": "Yo."}, {"speaker": 3, "text": "Me."}]
    lines = "\n".join(json.dumps(row) for row in rows)
    for transcript in (read(rows), parse_transcript(lines.encode(), filename="a.jsonl")):
        assert [turn.speaker for turn in transcript.turns] == ["Ann", "Bob", "Speaker 3"]
    indented = json.dumps(rows, indent=2).encode()
    assert len(parse_transcript(indented).turns) == 3


@pytest.mark.parametrize("wrap", ["bare", "result", "data", "transcription"])
def test_meetingbaas_v2_however_it_is_wrapped(wrap: str) -> None:
    utterances = {"utterances": [{"text": "Hi there.", "speaker": 0, "start": 1.5, "end": 2, "words": []}]}
    documents: dict[str, Any] = {
        "bare": utterances,
        "result": {"bot_id": "b", "result": utterances},
        "data": {"data": {"result": utterances}},
        "transcription": {"data": {"transcription": {"result": utterances}}},
    }
    transcript = read(documents[wrap])
    assert transcript.source_format == "meetingbaas"
    assert [(turn.speaker, turn.text, turn.start_s) for turn in transcript.turns] == [("Speaker 0", "Hi there.", 1.5)]


def test_meetingbaas_v1_words_become_text() -> None:
    row = {"speaker": "Ann", "words": [{"word": "hi", "start": 1, "end": 2}, {"word": "there", "start": 2, "end": 3}]}
    transcript = read({"event": "complete", "data": {"bot_id": "b", "transcript": [row]}})
    assert [(turn.speaker, turn.text, turn.start_s, turn.end_s) for turn in transcript.turns] == [
        ("Ann", "hi there", 1, 3)
    ]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "no list of turns"),
        ({"turns": []}, "Nobody says anything"),
        ({"turns": [{"speaker": "Ann"}]}, "Turn 0"),
        ({"turns": ["hi"]}, "Turn 0"),
        ("words", "holds no transcript"),
        (None, "holds no transcript"),
        ({"turns": [{"speaker": "Ann", "text": "Hi.", "start": "11:00:00"}]}, "10 hours"),
    ],
)
def test_documents_without_a_transcript_say_what_is_expected(document: Any, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        read(document, "call.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"turns":[{"speaker":"A","text":"x","sta', "cut off"),
        ('{"turns":[{"speaker":"A","text":"x"}', "cut off"),
        ('{"turns":[{"speaker":"A" "text":"x"}]}', "damaged at line 1"),
        ('{"turns":[]}\n{"turns":[]}', "2 transcripts"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_broken_json_says_where(text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        parse_transcript(text.encode(), filename="call.json")


def test_odd_values_are_absent_not_fatal() -> None:
    turn = r'{"speaker":null,"text":"Hi\ud800 \u0007you","start":NaN,"end":1e999}'
    text = f'{{"turns":[{turn}],"title":5,"participants":{{}},"started_at":1e30}}'
    transcript = parse_transcript(text.encode())
    assert transcript.model_dump(exclude={"source_format"}) == {
        "turns": (
            {"index": 0, "speaker": "Unknown speaker", "text": "Hi you", "start_s": None, "end_s": None, "role": None},
        ),
        "participants": (),
        "title": None,
        "started_at": None,
    }
