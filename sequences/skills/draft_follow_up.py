"""The mail after the meeting: thanks, what was said, who does what until when. Nothing that was not said.

The body ends before the sign-off; the signature is added where the mail is proposed.
"""

import re
from collections import Counter

from sequences.records.insight import ActionItem, FollowUpDraft, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.extract_action_items import local_date
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.imperatives import is_vague
from sequences.skills.rules.offered import asked_thing, offered_thing
from sequences.skills.rules.wording import called, sentence_of, tidy, told_to_them
from sequences.skills.skill import MeetingFindings, Skill

MOST_WORDS = 160
_OPENING = 2  # greeting and thanks
_MOST_PROMISES = 4
_MOST_NOTES = 2
_LONGEST_NOTE = 150  # characters
_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{1,40}\]|\{\{?[^}\n]{1,40}\}|<[a-z][^>\n]{0,30}>|\bX{2,}\b|\bTBD\b|\bTODO\b", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\bhttps?://|\bwww\.|[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|io|co|example|test)/", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d,.]*")
_SENSITIVE = re.compile(
    r"\b(?:boss|weird|hate|stupid|idiot|between us|don't tell|off the record|fired|politics|no rush|"
    r"no hurry)\b",
    re.IGNORECASE,
)
_CLUMSY = re.compile(
    r"^(?:because|which|that|but|if)\b|\b(?:gotta|gonna|wanna|ain't)\b|\byou (?:wants|needs|has|is|was|am)\b|\?$",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r",? (?:though|actually|really|to be honest|honestly|i think|you know|i guess|anyway)(?=[.!]?$)", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:by|before|on|until) (?:the )?(?:end|\d|\w+(?:st|nd|"
    r"rd|th)\b)|\b(?:today|tomorrow|tonight|this week|next week|weekend)\b",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"\b(?:works|good|great|perfect|yes|sure|suits?|fine|ok|okay|lovely|sounds good|see you|ideal|can do)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:not|can't|cannot|won't|doesn't|difficult|unfortunately|let me think|perhaps|maybe)\b", re.IGNORECASE
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
    while True:
        parts = [part for part in body if part]
        if len(parts) > _OPENING:
            parts[_OPENING - 1] += " Here is what I took away."
        text = "\n\n".join([*parts, _closing(findings, recap=len(parts) > _OPENING)])
        if len(text.split()) <= MOST_WORDS or len(body) <= _OPENING:
            break
        body.pop()
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
    firsts = [called(name) for name in _prospects(material)[:3]]
    firsts = [name for name in firsts if not re.search(r"\d|_|^speaker\b", name, re.IGNORECASE)]
    if not firsts:
        return "Hello,"
    return f"Hi {firsts[0]}," if len(firsts) == 1 else f"Hi {', '.join(firsts[:-1])} and {firsts[-1]},"


def _thanks(material: MeetingMaterial) -> str:
    day = local_date(material)
    return f"Thank you for your time on {day:%A}."


def _notes(findings: MeetingFindings) -> str:
    """What they told us, in their words turned round; left out where that could change the meaning."""
    notes = []
    for item in sorted(_of(findings, IntentKind.TIMELINE), key=lambda found: -found.confidence):
        note = told_to_them(_TRAILING.sub("", tidy(item.quote)))
        if (
            note
            and len(note) <= _LONGEST_NOTE
            and "\u2026" not in note
            and not _SENSITIVE.search(note)
            and not _CLUMSY.search(note)
        ):
            notes.append(f"- {note}")
    return "What matters to you:\n" + "\n".join(notes[:_MOST_NOTES]) if notes else ""


def _of(findings: MeetingFindings, kind: IntentKind) -> list[Intent]:
    return [item for item in findings.intents.items if item.kind is kind and item.speaker is Side.PROSPECT]


def _ours(findings: MeetingFindings) -> str:
    material = findings.material
    items = [item for item in findings.action_items.items if item.owner_side is Side.REP and item.owner]
    lines = [f"- {promise}" for item in items if (promise := _our_promise(material, item))]
    lines += [f"- You asked for {thing}." for thing in _asked(findings)]
    return "On our side:\n" + "\n".join(lines[:_MOST_PROMISES]) if lines else ""


def _asked(findings: MeetingFindings) -> list[str]:
    """What they asked for and nobody of ours promised in the turns that followed."""
    promised = {item.turn for item in findings.action_items.items if item.owner_side is Side.REP}
    open_requests = (
        item for item in _of(findings, IntentKind.SEND_CONTENT) if not promised & set(range(item.turn, item.turn + 4))
    )
    return list(dict.fromkeys(thing for item in open_requests if (thing := asked_thing(item.quote))))


def _our_promise(material: MeetingMaterial, item: ActionItem) -> str | None:
    """``None`` when only the quote tells what is meant."""
    prospects = _prospects(material)
    deed = item.text[:1].lower() + item.text[1:]
    for name in map(called, prospects):
        # A name that the speaker did not say stands for "you".
        if len(prospects) == 1 or name.casefold() not in item.quote.casefold():
            deed = re.sub(rf"\b{re.escape(name)}(?!['\w])", "you", deed)
    if len(prospects) == 1:
        deed = re.sub(r"\btheir\b", "your", deed)
    if not re.search(r"\bthem\b", item.quote, re.IGNORECASE):
        deed = re.sub(r"\bthem\b", "you", deed)  # it was said as "you"
    if is_vague(deed):
        return None
    owner = item.owner or material.rep.name
    who = "I will" if owner == material.rep.name else f"{called(owner)} will"
    return f"{who} {deed}{_by(item)}."


def _theirs(findings: MeetingFindings) -> str:
    items = [item for item in findings.action_items.items if item.owner_side is Side.PROSPECT and item.owner]
    items = [item for item in items if not is_vague(item.text)]
    if not items:
        return ""
    prospects = _prospects(findings.material)
    lines = [
        f"- {_their_promise(findings.material, item, alone=len(prospects) == 1)}" for item in items[:_MOST_PROMISES]
    ]
    return "On yours:\n" + "\n".join(lines)


def _their_promise(material: MeetingMaterial, item: ActionItem, *, alone: bool) -> str:
    deed = item.text[:1].lower() + item.text[1:]
    mine = re.escape(called(material.rep.name))
    deed = re.sub(rf"\b{mine}\b(?!')", "me", re.sub(r"\btheir\b", "your", deed))
    if not re.search(r"\bthem\b", item.quote, re.IGNORECASE):
        deed = re.sub(r"\bthem\b", "us", deed)  # it was said as "you"
    deed = re.sub(r"\bthemselves\b", "yourself", re.sub(r"\blet them know\b", "let us know", deed))
    who = "You will" if alone else f"{called(item.owner or '')}, you will"
    return f"{who} {deed}{_by(item)}."


def _by(item: ActionItem) -> str:
    due = item.due_on
    return f" by {due:%A} {due.day} {due:%B}" if due and not _DATED.search(item.text) else ""


def _closing(findings: MeetingFindings, *, recap: bool) -> str:
    last = (
        "Please tell me if I missed or misunderstood anything." if recap else "Please write to me if questions come up."
    )
    return f"{_next_meeting(findings)}{last}"


def _next_meeting(findings: MeetingFindings) -> str:
    """Only a day that can be read from the words; agreed only when somebody on their side said yes right after."""
    material = findings.material
    said_on = local_date(material)
    for item in reversed(findings.intents.items):
        if item.kind is not IntentKind.SCHEDULE_MEETING or item.speaker is not Side.REP:
            continue
        sentence = sentence_of(item.quote, item.turn, material.transcript.turns[item.turn].text)
        day = due_on(sentence.plain, said_on) if sentence else None
        if day is None or day <= said_on or day.weekday() > 4:
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
    things = [thing for item in ours if item.turn in offered and (thing := offered_thing(item.quote))]
    topics = [re.sub(r"^(?:a|an|the|two) (?:wee |quick |short |little |proper )*", "", thing) for thing in things]
    topics += [topic for item in ours if (topic := _topic(item.text))]
    if topics:
        return f"Next steps: {topics[0]}"
    title = " ".join(findings.material.meeting.title.split())
    return f"Following up: {title}" if title else "Following up on our conversation"


_OBJECT = re.compile(
    r"^(?:send|share|email|forward|prepare|put together|draft|write|build|create|provide|upload)(?: over| up|"
    r" out)?(?: [A-Z][a-z]+| them| you)?(?: over)? "
    r"(?:the|a|an|our|some|that|your|their) (?P<topic>[\w'&/-]+(?: [\w'&/-]+){0,7})",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 45  # characters
_TOPIC_END = re.compile(
    r"\s+(?:and (?:send|share|email|get|put|i|we)\b.*|to (?:you|them|[A-Z]\w+)\b.*|over\b.*|with\b.*|so\b.*|"
    r"that\b.*|which\b.*|in it\b.*|from\b.*|after\b.*|together\b.*|across\b.*|(?:we|you|I)(?:'\w+)?\b.*)$"
)


def _topic(text: str) -> str | None:
    match = _OBJECT.match(text)
    topic = _TOPIC_END.sub("", match["topic"]) if match else ""
    topic = topic.split(" and ")[0] if len(topic) > _LONGEST_TOPIC else topic
    return (
        topic
        if len(topic) >= 5 and not topic.lower().startswith(("it ", "invit", "email", "mail", "calendar"))
        else None
    )


def check_draft(findings: MeetingFindings, found: FollowUpDraft) -> FollowUpDraft:
    """Addresses only from the invitation or the CRM; a draft with gaps, too long or with foreign numbers is redone."""
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
    if _ADDRESS.search(f"{found.subject}\n{found.body}"):
        return False  # Sixty writes no links or addresses of its own accord: whoever spoke one could be heard with it
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
