"""A dry run: the real steps with their real branches, and nothing that follows from them (BEYOND-11).

No job is stored, no action is admitted, no event is raised and no card is shown; what would have happened is
collected instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sequences.records.action import Proposal
from sequences.records.base import Record
from sequences.records.job import FollowUp
from sequences.runner.attempt import StepFailedError, attempt, is_wanted
from sequences.sequence import Sequence, wiring_of

R = TypeVar("R", bound=Record)


@dataclass(kw_only=True)
class Rehearsal:
    """What the steps made and what would have come of it. ``notes`` tells what was skipped or failed, and why."""

    outputs: dict[type, object] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def output(self, kind: type[R]) -> R | None:
        found = self.outputs.get(kind)
        return found if isinstance(found, kind) else None


async def rehearse(sequence: Sequence, context: Mapping[type, object]) -> Rehearsal:
    """Walk the sequence on ``context`` (run-wide values by type). StepFailedError when a critical step fails."""
    done = Rehearsal()
    for step in sequence.steps:
        values = {**context, **done.outputs}
        if not is_wanted(step, values):
            done.notes.append(f"{step.name} was not needed")
            continue
        try:
            result = (await attempt(step, values)).result
        except StepFailedError as error:
            if step.critical:
                raise
            done.notes.append(f"{step.name} failed: {error.text}")
            continue
        done.outputs[wiring_of(step.run).output] = result.output
        done.proposals.extend(result.proposes)
        done.follow_ups.extend(result.follow_ups)
        if any(proposal.type.is_permission for proposal in result.proposes):
            done.notes.append(f"{step.name} would ask you first; nothing after it was done")
            break
    return done
