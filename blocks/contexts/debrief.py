"""The debrief: one card per meeting, the product's face."""

from dataclasses import dataclass, replace

from blocks import labels, times
from blocks.contexts.caps import LADDER, Caps
from blocks.contexts.crm_panels import FieldsContext, StageContext, TasksContext
from blocks.contexts.mail_panel import MailContext
from blocks.contexts.outcome import Setting, Stand
from blocks.text import count, one_line
from blocks.values import CardRef, FeedbackRef, Rating
from sequences.records.card import DebriefCard
from sequences.records.insight import ActionItem, CallKind, Intent, IntentKind, NextAction
from sequences.records.meeting import Side

_SUMMARY_LINES = 5
_NEXT_ACTIONS = 5
_IMPORTANCE = (
    IntentKind.SEND_PROPOSAL,
    IntentKind.SCHEDULE_MEETING,
    IntentKind.PROSPECT_FOLLOWUP,
    IntentKind.SEND_CONTENT,
    IntentKind.BUYING_NEGATIVE,
    IntentKind.BUYING_POSITIVE,
    IntentKind.COMPETITIVE,
    IntentKind.MULTI_STAKEHOLDER,
    IntentKind.TIMELINE,
)


@dataclass(frozen=True, kw_only=True)
class Item:
    owner: str
    text: str
    due: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Heard:
    label: str
    speaker: str
    at: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """The quiet line under every card: which engine spoke, why the card came, how to hear less."""

    engine: str
    card: str
    thumbs_up: str  # empty, as is the other, on a card that suggests nothing: feedback is kept with a suggestion
    thumbs_down: str

    @classmethod
    def of(cls, engine: str, card_id: str, *, suggests: bool = False) -> "Quiet":
        return cls(
            engine=one_line(engine, 80),
            card=CardRef(card_id).encode(),
            thumbs_up=FeedbackRef(card_id, Rating.UP).encode() if suggests else "",
            thumbs_down=FeedbackRef(card_id, Rating.DOWN).encode() if suggests else "",
        )


@dataclass(frozen=True, kw_only=True)
class DebriefContext:
    emoji: bool
    inform_only: bool  # shown again on request: nothing on it can be pressed
    title: str
    when: str
    people: tuple[str, ...]
    company: str
    call: str
    is_internal: bool
    summary: tuple[str, ...]
    items: tuple[Item, ...]
    items_hidden: int
    heard: tuple[Heard, ...]
    heard_hidden: int
    fields: FieldsContext | None
    stage: StageContext | None
    tasks: TasksContext | None
    mail: MailContext | None
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    quiet: Quiet

    @property
    def is_empty(self) -> bool:
        """Whether the meeting left nothing to report."""
        parts = (self.summary, self.items, self.heard, self.fields, self.stage, self.tasks, self.mail, self.suggestions)
        return not any(parts)

    @property
    def decisions(self) -> tuple[str, ...]:
        """What still waits for the rep, in the order of the card."""
        stage, tasks, mail = self.stage, self.tasks, self.mail
        waiting = (
            "deal stage" if stage and stage.stand is Stand.OPEN else "",
            count(tasks.number, "task") if tasks and tasks.stand is Stand.OPEN else "",
            "follow-up mail" if mail and mail.stand is Stand.OPEN else "",
        )
        return tuple(what for what in waiting if what)

    @property
    def is_shortened(self) -> bool:
        """Whether findings are left out that [Show everything] shows."""
        return bool(self.heard_hidden or self.items_hidden or (self.fields and self.fields.hidden))

    @property
    def notification(self) -> str:
        """What a phone shows."""
        return f"Debrief: {self.title}. {self._news()}"

    def _news(self) -> str:
        mail, tasks, stage = self.mail, self.tasks, self.stage
        news = (
            _mail_news(mail) if mail and mail.stand is Stand.OPEN else "",
            f"{count(tasks.number, 'task')} to confirm" if tasks and tasks.stand is Stand.OPEN else "",
            f"move to {stage.new}?" if stage and stage.stand is Stand.OPEN else "",
            count(len(self.items) + self.items_hidden, "action item") if self.items else "",
        )
        return ", ".join(part for part in news if part) or "Nothing waits for you."

    @classmethod
    def of(
        cls, card: DebriefCard, card_id: str, caps: Caps = LADDER[0], *, inform_only: bool = False
    ) -> "DebriefContext":
        setting = setting_of(card)
        rows = caps.rows
        moments = moments_of(card.intents)
        kind = card.call_type.kind if card.call_type else CallKind.OTHER
        return cls(
            emoji=card.emoji,
            inform_only=inform_only,
            title=one_line(card.title, 120) or "Untitled meeting",
            when=times.full(card.started_at, setting.tz),
            people=tuple(one_line(name, 60) for name in card.with_names),
            company=one_line(card.company or "", 80),
            call=labels.CALLS[kind],
            is_internal=kind is CallKind.INTERNAL,
            summary=_lines(card.summary[:_SUMMARY_LINES], caps.line),
            items=tuple(_item(item, setting, caps) for item in card.action_items[:rows]),
            items_hidden=max(0, len(card.action_items) - rows),
            heard=tuple(_moment(moment, caps) for moment in moments[:rows]),
            heard_hidden=max(0, len(moments) - rows),
            fields=FieldsContext.of(card.fields, setting, caps) if card.fields else None,
            stage=StageContext.of(card.stage, setting, caps) if card.stage else None,
            tasks=TasksContext.of(card.tasks, setting, caps) if card.tasks else None,
            mail=MailContext.of(card.mail, setting, caps) if card.mail else None,
            suggestions=_suggestions(card.next_actions[: min(caps.extras, _NEXT_ACTIONS)], caps.line),
            notes=_lines(card.explanation.notes[:3], caps.line),
            quiet=Quiet.of(card.explanation.engine, card_id, suggests=_suggests(card)),
        )


def _suggests(card: DebriefCard) -> bool:
    return any((card.mail, card.tasks, card.stage, card.fields))


def setting_of(card: DebriefCard) -> Setting:
    return Setting(seen_from=card.started_at, tz=times.zone(card.timezone), owner=card.owner)


def heard(intent: Intent, caps: Caps) -> Heard:
    return Heard(
        label=labels.INTENTS[intent.kind],
        speaker=one_line(intent.speaker_name, 60),
        at=times.timestamp(intent.start_s),
        quote=one_line(intent.quote, caps.quote),
    )


def moments_of(intents: tuple[Intent, ...]) -> list[tuple[Intent, ...]]:
    """What was heard, once for each quote, promises first: a promise forgotten costs more than a signal missed."""
    quotes: dict[tuple[int, str], list[Intent]] = {}
    for intent in intents:
        quotes.setdefault((intent.turn, intent.quote), []).append(intent)
    moments = [tuple(sorted(found, key=_rank)) for found in quotes.values()]
    return sorted(moments, key=lambda moment: (_rank(moment[0]), moment[0].turn))


def _rank(intent: Intent) -> int:
    return _IMPORTANCE.index(intent.kind)


def _moment(moment: tuple[Intent, ...], caps: Caps) -> Heard:
    first = heard(moment[0], caps)
    return replace(first, label=" · ".join(dict.fromkeys(labels.INTENTS[intent.kind] for intent in moment)))


def _lines(texts: tuple[str, ...], longest: int) -> tuple[str, ...]:
    lines = (one_line(text, longest) for text in texts)
    return tuple(line for line in lines if line)


def _suggestions(actions: tuple[NextAction, ...], longest: int) -> tuple[Suggestion, ...]:
    lines = (Suggestion(text=one_line(one.text, longest), reason=one_line(one.reason, longest)) for one in actions)
    return tuple(line for line in lines if line.text)


def _mail_news(mail: MailContext) -> str:
    return f"Follow-up to {mail.recipient} ready to send" if mail.to else "Follow-up drafted, its address is missing"


def _item(item: ActionItem, setting: Setting, caps: Caps) -> Item:
    today = setting.seen_from.astimezone(setting.tz).date()
    unclear = "Our side" if item.owner_side is Side.REP else "Owner unclear"
    return Item(
        owner=one_line(item.owner or unclear, 60),
        text=one_line(item.text, caps.line),
        due=times.day(item.due_on, year_of=today) if item.due_on else "",
        at=times.timestamp(item.start_s),
    )
