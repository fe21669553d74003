"""What Slack sends over a socket, handed to Bolt, and Bolt's answer as Slack wants it back."""

import json
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from sequences.tracing import begin

log = logging.getLogger(__name__)


class Envelopes:
    """Takes one envelope at a time; any number may be under way."""

    def __init__(self, bolt: AsyncApp) -> None:
        self._bolt = bolt

    async def take(self, envelope: dict[str, Any]) -> dict[str, Any] | None:
        """The acknowledgement, as soon as the listener has given it; None when there is none to give."""
        request = SocketModeRequest.from_dict(envelope)
        if request is None:
            return None
        begin()
        response: BoltResponse = await run_async_bolt_app(self._bolt, request)
        if response.status != 200:
            log.warning("not acknowledged", extra={"kind": request.type, "status": response.status})
            return None
        payload = _payload(response)
        return {"envelope_id": request.envelope_id, **({"payload": payload} if payload is not None else {})}


def _payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        read: dict[str, Any] = json.loads(response.body)
        return read
    return {"text": response.body}
