"""At most five lines of fact, each in the words of the one who said it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sequences.records.insight import Intent, IntentKind, MeetingSummary
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Turn
from sequences.skills.detect_intents import detect_offline
from sequences.skills.drafting.known import known_in
from sequences.skills.drafting.spelling import capitalised
from sequences.skills.drafting.traceable import untraceable
from sequences.skills.extract_action_items import extract_offline, is_withdrawn
from sequences.skills.fields.deciding import vagueness, widened
from sequences.skills.fields.trouble import has_size, troubles
from sequences.skills.machine_talk import is_for_machines
from sequences.skills.rules.conversation import read_conversation
from sequences.skills.rules.offered import asked_thing
from sequences.skills.rules.wording import first_names, tidy
from sequences.skills.skill import Skill

MOST_LINES = 5
_SHORTEST = 25  # characters of a line that says something by itself
_ONE_BREATH = 120

# What a rep wants to know first when there is not room for everything.
_RANK = (
    IntentKind.BUYING_NEGATIVE,
    IntentKind.BUYING_POSITIVE,
    IntentKind.MULTI_STAKEHOLDER,
    IntentKind.TIMELINE,
    IntentKind.COMPETITIVE,
    IntentKind.SCHEDULE_MEETING,
    IntentKind.SEND_PROPOSAL,
    IntentKind.PROSPECT_FOLLOWUP,
    IntentKind.SEND_CONTENT,
)

_Fact = tuple[int, str, str]  # turn, speaker, words


def summarise_offline(material: MeetingMaterial) -> MeetingSummary:
    """The problem and the surest fact of each kind, in the order in which they were said."""
    facts = _distinct(
        [*_problem(material), *_from_intents(material, detect_offline(material).items), *_promises(material)]
    )
    if len(facts) < 2:
        facts = _distinct([*facts, *_telling_sentences(material)])
    names = first_names(list(material.sides))
    chosen = sorted(facts[:MOST_LINES])
    lines = (f"{names.get(speaker, speaker)}: {capitalised(words, material)}" for _, speaker, words in chosen)
    return MeetingSummary(lines=tuple(lines))


def _problem(material: MeetingMaterial) -> Iterator[_Fact]:
    """The prospect's first statement of a problem, preferably one with a number."""
    found = [
        (not has_size(sentence), spoken.turn.index, spoken.turn.speaker, tidy(sentence.text))
        for spoken, sentence in troubles(material)
    ]
    yield from ((turn, speaker, words) for _, turn, speaker, words in sorted(found, key=lambda one: one[0])[:1])


def _from_intents(material: MeetingMaterial, intents: tuple[Intent, ...]) -> Iterator[_Fact]:
    """The clearest of each kind; where only "he" or "they" are said, with the sentence that says who."""
    turns = material.transcript.turns
    for kind in _RANK:
        of_kind = (item for item in intents if item.kind is kind and not _is_over(material, item))
        worded = [(item, words) for item in of_kind if (words := _worded(item, turns[item.turn]))]
        if worded:
            best, words = min(worded, key=lambda one: vagueness(one[0]))
            yield best.turn, best.speaker_name, tidy(words)


def _worded(item: Intent, turn: Turn) -> str | None:
    """The quote, or with what else was said in that breath where it is too short to say anything: "Deal."."""
    quote = widened(item.quote, turn)
    if len(quote) >= _SHORTEST:
        return quote
    return turn.text if _SHORTEST <= len(turn.text) <= _ONE_BREATH else None


def _is_over(material: MeetingMaterial, item: Intent) -> bool:
    """Asked for, and not needed any more before the meeting ended."""
    thing = asked_thing(item.quote) if item.kind is IntentKind.SEND_CONTENT else None
    return thing is not None and is_withdrawn(material, item.turn, thing)


def _promises(material: MeetingMaterial) -> Iterator[_Fact]:
    for item in extract_offline(material).items:
        if len(item.quote) >= _SHORTEST:
            yield item.turn, material.transcript.turns[item.turn].speaker, tidy(item.quote)


def _telling_sentences(material: MeetingMaterial) -> Iterator[_Fact]:
    """Statements full of the words that this meeting keeps coming back to."""
    spoken = [said for said in read_conversation(material) if not is_for_machines(said.turn.text)]
    weight = Counter(word for said in spoken for part in said.sentences for word in part.vocabulary if len(word) > 4)
    scored = [
        (
            sum(weight[word] for word in part.vocabulary) / (len(part.words) + 8),
            said.turn.index,
            said.turn.speaker,
            part.text,
        )
        for said in spoken
        for part in said.sentences
        if 8 <= len(part.words) <= 40 and not part.has_question_mark
    ]
    for _, turn, speaker, text in sorted(scored, key=lambda found: -found[0])[: 2 * MOST_LINES]:
        yield turn, speaker, tidy(text)


def _distinct(facts: Iterable[_Fact]) -> list[_Fact]:
    """One line for each thing said, however many findings rest on it."""
    kept: list[_Fact] = []
    for fact in facts:
        if fact[2] and not any(fact[2] in other[2] or other[2] in fact[2] for other in kept):
            kept.append(fact)
    return kept


def check_summary(material: MeetingMaterial, found: MeetingSummary) -> MeetingSummary:
    """Short, one line each, and none that states what nobody said."""
    known = known_in(material)
    lines = [" ".join(line.split()).lstrip("-*\u2022 ") for line in found.lines]
    return MeetingSummary(lines=tuple(line for line in lines if line and not untraceable(line, known))[:MOST_LINES])


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


SUMMARISE_MEETING = Skill(
    key="summarise_meeting",
    output=MeetingSummary,
    offline=summarise_offline,
    check=check_summary,
    material=_itself,
    max_output_tokens=600,
)
