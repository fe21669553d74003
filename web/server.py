"""The HTTP side as one aiohttp application."""

from aiohttp import web
from aiohttp.typedefs import Handler

from sequences.ports.observing import Observer
from web.correlating import correlating
from web.health import Health
from web.meetingbaas import MeetingBaasWebhook

# A v1 payload carries the whole transcript with a time for each word.
LARGEST_BODY = 32 * 1024 * 1024


def make_web_app(
    *,
    health: Health,
    meetingbaas: MeetingBaasWebhook | None = None,
    slack: Handler | None = None,
    observer: Observer | None = None,
) -> web.Application:
    """Health always; each door that is given."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[correlating(observer or Observer())])
    if meetingbaas:
        app.router.add_post("/webhooks/meetingbaas", meetingbaas.handle)
    if slack:
        app.router.add_post("/slack/events", slack)
    app.router.add_get("/healthz", health.live)
    app.router.add_get("/readyz", health.ready)
    return app
