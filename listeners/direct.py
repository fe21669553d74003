"""Bolt for a Slack on this machine, which is reached directly, whatever proxy the environment names for the world.

Slack's SDK gives that proxy to every client that is made without one, and Bolt makes a client and an answerer for each
request. They go the way that the app's own client goes.
"""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest, AsyncRespond
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient


class DirectRespond(AsyncRespond):
    """Answers at the response address without a proxy."""

    async def __call__(self, *text: Any, **values: Any) -> WebhookResponse:
        """What Bolt's own takes by name, or the text alone."""
        client = AsyncWebhookClient(self.response_url or "", ssl=self.ssl)
        client.proxy = None
        said = {**({"text": text[0]} if text else {}), **values}
        return await client.send_dict({key: value for key, value in said.items() if value is not None})


class DirectApp(AsyncApp):
    """As Bolt's own, when the app's client has a proxy."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        super()._init_context(req)
        if self.client.proxy is not None:
            return
        req.context["client"].proxy = None
        if address := req.context.response_url:
            req.context["respond"] = DirectRespond(response_url=address, ssl=self.client.ssl)
