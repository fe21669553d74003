"""A skill thinks and changes nothing outside: one typed input, one typed output, two engines (CORE-18).

The model engine fills ``output`` from the prompt template ``prompts/<key>.md.j2``; the offline engine calls
``offline``. Both results pass through ``check``, which keeps only what the input proves, so that neither engine
can hand on a quote that nobody said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sequences.records.base import Record
from sequences.records.insight import ActionItems, CallType, Intents
from sequences.records.mail import MailMaterial
from sequences.records.material import MeetingMaterial
from sequences.records.style import MailStyle

In = TypeVar("In", bound=Record)
Out = TypeVar("Out", bound=Record)


class MeetingFindings(Record):
    """What the later skills of a meeting read: the material and what the earlier ones found."""

    material: MeetingMaterial
    call_type: CallType | None = None
    action_items: ActionItems = ActionItems()
    intents: Intents = Intents()
    style: MailStyle = MailStyle()  # as far as the rep's sent mails tell


def _nothing_settled(_: object) -> None:
    """Most skills have to think about everything."""
    return


@dataclass(frozen=True, kw_only=True)
class Skill(Generic[In, Out]):
    """``prompt_version`` changes with the template's meaning and is stored with whatever the skill wrote.

    ``settled`` answers what is certain without any judgement, such as an automatic mail; no model is asked then.
    """

    key: str
    output: type[Out]
    offline: Callable[[In], Out]
    check: Callable[[In, Out], Out]
    # The part of the input that all skills of a meeting, or of a mail, share.
    material: Callable[[In], MeetingMaterial | MailMaterial]
    settled: Callable[[In], Out | None] = _nothing_settled
    prompt_version: str = "1"
    max_output_tokens: int = 2_000
