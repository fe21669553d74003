"""What a meeting bot's webhook says: v2, v1, and shapes that nobody documented."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.meetings.meetingbaas import NoticeError, NoticeKind, read_notice
from sequences.records.meeting import Participant

V2: dict[str, Any] = {
    "event": "bot.completed",
    "data": {
        "bot_id": "bot-1",
        "participants": [{"name": "Robin Hale", "id": 1}, {"name": "Sarah Chen", "id": 2}],
        "speakers": [{"name": "Robin Hale", "id": 1}],
        "joined_at": "2026-03-05T09:00:00Z",
        "exited_at": "2026-03-05T09:40:00.250Z",
        "transcription": " https://bots.example/transcripts/1.json ",
    },
    "extra": {
        "title": "Acme: follow-up",
        "rep_email": "Robin@Larkfield.example",
        "participants": [
            {"name": "robin hale", "email": "Robin@Larkfield.example", "is_organizer": True},
            {"name": "Sarah Chen", "email": "sarah@acme.example"},
        ],
    },
}
V1: dict[str, Any] = {
    "event": "complete",
    "data": {
        "bot_id": "bot-1",
        "speakers": ["Robin Hale", "Sarah Chen"],
        "transcript": [{"speaker": "Robin Hale", "words": [{"start": 0.1, "end": 0.4, "word": "Hello"}]}],
        "mp4": "https://bots.example/1.mp4",
    },
}


def test_src_01_v2_is_read() -> None:
    notice = read_notice(V2)
    assert (notice.kind, notice.bot_id, notice.title) == (NoticeKind.COMPLETED, "bot-1", "Acme: follow-up")
    assert notice.rep_email == "robin@larkfield.example"
    assert notice.started_at == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert notice.ended_at == datetime(2026, 3, 5, 9, 40, 0, 250_000, tzinfo=UTC)
    assert (notice.transcript_url, notice.transcript) == ("https://bots.example/transcripts/1.json", None)
    assert notice.participants == (
        Participant(name="robin hale", email="robin@larkfield.example", is_organizer=True),
        Participant(name="Sarah Chen", email="sarah@acme.example"),
    )


def test_src_01_v1_carries_the_transcript_inline() -> None:
    notice = read_notice(V1)
    assert notice.kind is NoticeKind.COMPLETED
    assert notice.transcript == V1["data"]["transcript"]
    assert [guest.name for guest in notice.participants] == ["Robin Hale", "Sarah Chen"]


def test_src_01_extra_counts_beside_data_and_inside_it() -> None:
    inside = {**V1, "data": {**V1["data"], "extra": {"rep_email": "a@b.example", "title": "Inside"}}}
    beside = {**inside, "extra": {"title": "Beside"}}
    assert (read_notice(inside).rep_email, read_notice(inside).title) == ("a@b.example", "Inside")
    assert (read_notice(beside).rep_email, read_notice(beside).title) == ("a@b.example", "Beside")


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("bot.completed", NoticeKind.COMPLETED),
        ("complete", NoticeKind.COMPLETED),
        ("transcription_complete", NoticeKind.COMPLETED),
        ("bot.failed", NoticeKind.FAILED),
        ("failed", NoticeKind.FAILED),
        ("bot.status_change", NoticeKind.OTHER),
        ("tea.ready", NoticeKind.OTHER),
    ],
)
def test_src_01_the_kinds_of_events(event: str, kind: NoticeKind) -> None:
    assert read_notice({"event": event, "data": {"bot_id": "b"}}).kind is kind


def test_src_01_why_a_recording_failed() -> None:
    body = {"event": "bot.failed", "data": {"bot_id": "b", "error_code": "KICKED", "error_message": "was kicked"}}
    assert read_notice(body).problem == "was kicked"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event": "complete"},
        {"event": 7, "data": {"bot_id": "b"}},
        {"event": "complete", "data": []},
        {"event": "complete", "data": {}},
        {"event": "complete", "data": {"bot_id": 7}},
        {"event": "complete", "data": {"bot_id": ""}},
    ],
)
def test_src_01_what_is_no_notice_is_told_as_such(body: dict[str, Any]) -> None:
    with pytest.raises(NoticeError):
        read_notice(body)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-05T09:00:00+01:00", datetime(2026, 3, 5, 8, tzinfo=UTC)),
        ("2026-03-05 09:00:00", datetime(2026, 3, 5, 9, tzinfo=UTC)),
        (1772701200, datetime(2026, 3, 5, 9, tzinfo=UTC)),
        (True, None),
        (-5, None),
        (float("inf"), None),
        (float("nan"), None),
        ("yesterday", None),
        ({}, None),
    ],
)
def test_src_01_times_in_any_shape(value: Any, expected: datetime | None) -> None:
    body = {"event": "complete", "data": {"bot_id": "b", "started_at": value}}
    assert read_notice(body).started_at == expected


def test_src_01_the_organiser_may_be_named_by_email_alone() -> None:
    extra = {"organizer_email": "A@b.example", "attendees": [{"email": "a@b.example"}, "Ben", {"x": 1}, None, ""]}
    notice = read_notice({"event": "complete", "data": {"bot_id": "b"}, "extra": extra})
    assert notice.participants == (
        Participant(name="a@b.example", email="a@b.example", is_organizer=True),
        Participant(name="Ben"),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["bot_id", "extra", "participants", "speakers", "transcription", "transcript", "joined_at", "error", "title"]
    ),
    JSON,
)


@given(data=FIELDS, extra=FIELDS | JSON, event=st.text(max_size=5) | st.just("complete"))
def test_src_01_no_json_does_more_than_refuse_itself(data: dict[str, Any], extra: Any, event: str) -> None:
    try:
        notice = read_notice({"event": event, "data": data, "extra": extra})
    except NoticeError:
        return
    assert notice.bot_id
