"""Gmail v1 on loopback. What is sent goes into the workspace's mailbox, and what arrives there is here as well."""

from collections.abc import Awaitable, Callable, Iterable
from itertools import count

from aiohttp import web

from workspace.clock import Clock
from workspace.vendors.google.accounts import PREFIX, Accounts
from workspace.vendors.google.call import Call, Handler, Operation
from workspace.vendors.google.errors import GoogleError, refusal
from workspace.vendors.google.forms import LABEL, LABELS, MESSAGE, WATCH, fitted
from workspace.vendors.google.gmail.box import SYSTEM, Box, Change, Message
from workspace.vendors.google.gmail.drafts import Drafts
from workspace.vendors.google.gmail.paging import page
from workspace.vendors.google.gmail.query import Query
from workspace.vendors.google.gmail.sending import read_raw, send, thread_for
from workspace.vendors.google.gmail.shapes import (
    FORMATS,
    attachment,
    change_json,
    encoded,
    label_json,
    message_json,
    pointer,
)
from workspace.vendors.google.gmail.watching import Watches
from workspace.vendors.mail import Mail, Mailbox
from workspace.wire import Json

_ROOT = "/gmail/v1/users/{userId}"
_KINDS = ("messageAdded", "messageDeleted", "labelAdded", "labelRemoved")
_BATCH = 100  # labels in one change


def scopes(names: str) -> frozenset[str]:
    """``mail`` stands for the scope of everything, the others for ``gmail.<name>``."""
    return frozenset(
        "https://mail.google.com/" if name == "mail" else f"{PREFIX}gmail.{name}" for name in names.split()
    )


_MODIFY = scopes("mail modify")
_READ = _MODIFY | scopes("metadata readonly")
_GET = _READ | scopes("addons.current.message.action addons.current.message.metadata addons.current.message.readonly")
_COMPOSE = _MODIFY | scopes("compose addons.current.action.compose")
_ATTACHMENT = _MODIFY | scopes("readonly addons.current.message.action addons.current.message.readonly")
METADATA = scopes("metadata")


class GmailServer:
    """``boxes`` by address; everybody's is made when it is first needed."""

    name = "gmail"

    def __init__(self, accounts: Accounts, clock: Clock, mailbox: Mailbox, watches: Watches) -> None:
        self.url = ""
        self.boxes: dict[str, Box] = {}
        self.closing: list[Callable[[], Awaitable[None]]] = []
        self._accounts = accounts
        self._clock = clock
        self._mailbox = mailbox
        self._watches = watches
        self._numbers = count(1)
        mailbox.listeners.append(self.deliver)

    def operations(self) -> list[Operation]:
        message, thread = f"{_ROOT}/messages/{{id}}", f"{_ROOT}/threads/{{id}}"
        table: list[tuple[str, str, str, frozenset[str], Handler]] = [
            ("getProfile", "GET", f"{_ROOT}/profile", _READ | scopes("compose"), self.profile),
            ("watch", "POST", f"{_ROOT}/watch", _READ, self.watch),
            ("stop", "POST", f"{_ROOT}/stop", _READ, self.stop),
            ("messages.list", "GET", f"{_ROOT}/messages", _READ, self.messages),
            ("messages.send", "POST", f"{_ROOT}/messages/send", _COMPOSE | scopes("send"), self.send),
            ("messages.get", "GET", message, _GET, self.message),
            ("messages.modify", "POST", f"{message}/modify", _MODIFY, self.modify),
            ("messages.trash", "POST", f"{message}/trash", _MODIFY, self.trash),
            ("messages.untrash", "POST", f"{message}/untrash", _MODIFY, self.untrash),
            (
                "messages.attachments.get",
                "GET",
                f"{_ROOT}/messages/{{messageId}}/attachments/{{id}}",
                _ATTACHMENT,
                self.attachment,
            ),
            ("threads.list", "GET", f"{_ROOT}/threads", _READ, self.threads),
            ("threads.get", "GET", thread, _GET, self.thread),
            ("threads.modify", "POST", f"{thread}/modify", _MODIFY, self.modify_thread),
            ("labels.list", "GET", f"{_ROOT}/labels", _READ | scopes("labels"), self.labels),
            ("labels.get", "GET", f"{_ROOT}/labels/{{id}}", _READ | scopes("labels"), self.label),
            ("labels.create", "POST", f"{_ROOT}/labels", _MODIFY | scopes("labels"), self.create_label),
            ("history.list", "GET", f"{_ROOT}/history", _READ, self.history),
        ]
        own = [Operation(f"gmail.users.{name}", *rest) for name, *rest in table]  # type: ignore[arg-type]
        return own + Drafts(self.box, self._mailbox).operations(
            f"{_ROOT}/drafts", _COMPOSE, _MODIFY | scopes("compose readonly")
        )

    def routes(self) -> list[web.RouteDef]:
        return [operation.route(self._accounts) for operation in self.operations()]

    def refusal(self, _request: web.Request, status: int) -> Json:
        return refusal(status)

    async def close(self) -> None:
        self._mailbox.listeners.remove(self.deliver)
        for close in self.closing:
            await close()

    def box_of(self, email: str) -> Box:
        """Raises KeyError for an address without an account."""
        known = str(self._accounts.person(email).email).lower()
        if known not in self.boxes:
            box = Box(known, self._clock.now, self._numbers)
            box.on_change = lambda change: self._watches.changed(box, change)
            self.boxes[known] = box
        return self.boxes[known]

    def box(self, call: Call) -> Box:
        wanted = call.place("userId").lower()
        if wanted not in ("me", call.email):
            raise GoogleError(403, "forbidden", f"Delegation denied for {call.email}")
        return self.box_of(call.email)

    def deliver(self, mail: Mail) -> None:
        """Into the boxes of those here that it is for; once, however often it comes."""
        for email in dict.fromkeys(address.lower() for address in mail.envelope_to):
            if not self._accounts.has(email):
                continue
            box = self.box_of(email)
            if box.with_message_id(mail.message_id) is None:
                box.add(mail.raw, ["INBOX", "UNREAD"])

    async def profile(self, call: Call) -> Json:
        box = self.box(call)
        threads = {message.thread_id for message in box.messages.values()}
        totals = {"messagesTotal": len(box.messages), "threadsTotal": len(threads)}
        return {"emailAddress": box.email, **totals, "historyId": str(box.history_id)}

    async def messages(self, call: Call) -> Json:
        found = self._found(call)
        return page(call, "messages", [pointer(message) for message in found])

    async def threads(self, call: Call) -> Json:
        box = self.box(call)
        newest = dict.fromkeys(message.thread_id for message in self._found(call))
        rows = []
        for thread_id in newest:
            last = box.thread(thread_id)[-1]
            brief = message_json(last, "minimal")
            rows.append({"id": thread_id, "snippet": brief["snippet"], "historyId": brief["historyId"]})
        return page(call, "threads", rows)

    async def message(self, call: Call) -> Json:
        return message_json(self.box(call).get(call.place("id")), *_form(call))

    async def thread(self, call: Call) -> Json:
        return self._thread(call, *_form(call))

    async def attachment(self, call: Call) -> Json:
        content = attachment(self.box(call).get(call.place("messageId")), call.place("id"))
        if content is None:
            raise GoogleError(400, "invalidArgument", "Invalid attachment token")
        return {"size": len(content), "data": encoded(content)}

    async def send(self, call: Call) -> Json:
        box, body = self.box(call), fitted(call.body, MESSAGE)
        raw = read_raw(body)
        sent = send(raw, thread_for(raw, body.get("threadId", ""), box), box, self._mailbox)
        return {**pointer(sent), "labelIds": sent.labels}

    async def modify(self, call: Call) -> Json:
        box = self.box(call)
        return self._relabelled(box, box.get(call.place("id")), *_changes(call))

    async def trash(self, call: Call) -> Json:
        box = self.box(call)
        return self._relabelled(box, box.get(call.place("id")), ["TRASH"], ["INBOX"])

    async def untrash(self, call: Call) -> Json:
        box = self.box(call)
        return self._relabelled(box, box.get(call.place("id")), [], ["TRASH"])

    async def modify_thread(self, call: Call) -> Json:
        box = self.box(call)
        for message in box.thread(call.place("id")):
            box.relabel(message, *_changes(call))
        return self._thread(call, "minimal")

    async def labels(self, call: Call) -> Json:
        box = self.box(call)
        return {"labels": [label_json(box, label) for label in (*SYSTEM, *box.user_labels)]}

    async def label(self, call: Call) -> Json:
        box, label = self.box(call), call.place("id")
        if not box.has_label(label):
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return label_json(box, label, counts=True)

    async def create_label(self, call: Call) -> Json:
        box, name = self.box(call), fitted(call.body, LABEL).get("name", "")
        if not name.strip():
            raise GoogleError(400, "invalidArgument", "Invalid label name")
        if name.lower() in {known.lower() for known in (*SYSTEM, *box.user_labels.values())}:
            raise GoogleError(409, "aborted", "Label name exists or conflicts")
        label = f"Label_{len(box.user_labels) + 1}"
        box.user_labels[label] = name
        return label_json(box, label)

    async def history(self, call: Call) -> Json:
        box, start = self.box(call), call.text("startHistoryId")
        if not start.isdecimal() or len(start) > 19:
            raise GoogleError(400, "invalidArgument", "Missing or invalid startHistoryId")
        wanted, label = call.many("historyTypes"), call.text("labelId")
        if unknown := set(wanted) - set(_KINDS):
            raise GoogleError(400, "invalidArgument", f"Invalid value for historyTypes: {min(unknown)}")
        rows = [change for change in box.since(int(start)) if _is_wanted(change, wanted, label)]
        found = page(call, "history", [change_json(change) for change in rows])
        del found["resultSizeEstimate"]
        return {**found, "historyId": str(box.history_id)}

    async def watch(self, call: Call) -> Json:
        return self._watches.open(self.box(call), fitted(call.body, WATCH))

    async def stop(self, call: Call) -> None:
        self._watches.stop(self.box(call))

    def _found(self, call: Call) -> list[Message]:
        """Newest first; the trash and spam only when they are asked for."""
        box, labels = self.box(call), call.many("labelIds")
        if call.text("q") and not call.grant.scopes - METADATA:
            raise GoogleError(403, "forbidden", "Metadata scope does not support 'q' parameter")
        query = Query(call.text("q"), box, self._clock.now())
        hidden = set() if call.flag("includeSpamTrash") or query.is_everywhere else {"TRASH", "SPAM"} - set(labels)
        found = [
            message
            for message in box.messages.values()
            if not hidden & {*message.labels} and {*labels} <= {*message.labels} and query.fits(message)
        ]
        return sorted(found, key=lambda message: (message.at, message.id), reverse=True)

    def _thread(self, call: Call, form: str, headers: Iterable[str] = ()) -> Json:
        found = self.box(call).thread(call.place("id"))
        last = max(found, key=lambda message: message.history_id)
        shown = [message_json(message, form, list(headers)) for message in found]
        return {"id": found[0].thread_id, "historyId": str(last.history_id), "messages": shown}

    def _relabelled(self, box: Box, message: Message, add: list[str], remove: list[str]) -> Json:
        box.relabel(message, add, remove)
        return {**pointer(message), "labelIds": list(message.labels)}


def _form(call: Call) -> tuple[str, list[str]]:
    form = call.choice("format", FORMATS, "full")
    if form in ("full", "raw") and not call.grant.scopes - METADATA:
        raise GoogleError(403, "forbidden", f"Metadata scope doesn't allow format {form.upper()}")
    return form, call.many("metadataHeaders")


def _changes(call: Call) -> tuple[list[str], list[str]]:
    body = fitted(call.body, LABELS)
    add, remove = body.get("addLabelIds", []), body.get("removeLabelIds", [])
    if max(len(add), len(remove)) > _BATCH:
        raise GoogleError(400, "invalidArgument", f"At most {_BATCH} labels can be changed at once")
    if not add and not remove:
        raise GoogleError(400, "invalidArgument", "No label add or removes specified")
    return add, remove


def _is_wanted(change: Change, kinds: list[str], label: str) -> bool:
    return (not kinds or change.kind in kinds) and (not label or label in (*change.held, *change.labels))
