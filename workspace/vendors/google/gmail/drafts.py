"""Gmail's drafts: kept as they are, and gone when they are sent."""

from collections.abc import Callable

from workspace.vendors.google.call import Call, Operation
from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.forms import DRAFT, fitted
from workspace.vendors.google.gmail.box import Box, Message
from workspace.vendors.google.gmail.paging import page
from workspace.vendors.google.gmail.sending import read_raw, send, thread_for
from workspace.vendors.google.gmail.shapes import FORMATS, message_json, pointer
from workspace.vendors.mail import Mailbox
from workspace.wire import Json


class Drafts:
    """``box``: whose call it is."""

    def __init__(self, box: Callable[[Call], Box], mailbox: Mailbox) -> None:
        self._box = box
        self._mailbox = mailbox

    def operations(self, root: str, compose: frozenset[str], read: frozenset[str]) -> list[Operation]:
        """``read``: the scopes that are enough to look at drafts."""
        return [
            Operation("gmail.users.drafts.list", "GET", root, read, self.list),
            Operation("gmail.users.drafts.create", "POST", root, compose, self.create),
            Operation("gmail.users.drafts.send", "POST", f"{root}/send", compose, self.send),
            Operation("gmail.users.drafts.get", "GET", f"{root}/{{id}}", read, self.get),
            Operation("gmail.users.drafts.update", "PUT", f"{root}/{{id}}", compose, self.update),
            Operation("gmail.users.drafts.delete", "DELETE", f"{root}/{{id}}", compose, self.delete),
        ]

    async def list(self, call: Call) -> Json:
        box = self._box(call)
        rows = [{"id": draft, "message": pointer(box.messages[known])} for draft, known in box.drafts.items()]
        return page(call, "drafts", rows[::-1])

    async def create(self, call: Call) -> Json:
        box = self._box(call)
        draft = f"r{7_000_000_000_000_000_000 + box.history_id}"
        box.drafts[draft] = self._kept(box, call).id
        return _brief(draft, box)

    async def get(self, call: Call) -> Json:
        box, draft = self._known(call, call.place("id"))
        form = call.choice("format", FORMATS, "full")
        return {"id": draft, "message": message_json(box.messages[box.drafts[draft]], form)}

    async def update(self, call: Call) -> Json:
        """The message in it is another one afterwards, with an id of its own."""
        box, draft = self._known(call, call.place("id"))
        new = self._kept(box, call)
        box.remove(box.messages[box.drafts[draft]])
        box.drafts[draft] = new.id
        return _brief(draft, box)

    async def delete(self, call: Call) -> None:
        box, draft = self._known(call, call.place("id"))
        box.remove(box.messages[box.drafts.pop(draft)])

    async def send(self, call: Call) -> Json:
        box, draft = self._known(call, fitted(call.body, DRAFT).get("id", ""))
        old = box.messages[box.drafts[draft]]
        others = [message for message in box.messages.values() if message.thread_id == old.thread_id]
        thread_id = old.thread_id if len(others) > 1 else ""
        sent = send(old.raw, thread_id, box, self._mailbox)
        box.remove(old)
        del box.drafts[draft]
        return {**pointer(sent), "labelIds": list(sent.labels)}

    def _kept(self, box: Box, call: Call) -> Message:
        given = fitted(call.body, DRAFT).get("message", {})
        raw = read_raw(given)
        return box.add(raw, ["DRAFT"], thread_id=thread_for(raw, given.get("threadId", ""), box))

    def _known(self, call: Call, draft: str) -> tuple[Box, str]:
        box = self._box(call)
        if draft not in box.drafts:
            raise GoogleError(404, "notFound", "Requested entity was not found.")
        return box, draft


def _brief(draft: str, box: Box) -> Json:
    message = box.messages[box.drafts[draft]]
    return {"id": draft, "message": {**pointer(message), "labelIds": list(message.labels)}}
