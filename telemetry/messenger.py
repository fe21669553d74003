"""The messenger, traced: each message to a rep is a span of the card's work."""

from datetime import datetime

from sequences.ports.observing import Observer
from sequences.ports.outside import Messenger, Place, Workspace
from sequences.records.card import Card
from sequences.records.people import User


class ObservedMessenger:
    """Implements ``Messenger`` around another one."""

    def __init__(self, messenger: Messenger, observer: Observer) -> None:
        self._messenger = messenger
        self._observer = observer

    async def post(self, user: User, card: Card, *, card_id: str) -> Place:
        with self._observer.span("slack post", card_id=card_id):
            return await self._messenger.post(user, card, card_id=card_id)

    async def update(self, place: Place, card: Card, *, card_id: str, user: User) -> None:
        with self._observer.span("slack update", card_id=card_id):
            await self._messenger.update(place, card, card_id=card_id, user=user)

    async def delete(self, place: Place, *, card_id: str, user: User) -> None:
        with self._observer.span("slack delete", card_id=card_id):
            await self._messenger.delete(place, card_id=card_id, user=user)

    async def find(self, user: User, *, card_id: str, since: datetime) -> Place | None:
        with self._observer.span("slack find", card_id=card_id):
            return await self._messenger.find(user, card_id=card_id, since=since)

    async def members(self) -> Workspace:
        with self._observer.span("slack members"):
            return await self._messenger.members()
