"""Pub/Sub as far as Gmail needs it: one push subscription, signed as Google signs it."""

from itertools import count

from workspace.clock import Clock
from workspace.vendors.google.gmail.watching import envelope
from workspace.vendors.google.oauth import GoogleOAuth
from workspace.vendors.google.push import Notice, Pushes
from workspace.wire import Json

ACCOUNT = "gmail-push@workspace.iam.gserviceaccount.com"


class Publisher:
    """``target``: the app's address; ``None``: what is published goes nowhere, as with a topic nobody subscribed to."""

    def __init__(self, pushes: Pushes, google: GoogleOAuth, clock: Clock, target: str | None) -> None:
        self._pushes = pushes
        self._google = google
        self._clock = clock
        self._target = target
        self._numbers = count(1)
        self.close = pushes.close

    def publish(self, data: Json) -> None:
        if self._target is None:
            return
        body = envelope(data, number=next(self._numbers), at=self._clock.now())
        headers = {"Content-Type": "application/json", "User-Agent": "CloudPubSub-Google"}
        self._pushes.send(Notice("gmail", "gmail.push", self._target, headers, body, self._token))

    async def _token(self) -> str:
        claims = {"aud": self._target, "email": ACCOUNT, "email_verified": True, "sub": "113774264463038321964"}
        return await self._google.signed(claims)
