"""Who held the floor: shares, monologues and interruptions, on short talks and on any talk at all."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.coaching.floor import interruptions, longest_monologue, talk_share
from sequences.coaching.objections import objections_of
from sequences.coaching.questions import questions_of, unanswered
from sequences.records.coaching import Basis
from sequences.records.meeting import Side, Turn

SIDES = {"R": Side.REP, "H": Side.REP, "P": Side.PROSPECT, "U": Side.UNKNOWN}


def timed(*spoken: tuple[str, float | None, float | None, str]) -> list[Turn]:
    return [
        Turn(index=at, speaker=who, start_s=start, end_s=end, text=text)
        for at, (who, start, end, text) in enumerate(spoken)
    ]


def test_coach_04_talk_is_shared_by_time_where_there_are_times() -> None:
    share = talk_share(timed(("R", 0, 30, "Word."), ("P", 30, 120, "Word."), ("U", 120, 500, "Word.")), SIDES)
    assert share is not None
    assert (share.basis, share.rep, share.prospect) == (Basis.TIME, 0.25, 0.75)
    assert (share.rep_turns, share.prospect_turns) == ((0,), (1,))


def test_coach_04_and_by_words_where_one_turn_has_none() -> None:
    share = talk_share(timed(("R", 0, 30, "One two three."), ("P", None, None, "One.")), SIDES)
    assert share is not None
    assert (share.basis, share.rep) == (Basis.WORDS, 0.75)


def test_a_silence_after_a_turn_without_an_end_is_nobodys() -> None:
    share = talk_share(timed(("R", 0, None, "One two."), ("P", 600, None, "One two.")), SIDES)
    assert share is not None
    assert share.rep == pytest.approx(0.5)


@pytest.mark.parametrize("turns", [[], timed(("U", 0, 5, "Nobody knows me.")), timed(("R", 0, 0, ""))])
def test_nobody_spoke(turns: list[Turn]) -> None:
    assert talk_share(turns, SIDES) is None


def test_a_solo_talk_is_all_ours() -> None:
    share = talk_share(timed(("R", 0, 5, "Only me here.")), SIDES)
    assert share is not None
    assert (share.rep, share.prospect) == (1, 0)


def test_coach_10_the_longest_monologue_goes_on_over_noises_and_ends_at_an_answer() -> None:
    turns = timed(
        ("R", 0, 60, "We began in a garage and " * 10),
        ("P", 60, 61, "Right."),
        ("R", 61, 480, "then we grew and " * 40),
        ("P", 480, 490, "And what does that mean for us here?"),
        ("R", 490, 600, "It means that you save time."),
    )
    longest = longest_monologue(turns, SIDES)
    assert longest is not None
    assert (longest.turns, longest.start_s, longest.length_s) == ((0, 2), 0, 480)
    assert longest.words == 60 + 160


def test_a_monologue_of_the_prospect_is_none_of_ours() -> None:
    assert longest_monologue(timed(("P", 0, 900, "On and on and on.")), SIDES) is None


def test_an_interruption_is_proved_by_times() -> None:
    turns = timed(
        ("P", 0, 10, "We have always planned by hand."),
        ("R", 7.5, 12, "Let me stop you right there."),
        ("P", 11, 13, "Mm, yes."),
        ("R", 12.9, 20, "So here is our plan."),
    )
    (found,) = interruptions(turns, SIDES) or ()
    assert (found.turn, found.interrupted_turn, found.side, found.overlap_s) == (1, 0, Side.REP, 2.5)
    assert interruptions(timed(("R", 0, None, "Hello there.")), SIDES) is None


@st.composite
def talks(draw: st.DrawFn) -> list[Turn]:
    words = st.sampled_from(["plan", "why?", "How do you", "it is too expensive.", "yes", "1.5", "budget?", "…", ""])
    moment = st.none() | st.floats(0, 10_000, allow_nan=False)
    count = draw(st.integers(0, 12))
    return [
        Turn(
            index=at,
            speaker=draw(st.sampled_from(["R", "H", "P", "U", "X"])),
            text=" ".join(draw(st.lists(words, max_size=8))),
            start_s=draw(moment),
            end_s=draw(moment),
        )
        for at in range(count)
    ]


@given(talks())
def test_shares_sum_to_one_and_every_proof_is_a_turn(turns: Sequence[Turn]) -> None:
    share = talk_share(turns, SIDES)
    if share:
        assert share.rep + share.prospect == pytest.approx(1)
        assert 0 <= share.rep <= 1
    longest = longest_monologue(turns, SIDES)
    if longest:
        assert set(longest.turns) <= {turn.index for turn in turns if SIDES.get(turn.speaker) is Side.REP}
        assert longest.words <= sum(len(turn.text.split()) for turn in turns)
        assert longest.length_s is None or longest.length_s >= 0
    for item in interruptions(turns, SIDES) or ():
        assert item.overlap_s > 0
        assert item.interrupted_turn == item.turn - 1


@given(talks())
def test_counts_are_bounded_and_quotes_verbatim(turns: Sequence[Turn]) -> None:
    ours = questions_of(turns, SIDES, Side.REP)
    for question in (*ours, *unanswered(turns, SIDES)):
        assert question.quote in turns[question.turn].text
        assert 0 <= question.depth <= len(ours)
    assert len(unanswered(turns, SIDES)) <= len(turns)
    objections = objections_of(turns, SIDES)
    assert len(objections) <= sum(SIDES.get(turn.speaker) is Side.PROSPECT for turn in turns)
    for objection in objections:
        assert objection.quote in turns[objection.turn].text
        assert objection.answer_turn is None or objection.answer_turn > objection.turn
