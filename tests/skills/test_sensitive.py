"""Meetings to leave alone until somebody says otherwise; sales talk about hospitals and contracts is not among them."""

import pytest

from sequences.skills.sensitive import sensitivity
from tests.skills.meetings import meeting


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        (("R: This is a disciplinary meeting.", "H: We're letting you go."), None, "a personnel matter"),
        (("R: We start your performance review.", "H: Fine."), "Performance review Hugh", "a personnel matter"),
        (("R: This call is attorney-client privileged.", "P: The deposition is on Monday."), None, "legal advice"),
        (("P: I was diagnosed with it in May.", "R: How long have you had this?"), None, "somebody's health"),
        (("P: My divorce is through.", "P: The custody hearing is next."), None, "private life"),
        (("P: Our clinics use your scheduling for patients.", "R: Diagnosis codes are in the demo."), None, None),
        (("P: Legal has to review the contract.", "R: We send the terms."), "Contract review", None),
        (("P: HR needs the payroll export.", "R: We'll add performance reviews to the product."), None, None),
        (("P: My divorce is through, so I'm in a good mood.", "R: Ha. About the quote."), None, None),
    ],
)
def test_reasons(lines: tuple[str, ...], title: str | None, reason: str | None) -> None:
    transcript = meeting(*lines).transcript.model_copy(update={"title": title})
    assert sensitivity(transcript) == reason
