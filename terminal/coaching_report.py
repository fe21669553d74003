"""The documented `coaching` object of ``sixty meeting --json``, and the same in a few lines."""

from typing import Any

from sequences.coaching.facts import coaching_facts
from sequences.records.coaching import CoachingFacts, Monologue, TalkShare
from sequences.records.material import MeetingMaterial


def coaching_of(material: MeetingMaterial, *, is_read: bool) -> dict[str, Any]:
    """Every key is always there. Nothing is counted in a meeting that is not to be read."""
    facts = coaching_facts(material) if is_read else CoachingFacts()
    return {
        "talk": _talk(facts.talk),
        "longest_monologue": _monologue(facts.longest_monologue),
        "questions": [item.model_dump(mode="json", exclude={"side"}) for item in facts.questions],
        "discovery_questions": facts.discovery_questions,
        "discovery_depth": facts.deepest,
        "unanswered": [
            item.model_dump(mode="json", include={"turn", "speaker", "side", "quote"}) for item in facts.unanswered
        ],
        "objections": [item.model_dump(mode="json") for item in facts.objections],
        "interruptions": None
        if facts.interruptions is None
        else [item.model_dump(mode="json") for item in facts.interruptions],
    }


def coaching_lines(coaching: dict[str, Any]) -> list[str]:
    talk, questions = coaching["talk"], coaching["questions"]
    if talk is None:
        return []
    open_ones = sum(item["form"] == "open" for item in questions)
    lines = [
        f"Talk: {talk['rep']:.0%} ours, {talk['prospect']:.0%} theirs, by {talk['basis']}",
        f"Questions by our side: {len(questions)}, {open_ones} open; {coaching['discovery_questions']} of discovery",
    ]
    lines += [f"Not answered: “{item['quote']}” (turn {item['turn']})" for item in coaching["unanswered"]]
    lines += [
        f"Objection, {item['handling'].replace('_', ' ')}: “{item['quote']}” (turn {item['turn']})"
        for item in coaching["objections"]
    ]
    return lines


def _talk(talk: TalkShare | None) -> dict[str, Any] | None:
    if talk is None:
        return None
    return {**talk.model_dump(mode="json"), "rep": round(talk.rep, 4), "prospect": round(talk.prospect, 4)}


def _monologue(monologue: Monologue | None) -> dict[str, Any] | None:
    return monologue.model_dump(mode="json") if monologue else None
