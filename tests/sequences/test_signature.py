"""The rep's signature is there exactly once (SEND-10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.signature import with_signature
from tests.sequences.people import REP

BLOCK = "Robin Hale\nAccount Executive, Larkfield"
SIGNED = REP.model_copy(update={"signature": BLOCK})
CLOSING_BLOCK = REP.model_copy(update={"signature": "Cheers,\nRobin"})


@pytest.mark.parametrize(
    ("body", "rep", "end"),
    [
        ("Hello.", REP, "Hello.\n\nBest regards,\nRobin Hale"),
        ("Hello.", SIGNED, f"Hello.\n\nBest regards,\n{BLOCK}"),
        ("Hello.\n\nThanks,", REP, "Hello.\n\nThanks,\nRobin Hale"),
        ("Hello.\n\nBest regards,\nRobin Hale\n\n", REP, "Hello.\n\nBest regards,\nRobin Hale"),
        (f"Hello.\n\n{BLOCK}", SIGNED, f"Hello.\n\n{BLOCK}"),
        ("Hello.", CLOSING_BLOCK, "Hello.\n\nCheers,\nRobin"),
    ],
)
def test_send_10_where_the_signature_goes(body: str, rep: object, end: str) -> None:
    assert with_signature(body, rep) == end  # type: ignore[arg-type]


@given(body=st.text(max_size=200), signature=st.text(max_size=60))
def test_send_10_signing_twice_is_signing_once(body: str, signature: str) -> None:
    rep = REP.model_copy(update={"signature": signature})
    once = with_signature(body, rep)
    assert with_signature(once, rep) == once
    assert once.startswith(body.rstrip())
