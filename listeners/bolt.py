"""Bolt for one installation whose Slack may be on this machine, reached directly whatever proxy the environment names.

Slack's SDK gives that proxy to every client that is made without one, and Bolt makes a client and an answerer for each
request. They go the way that the app's own client goes.
"""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from listeners.authorizing import OneInstallation


@contextlib.contextmanager
def _meant() -> Iterator[None]:
    """Without Bolt's warnings that a token of the environment is passed over: it is the one that ``client`` holds."""
    logger = logging.getLogger("slack_bolt.AsyncApp")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


class DirectRespond(AsyncRespond):
    """Answers at the response address without a proxy."""

    async def __call__(self, *text: Any, **values: Any) -> WebhookResponse:
        """What Bolt's own takes by name, or the text alone."""
        client = AsyncWebhookClient(self.response_url or "", ssl=self.ssl)
        client.proxy = None
        said = {**({"text": text[0]} if text else {}), **values}
        return await client.send_dict({key: value for key, value in said.items() if value is not None})


class Bolt(AsyncApp):
    """As Bolt's own, when the app's client has a proxy. ``client`` holds the one token.

    A call over HTTP is proven at the door, before Bolt reads anything of it; a socket proves itself.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        with _meant():
            super().__init__(client=client, authorize=OneInstallation(client), request_verification_enabled=False)

    def _init_context(self, req: AsyncBoltRequest) -> None:
        super()._init_context(req)
        if self.client.proxy is not None:
            return
        req.context["client"].proxy = None
        if address := req.context.response_url:
            req.context["respond"] = DirectRespond(response_url=address, ssl=self.client.ssl)
