"""Everything that may be written about a meeting: what was said, who was there, what the CRM and the settings hold."""

from collections.abc import Iterable
from datetime import date

from sequences.records.material import MeetingMaterial
from sequences.skills.drafting.traceable import Known
from sequences.skills.rules.once import once_per_meeting


def known_in(material: MeetingMaterial, days: Iterable[date] = ()) -> Known:
    """``days`` were reckoned from what was said, such as due dates."""
    known = _known(material)
    reckoned = Known.of((), days)
    return Known(words=known.words | reckoned.words, figures=known.figures | reckoned.figures, text=known.text)


@once_per_meeting
def _known(material: MeetingMaterial) -> Known:
    return Known.of(
        [
            *(turn.text for turn in material.transcript.turns),
            *material.sides,
            *(f"{guest.name} {guest.email or ''}" for guest in material.meeting.participants),
            material.meeting.title,
            material.org.name,
            material.org.profile,
            f"{material.rep.name} {material.rep.signature}",
            material.customer.model_dump_json(),
        ]
    )
