"""From a skill and its input to a prompt.

The instructions and the material are byte for byte the same for all skills of one meeting, so that a provider's
prompt cache serves the second skill what the first one paid for; only the task at the end differs. What people said
is data: it stands inside a fence that carries a digest of its own content, which no text can contain, and every
value in it is held to one line, so that nobody can speak a turn or a heading into being.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined

from sequences.ports.model import ModelError, Prompt
from sequences.records.base import Record
from sequences.records.crm import CustomerPicture
from sequences.records.mail import MailMaterial
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.skill import In, Out, Skill

# Of one prompt. About 300,000 tokens: a ten-hour recording fits, a dump of something else does not.
MAX_CHARACTERS = 1_200_000
QUOTED = 2_000  # characters of a mail's history: enough to see what a short answer answers

_SIDES = {Side.REP: "ours", Side.PROSPECT: "prospect", Side.UNKNOWN: "side unknown"}
_FENCE_LOOKALIKE = re.compile(r"<(?=\s*/?\s*material)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Turn:
    index: int
    speaker: str
    side: str
    clock: str
    text: str


def render_prompt(skill: Skill[In, Out], given: In, templates: Environment | None = None) -> Prompt:
    """``prompts/<key>.md.j2`` sees ``given`` and ``material``. ModelError of kind invalid when it is too long.

    ``templates`` are others to try; without them, those of the product.
    """
    chosen = templates or environment()
    material = skill.material(given)
    fence = _fence(material)
    prefix = "_mail" if isinstance(material, MailMaterial) else ""
    prompt = Prompt(
        instructions=_render(chosen, f"{prefix}_instructions.md.j2", fence=fence),
        material=_render(chosen, f"{prefix}_material.md.j2", fence=fence, **_material_context(material)),
        task=_render(chosen, f"{skill.key}.md.j2", given=given, material=material),
        version=skill.prompt_version,
    )
    length = len(prompt.material) + len(prompt.task)
    if length > MAX_CHARACTERS:
        raise ModelError(
            f"The conversation has {length:,} characters, more than the {MAX_CHARACTERS:,} that a model is given",
            kind="invalid",
        )
    return prompt


def one_line(value: object) -> str:
    """Text from outside as one line, without anything that looks like the fence. The words stay as they are."""
    return _FENCE_LOOKALIKE.sub("&lt;", " ".join(str(value).split()))


def _render(templates: Environment, name: str, **context: Any) -> str:
    return templates.get_template(name).render(context).strip() + "\n"


@cache
def environment() -> Environment:
    """The templates of ``prompts/``."""
    return templates_from(PackageLoader("sequences.skills", "prompts"))


def templates_from(loader: BaseLoader) -> Environment:
    """What every prompt is rendered with; the filter ``line`` is for every value from outside."""
    made = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (the reader is a model, not a browser)
        keep_trailing_newline=False,
        auto_reload=False,
    )
    made.filters["line"] = one_line
    return made


def _fence(material: Record) -> str:
    digest = hashlib.sha256(material.model_dump_json().encode()).hexdigest()
    return f"material-{digest[:16]}"


def _material_context(material: MeetingMaterial | MailMaterial) -> dict[str, Any]:
    if isinstance(material, MailMaterial):
        parts = material.parts
        return {"mail": material.mail, "said": parts.said.split("\n"), "quoted": parts.quoted[:QUOTED].split("\n")}
    return {
        "material": material,
        "started_at": material.meeting.started_at.astimezone(_zone(material.timezone)).strftime("%A %Y-%m-%d %H:%M"),
        "speakers": [(speaker, _SIDES[side]) for speaker, side in material.sides.items()],
        "records": _records(material.customer),
        "turns": [
            _Turn(
                index=turn.index,
                speaker=turn.speaker,
                side=_SIDES[material.sides.get(turn.speaker, Side.UNKNOWN)],
                clock=_clock(turn.start_s),
                text=turn.text,
            )
            for turn in material.transcript.turns
        ],
    }


def _records(customer: CustomerPicture) -> list[str]:
    """What is known, one record a line; ids stay here, a model has no use for them."""
    records = [("contact", contact) for contact in customer.contacts]
    known: list[tuple[str, Record | None]] = [*records, ("company", customer.company), ("deal", customer.deal)]
    lines = [f"{kind}: {_facts(record)}" for kind, record in known if record is not None]
    lines += [f"{activity.at:%Y-%m-%d} {activity.kind}: {activity.summary}" for activity in customer.activities]
    return lines + [f"open task: {task.title}" for task in customer.open_tasks]


def _facts(record: Record) -> str:
    facts = record.model_dump(mode="json", exclude_none=True)
    return ", ".join(f"{name} {value}" for name, value in facts.items() if name != "id" and not name.endswith("_id"))


def _clock(start_s: float | None) -> str:
    if start_s is None:
        return ""
    minutes, seconds = divmod(int(start_s), 60)
    return f" {minutes:02d}:{seconds:02d}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
