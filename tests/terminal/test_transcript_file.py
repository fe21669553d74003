"""A file from the command line: read, or refused with what to do about it."""

import json
import os
from pathlib import Path

import pytest

from terminal.printing import CommandError
from terminal.transcript_file import Request, check_timezone, meeting_in, read_file

TALK = "Robin Hale: Thank you for the time that you took today.\nSarah Chen: We are happy to be here with you.\n"


def request(path: Path, *reps: str) -> Request:
    return Request(path=path, reps=reps, timezone="UTC", dry_run=True, as_json=False)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "call.txt"
    path.write_text(TALK, encoding="utf-8")
    os.utime(path, (1_772_701_200, 1_772_701_200))
    return path


def test_core_01_the_same_file_is_the_same_meeting(talk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TALK, encoding="utf-8")
    one, other = read_file(request(talk)), read_file(request(copy))
    assert one.digest == other.digest
    copy.write_text(TALK + "Robin Hale: And goodbye.\n", encoding="utf-8")
    assert read_file(request(copy)).digest != one.digest


def test_core_01_the_time_of_the_file_counts_when_it_tells_none(talk: Path) -> None:
    meeting = meeting_in(read_file(request(talk)), "org_1")
    assert meeting.started_at.isoformat() == "2026-03-05T09:00:00+00:00"
    assert meeting.source == "cli:meeting"
    assert [guest.name for guest in meeting.participants] == ["Robin Hale", "Sarah Chen"]


@pytest.mark.parametrize("rep", ["Robin Hale", "robin  hale", "SARAH CHEN"])
def test_core_01_reps_are_found_as_the_file_spells_them(talk: Path, rep: str) -> None:
    assert read_file(request(talk, rep)).transcript.turns


def test_core_01_an_unknown_rep_is_told_who_is_there(talk: Path) -> None:
    with pytest.raises(CommandError, match=r"called Bob\. It names: Robin Hale, Sarah Chen\."):
        read_file(request(talk, "Robin Hale", "Bob"))


@pytest.mark.parametrize("typed", ["Robin Hale (Larkfield)", "robin hale", "Robin", "ROBIN@larkfield.example"])
def test_core_01_a_rep_is_found_without_the_company_by_first_name_or_address(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "call.json"
    turns = [{"speaker": "Robin Hale (Larkfield)", "text": "Hi."}, {"speaker": "Sarah Chen", "text": "Hello."}]
    guests = [{"name": "Robin Hale (Larkfield)", "email": "robin@larkfield.example"}]
    path.write_text(json.dumps({"participants": guests, "turns": turns}), encoding="utf-8")
    assert read_file(request(path, typed)).reps == ("Robin Hale (Larkfield)",)


def test_core_01_two_of_one_first_name_must_be_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text("Robin Hale: Thank you.\nRobin Grey: You are welcome.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="It names: Robin Grey, Robin Hale"):
        read_file(request(path, "Robin"))


def test_core_01_whom_the_file_calls_the_rep_needs_no_typing(tmp_path: Path) -> None:
    path = tmp_path / "call.json"
    turns = [{"speaker": "Cy", "role": "internal", "text": "Hi."}, {"speaker": "Ann", "role": "rep", "text": "Hi."}]
    path.write_text(json.dumps({"turns": turns}), encoding="utf-8")
    assert read_file(request(path)).reps == ("Ann",)
    assert read_file(request(path, "Cy")).reps == ("Cy",)


def test_err_10_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            read_file(request(path))


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"[[[[", b"WEBVTT\n", b"{}", b" \n "])
def test_err_10_what_is_no_transcript_is_told_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"odd\.txt"):
        read_file(request(path))


def test_meet_05_a_solo_recording_is_told(tmp_path: Path) -> None:
    path = tmp_path / "solo.txt"
    path.write_text("Robin Hale: I am only testing this microphone on my own.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="solo"):
        meeting_in(read_file(request(path)), "org_1")


def test_err_10_a_time_zone_must_exist() -> None:
    assert check_timezone("Europe/London") == "Europe/London"
    for name in ("Mars/Base", "", "../etc/passwd", "/etc/passwd", "Europe"):
        with pytest.raises(CommandError, match="no time zone"):
            check_timezone(name)
