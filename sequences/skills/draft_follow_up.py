"""The mail after the meeting: thanks, what was said, who does what until when. Nothing that was not said.

The body ends before the sign-off; the signature is added where the mail is proposed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sequences.records.insight import ActionItem, FollowUpDraft, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.records.style import MailStyle
from sequences.skills.drafting.known import known_in
from sequences.skills.drafting.notes import notes
from sequences.skills.drafting.promised import Promises
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.style import over, spoken_style
from sequences.skills.drafting.subject import topics
from sequences.skills.drafting.times import meeting_time
from sequences.skills.drafting.traceable import Known, repaired, untraceable
from sequences.skills.extract_action_items import is_withdrawn, local_date
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.offered import wished_thing
from sequences.skills.rules.wording import called, sentence_of
from sequences.skills.skill import MeetingFindings, Skill

MOST_WORDS = 150  # without the signature, which is added later
_MOST_PROMISES = 4
_MOST_NOTES = 2
_TOO_LONG = 160  # words of a body that is not sent like this
_MOST_OF = 0.6  # of a draft has to stand when what nobody said is left out
_LEAST_WORDS = 60  # even of a rep who is brief
_LOOSELY = 1.3  # how far a mail may exceed the rep's usual length
_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{1,40}\]|\{\{?[^}\n]{1,40}\}|<[a-z][^>\n]{0,30}>|\bX{2,}\b|\bTBD\b|\bTODO\b", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\bhttps?://|\bwww\.|[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|net|org|io|co|example|test)/", re.IGNORECASE
)
_ACCEPTS = re.compile(
    r"\b(?:works|good|great|perfect|yes|sure|suits?|fine|ok|okay|lovely|sounds good|see you|ideal|can do|"
    r"aye|yep|yeah|all right|alright|possible|i'm in|come)\b",
    re.IGNORECASE,
)
_SETTLES = re.compile(r"\b(?:it is|it'?s settled|is fixed|then let's say|see you (?:on|then))\b[^?]*$", re.IGNORECASE)
_REFUSES = re.compile(
    r"\b(?:not|can't|cannot|won't|doesn't|difficult|unfortunately|let me|perhaps|maybe|instead|rather|i'll ask|"
    r"ask him|ask her|i'll check|teaching|travel\w*|away|no)\b|\?",
    re.IGNORECASE,
)


_NO = re.compile(
    r"^(?:\w+,? ){0,2}no\b|\b(?:can't|cannot|won't|don't|not|hate|leave it|too early|another|instead)\b", re.IGNORECASE
)


_NO_TOPIC = "Following up on our conversation"
_OFFERS = frozenset(("offer", "quote", "quotation", "proposal", "estimate", "pricing", "contract"))


@dataclass(kw_only=True)
class _Parts:
    """Sentences for each part of the body, the most important first."""

    notes: list[str]
    ours: list[str]
    theirs: list[str]

    def shorten(self) -> bool:
        """Leave out the least; False when nothing is left that could be."""
        longest = max((self.ours, self.theirs), key=len)
        for part, least in ((self.notes, 0), (longest, 1)):
            if len(part) > least:
                part.pop()
                return True
        return False


def draft_offline(findings: MeetingFindings) -> FollowUpDraft:
    """Only from what the earlier skills found and who was there."""
    material, style = findings.material, style_for(findings)
    promises = Promises(material, contracts=bool(style.contracts))
    parts = _Parts(
        notes=list(dict.fromkeys(notes(material, findings.intents.items)))[:_MOST_NOTES],
        ours=[*_promised(findings, Side.REP, promises.ours), *_asked(findings)][:_MOST_PROMISES],
        theirs=list(_promised(findings, Side.PROSPECT, promises.theirs))[:_MOST_PROMISES],
    )
    topic = next(topics(findings), None)
    most = MOST_WORDS if style.words is None else max(_LEAST_WORDS, min(MOST_WORDS, round(_LOOSELY * style.words)))
    text = _body(findings, style, parts, topic)
    while len(text.split()) > most and parts.shorten():
        text = _body(findings, style, parts, topic)
    subject = _subject_about(capitalised(topic, material)) if topic else _NO_TOPIC
    return FollowUpDraft(to=recipients(material), subject=subject, body=capitalised(text, material))


def _subject_about(topic: str) -> str:
    """ "Next steps and your quote" where a bare word is all there is to say."""
    if " " in topic:
        return f"Next steps: {topic}"
    return f"Next steps and {'your' if topic.casefold() in _OFFERS else 'the'} {topic}"


def style_for(findings: MeetingFindings) -> MailStyle:
    """As the rep writes, as far as sent mails tell; for the rest as the rep spoke in this meeting."""
    material = findings.material
    return over(findings.style, spoken_style(material.transcript.turns, material.rep.name))


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


def _promised(findings: MeetingFindings, side: Side, line: Callable[[ActionItem], str | None]) -> Iterator[str]:
    """What has a day comes first, as it was said; each thing once."""
    items = [item for item in findings.action_items.items if item.owner_side is side and item.owner]
    lines = (line(item) for item in sorted(items, key=lambda item: item.due_on is None))
    yield from dict.fromkeys(one for one in lines if one)


def _asked(findings: MeetingFindings) -> Iterator[str]:
    """What they asked for and nobody of ours promised in the turns that followed."""
    promised = {item.turn for item in findings.action_items.items if item.owner_side is Side.REP}
    turns = findings.material.transcript.turns
    things = (
        (item.turn, wished_thing(turns[item.turn].text, item.quote))
        for item in findings.intents.items
        if item.kind is IntentKind.SEND_CONTENT
        and item.speaker is Side.PROSPECT
        and not promised & set(range(item.turn, item.turn + 4))
    )
    wanted = (thing for turn, thing in things if thing and not is_withdrawn(findings.material, turn, thing))
    yield from dict.fromkeys(f"You asked for {thing}." for thing in wanted)


def _body(findings: MeetingFindings, style: MailStyle, parts: _Parts, topic: str | None) -> str:
    thanks = style.thanks or "Thank you"
    blocks = [
        _block("What matters to you:", parts.notes, style),
        _block("On our side:", parts.ours, style),
        _block("On yours:", parts.theirs, style),
    ]
    recap = [block for block in blocks if block]
    opening = f"{thanks} for {f'the conversation about the {topic}' if topic and not recap else 'your time'}."
    if recap and style.lists is not False:
        opening += " Here is what I took away."
    closing = _closing(findings, has_recap=bool(recap), waits=bool(parts.theirs))
    return "\n\n".join([_greeting(findings.material, style), opening, *recap, closing])


def _block(heading: str, lines: list[str], style: MailStyle) -> str:
    if not lines or style.lists is False:
        return " ".join(lines)
    return "\n".join([heading, *(f"- {line}" for line in lines)])


def _greeting(material: MeetingMaterial, style: MailStyle) -> str:
    names = [called(name) for name in _prospects(material)[:3]]
    names = [name[:1].upper() + name[1:] for name in names if not re.search(r"\d|_|^speaker\b", name, re.IGNORECASE)]
    names = [name for name in names if name.casefold() not in _ROLES]
    if not names:
        return "Hello,"
    addressed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{style.greeting or 'Hi'} {addressed},"


_ROLES = frozenset(("customer", "client", "prospect", "buyer", "guest", "host", "user", "unknown"))


def _closing(findings: MeetingFindings, *, has_recap: bool, waits: bool) -> str:
    """One next step: the meeting that was agreed, else the one that we proposed, else their answer."""
    proposed = _next_meeting(findings)
    if proposed:
        return proposed
    if waits:
        return "I look forward to hearing from you."
    return "Please tell me if I missed anything." if has_recap else "Please write to me if questions come up."


def _next_meeting(findings: MeetingFindings) -> str | None:
    """A day in the words of the one who named it; agreed only when somebody on their side said yes right after."""
    material = findings.material
    for item in reversed(findings.intents.items):
        if item.kind is not IntentKind.SCHEDULE_MEETING or item.speaker is Side.UNKNOWN:
            continue
        when, answers = _meeting_time(material, item.turn, item.quote), _answers(material, item)
        answer = answers[0].text if answers else ""
        if when and _names_another_day(when, answer):
            settled = _meeting_time(material, answers[1].index, answers[1].text) if len(answers) > 1 else None
            if settled:
                return f"I look forward to speaking again {settled}."
            continue
        if when and (_SETTLES.search(item.quote) or (_ACCEPTS.search(answer) and not _REFUSES.search(answer))):
            return f"I look forward to speaking again {when}."
        if when and item.speaker is Side.REP and not _NO.search(answer):
            return f"I suggested {re.sub('^(?:on|in) ', '', when)} for our next conversation; does that suit you?"
    return None


def _meeting_time(material: MeetingMaterial, turn: int, quote: str) -> str | None:
    """Only of a day still to come, and only one: "Thursday or Friday" is not a time."""
    sentence = sentence_of(quote.split("\n", maxsplit=1)[0], turn, material.transcript.turns[turn].text)
    if sentence is None or " or " in sentence.plain:
        return None
    day = due_on(sentence.plain, local_date(material))
    return None if day is not None and day <= local_date(material) else meeting_time(sentence)


def _answers(material: MeetingMaterial, item: Intent) -> tuple[Turn, ...]:
    """What the other side says to a proposal, and what its maker says to that."""
    turns = material.transcript.turns[item.turn + 1 : item.turn + 4]
    other = Side.PROSPECT if item.speaker is Side.REP else Side.REP
    first = next((at for at, said in enumerate(turns[:2]) if material.sides.get(said.speaker) is other), None)
    if first is None:
        return ()
    again = (said for said in turns[first + 1 :] if material.sides.get(said.speaker) is item.speaker)
    return (turns[first], *([next_one] if (next_one := next(again, None)) else []))


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def _names_another_day(when: str, answer: str) -> bool:
    proposed = {day.casefold() for day in _WEEKDAY.findall(when)}
    return bool({day.casefold() for day in _WEEKDAY.findall(answer)} - proposed)


def check_draft(findings: MeetingFindings, found: FollowUpDraft) -> FollowUpDraft:
    """Addresses only from the invitation or the CRM. A draft with gaps or too long is redone; a sentence that states
    what nobody said is left out, and where little remains, the draft is redone as well.
    """
    allowed = recipients(findings.material)
    to = tuple(address for address in found.to if address.casefold() in {one.casefold() for one in allowed}) or allowed
    known = known_of(findings)
    body = repaired(found.body.strip(), known)
    if not _is_whole(found) or not _is_enough(body, found.body):
        redone = draft_offline(findings)
        return redone.model_copy(update={"body": repaired(redone.body, known), "subject": _subject(redone, known)})
    return found.model_copy(update={"to": to, "subject": _subject(found, known), "body": body})


def _is_whole(found: FollowUpDraft) -> bool:
    """Sixty writes no links or addresses of its own accord: whoever spoke one could be heard with it."""
    text = f"{found.subject}\n{found.body}"
    if not found.subject.strip() or not found.body.strip() or len(found.body.split()) >= _TOO_LONG:
        return False
    return not _ADDRESS.search(text) and not _PLACEHOLDER.search(text)


def _is_enough(body: str, before: str) -> bool:
    """Whether the greeting and most of what was written is still there."""
    kept, written = body.split("\n", 1), before.strip().split("\n", 1)
    return kept[0] == written[0] and len(body.split()) >= _MOST_OF * len(before.split())


def _subject(found: FollowUpDraft, known: Known) -> str:
    subject = " ".join(found.subject.split())
    return _NO_TOPIC if untraceable(subject, known) else subject


def known_of(findings: MeetingFindings) -> Known:
    """Due dates may be named: they were reckoned from what was said."""
    return known_in(findings.material, (item.due_on for item in findings.action_items.items if item.due_on))


def _material(findings: MeetingFindings) -> MeetingMaterial:
    return findings.material


DRAFT_FOLLOW_UP = Skill(
    key="draft_follow_up",
    output=FollowUpDraft,
    offline=draft_offline,
    check=check_draft,
    material=_material,
    prompt_version="2",
    max_output_tokens=1_000,
)
