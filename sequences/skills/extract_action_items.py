"""What somebody promised to do: who, what, until when, and the words that prove it.

Offline: a promise in the first person, or a short yes to somebody's request. Repeated promises become one, withdrawn
ones none. An owner is named only when the speaker is known.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.records.insight import ActionItem, ActionItems, Intent, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.detect_intents import detect_offline
from sequences.skills.rules.commitments import Commitment, commitments_in
from sequences.skills.rules.conversation import Spoken, read_conversation
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.imperatives import imperative, is_empty, stripped
from sequences.skills.rules.offered import offered_thing
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.rules.sentences import Sentence
from sequences.skills.rules.wording import sentence_of
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
    r"by (?:the )?\w+)"
)
_WITHDRAWAL_REACH = 3  # turns within which "never mind that" can mean the last promise
_COMMON_WORDS = frozenset(
    ("send", "that", "this", "with", "them", "your", "their", "over", "will", "from", "have", "what", "about")
)


@once_per_meeting
def extract_offline(material: MeetingMaterial) -> ActionItems:
    """In the order in which they were said."""
    said_on = local_date(material)
    items: list[ActionItem] = []
    for spoken in read_conversation(material):
        if _withdraws(spoken.plain):
            items = _without_withdrawn(items, spoken.plain, spoken.turn.index)
        if spoken.is_joke:
            continue
        for commitment in commitments_in(spoken):
            item = _item(material, commitment, said_on)
            if not is_empty(item.text):
                _add(items, item)
    for intent in detect_offline(material).items:
        if intent.kind is IntentKind.SEND_PROPOSAL and not any(item.turn == intent.turn for item in items):
            _add(items, _offer(material, intent, said_on))
    return ActionItems(items=tuple(sorted(items, key=lambda item: item.turn)))


def _offer(material: MeetingMaterial, intent: Intent, said_on: date) -> ActionItem:
    """An offer promised in words that name no deed: "You'll have the quote on Friday"."""
    turns = material.transcript.turns
    sentence = sentence_of(intent.quote, intent.turn, turns[intent.turn].text)
    earlier = (turn.text for turn in reversed(turns[max(0, intent.turn - 2) : intent.turn]))
    thing = next((found for text in (intent.quote, *earlier) if (found := offered_thing(text))), "the proposal")
    return ActionItem(
        owner=intent.speaker_name if intent.speaker is not Side.UNKNOWN else None,
        owner_side=intent.speaker,
        text=f"Send {thing}",
        due_on=due_on(sentence.plain, said_on) if sentence else None,
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
    sentence = commitment.sentence
    return ActionItem(
        owner=_owner(material, commitment),
        owner_side=side,
        text=imperative(sentence, commitment.verb, addressee=commitment.addressee, ours=side is Side.REP)
        if commitment.text is None
        else commitment.text,
        due_on=due_on(commitment.promised, said_on) or _due_after(commitment.spoken, commitment.sentence, said_on),
        quote=commitment.quote,
        turn=commitment.spoken.turn.index,
        start_s=commitment.spoken.turn.start_s,
    )


def _due_after(spoken: Spoken, sentence: Sentence, said_on: date) -> date | None:
    """The day of a sentence right behind the promise that speaks of the same thing: "You'll get that on Monday"."""
    following = next((other for other in spoken.sentences if other.start >= sentence.end), None)
    if following is None or not _OF_THE_SAME.match(following.plain):
        return None
    return due_on(following.plain, said_on)


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


def _add(items: list[ActionItem], new: ActionItem) -> None:
    for number, old in enumerate(items):
        if old.owner == new.owner and old.owner_side is new.owner_side and _same_task(old.text, new.text):
            items[number] = old.model_copy(update={"due_on": new.due_on or old.due_on})
            return
    items.append(new)


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


def check_action_items(material: MeetingMaterial, found: ActionItems) -> ActionItems:
    """Only what is proved by a quote; an owner only when a speaker of a known side is meant."""
    return ActionItems(items=tuple(_checked(material, found.items)))


def _checked(material: MeetingMaterial, items: Iterable[ActionItem]) -> Iterator[ActionItem]:
    for item in items:
        turn = turn_of(material, item.turn)
        quote = verbatim(item.quote, turn.text) if turn else None
        text = " ".join(item.text.split()).rstrip(".")
        if turn is None or quote is None or not text:
            continue
        speakers = material.sides
        owner = item.owner if item.owner in speakers and speakers[item.owner] is not Side.UNKNOWN else None
        side = speakers[owner] if owner else speakers.get(turn.speaker, Side.UNKNOWN)
        due = item.due_on if item.due_on and item.due_on >= local_date(material) else None
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
