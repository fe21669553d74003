"""The documented, stable JSON of ``sixty meeting --json`` (docs/meeting-json.md), and the same for a person's eyes."""

from typing import Any

from sequences.actions.create_tasks import TaskBatch
from sequences.meeting_ended import Privacy
from sequences.meeting_writes import current_value
from sequences.records.action import ActionType
from sequences.records.insight import (
    ActionItems,
    CallType,
    FieldUpdates,
    Intents,
    MeetingSummary,
    NextActions,
)
from sequences.records.mail import Mail
from sequences.records.material import MeetingMaterial
from sequences.rehearsal import Rehearsal
from sequences.skills.thinker import Thinker
from terminal.coaching_report import coaching_lines, coaching_of

Report = dict[str, Any]


def report_of(material: MeetingMaterial, done: Rehearsal, thinker: Thinker) -> Report:
    """Every key is always there; what was not found is empty, never left out."""
    call_type = done.output(CallType)
    return {
        "meeting": {
            "title": material.meeting.title,
            "started_at": material.meeting.started_at.isoformat(),
            "format": material.transcript.source_format,
            "turns": len(material.transcript.turns),
            "call_type": call_type.kind.value if call_type else None,
            "participants": _participants(material),
        },
        "engine": thinker.engine,
        "sensitive": (done.output(Privacy) or Privacy()).about,
        "summary": list((done.output(MeetingSummary) or MeetingSummary()).lines),
        "intents": [_intent(item.model_dump(mode="json")) for item in (done.output(Intents) or Intents()).items],
        "action_items": [
            {key: item.model_dump(mode="json")[key] for key in ("owner", "text", "due_on", "quote", "turn")}
            for item in (done.output(ActionItems) or ActionItems()).items
        ],
        "next_actions": [item.model_dump(mode="json") for item in (done.output(NextActions) or NextActions()).items],
        "follow_up_email": _email(done),
        "crm_updates": _crm_updates(material, done),
        "tasks": [
            {"title": task.title, "due_on": task.due_on.isoformat() if task.due_on else None, "quote": task.quote}
            for task in (done.output(TaskBatch) or TaskBatch(tasks=())).tasks
        ],
        "follow_up_events": [{"type": item.type, "reason": item.reason} for item in done.follow_ups],
        "coaching": coaching_of(material, is_read=not (done.output(Privacy) or Privacy()).about),
        "cost": {
            "usd": str(thinker.spent_usd),
            "calls": thinker.calls,
            "input_tokens": thinker.input_tokens,
            "output_tokens": thinker.output_tokens,
        },
        "notes": [*thinker.notes, *done.notes],
    }


def _participants(material: MeetingMaterial) -> list[Report]:
    return [
        {"name": guest.name, "email": guest.email, "side": material.sides.get(guest.name, "unknown")}
        for guest in material.meeting.participants
    ]


def _intent(item: Report) -> Report:
    keys = ("kind", "speaker", "speaker_name", "quote", "turn", "start_s", "confidence")
    return {key: item[key] for key in keys}


def _email(done: Rehearsal) -> Report | None:
    """As it would be offered for approval: with the signature."""
    proposal = next((item for item in done.proposals if item.type is ActionType.SEND_EMAIL), None)
    if proposal is None:
        return None
    mail = Mail.model_validate(proposal.payload)
    return {"to": list(mail.to), "subject": mail.subject, "body": mail.body}


def _crm_updates(material: MeetingMaterial, done: Rehearsal) -> list[Report]:
    updates = done.output(FieldUpdates) or FieldUpdates()
    stage = (updates.stage_proposal,) if updates.stage_proposal else ()
    return [
        {
            "object": item.object.value,
            "field": item.field,
            "old": current_value(material, item),
            "new": item.new,
            "quote": item.quote,
        }
        for item in (*updates.items, *stage)
    ]


def as_text(report: Report) -> str:
    """For a terminal: what would be on the card, in the card's order."""
    meeting = report["meeting"]
    lines = [f"{meeting['title']} · {meeting['started_at']} · {meeting['turns']} turns · {report['engine']}", ""]
    if report["sensitive"]:
        lines += [f"This sounds like {report['sensitive']}. It was not read further.", ""]
    lines += _section("Summary", report["summary"])
    lines += _section("Action items", [_item_line(item) for item in report["action_items"]])
    lines += _section("Heard", [f"{it['kind']}: “{it['quote']}” ({it['speaker_name']})" for it in report["intents"]])
    lines += _section("CRM", [_update_line(item) for item in report["crm_updates"]])
    lines += _section("Tasks", [_task_line(item) for item in report["tasks"]])
    lines += _section("Next", [f"{item['text']} ({item['reason']})" for item in report["next_actions"]])
    lines += _section("Would raise", [f"{item['type']}: “{item['reason']}”" for item in report["follow_up_events"]])
    lines += _mail_lines(report["follow_up_email"])
    lines += _section("Coaching (counted, for your eyes only)", coaching_lines(report["coaching"]))
    lines += _section("Notes", report["notes"])
    lines.append(f"Cost: ${report['cost']['usd']}")
    return "\n".join(lines)


def _mail_lines(mail: Report | None) -> list[str]:
    if mail is None:
        return []
    head = ["Follow-up mail (sent only after approval)", f"  To: {', '.join(mail['to']) or 'nobody yet'}"]
    return [*head, f"  Subject: {mail['subject']}", "", *(f"  {line}" for line in mail["body"].splitlines()), ""]


def _update_line(item: Report) -> str:
    return f"{item['object']}.{item['field']}: {item['old'] or '—'} → {item['new']} (“{item['quote']}”)"


def _task_line(item: Report) -> str:
    due = f" (by {item['due_on']})" if item["due_on"] else ""
    return f"{item['title']}{due}"


def _item_line(item: Report) -> str:
    due = f", by {item['due_on']}" if item["due_on"] else ""
    return f"{item['owner'] or 'nobody certain'}: {item['text']}{due}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  • {line}" for line in lines), ""] if lines else []
