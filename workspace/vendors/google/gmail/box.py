"""One person's Gmail: messages, threads, labels, drafts, and the history of what happened to them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from workspace.vendors.google.errors import GoogleError
from workspace.vendors.mail import text_of

SYSTEM = (
    "CHAT",
    "SENT",
    "INBOX",
    "IMPORTANT",
    "TRASH",
    "DRAFT",
    "SPAM",
    "CATEGORY_FORUMS",
    "CATEGORY_UPDATES",
    "CATEGORY_PERSONAL",
    "CATEGORY_PROMOTIONS",
    "CATEGORY_SOCIAL",
    "STARRED",
    "UNREAD",
)
_FIXED = frozenset({"CHAT", "SENT", "DRAFT"})  # nobody adds or removes them
HISTORY_KEPT = timedelta(days=7)
_FIRST_ID = 0x19D0_0000_0000_0000
_ANSWER = re.compile(r"\s*(re|fwd?|aw|wg)\s*:\s*", re.IGNORECASE)


@dataclass
class Message:
    """``labels`` in the order in which they came; ``history_id`` of the last change."""

    id: str
    thread_id: str
    raw: bytes
    at: datetime
    labels: list[str]
    history_id: int = 0
    parsed: EmailMessage = field(init=False)

    def __post_init__(self) -> None:
        self.replace(self.raw)

    def replace(self, raw: bytes) -> None:
        self.raw = raw
        self.parsed = BytesParser(policy=policy.default).parsebytes(raw)

    def header(self, name: str) -> str:
        return str(self.parsed[name] or "")

    @property
    def text(self) -> str:
        return text_of(self.parsed, "plain") or text_of(self.parsed, "html") or ""


@dataclass(frozen=True)
class Change:
    """``kind`` as in ``historyTypes``; ``labels`` are those added or removed."""

    id: int
    at: datetime
    kind: str
    message_id: str
    thread_id: str
    labels: tuple[str, ...]
    held: tuple[str, ...]  # the labels of the message after it


class Box:
    """``on_change`` is told after each change. Ids rise, with gaps, and are the same ones in each run."""

    def __init__(self, email: str, now: Callable[[], datetime], numbers: Iterator[int]) -> None:
        self.email = email
        self.messages: dict[str, Message] = {}
        self.drafts: dict[str, str] = {}  # draft → message
        self.user_labels: dict[str, str] = {}  # id → name
        self.history: list[Change] = []
        self.history_id = 10_000
        self.on_change: Callable[[Change], None] = lambda _: None
        self._oldest = self.history_id
        self.now = now
        self._numbers = numbers
        self._by_message_id: dict[str, str] = {}

    def get(self, message_id: str) -> Message:
        if not re.fullmatch(r"[0-9a-f]{1,16}", message_id):
            raise GoogleError(400, "invalidArgument", "Invalid id value")
        if message_id not in self.messages:
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return self.messages[message_id]

    def thread(self, thread_id: str) -> list[Message]:
        """Oldest first; raises 404 for one without messages."""
        found = [message for message in self.messages.values() if message.thread_id == thread_id]
        if not found:
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return sorted(found, key=lambda message: (message.at, message.id))

    def with_message_id(self, message_id: str) -> Message | None:
        """By its header, and not by Gmail's id."""
        return self.messages.get(self._by_message_id.get(message_id.strip(), "")) if message_id.strip() else None

    def add(self, raw: bytes, labels: list[str], *, thread_id: str = "") -> Message:
        number = f"{_FIRST_ID + next(self._numbers) * 0x1_0003:016x}"
        message = Message(number, thread_id or number, raw, self.now(), labels)
        if not thread_id:
            message.thread_id = self._thread_of(message) or number
        self.messages[message.id] = message
        self._by_message_id[message.header("Message-ID").strip()] = message.id
        self._changed(message, "messageAdded", ())
        return message

    def relabel(self, message: Message, add: list[str], remove: list[str]) -> None:
        """Raises 400 for a label that there is not, or that cannot be changed."""
        for label in (*add, *remove):
            if label in _FIXED or not self.has_label(label):
                raise GoogleError(400, "invalidArgument", f"Invalid label: {label}")
        added = [label for label in dict.fromkeys(add) if label not in message.labels and label not in remove]
        removed = [label for label in dict.fromkeys(remove) if label in message.labels]
        message.labels = [label for label in message.labels if label not in removed] + added
        if added:
            self._changed(message, "labelAdded", tuple(added))
        if removed:
            self._changed(message, "labelRemoved", tuple(removed))

    def remove(self, message: Message) -> None:
        del self.messages[message.id]
        self._changed(message, "messageDeleted", ())

    def has_label(self, label: str) -> bool:
        return label in SYSTEM or label in self.user_labels

    def since(self, history_id: int) -> list[Change]:
        """What happened after that; raises 404 when nobody remembers any more, or not yet."""
        forgotten = [change.id for change in self.history if change.at < self.now() - HISTORY_KEPT]
        if not max([self._oldest, *forgotten]) <= history_id <= self.history_id:
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return [change for change in self.history if change.id > history_id]

    def forget_history(self) -> None:
        """As Gmail does, sometimes after hours: whoever follows has to begin anew."""
        self._tick()
        self._oldest = self.history_id
        self.history.clear()

    def _changed(self, message: Message, kind: str, labels: tuple[str, ...]) -> None:
        message.history_id = self._tick()
        place = (kind, message.id, message.thread_id, labels, tuple(message.labels))
        self.history.append(Change(self.history_id, self.now(), *place))
        self.on_change(self.history[-1])

    def _tick(self) -> int:
        self.history_id += 7 + self.history_id % 5
        return self.history_id

    def _thread_of(self, message: Message) -> str:
        """The thread of what this one answers, when the subject is the same."""
        answered = [self.with_message_id(reference) for reference in references(message.parsed)]
        fitting = [known for known in answered if known and subject_of(known) == subject_of(message)]
        return max(fitting, key=lambda known: known.id).thread_id if fitting else ""


def references(parsed: EmailMessage) -> set[str]:
    return {word for name in ("References", "In-Reply-To") for word in str(parsed[name] or "").split()}


def subject_of(message: Message) -> str:
    """Without its Re: and Fwd:."""
    subject = message.header("Subject")
    while found := _ANSWER.match(subject):
        subject = subject[found.end() :]
    return " ".join(subject.split()).lower()
