"""What somebody promised to do: who, what, until when, and the words that prove it.

Offline: a promise in the first person, or a short yes to somebody's request. Repeated promises become one, withdrawn
ones none. An owner is named only when the speaker is known.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.records.insight import ActionItem, ActionItems, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side, Turn
from sequences.skills.detect_intents import detect_offline
from sequences.skills.drafting.known import known_in
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.times import when_said
from sequences.skills.drafting.traceable import untraceable
from sequences.skills.rules.accepted import accepted_offer, announced, granted_wish, is_assent, is_offer
from sequences.skills.rules.commitments import Commitment, commitments_in
from sequences.skills.rules.conversation import Spoken, read_conversation
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.fragments import CONTENT
from sequences.skills.rules.heard import heard_before, spoken_of
from sequences.skills.rules.imperatives import imperative, is_empty, stripped, tells_nothing
from sequences.skills.rules.offered import offer_named, spelt_out
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.rules.roles import named_by_role
from sequences.skills.rules.sentences import Sentence, read_sentences
from sequences.skills.rules.things import can_be_sent
from sequences.skills.rules.wording import called, sentence_of
from sequences.skills.skill import Skill

_WITHDRAWN = re.compile(
    r"\b(?:never mind|do not worry about|forget (?:about )?(?:it|that|the)|no need (?:to|for)|scratch that|"
    r"do not bother|"
    r"you do not (?:need|have) to|not necessary|skip (?:it|that|the)|leave (?:it|that) for now|"
    r"do not need (?:it|that|the)|"
    r"hold off on|no longer need)\b"
)
_OF_THE_SAME = re.compile(
    r"^(?:(?:and )?you (?:will )?(?:have|get) (?:it|that|them|both|this)\b|"
    r"(?:it|that|they) will be (?:with|there|in)\b|"
    r"(?:by|before|not later than|no later than) (?:the )?\w+)"
)
_WHOSE, _THEIRS = re.compile(r"\byours?\b", re.IGNORECASE), re.compile(r"\btheir(s?)\b", re.IGNORECASE)
_SAME_BREATH = 2  # turns after which the same speaker still speaks of the same promise
_WITH_IT = re.compile(r" (?:along )?with (?:it|that|them)$")
# "Redo that and send the new version of the quote": the second deed says it.
_FIRST_OF_TWO = re.compile(
    r"^(?:Redo|Rework|Do|Change|Fix|Revise|Correct|Update|Finish|Sort) (?:it|that|this|them) and (\w)"
    rf"(?=\w+ (?:the|an?|our|\w+ (?:the|an?|our)) (?:[\w'-]+ ){{0,5}}?{CONTENT}\b)"
)
_YOU_HAVE_IT = re.compile(
    r"^\W*(?:\w+\W+){0,3}?you(?:['\u2019]ll| will)? (?:\w+ )?(?:have|get|see|receive) (?:it|that|them|those|both)\b",
    re.IGNORECASE,
)
_SENDS_IT = re.compile(
    r"(?:send|email|mail|get|have|ping|fire|pop|drop|post|shoot|bring|deliver|forward|upload|pass)\b (?:\w+ )?"
    r"(?:it|that|them|those|both)\b",
    re.IGNORECASE,
)
_NAMED_WITHIN = 6  # turns before an offer in which it was called by its name
_WITHDRAWAL_REACH = 3  # turns within which "never mind that" can mean the last promise
_NO_NAME = "Send the offer"
_COMMON_WORDS = frozenset(
    ("send", "that", "this", "with", "them", "your", "their", "over", "will", "from", "have", "what", "about")
)


@once_per_meeting
def extract_offline(material: MeetingMaterial) -> ActionItems:
    """In the order in which they were said."""
    said_on = local_date(material)
    intents = detect_offline(material).items
    items: list[ActionItem] = []
    for spoken in read_conversation(material):
        if _withdraws(spoken.plain):
            items = _without_withdrawn(items, spoken.plain, spoken.turn.index)
        if spoken.is_joke:
            continue
        for commitment in _commitments(spoken, intents):
            item = _item(material, commitment, said_on)
            if not is_empty(item.text):
                _add(items, item, is_sending=bool(_SENDS_IT.match(_task(commitment))))
    for intent in intents:
        if intent.kind is IntentKind.SEND_PROPOSAL and not any(item.turn == intent.turn for item in items):
            _add_offer(items, _offer(material, intent, said_on))
    return ActionItems(items=tuple(sorted(_confirmed(material, items), key=lambda item: item.turn)))


def _commitments(spoken: Spoken, intents: tuple[Intent, ...]) -> list[Commitment]:
    """What the turn itself promises; failing that, what it makes a promise of."""
    wishes = {item.turn: item for item in intents if item.kind is IntentKind.SEND_CONTENT}
    plain = list(commitments_in(spoken))
    if plain:
        return plain
    found = granted_wish(spoken, wishes) or accepted_offer(spoken)
    return [found] if found else list(announced(spoken, intents))


def _offer(material: MeetingMaterial, intent: Intent, said_on: date) -> ActionItem:
    """An offer promised in words that name no deed: "You'll have the quote on Friday"."""
    turns = material.transcript.turns
    sentence = sentence_of(intent.quote, intent.turn, turns[intent.turn].text)
    earlier = (turn.text for turn in reversed(turns[max(0, intent.turn - _NAMED_WITHIN) : intent.turn]))
    thing = offer_named((intent.quote, turns[intent.turn].text, *earlier))
    return ActionItem(
        owner=intent.speaker_name if intent.speaker is not Side.UNKNOWN else None,
        owner_side=intent.speaker,
        text=f"Send {thing}",
        due_on=(due_on(sentence.plain, said_on) or _due_after(material, turns[intent.turn], sentence.end, said_on))
        if sentence
        else None,
        quote=intent.quote,
        turn=intent.turn,
        start_s=intent.start_s,
    )


def local_date(material: MeetingMaterial) -> date:
    """The day of the meeting where the rep is."""
    try:
        zone = ZoneInfo(material.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return material.meeting.started_at.astimezone(zone).date()


def _item(material: MeetingMaterial, commitment: Commitment, said_on: date) -> ActionItem:
    side = commitment.spoken.side
    text = spelt_out(commitment.text or _task(commitment), heard_before(commitment))
    text = text if commitment.text else named_by_role(text, spoken_of(commitment))
    text = _WITH_IT.sub("", _FIRST_OF_TWO.sub(lambda match: match[1].upper(), text))
    return ActionItem(
        owner=_owner(material, commitment),
        owner_side=side,
        text=capitalised(_with_ours(text, commitment.spoken), material),
        due_on=due_on(commitment.promised, said_on)
        or _due_after(material, commitment.spoken.turn, commitment.sentence.end, said_on),
        quote=commitment.quote,
        turn=commitment.spoken.turn.index,
        start_s=commitment.spoken.turn.start_s,
    )


def _with_ours(text: str, spoken: Spoken) -> str:
    """ "Could you send us your certificates?" "Will do.": in the words of the other side "your" is what is ours."""
    asked = spoken.before.turn.text if spoken.before else ""
    is_theirs = spoken.side is not Side.REP or _WHOSE.search(spoken.turn.text) or not _WHOSE.search(asked)
    if is_theirs or _THEIRS.search(asked):
        return text
    return _THEIRS.sub(r"our\1", text)


def _task(commitment: Commitment) -> str:
    side = commitment.spoken.side
    return imperative(commitment.sentence, commitment.verb, addressee=commitment.addressee, side=side)


def _due_after(material: MeetingMaterial, turn: Turn, end: int, said_on: date) -> date | None:
    """The day named right behind a promise for the same thing, in the turn or the next: "You'll get that on Monday"."""
    behind = [other for other in read_sentences(turn.index, turn.text) if other.start >= end]
    if behind:
        return _due_of_the_same(behind[0], said_on)
    turns = material.transcript.turns
    at = next((place for place, other in enumerate(turns) if other.index == turn.index), len(turns))
    again = (other for other in turns[at + 1 : at + 1 + _SAME_BREATH] if other.speaker == turn.speaker)
    for other in again:
        days = (_due_of_the_same(sentence, said_on) for sentence in read_sentences(other.index, other.text)[:3])
        return next((day for day in days if day), None)
    return None


def _due_of_the_same(sentence: Sentence, said_on: date) -> date | None:
    return due_on(sentence.plain, said_on) if _OF_THE_SAME.match(sentence.plain) else None


def _owner(material: MeetingMaterial, commitment: Commitment) -> str | None:
    """The speaker, or the one of the same side whom the speaker named; nobody while sides are unknown."""
    side, speaker = commitment.spoken.side, commitment.spoken.turn.speaker
    if side is Side.UNKNOWN:
        return None
    if commitment.named is None:
        return speaker
    same = [
        name for name, its in material.sides.items() if its is side and name.split()[0].casefold() == commitment.named
    ]
    return same[0] if len(same) == 1 else None


def _add(items: list[ActionItem], new: ActionItem, *, is_sending: bool = False) -> None:
    """A repeated promise is one, with the date said last; "and I'll send it" belongs to what was promised before."""
    for number, old in enumerate(items):
        if old.owner != new.owner or old.owner_side is not new.owner_side:
            continue
        is_its_end = is_sending and old.turn == new.turn and number == len(items) - 1
        if is_its_end or _same_task(old.text, new.text):
            firmer = new if is_offer(old.quote) and not is_offer(new.quote) else old
            items[number] = firmer.model_copy(update={"due_on": new.due_on or old.due_on})
            return
    items.append(new)


def _add_offer(items: list[ActionItem], offer: ActionItem) -> None:
    """ "You'll have it by Friday" says when what was promised just before comes; "I'll get it over today" may be about
    something else, so that a day that an offer has already stays.
    """
    for number, old in enumerate(items):
        is_near = old.owner == offer.owner and 0 <= offer.turn - old.turn <= _SAME_BREATH
        if is_near and offer.text == _NO_NAME and _YOU_HAVE_IT.search(offer.quote) and can_be_sent(old.text):
            items[number] = old.model_copy(update={"due_on": offer.due_on or old.due_on})
            return
    known = next((old for old in items if _same_task(old.text, offer.text) and old.due_on), None)
    _add(items, offer.model_copy(update={"due_on": known.due_on}) if known else offer)


def _confirmed(material: MeetingMaterial, items: list[ActionItem]) -> Iterator[ActionItem]:
    """ "Shall I send it?" "Please." "Consider it done.": the last word counts, and is the promise."""
    turns = material.transcript.turns
    promised = {(item.owner, item.turn) for item in items if not is_offer(item.quote)}
    for item in items:
        last = turns[item.turn + _SAME_BREATH] if item.turn + _SAME_BREATH < len(turns) else None
        if not is_offer(item.quote) or last is None or last.speaker != turns[item.turn].speaker:
            yield item
        elif (item.owner, last.index) in promised:
            continue
        elif is_assent(last.text):
            yield item.model_copy(update={"quote": last.text, "turn": last.index, "start_s": last.start_s})
        else:
            yield item


def _same_task(one: str, other: str) -> bool:
    first, second = _meaning(one), _meaning(other)
    shared = len(first & second)
    return (
        bool(shared) and shared >= 0.6 * min(len(first), len(second)) and shared >= 0.4 * max(len(first), len(second))
    )


def _meaning(text: str) -> set[str]:
    words = stripped(re.findall(r"\w+", text.casefold()))
    return {word.rstrip("s") for word in words} - _COMMON_WORDS or set(words)


def _withdraws(plain: str) -> bool:
    return bool(_WITHDRAWN.search(plain))


def _without_withdrawn(items: Iterable[ActionItem], plain: str, turn: int) -> list[ActionItem]:
    """Those that a withdrawal does not name; "that" alone means the last promise if it was made just before."""
    kept = list(items)
    words = {word.rstrip("s") for word in plain.split()}
    named = [item for item in kept if len(_meaning(item.text) & words) >= min(2, len(_meaning(item.text)))]
    if named:
        return [item for item in kept if item not in named]
    if kept and turn - kept[-1].turn <= _WITHDRAWAL_REACH and re.search(r"\b(?:that|it|mind|bother)\b", plain):
        return kept[:-1]
    return kept


def is_plain(material: MeetingMaterial, item: ActionItem) -> bool:
    """Whether its text alone says what is to be done; else it takes the quote, and belongs into no task and no mail."""
    return not tells_nothing(item.text, {name for one in material.sides for name in (called(one), one.split()[0])})


def is_withdrawn(material: MeetingMaterial, turn: int, thing: str) -> bool:
    """Whether somebody said after that turn that the thing is not needed, and named it in the same breath."""
    later = islice(read_conversation(material), turn + 1, None)
    return any(_withdraws(said.plain) and _names_with_no(said, thing) for said in later)


def _names_with_no(said: Spoken, thing: str) -> bool:
    """In the sentence that withdraws, or in the one before when that one only says "it"."""
    meaning = _meaning(thing)
    for before, one in zip((None, *said.sentences), said.sentences, strict=False):
        if not _withdraws(one.plain):
            continue
        words = set(one.plain.split())
        if before and words & {"it", "that", "them", "those"}:
            words |= set(before.plain.split())
        if meaning & {word.rstrip("s") for word in words}:
            return True
    return False


def check_action_items(material: MeetingMaterial, found: ActionItems) -> ActionItems:
    """Only what is proved by a quote; an owner only when a speaker of a known side is meant."""
    return ActionItems(items=tuple(_checked(material, found.items)))


def _checked(material: MeetingMaterial, items: tuple[ActionItem, ...]) -> Iterator[ActionItem]:
    known = known_in(material, (item.due_on for item in items if item.due_on))
    for item in items:
        turn = turn_of(material, item.turn)
        quote = verbatim(item.quote, turn.text) if turn else None
        text = " ".join(item.text.split()).rstrip(".")
        if turn is None or quote is None or not text:
            continue
        speakers = material.sides
        owner = item.owner if item.owner in speakers and speakers[item.owner] is not Side.UNKNOWN else None
        side = speakers[owner] if owner else speakers.get(turn.speaker, Side.UNKNOWN)
        if untraceable(text, known):
            continue
        due = item.due_on if item.due_on and _is_due_date(material, item.turn, item.due_on) else None
        yield item.model_copy(
            update={
                "quote": quote,
                "text": text,
                "owner": owner,
                "owner_side": side,
                "due_on": due,
                "start_s": turn.start_s,
            }
        )


def _is_due_date(material: MeetingMaterial, turn: int, day: date) -> bool:
    """Not past, and some time was named about there: a date that follows from no words is a guess."""
    around = material.transcript.turns[max(0, turn - _NAMED_WITHIN) : turn + _NAMED_WITHIN + 1]
    said_on = local_date(material)
    named = (due_on(one.plain, said_on) for said in around for one in read_sentences(said.index, said.text))
    return day >= said_on and (any(named) or when_said(said.text for said in around) is not None)


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


EXTRACT_ACTION_ITEMS = Skill(
    key="extract_action_items",
    output=ActionItems,
    offline=extract_offline,
    check=check_action_items,
    material=_itself,
    max_output_tokens=4_000,
)
