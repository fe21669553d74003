"""`make docs`: write docs/sequences.md from the declarations of the sequences themselves."""

from pathlib import Path

from sequences.catalogue import ALL_SEQUENCES
from sequences.records.base import Record
from sequences.sequence import Sequence, Trigger, wiring_of
from sequences.step import Step
from sequences.triggers import ALL_TRIGGERS

PAPER = Path(__file__).resolve().parents[1] / "docs" / "sequences.md"

HEAD = """# Sequences

Drawn from the code by `make docs`; a test compares. An arrow is a record that one step makes and another takes; a
dotted one may be missing, because its maker is best-effort or has a condition. A double frame is a step that the run
cannot do without; a rounded one is best-effort.
"""


TRIGGERS = """## The ten

Who may raise each, what its event carries (an optional field in brackets), how sure the trigger is, and whose it is.
Those that do not run yet are checked all the same: their events are kept with the reason.

| event | also called | raised by | carries | confidence | affinity | may need | runs |
|---|---|---|---|---|---|---|---|"""


def draw_all() -> str:
    table = [TRIGGERS, *(_trigger(trigger) for trigger in ALL_TRIGGERS), ""]
    return "\n".join([HEAD, *table, *(_section(sequence) for sequence in ALL_SEQUENCES)])


def _trigger(trigger: Trigger) -> str:
    fields = trigger.payload.model_fields.items()
    cells = (
        f"`{trigger.event}`",
        ", ".join(f"`{alias}`" for alias in trigger.aliases),
        ", ".join(f"`{source}`" for source in sorted(trigger.sources)),
        ", ".join(f"`{name}`" if field.is_required() else f"[`{name}`]" for name, field in fields),
        f"{trigger.confidence:.2f}",
        trigger.affinity,
        ", ".join(sorted(trigger.capabilities)),
        "yes" if any(sequence.event is trigger.event for sequence in ALL_SEQUENCES) else "not yet",
    )
    return f"| {' | '.join(cells)} |"


def _section(sequence: Sequence) -> str:
    lines = [
        f"## {sequence.name}",
        "",
        _declared(sequence),
        "",
        "```mermaid",
        "flowchart TD",
        *_nodes(sequence),
        *_arrows(sequence),
        "```",
        "",
        "| step | makes | context | needs | up to | |",
        "|---|---|---|---|---|---|",
        *(_row(step) for step in sequence.steps),
        "",
    ]
    return "\n".join(lines)


def _declared(sequence: Sequence) -> str:
    sources = ", ".join(f"`{source}`" for source in sorted(sequence.sources))
    fields = ", ".join(f"`{name}`" for name in sequence.payload.model_fields)
    cost = f"Reserves ${sequence.estimated_cost_usd} when a model is used."
    return f"Raised by {sources}. Carries {fields}. {cost}"


def _nodes(sequence: Sequence) -> list[str]:
    return [
        f"    {step.name}[[{_spoken(step)}]]" if step.critical else f"    {step.name}({_spoken(step)})"
        for step in sequence.steps
    ]


def _arrows(sequence: Sequence) -> list[str]:
    """From the step that makes a record to each that takes it; run-wide context is left out."""
    makers: dict[type[Record], Step] = {wiring_of(step.run).output: step for step in sequence.steps}
    arrows = []
    for step in sequence.steps:
        for wanted in wiring_of(step.run).inputs:
            maker = makers.get(wanted.type)
            if maker and maker is not step:
                line = "-.->" if wanted.is_optional else "-->"
                arrows.append(f"    {maker.name} {line}|{wanted.type.__name__}| {step.name}")
    return arrows


def _row(step: Step) -> str:
    notes = [
        "critical" if step.critical else "",
        "asks" if step.requires_approval else "",
        f"only if {_condition(step)}" if step.condition else "",
    ]
    cells = (
        f"`{step.name}`",
        f"`{wiring_of(step.run).output.__name__}`",
        ", ".join(map(str, step.context)),
        ", ".join(step.needs),
        f"${step.cost_usd}" if step.cost_usd else "",
        ", ".join(filter(None, notes)),
    )
    return f"| {' | '.join(cells)} |"


def _condition(step: Step) -> str:
    name = step.condition.__name__ if step.condition else ""
    return name.removeprefix("is_").replace("_", " ")


def _spoken(step: Step) -> str:
    return step.name.replace("_", " ")


def main() -> None:
    PAPER.write_text(draw_all(), encoding="utf-8")


if __name__ == "__main__":
    main()
