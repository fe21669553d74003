"""Which links an app was told of, and so may draw a preview for."""

from secrets import token_hex

from workspace.model import Message
from workspace.wire import SlackError

REMEMBERED = 10_000


class Unfurls:
    """By the id that ``link_shared`` carries, and by message."""

    def __init__(self) -> None:
        self._shared: dict[str, tuple[str, Message, list[str]]] = {}

    def remember(self, app_id: str, message: Message, urls: list[str]) -> str:
        """The ``unfurl_id`` of this message for this app."""
        if len(self._shared) >= REMEMBERED:
            del self._shared[next(iter(self._shared))]
        unfurl_id = f"{message.channel_id}.{message.ts}.{token_hex(16)}"
        self._shared[unfurl_id] = (app_id, message, urls)
        return unfurl_id

    def by_id(self, unfurl_id: str, app_id: str) -> tuple[Message, list[str]]:
        known_app, message, urls = self._shared.get(unfurl_id, ("", None, []))
        if message is None or known_app != app_id:
            raise SlackError("cannot_find_message")
        return message, urls

    def of(self, message: Message, app_id: str) -> list[str]:
        """The addresses in this message that the app was told of."""
        shared = [urls for known, one, urls in self._shared.values() if known == app_id and one is message]
        return [url for urls in shared for url in urls]
