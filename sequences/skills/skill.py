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
from sequences.records.material import MeetingMaterial

In = TypeVar("In", bound=Record)
Out = TypeVar("Out", bound=Record)


class MeetingFindings(Record):
    """What the later skills of a meeting read: the material and what the earlier ones found."""

    material: MeetingMaterial
    call_type: CallType | None = None
    action_items: ActionItems = ActionItems()
    intents: Intents = Intents()


@dataclass(frozen=True, kw_only=True)
class Skill(Generic[In, Out]):
    """``prompt_version`` changes with the template's meaning and is stored with whatever the skill wrote."""

    key: str
    output: type[Out]
    offline: Callable[[In], Out]
    check: Callable[[In, Out], Out]
    material: Callable[[In], MeetingMaterial]  # the part of the input that all skills of a meeting share
    prompt_version: str = "1"
    max_output_tokens: int = 2_000
