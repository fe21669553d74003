"""Starts a workspace: wires its parts and serves them on one loopback port."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from workspace.avatars import avatar_routes
from workspace.clock import Clock
from workspace.core import Workspace
from workspace.delivery.courier import Courier
from workspace.delivery.http import HttpDelivery
from workspace.delivery.sockets import Sockets
from workspace.driver import Actor
from workspace.faults import Faults
from workspace.feed import Feed
from workspace.ids import Ids
from workspace.incoming_webhooks import IncomingWebhooks, address
from workspace.installing import Installing
from workspace.log import Log
from workspace.methods.table import all_methods
from workspace.model import App, MailHook
from workspace.options import SAMPLE, Options
from workspace.page_api import PageApi
from workspace.page_files import page_routes
from workspace.page_guard import own_origin_only
from workspace.page_mail import MailApi
from workspace.page_panel import PanelApi
from workspace.people import add_person, change_person
from workspace.rates import Rates
from workspace.response_urls import ResponseUrls
from workspace.scheduled import ScheduledMessages
from workspace.seed import load_seed
from workspace.sign_in import SignIn
from workspace.state import State
from workspace.tokens import Tokens
from workspace.triggers import Triggers
from workspace.vendors.frame import watched
from workspace.vendors.incoming import IncomingMail
from workspace.vendors.mail import Mailbox
from workspace.vendors.meeting_bot import MeetingBot
from workspace.vendors.samples import Samples
from workspace.vendors.served import Vendors
from workspace.vendors.webhooks import WebhookSender
from workspace.views import Views
from workspace.web_api import WebApi

BODY_BYTES = 32_000_000


class Running:
    """A workspace that is being served. The parts are public: tests and scripts look at them."""

    def __init__(self, ws: Workspace, mail: Mailbox, meeting_bot: MeetingBot, vendors: Vendors) -> None:
        self.ws = ws
        self.state = ws.state
        self.log = ws.log
        self.faults = ws.faults
        self.mail = mail
        self.meeting_bot = meeting_bot
        self.samples = meeting_bot.samples
        self.vendors = vendors

    @property
    def app(self) -> App:
        """The first app of the seed."""
        return self.ws.state.app()

    @property
    def bot_token(self) -> str:
        return self.app.bot_token

    @property
    def app_token(self) -> str:
        return self.app.app_token

    @property
    def api_url(self) -> str:
        return self.ws.api_url

    @property
    def page_url(self) -> str:
        return f"{self.ws.base_url}/"

    @property
    def smtp_url(self) -> str:
        return self.mail.url

    def person(self, id_or_name: str) -> Actor:
        """By id, handle, real name or email address."""
        return Actor(self.ws, self.state.person(id_or_name))

    @property
    def incoming_webhook(self) -> str:
        """The address that posts into the first app's ``webhook_channel``; empty when it has none."""
        return address(self.ws, self.app)

    def now(self) -> datetime:
        """What time it is here: the ``Clock`` for an app in the same process that wants to live in this time."""
        return self.ws.clock.now()

    @property
    def ahead(self) -> timedelta:
        """How far this time is ahead of the real one."""
        return self.ws.clock.ahead

    def add_person(self, real_name: str, **facts: Any) -> Actor:
        """Somebody new, with ``facts`` as in the seed; apps hear ``team_join``."""
        return Actor(self.ws, add_person(self.ws, real_name, **facts))

    def change_person(self, id_or_name: str, **facts: Any) -> Actor:
        """Another title, zone, name, or ``deleted=True``; apps hear ``user_change``."""
        return Actor(self.ws, change_person(self.ws, self.state.person(id_or_name), **facts))

    def move_clock(self, by: timedelta) -> None:
        """Time passes in the workspace: what was scheduled until then is posted, the page is told."""
        self.ws.clock.move(by)
        self.ws.time_moved()

    async def until(self, condition: Callable[[], object], *, timeout: float = 30.0) -> None:  # noqa: ASYNC109 - passed on
        """Waits for a condition on the state, looking at it after each change; raises WaitTimeoutError."""
        await self.ws.feed.until(condition, timeout=timeout)

    async def app_connected(self, connections: int = 1) -> None:
        """Waits until the first app holds at least this many sockets open."""
        await self.until(lambda: self.ws.sockets.count(self.app.id) >= connections)


@asynccontextmanager
async def running(options: Options | None = None) -> AsyncIterator[Running]:
    """A workspace for as long as the block lasts."""
    options = options or Options()
    ws, http = _wired(options)
    mail = Mailbox(ws.feed, ws.ids, ws.faults, ws.log)
    meeting_bot = _meeting_bot(ws, options)
    incoming = _incoming(ws, mail, options)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(http.close)
        stack.push_async_callback(meeting_bot.close)
        stack.push_async_callback(incoming.close)
        stack.push_async_callback(ws.courier.close)
        stack.callback(ws.scheduled.close)
        if options.smtp_port is not None:
            await mail.start(options.host, options.smtp_port)
            stack.push_async_callback(mail.stop)
        vendors = Vendors(ws, mail, options)
        stack.push_async_callback(vendors.stop)
        await vendors.start(options.host, options.vendors)
        names = (*(["mail"] if mail.url else []), meeting_bot.name, *vendors.names)
        features = {"mail": bool(mail.url), "meeting_bot": meeting_bot.target is not None}
        page = PageApi(ws, features)
        app = _application(ws, meeting_bot)
        app.add_routes(page.routes())
        app.add_routes(PanelApi(ws, meeting_bot, names).routes())
        app.add_routes(MailApi(ws, mail, incoming).routes())
        app.add_routes(page_routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, options.host, options.port)
        await site.start()
        port = runner.addresses[0][1]
        ws.base_url = meeting_bot.base_url = ws.sign_in.base_url = f"http://{options.host}:{port}"
        stack.push_async_callback(ws.sockets.close)
        stack.push_async_callback(page.close)
        yield Running(ws, mail, meeting_bot, vendors)


def _application(ws: Workspace, meeting_bot: MeetingBot) -> web.Application:
    """What apps talk to; the page's part is added to it."""
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[own_origin_only])
    app.add_routes(WebApi(ws, all_methods()).routes())
    app.add_routes(ws.files.routes())
    app.add_routes(avatar_routes(ws.state))
    app.add_routes(ws.installing.routes())
    app.add_routes(IncomingWebhooks(ws).routes())
    app.add_routes(ws.sign_in.routes())
    bot = web.Application(middlewares=[watched(meeting_bot, ws.log, ws.faults)])
    bot.add_routes(meeting_bot.routes())
    app.add_subapp("/meeting-bot/", bot)
    return app


def _wired(options: Options) -> tuple[Workspace, HttpDelivery]:
    clock = Clock(options.clock, ahead=options.ahead)
    feed, ids = Feed(), Ids(clock.now)
    log = Log(feed, ids)
    faults = Faults(log)
    seed = load_seed(options.seed or SAMPLE, ids, manifest=options.manifest)
    state = State(seed, feed, ids)
    sockets = Sockets(log, feed, faults, lifetime_seconds=options.connection_seconds)
    http = HttpDelivery()
    ws = Workspace(
        seed=seed,
        clock=clock,
        ids=ids,
        feed=feed,
        log=log,
        faults=faults,
        rates=Rates(clock.now, options.rate_scale),
        state=state,
        views=Views(feed, ids, state.team.id, {app.id: app.bot_id for app in seed.apps}),
        triggers=Triggers(clock.now, options.trigger_lifetime),
        response_urls=ResponseUrls(clock.now),
        sockets=sockets,
        scheduled=ScheduledMessages(ids),
        installing=Installing(state, clock.now),
        sign_in=SignIn(state),
        tokens=Tokens(seed.apps, clock.now),
        courier=Courier(sockets, http, log, feed, ack_seconds=options.ack_seconds, event_retries=options.event_retries),
    )
    return ws, http


def _meeting_bot(ws: Workspace, options: Options) -> MeetingBot:
    return MeetingBot(
        Samples(ws.seed.samples, ws.ids),
        ws.log,
        ws.ids,
        target=options.meeting_bot_target,
        secret=options.meeting_bot_secret,
        retries=options.webhook_retries,
        extra=options.meeting_extra or ws.seed.meeting_extra,
    )


def _incoming(ws: Workspace, mail: Mailbox, options: Options) -> IncomingMail:
    """Tells the app that the seed names, unless the options say otherwise."""
    known = ws.seed.mail_hook or MailHook()
    hook = MailHook(options.mail_target or known.url, options.mail_secret or known.secret, known.body)
    sender = WebhookSender(
        ws.log, ws.ids, secret=hook.secret, retries=options.webhook_retries, header="x-webhook-secret"
    )
    return IncomingMail(mail, ws.ids, sender, hook)
