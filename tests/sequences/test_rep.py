"""Whose meeting was it, and who was there."""

from datetime import UTC, datetime, timedelta

import pytest

from sequences.meetings.rep import RepFinding, find_rep
from sequences.meetings.store_meeting import Around, SoloRecordingError, everybody, meeting_of
from sequences.records.meeting import Participant, Transcript, Turn
from tests.sequences.people import BOSS, REP

TWIN = BOSS.model_copy(update={"id": "user_twin", "email": None, "slack_user_id": "U3"})
USERS = [REP, BOSS]
NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)


def guest(name: str, email: str | None = None, organizer: bool = False) -> Participant:
    return Participant(name=name, email=email, is_organizer=organizer)


SARAH = guest("Sarah Chen", "sarah@acme.example")
ROBIN = guest("R. Hale", "robin@larkfield.example")
INES = guest("Ines Duarte")


@pytest.mark.parametrize(
    ("participants", "rep_email", "kind", "who"),
    [
        ((ROBIN, SARAH), None, RepFinding.FOUND, [REP]),
        ((guest(" ROBIN hale "), SARAH), None, RepFinding.FOUND, [REP]),
        ((INES, SARAH), "robin@larkfield.example", RepFinding.FOUND, [REP]),
        ((INES, SARAH), "nobody@larkfield.example", RepFinding.FOUND, [BOSS]),
        ((SARAH,), "nobody@larkfield.example", RepFinding.NONE, []),
        ((SARAH,), None, RepFinding.NONE, []),
        ((), None, RepFinding.NONE, []),
        ((ROBIN, INES, SARAH), None, RepFinding.SEVERAL, [REP, BOSS]),
        ((ROBIN, INES.model_copy(update={"is_organizer": True})), None, RepFinding.FOUND, [BOSS]),
        ((ROBIN.model_copy(update={"is_organizer": True}), INES), None, RepFinding.FOUND, [REP]),
        (
            (
                ROBIN.model_copy(update={"is_organizer": True}),
                INES.model_copy(update={"is_organizer": True}),
            ),
            None,
            RepFinding.SEVERAL,
            [REP, BOSS],
        ),
        ((ROBIN, INES, guest("Sarah Chen", None, True)), None, RepFinding.SEVERAL, [REP, BOSS]),
        ((guest("Robin", "robin@elsewhere.example"), SARAH), None, RepFinding.NONE, []),
        ((guest("Rob"), SARAH), None, RepFinding.NONE, []),
        # The calendar knows Robin by address and as the organiser, the recording by display name.
        ((guest("R. Hale", "robin@larkfield.example", True), guest("Robin Hale"), INES), None, RepFinding.FOUND, [REP]),
    ],
)
def test_src_01_the_rep_of_a_meeting(
    participants: tuple[Participant, ...], rep_email: str | None, kind: RepFinding, who: list[object]
) -> None:
    found = find_rep(participants, USERS, rep_email=rep_email)
    assert (found.kind, list(found.candidates)) == (kind, who)
    assert bool(found.reason) is (kind is RepFinding.NONE)


def test_src_01_a_name_that_two_members_share_matches_nobody() -> None:
    assert find_rep((INES,), [BOSS, TWIN], rep_email=None).kind is RepFinding.NONE
    named = find_rep((guest("Ines Duarte", "ines@larkfield.example"),), [BOSS, TWIN], rep_email=None)
    assert named.candidates == (BOSS,)


def transcript(*speakers: str, end: float | None = 60.0, **changes: object) -> Transcript:
    turns = tuple(
        Turn(index=number, speaker=name, text="We should talk about it.", end_s=end)
        for number, name in enumerate(speakers)
    )
    return Transcript.model_validate({"turns": turns, **changes})


def test_src_01_everybody_counts_once_by_name() -> None:
    found = everybody(
        (guest("Sarah  Chen"), guest("Robin Hale", None, True)),
        transcript("sarah chen", "Robin Hale", " ", participants=(guest("Sarah Chen", "sarah@acme.example"), INES)),
    )
    assert found == (
        guest("Sarah  Chen", "sarah@acme.example"),
        guest("Robin Hale", None, True),
        INES,
    )


def test_src_01_an_organiser_that_only_the_transcript_names_is_one() -> None:
    found = everybody((guest("Robin Hale"),), transcript("Robin Hale", participants=(guest("Robin Hale", None, True),)))
    assert found == (guest("Robin Hale", None, True),)


@pytest.mark.parametrize(("speakers", "invited"), [(("Robin Hale",), ()), (("Robin Hale",), (guest("robin hale"),))])
def test_meet_05_a_solo_recording_is_no_meeting(speakers: tuple[str, ...], invited: tuple[Participant, ...]) -> None:
    around = Around(org_id="org_1", source="cli:meeting", external_id="1", participants=invited)
    with pytest.raises(SoloRecordingError):
        meeting_of(around, transcript(*speakers), received_at=NOW)


def test_src_01_what_nobody_says_is_worked_out() -> None:
    around = Around(org_id="org_1", source="cli:meeting", external_id="1")
    meeting = meeting_of(around, transcript("Robin Hale", "Sarah Chen", "Ines", "Tom"), received_at=NOW)
    assert meeting.title == "Meeting with Robin Hale, Sarah Chen and Ines"
    assert (meeting.started_at, meeting.ended_at) == (NOW - timedelta(minutes=1), NOW)


@pytest.mark.parametrize(
    "odd",
    [
        datetime.fromisoformat("9999-12-31T23:59:59-14:00"),
        datetime.fromisoformat("0001-01-01T00:00:00+14:00"),
        datetime(1970, 1, 1, tzinfo=UTC),
    ],
)
def test_src_01_a_time_that_cannot_be_is_no_time(odd: datetime) -> None:
    around = Around(org_id="org_1", source="s", external_id="1", started_at=odd, ended_at=odd)
    meeting = meeting_of(around, transcript("A", "B", started_at=odd), received_at=NOW)
    assert (meeting.started_at, meeting.ended_at) == (NOW - timedelta(minutes=1), NOW)


@pytest.mark.parametrize("end", [float("nan"), float("inf"), 1e300])
def test_src_01_a_length_that_cannot_be_is_bounded(end: float) -> None:
    around = Around(org_id="org_1", source="s", external_id="1")
    meeting = meeting_of(around, transcript("A", "B", end=end), received_at=NOW)
    assert NOW - timedelta(hours=24) <= meeting.started_at <= NOW


def test_src_01_what_the_source_says_counts_before_the_transcripts_own_word() -> None:
    around = Around(org_id="org_1", source="s", external_id="1", title="Ours", started_at=NOW)
    said = transcript("A", "B", title="Theirs", started_at=NOW - timedelta(days=1))
    assert (meeting_of(around, said, received_at=NOW).title, meeting_of(around, said, received_at=NOW).started_at) == (
        "Ours",
        NOW,
    )
    bare = meeting_of(around.model_copy(update={"title": None, "started_at": None}), said, received_at=NOW)
    assert (bare.title, bare.started_at) == ("Theirs", NOW - timedelta(days=1))
