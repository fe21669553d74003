"""What is built on what: the runner first, and everything that it runs beside it, to be had one by one."""

import ast

from sequences.catalogue import load_catalogue
from sequences.meeting_ended import MEETING_ENDED
from sequences.records.base import Record
from sequences.records.event import EventSource, EventType
from sequences.skills.catalogue import ALL_SKILLS, MAIL_SKILLS
from tests.house.project import ROOT

PROMPTS = ROOT / "sequences" / "skills" / "prompts"
# The parts of the core that come first: they carry any sequence and know none.
ENGINE = (
    "sequences/runner",
    "sequences/actions/gate",
    "sequences/intake.py",
    "sequences/step.py",
    "sequences/sequence.py",
)


def test_core_17_every_skill_is_in_the_inventory_with_all_that_its_interface_wants() -> None:
    skills = (*ALL_SKILLS, *MAIL_SKILLS)
    assert len({skill.key for skill in skills}) == len(skills)
    for skill in skills:
        assert issubclass(skill.output, Record)
        assert callable(skill.offline)
        assert callable(skill.check)
        assert (PROMPTS / f"{skill.key}.md.j2").is_file()
        assert (ROOT / "sequences" / "skills" / f"{skill.key}.py").is_file()


def test_core_20_the_first_working_slice_is_a_meeting_by_webhook_or_by_hand() -> None:
    found = load_catalogue().find(EventType.MEETING_ENDED)
    assert found is MEETING_ENDED
    assert {EventSource.WEBHOOK_MEETINGBAAS, EventSource.CLI_MEETING} <= found.sources


def test_core_22_the_engine_knows_no_sequence_and_no_skill() -> None:
    """So that whatever comes later needs it, and it needs none of them. The Thinker is how any step asks any skill."""
    known: set[str] = set()
    for part in ENGINE:
        for path in sorted((ROOT / part).rglob("*.py")) or [ROOT / part]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    known.add(node.module)
    skills = {module for module in known if module.startswith("sequences.skills")}
    assert skills <= {"sequences.skills.thinker"}
    assert not {module for module in known if module.startswith("sequences.meeting")}


def test_core_23_the_skills_that_a_meeting_links_are_there_by_name() -> None:
    assert {skill.key for skill in ALL_SKILLS} == {
        "classify_call",
        "extract_action_items",
        "detect_intents",
        "suggest_next_actions",
        "draft_follow_up",
        "extract_crm_fields",
        "summarise_meeting",
    }
