"""Labelled files of strangers are read as they are, and what cannot be used is told by line."""

import json

import pytest

from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled import IntentSet
from sequences.evaluation.material import Seating, material_of
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import IntentKind
from sequences.records.meeting import Role

TURNS = [
    {"turn": 7, "speaker": "Ann", "role": "rep", "text": " Hello. ", "start": 0, "end": "1.5", "mood": "fine"},
    {"turn": 9, "speaker": "Bo", "role": "PROSPECT", "text": "We need it by May.", "start": None},
]
TRANSCRIPT = {"transcript_id": "t1", "turns": TURNS, "language": "en"}
LABEL = {"transcript_id": "t1", "turn": 9, "labels": ["signal:timeline"], "who": "me"}


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def read(*labels: object, transcripts: str | None = None) -> IntentSet:
    return read_intent_set(lines(*labels), transcripts or lines(TRANSCRIPT), labels_name="l", transcripts_name="t")


def test_turns_keep_the_numbers_that_the_file_gives() -> None:
    data = read(LABEL)
    first, second = data.transcripts[0].turns
    assert [turn.number for turn in data.transcripts[0].turns] == ["7", "9"]
    assert (first.text, first.start_s, first.end_s, first.role) == ("Hello.", 0.0, 1.5, Role.REP)
    assert (second.start_s, second.end_s, second.role) == (None, None, Role.PROSPECT)
    assert data.labels["t1"].certain == {(1, IntentKind.TIMELINE)}


def test_missing_fields_are_borne() -> None:
    bare = {"transcript_id": 5, "turns": [{"text": "Hi"}, {"speaker": None, "role": "boss", "start": "late"}]}
    data = read({"transcript_id": 5, "turn": 0}, transcripts=lines(bare))
    turns = data.transcripts[0].turns
    assert [turn.number for turn in turns] == ["0", "1"]
    assert [turn.role for turn in turns] == [Role.OTHER, Role.OTHER]
    assert turns[1].speaker == "Unknown speaker"
    assert turns[1].text == ""
    assert turns[1].start_s is None


@pytest.mark.parametrize("start", [True, -1, "nan", float("inf"), [1], {}])
def test_what_is_no_time_is_nothing(start: object) -> None:
    document = {"transcript_id": "t1", "turns": [{"text": "Hi", "start": start}]}
    assert read(transcripts=lines(document)).transcripts[0].turns[0].start_s is None


def test_rows_about_one_turn_add_up() -> None:
    data = read(LABEL, {**LABEL, "labels": "signal:competitive", "borderline": ["signal:buying_negative"]})
    assert data.labels["t1"].certain == {(1, IntentKind.TIMELINE), (1, IntentKind.COMPETITIVE)}
    assert data.labels["t1"].borderline == {(1, IntentKind.BUYING_NEGATIVE)}


def test_numbers_as_tables_write_them_are_borne() -> None:
    data = read({**LABEL, "turn": 9.0})
    assert data.labels["t1"].certain == {(1, IntentKind.TIMELINE)}


def test_halves_of_characters_do_not_get_in() -> None:
    content = '{"transcript_id": "\\udc00", "turns": [{"speaker": "Bo", "text": "a \\ud800 b"}]}'
    transcript = read(transcripts=content).transcripts[0]
    assert (transcript.id, transcript.turns[0].text) == ("?", "a ? b")


def test_notes_say_what_was_left_out() -> None:
    data = read({**LABEL, "transcript_id": "other"}, {**LABEL, "labels": ["signal:weather"]})
    assert data.notes == (
        "1 rows of labels name a transcript that is not in the transcripts file; left out",
        "1 labels are of the unknown kind 'signal:weather'; left out",
    )


def test_a_transcript_without_labels_counts_as_empty() -> None:
    data = read()
    assert data.labels["t1"].certain == set()
    assert data.notes == ()


@pytest.mark.parametrize("content", ["\ufeff" + lines(LABEL), "\n\n" + lines(LABEL) + "\n", json.dumps([LABEL])])
def test_marks_empty_lines_and_lists_are_borne(content: str) -> None:
    data = read_intent_set(content, lines(TRANSCRIPT))
    assert data.labels["t1"].certain == {(1, IntentKind.TIMELINE)}


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ("{", "l, line 1: not JSON"),
        ("\n[" * 100_000, "l: not JSON"),
        ("7", "l, line 1: not a JSON object"),
        (lines(LABEL, {"turn": 9, "labels": ["signal:timeline"]}), "l, line 2: transcript_id is missing"),
        (lines({**LABEL, "turn": 8}), "l, line 1: transcript t1 has no turn 8"),
        (lines({**LABEL, "turn": None}), "l, line 1: turn is missing"),
        (lines({**LABEL, "labels": {"a": 1}}), "l, line 1: labels is not a list"),
    ],
)
def test_unusable_labels_are_told_by_line(labels: str, problem: str) -> None:
    with pytest.raises(LabelledFileError, match=f"^{problem}"):
        read_intent_set(labels, lines(TRANSCRIPT), labels_name="l", transcripts_name="t")


@pytest.mark.parametrize(
    ("transcripts", "problem"),
    [
        (lines(TRANSCRIPT, TRANSCRIPT), "t, line 2: transcript t1 is there twice"),
        (lines({"transcript_id": "t1"}), "t, line 1: no turns"),
        (lines({"transcript_id": "t1", "turns": ["Hi"]}), "t, line 1: turn 0 is not a JSON object"),
        (lines({"transcript_id": "t1", "turns": [TURNS[0], TURNS[0]]}), "t, line 1: two turns have the same number"),
        (lines({"transcript_id": True, "turns": TURNS}), "t, line 1: transcript_id is missing"),
    ],
)
def test_unusable_transcripts_are_told_by_line(transcripts: str, problem: str) -> None:
    with pytest.raises(LabelledFileError, match=f"^{problem}"):
        read(transcripts=transcripts)


def test_a_split_is_chosen_by_name() -> None:
    other = {**TRANSCRIPT, "transcript_id": "t2", "split": "Heldout"}
    data = read(LABEL, transcripts=lines(TRANSCRIPT, other)).of_split("heldout")
    assert [item.id for item in data.transcripts] == ["t2"]
    assert set(data.labels) == {"t2"}


def test_a_file_that_is_one_object_printed_wide_is_read() -> None:
    data = read(LABEL, transcripts=json.dumps(TRANSCRIPT, indent=2))
    assert len(data.transcripts[0].turns) == 2


def test_a_file_without_transcripts_is_told() -> None:
    with pytest.raises(LabelledFileError, match="t: no transcript in it"):
        read(LABEL, transcripts="\n \n")


def test_transcripts_that_name_nobodys_side_are_noted() -> None:
    bare = {"transcript_id": "t1", "turns": [{"speaker": "Ann", "text": "Hi"}]}
    assert any("who is rep or prospect" in note for note in read(transcripts=lines(bare)).notes)
    assert not any("who is rep or prospect" in note for note in read(LABEL).notes)


def test_other_words_for_the_sides_and_capitals_in_kinds_are_read() -> None:
    rows = [{"speaker": "Ann", "role": "Seller", "text": "Hi"}, {"speaker": "Bo", "role": "customer", "text": "Hi"}]
    data = read(
        {"transcript_id": 1, "turn": 0, "labels": ["SIGNAL:Timeline"]},
        transcripts=lines({"transcript_id": 1, "turns": rows}),
    )
    assert [turn.role for turn in data.transcripts[0].turns] == [Role.REP, Role.PROSPECT]
    assert data.labels["1"].certain == {(0, IntentKind.TIMELINE)}


@pytest.mark.parametrize("speaker", [None, "", "Speaker", "Unknown"])
@pytest.mark.parametrize("seating", list(Seating))
def test_roles_tell_apart_whom_names_do_not(speaker: str | None, seating: Seating) -> None:
    roles = ("rep", "prospect", "rep", "prospect", "prospect")
    turns = [{"speaker": speaker, "role": role, "text": "Hi."} for role in roles]
    data = read(transcripts=lines({"transcript_id": "t", "turns": turns}))
    material = material_of(data.transcripts[0], seating)
    sides = [material.sides[turn.speaker].value for turn in material.transcript.turns]
    assert sides == list(roles)
    assert material.rep.name == material.transcript.turns[0].speaker


def test_one_turn_given_to_the_wrong_voice_makes_no_second_person() -> None:
    turns = [{"speaker": "Ann", "role": "rep", "text": "Hi."}] * 9 + [
        {"speaker": "Ann", "role": "prospect", "text": ""}
    ]
    data = read(transcripts=lines({"transcript_id": "t", "turns": [*turns, {"speaker": "Bo", "role": "prospect"}]}))
    assert set(material_of(data.transcripts[0]).sides) == {"Ann", "Bo"}
