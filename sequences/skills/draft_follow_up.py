"""The mail after the meeting: thanks, what was said, who does what until when. Nothing that was not said.

The body ends before the sign-off; the signature is added where the mail is proposed.
"""

import re
from collections import Counter
from datetime import date

from sequences.records.insight import ActionItem, FollowUpDraft, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.extract_action_items import local_date
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.wording import sentence_of, tidy, told_to_them
from sequences.skills.skill import MeetingFindings, Skill

MOST_WORDS = 160
_MOST_PROMISES = 4
_MOST_NOTES = 2
_LONGEST_NOTE = 150  # characters
_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{1,40}\]|\{\{?[^}\n]{1,40}\}|<[a-z][^>\n]{0,30}>|\bX{2,}\b|\bTBD\b|\bTODO\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d,.]*")
_NOTED = (IntentKind.TIMELINE, IntentKind.MULTI_STAKEHOLDER)
_ACCEPTS = re.compile(
    r"\b(?:works|good|great|perfect|yes|sure|suits?|fine|ok|okay|lovely|sounds good|see you|ideal|can do)\b", re.I
)
_REFUSES = re.compile(
    r"\b(?:not|can't|cannot|won't|doesn't|difficult|unfortunately|let me think|perhaps|maybe)\b", re.I
)


def draft_offline(findings: MeetingFindings) -> FollowUpDraft:
    """Only from what the earlier skills found and who was there."""
    body = [
        _greeting(findings.material),
        _thanks(findings.material),
        _notes(findings),
        _ours(findings),
        _theirs(findings),
    ]
    text = "\n\n".join([part for part in body if part] + [_closing(findings)])
    while len(text.split()) > MOST_WORDS and body:
        body.pop()
        text = "\n\n".join([part for part in body if part] + [_closing(findings)])
    return FollowUpDraft(to=recipients(findings.material), subject=_subject(findings), body=text)


def recipients(material: MeetingMaterial) -> tuple[str, ...]:
    """Addresses of those who spoke for the prospect, the one who spoke most first; from the invitation or the CRM."""
    known = {person.name.casefold(): person.email for person in material.customer.contacts if person.email}
    known |= {guest.name.casefold(): guest.email for guest in material.meeting.participants if guest.email}
    found = [known[name.casefold()] for name in _prospects(material) if name.casefold() in known]
    return tuple(dict.fromkeys(found))


def _prospects(material: MeetingMaterial) -> list[str]:
    spoken = Counter[str]()
    for turn in material.transcript.turns:
        if material.sides.get(turn.speaker) is Side.PROSPECT:
            spoken[turn.speaker] += len(turn.text)
    return [name for name, _ in spoken.most_common()]


def _greeting(material: MeetingMaterial) -> str:
    firsts = [name.split()[0] for name in _prospects(material)[:3] if name.split()]
    if not firsts:
        return "Hello,"
    return f"Hi {firsts[0]}," if len(firsts) == 1 else f"Hi {', '.join(firsts[:-1])} and {firsts[-1]},"


def _thanks(material: MeetingMaterial) -> str:
    day = local_date(material)
    return f"Thank you for your time on {day:%A}. Here is what I took away."


def _notes(findings: MeetingFindings) -> str:
    """What they told us, in their words turned round; left out where that could change the meaning."""
    notes = []
    for kind in _NOTED:
        for item in sorted(_of(findings, kind), key=lambda found: -found.confidence):
            note = told_to_them(tidy(item.quote))
            if note and len(note) <= _LONGEST_NOTE and "\u2026" not in note:
                notes.append(f"- {note}")
                break
    return "What matters to you:\n" + "\n".join(notes[:_MOST_NOTES]) if notes else ""


def _of(findings: MeetingFindings, kind: IntentKind) -> list[Intent]:
    return [item for item in findings.intents.items if item.kind is kind and item.speaker is Side.PROSPECT]


def _ours(findings: MeetingFindings) -> str:
    material = findings.material
    items = [item for item in findings.action_items.items if item.owner_side is Side.REP and item.owner]
    if not items:
        return ""
    lines = [f"- {_our_promise(material, item)}" for item in items[:_MOST_PROMISES]]
    return "On our side:\n" + "\n".join(lines)


def _our_promise(material: MeetingMaterial, item: ActionItem) -> str:
    prospects = _prospects(material)
    deed = item.text[:1].lower() + item.text[1:]
    if len(prospects) == 1:
        deed = re.sub(rf"\b{re.escape(prospects[0].split()[0])}\b(?!')", "you", deed)
        deed = re.sub(r"\btheir\b", "your", deed)
    owner = item.owner or material.rep.name
    who = "I will" if owner == material.rep.name else f"{owner.split()[0]} will"
    return f"{who} {deed}{_by(item.due_on)}."


def _theirs(findings: MeetingFindings) -> str:
    items = [item for item in findings.action_items.items if item.owner_side is Side.PROSPECT and item.owner]
    if not items:
        return ""
    prospects = _prospects(findings.material)
    lines = [
        f"- {_their_promise(findings.material, item, alone=len(prospects) == 1)}" for item in items[:_MOST_PROMISES]
    ]
    return "On yours:\n" + "\n".join(lines)


def _their_promise(material: MeetingMaterial, item: ActionItem, *, alone: bool) -> str:
    deed = item.text[:1].lower() + item.text[1:]
    mine = re.escape(material.rep.name.split()[0])
    deed = re.sub(rf"\b{mine}\b(?!')", "me", re.sub(r"\btheir\b", "your", deed))
    deed = re.sub(r"\bthemselves\b", "yourself", re.sub(r"\blet them know\b", "let us know", deed))
    who = "You will" if alone else f"{(item.owner or '').split()[0]}, you will"
    return f"{who} {deed}{_by(item.due_on)}."


def _by(due: date | None) -> str:
    return f" by {due:%A} {due.day} {due:%B}" if due else ""


def _closing(findings: MeetingFindings) -> str:
    return f"{_next_meeting(findings)}Please tell me if I missed or misunderstood anything."


def _next_meeting(findings: MeetingFindings) -> str:
    """Only a day that can be read from the words; agreed only when somebody on their side said yes right after."""
    material = findings.material
    said_on = local_date(material)
    for item in reversed(findings.intents.items):
        if item.kind is not IntentKind.SCHEDULE_MEETING or item.speaker is not Side.REP:
            continue
        sentence = sentence_of(item.quote, item.turn, material.transcript.turns[item.turn].text)
        day = due_on(sentence.plain, said_on) if sentence else None
        if day is None or day <= said_on:
            continue
        shown = f"{day:%A} {day.day} {day:%B}"
        if _accepted(material, item.turn):
            return f"I look forward to speaking again on {shown}. "
        return f"I suggested {shown} for our next conversation; does that suit you? "
    return ""


def _accepted(material: MeetingMaterial, turn: int) -> bool:
    answers = [
        said.text
        for said in material.transcript.turns[turn + 1 : turn + 3]
        if material.sides.get(said.speaker) is Side.PROSPECT
    ]
    return bool(answers) and bool(_ACCEPTS.search(answers[0])) and not _REFUSES.search(answers[0])


def _subject(findings: MeetingFindings) -> str:
    """What is promised, else what the meeting was called."""
    ours = [item for item in findings.action_items.items if item.owner_side is Side.REP]
    offered = {item.turn for item in findings.intents.items if item.kind is IntentKind.SEND_PROPOSAL}
    for item in sorted(ours, key=lambda found: found.turn not in offered):
        topic = _topic(item.text)
        if topic:
            return f"Next steps: {topic}"
    title = " ".join(findings.material.meeting.title.split())
    return f"Following up: {title}" if title else "Following up on our conversation"


_OBJECT = re.compile(
    r"^(?:send|share|email|forward|prepare|put together|draft|write|get|build|create|provide|upload)(?: over| up| out)?(?: [A-Z][a-z]+| them| you)?(?: over)? "
    r"(?:the|a|an|our|some|that|your|their) (?P<topic>[\w'&/-]+(?: [\w'&/-]+){0,7})",
    re.IGNORECASE,
)
_TOPIC_END = re.compile(
    r"\s+(?:and (?:send|share|email|get|put|i|we)\b.*|to (?:you|them|[A-Z]\w+)\b.*|over\b.*|with\b.*|so\b.*|that\b.*|which\b.*|in it\b.*|from\b.*|after\b.*|together\b.*|across\b.*)$"
)


def _topic(text: str) -> str | None:
    match = _OBJECT.match(text)
    topic = _TOPIC_END.sub("", match["topic"]) if match else ""
    return (
        topic
        if len(topic) >= 5 and not topic.lower().startswith(("it ", "invit", "email", "mail", "calendar"))
        else None
    )


def check_draft(findings: MeetingFindings, found: FollowUpDraft) -> FollowUpDraft:
    """Addresses only from the invitation or the CRM; a draft with gaps, too many words or numbers from nowhere is redone."""
    allowed = recipients(findings.material)
    to = tuple(address for address in found.to if address.casefold() in {one.casefold() for one in allowed}) or allowed
    if _is_sound(findings, found):
        return found.model_copy(
            update={"to": to, "subject": " ".join(found.subject.split()), "body": found.body.strip()}
        )
    return draft_offline(findings)


def _is_sound(findings: MeetingFindings, found: FollowUpDraft) -> bool:
    if not found.subject.strip() or not found.body.strip() or len(found.body.split()) > MOST_WORDS:
        return False
    if _PLACEHOLDER.search(found.subject) or _PLACEHOLDER.search(found.body):
        return False
    return _numbers(f"{found.subject}\n{found.body}") <= _known_numbers(findings)


def _numbers(text: str) -> set[str]:
    return {number.strip(",.").replace(",", "") for number in _NUMBER.findall(text)}


def _known_numbers(findings: MeetingFindings) -> set[str]:
    """Those that were said, are in the CRM or are the day of a due date."""
    material = findings.material
    said = " ".join(turn.text for turn in material.transcript.turns)
    dates = [item.due_on.isoformat() for item in findings.action_items.items if item.due_on]
    days = {str(number) for number in range(1, 32)}
    return _numbers(f"{said} {material.meeting.title} {material.customer.model_dump_json()} {' '.join(dates)}") | days


def _material(findings: MeetingFindings) -> MeetingMaterial:
    return findings.material


DRAFT_FOLLOW_UP = Skill(
    key="draft_follow_up",
    output=FollowUpDraft,
    offline=draft_offline,
    check=check_draft,
    material=_material,
    max_output_tokens=1_000,
)
