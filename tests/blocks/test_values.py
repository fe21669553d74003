from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.limits.numbers import BUTTON_VALUE, PRIVATE_METADATA
from blocks.values import ActionRef, CardRef, CategoryRef, FeedbackRef, InvalidValueError, JobRef, Rating

IDS = st.from_regex(r"[a-z]{2,4}_[0-9a-z]{26}", fullmatch=True)
REFS = st.one_of(
    st.builds(ActionRef, IDS, st.from_regex(r"[0-9a-f]{12}", fullmatch=True)),
    st.builds(CardRef, IDS),
    st.builds(JobRef, IDS),
    st.builds(CategoryRef, st.sampled_from(["meeting_debrief", "notice"])),
    st.builds(FeedbackRef, IDS, st.sampled_from(Rating)),
)
Ref = ActionRef | CardRef | JobRef | CategoryRef | FeedbackRef


@given(REFS)
def test_comes_back_as_it_went(ref: Ref) -> None:
    text = ref.encode()
    assert type(ref).decode(text) == ref
    assert len(text) <= min(BUTTON_VALUE, PRIVATE_METADATA)


@given(st.text() | st.none())
def test_junk_is_refused(text: str | None) -> None:
    for kind in (ActionRef, CardRef, JobRef, CategoryRef, FeedbackRef):
        with pytest.raises(InvalidValueError):
            kind.decode(text)


@pytest.mark.parametrize(
    "text",
    [
        "2:action:act_1:3f9a1c7be204",  # written by a later version
        "1:card:act_1:3f9a1c7be204",
        "1:action:act_1",
        "1:action::3f9a1c7be204",
        "1:action:act_1:3f9a:spare",
        "1:action:act 1:3f9a",
        "1:action:act_1:<!channel>",
        "1:action:act_1:3f9a\n",
    ],
)
def test_what_is_nearly_right_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        ActionRef.decode(text)


def test_an_unknown_rating_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="rating"):
        FeedbackRef.decode("1:feedback:card_1:superb")


def test_an_id_that_would_break_the_encoding_is_refused_when_drawn() -> None:
    with pytest.raises(InvalidValueError):
        replace(CardRef("card_1"), card_id="card:1").encode()


def test_an_undo_approves_no_content_and_needs_no_version() -> None:
    assert ActionRef.decode(ActionRef("act_1").encode()) == ActionRef("act_1", "")
