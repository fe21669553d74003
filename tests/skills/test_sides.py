"""Who sits on which side: names first, then addresses, and no guessing."""

import pytest

from sequences.records.meeting import Participant, Role, Side, Transcript, Turn
from sequences.skills.sides import assign_sides

R, P, U = Side.REP, Side.PROSPECT, Side.UNKNOWN


def spoken_by(*names: str) -> Transcript:
    return Transcript(turns=tuple(Turn(index=number, speaker=name, text="Hi.") for number, name in enumerate(names)))


@pytest.mark.parametrize(
    ("speakers", "ours", "expected"),
    [
        (("Ann Lee", "Bob Ray"), ["Ann Lee"], (R, P)),
        (("ann  lee", "Bob Ray"), ["Ann Lee"], (R, P)),
        (("Ann Lee (Acme)", "Bob Ray"), ["Ann Lee"], (R, P)),
        (("Lee, Ann", "Ray, Bob"), ["Ann Lee"], (R, P)),
        (("Ann Lee", "Cy Oh", "Bob Ray"), ["Ann Lee", "Cy Oh"], (R, R, P)),
        (("Ann Lee", "Speaker 2", "Unknown"), ["Ann Lee"], (R, U, U)),
        (("Speaker 1", "Speaker 2"), ["Speaker 1"], (R, P)),
        (("spk_0", "spk_1", "Meeting Notetaker"), ["spk_0"], (R, P, U)),
        (("REP", "PROSPECT"), ["REP"], (R, P)),
        (("Ann Lee", "Client"), ["Ann Lee"], (R, P)),
        (("Ann Lee", "Conference Room 4B", "+44 20 7946 0000"), ["Ann Lee"], (R, U, U)),
        (("Ann Lee", "Bob Ray"), ["Zoe"], (U, U)),
        (("Ann Lee", "Bob Ray"), [], (U, U)),
        (("Ann Lee", "Ann Marie Lee"), ["Ann Lee"], (R, P)),
    ],
)
def test_by_name(speakers: tuple[str, ...], ours: list[str], expected: tuple[Side, ...]) -> None:
    assert tuple(assign_sides(spoken_by(*speakers), our_names=ours).values()) == expected


@pytest.mark.parametrize(
    ("said", "ours", "expected"),
    [
        ((("Ann", Role.REP), ("Bob", Role.PROSPECT)), [], (R, P)),
        ((("Rep", Role.REP), ("Prospect", Role.PROSPECT)), [], (R, P)),
        ((("Ann", Role.REP), ("Cy", Role.INTERNAL), ("Zoe", Role.OTHER), ("Bob", Role.PROSPECT)), [], (R, R, U, P)),
        ((("Ann", Role.REP), ("Bob", None)), [], (R, P)),
        ((("Ann", None), ("Bob", Role.PROSPECT)), [], (U, P)),
        ((("Ann", Role.PROSPECT), ("Bob", Role.PROSPECT)), ["Ann"], (R, P)),
        ((("Cy", Role.INTERNAL), ("Speaker 2", Role.PROSPECT)), [], (R, P)),
        ((("Ann", Role.REP), ("Zoe", Role.OTHER)), [], (R, R)),
    ],
)
def test_by_what_the_transcript_says(
    said: tuple[tuple[str, Role | None], ...], ours: list[str], expected: tuple[Side, ...]
) -> None:
    turns = (Turn(index=at, speaker=name, text="Hi.", role=role) for at, (name, role) in enumerate(said))
    assert tuple(assign_sides(Transcript(turns=tuple(turns)), our_names=ours).values()) == expected


def test_by_address() -> None:
    guests = (
        Participant(name="Ann Lee", email="ann@ours.example"),
        Participant(name="Cy Oh", email="cy@ours.example"),
        Participant(name="Bob Ray", email="bob@theirs.example"),
    )
    sides = assign_sides(
        spoken_by("Ann Lee", "Cy", "Bob Ray"), our_names=[], our_domains=["ours.example"], participants=guests
    )
    assert sides == {"Ann Lee": R, "Cy": R, "Bob Ray": P}


def test_a_mailbox_provider_makes_nobody_a_colleague() -> None:
    guests = (
        Participant(name="Ann Lee", email="ann@gmail.com"),
        Participant(name="Bob Ray", email="bob@gmail.com"),
    )
    sides = assign_sides(
        spoken_by("Ann Lee", "Bob Ray"), our_names=[], our_emails=["ann@gmail.com"], participants=guests
    )
    assert sides == {"Ann Lee": R, "Bob Ray": P}
