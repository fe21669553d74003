"""The page's own API: everything below ``/_workspace/``. The page (``workspace/page/``) is its only client.

All answers are JSON objects. A refused request answers 4xx with ``{"ok": false, "error": "<code>", "message": "…"}``.
What changes something is a POST with a JSON or multipart body; ``Host`` and ``Origin`` must name this server on
loopback (else 403). ``U…`` is a person, ``C…``/``G…``/``D…`` a channel, private channel or DM, ``V…`` a view.

Everything that is no API is a file of the page: ``GET /`` is ``index.html``; ``GET /archives/{C}/p{ts}`` (a permalink)
leads to ``/#/c/{C}/{ts with the dot}``.

``GET /_workspace/bootstrap?as=U`` (``as`` is optional; with it only the conversations that this person sees)::

    {"ok": true,
     "team": {"id": "T…", "name": "…", "domain": "…"},
     "apps": [{"id": "A…", "name": "…", "description": "…", "bot_id": "B…", "bot_user_id": "U…", "color": "#4a154b",
               "has_home": true, "takes_messages": true, "connected": true,
               "commands": [{"command": "/x", "description": "…", "usage_hint": "…"}],
               "shortcuts": [{"type": "global" | "message", "name": "…", "callback_id": "…"}]}],
     "people": [{"id": "U…", "name": "handle", "real_name": "…", "display_name": "…", "title": "…", "email": "…",
                 "tz": "Europe/London", "tz_offset": 0, "tz_label": "…", "is_bot": false,
                  "is_admin": false, "is_guest": false,
                 "deleted": false, "color": "#…"}],
     "conversations": [<conversation>],
     "default_user": "U…",
     "features": {"mail": true, "meeting_bot": true},
     "hint": "one sentence for a newcomer, from the seed, or null"}

``<conversation>`` = ``{"id", "kind": "channel" | "private" | "im" | "mpim", "name", "topic", "purpose",
"members": ["U…"], "is_archived": bool, "is_visible": bool, "app_id": "A…" | null,
"with": "U…" | null}``; ``app_id`` is set on a DM with an app; ``with`` on a
DM is the other person, seen from ``as``. Each person has a DM with each app from the start (empty until somebody
writes), so App Home is always reachable.

``GET /_workspace/conversations/{id}/messages?as=U[&thread_ts=…]`` → ``{"ok": true, "messages": [<message>]}``, oldest
first; without ``thread_ts`` the roots only, with it the root and its replies. Others' ephemeral messages are left
out.

``<message>`` is Slack's own shape: ``{"type": "message", "ts", "user", "text", "blocks"?, "attachments"?, "bot_id"?,
"app_id"?, "username"?, "thread_ts"?, "reply_count"?, "reply_users"?, "latest_reply"?, "reactions"?: [{"name", "users",
"count"}], "edited"?: {"user", "ts"}, "files"?, "subtype"?, "metadata"?}`` and, for the page,
``"channel": "C…"``, ``"permalink"``, ``"visible_to": "U…" | null`` (ephemeral: "Only visible to you") and
``"values": {block_id: {action_id: <value>}}``: what this person has chosen in it so far.

``<value>`` is Slack's state value: ``{"type": "static_select", "selected_option": {…}}``, ``{"type":
"plain_text_input", "value": "…"}``, ``selected_options``, ``selected_user(s)``, ``selected_conversation(s)``,
``selected_channel(s)``, ``selected_date``, ``selected_time``, ``selected_date_time`` (epoch seconds), ``value``,
``rich_text_value``, ``files``.

``GET /_workspace/views?as=U`` → ``{"ok": true, "modals": [<view>], "homes": {"A…": <view> | null}}``; modals bottom
first. ``<view>`` is Slack's own shape (``id``, ``type``, ``title``, ``submit``, ``close``, ``blocks``, ``hash``,
``root_view_id``, ``previous_view_id``, ``app_id``, …) with ``"values"`` as above (initial values filled in).

``WS /_workspace/live?as=U`` pushes one JSON object per frame. The client sends nothing::

    {"type": "hello", "as": "U…"}
    {"type": "message" | "message_changed" | "ephemeral", "channel": "C…", "message": <message>}
    {"type": "message_deleted", "channel": "C…", "ts": "…"}
    {"type": "conversation", "conversation": <conversation>}           a new one, or its members or topic changed
    {"type": "view_opened" | "view_pushed" | "view_updated", "view": <view>}
    {"type": "view_closed", "view_id": "V…"}                           take this one off; it may be under others
    {"type": "home_published", "app_id": "A…", "view": <view>}
    {"type": "assistant_status", "channel": "D…", "thread_ts": "…", "status": "is thinking…", "loading_messages": []}
    {"type": "assistant_prompts", "channel": "D…", "thread_ts": "…", "title": "…", "prompts": [{"title", "message"}]}
    {"type": "assistant_title", "channel": "D…", "thread_ts": "…", "title": "…"}
    {"type": "app_connected" | "app_disconnected", "app_id": "A…", "connections": 1}
    {"type": "api_call" | "envelope" | "socket" | "meeting" | "webhook" | "fault" | "http" | "vendor",
     "entry": <log entry>}
    {"type": "mail", "mail": <mail head>}
    {"type": "clock", "now": "…", "ahead_s": 0.0}                       time was moved forward
    {"type": "toast", "level": "info" | "error", "text": "…"}
    {"type": "reset"}                                                  load everything again

Messages, views and toasts go to those who may see them; log entries and mail go to everybody.

``POST /_workspace/act`` with ``{"as": "U…", "type": …}`` does what a person does and answers when the app has answered
(or the time for it is up, 3 s)::

    message         {"channel", "text", "thread_ts"?, "files"?: ["F…"]}            → + {"ts"}
    message_edit    {"channel", "ts", "text"}     message_delete {"channel", "ts"}
    reaction        {"channel", "ts", "name", "remove"?: bool}
    open_dm         {"user": "U…"}                                 → + {"conversation"}
    command         {"channel", "command": "/x", "text"}
    block_actions   {"container": {"type": "message", "channel", "ts"} | {"type": "view", "view_id"},
                     "block_id", "action_id", "action": <value> | {"value": "…"} | {}, "values"?: {…}}
                    a button needs no "action"; "values" are the inputs filled in so far in the same container
    suggestions     {"container", "block_id", "action_id", "query"}        → + {"options": [], "option_groups": []}
    view_submission {"view_id", "values": {block_id: {action_id: <value>}}}        → + {"errors": {block_id: "…"}}
    view_closed     {"view_id", "is_cleared"?: bool}      is_cleared: the whole stack (the x of a pushed view)
    home_opened     {"app_id"?, "tab": "home" | "messages"}
    assistant_opened {"app_id"?, "channel"?}    a new thread with an assistant     → + {"channel", "thread_ts"}
    assistant_looks  {"app_id"?, "channel", "thread_ts"}   goes to a channel with that thread beside it
    shortcut        {"callback_id", "app_id"?}    message_action {"channel", "ts", "callback_id", "app_id"?}

Answer: ``{"ok": true, "acked": bool, "error": null | "<code>", "message": null | "what Slack would show",
"payload": <what the app answered with> | null, "ms": 12.3}`` plus the keys named above. ``error`` codes: ``no_answer``
(not acknowledged in 3 s), ``not_connected`` (the app has no open connection), ``dispatch_failed``, ``bad_response``
(the app answered with something Slack would refuse; ``message`` says what), ``missing_input`` (a required input is
empty; ``errors`` names it; the app was not asked). For what nobody has to acknowledge (message, reaction …) ``acked``
is true.

``POST /_workspace/files`` multipart ``as``, ``file`` → ``{"ok": true, "file": {"id": "F…", "name", "mimetype",
"filetype", "size", "url_private", …}}``, for a file input's ``files`` and for a message's ``"files": ["F…"]``.

``GET /_workspace/samples`` → ``{"ok": true, "samples": [<sample>], "can_end": bool}``; ``<sample>`` = ``{"id", "title",
"description", "format": "vtt", "file": "name.vtt", "started_at": "…Z", "participants": [{"name", "email"}],
"uploaded": bool, "preview": "first lines"}``. ``can_end`` is false when no receiver of meeting webhooks is configured.
``POST /_workspace/samples`` multipart: ``file`` (any format), optional ``title``, ``participants`` (JSON list) →
``{"ok": true, "sample": <sample>}``.
``POST /_workspace/samples/{id}/end`` ``{"as": "U…" | null}`` ends that meeting now, as recorded by that person's bot
(null: by nobody's in particular) → ``{"ok": true, "meeting": {"bot_id", "sample", "status": "sending" | "delivered" |
"refused" | "gave_up", "attempts": [{"at", "status", "error", "ms"}]}}``. Progress arrives as ``meeting`` log entries.

``GET /_workspace/mail`` → ``{"ok": true, "mails": [<mail head>], "letters": [{"from", "subject", "text"}], "is_told":
bool}``, newest first; ``letters`` are the seed's, to try with; ``is_told`` is false when no app hears of mail that
arrives; ``<mail head>`` = ``{"id", "from",
"to": [], "cc": [], "subject", "received_at", "snippet", "size", "is_incoming": bool}``.
``GET /_workspace/mail/{id}`` → ``{"ok": true,
"mail": <mail head> + {"headers": [[name, value]], "text", "html": null | "…", "attachments": [{"name", "type",
"size"}], "raw", "envelope": {"from", "to": []}}}``. ``POST /_workspace/mail/clear`` ``{}``.
``POST /_workspace/mail`` ``{"as": "U…", "from": "Name <address>", "subject", "text", "in_reply_to"?: "M0001"}``: a mail
arrives for that person → ``{"ok": true, "mail": <mail head>, "delivery": null | {"mail", "message_id", "status",
"attempts"}}`` as of a meeting; ``null`` when no app is told. Progress arrives as ``webhook`` log entries.

``GET /_workspace/faults`` → ``{"ok": true, "faults": [<fault>], "kinds": [{"kind", "title", "fields": [],
"vendors": ["slack", …]}]}``;
``POST /_workspace/faults`` arms one: ``{"kind": "rate_limit", "method"?: "chat.update" | "*", "retry_after"?: 2}``,
``{"kind": "error", "method"?, "error": "internal_error"}``, ``{"kind": "status", "method"?, "status": 503}``,
``{"kind": "slow", "method"?, "seconds": 4}``, ``{"kind": "lost_answer", "method"?}`` (done, then the connection drops),
``{"kind": "drop_socket"}``, ``{"kind": "refresh_socket"}``, ``{"kind": "lose_ack"}``, ``{"kind": "mail_refused",
"status": 451}``; ``"times"`` (default 1; 0 = until cleared) says how often, ``"vendor"``
(default ``slack``) with whom: another that runs here takes ``rate_limit``, ``status``, ``slow``, ``lost_answer``,
``drop`` and ``invalid_body``, and its ``method`` is the vendor's name of an operation (``calendar.events.insert``);
``model`` also ``declined``, ``cut_off`` and ``chat``. ``POST /_workspace/faults/clear`` ``{}``.

``GET /_workspace/clock`` → ``{"ok": true, "now": "…", "ahead_s": 0.0}``; ``POST /_workspace/clock`` ``{"seconds": 60}``
or ``{"at": "08:00", "as": "U…"}`` (the next 08:00 where that person is) moves it forward and answers the same. An app
that wants to live in this time asks here.

``GET /_workspace/log?after=N`` → ``{"ok": true, "entries": [<log entry>]}``, oldest first. ``<log entry>`` = ``{"n",
"at": "…Z", "kind", …}``; an entry is pushed again under the same ``n`` when it is complete:
``api_call`` {"app_id", "method", "request", "response", "status", "ms"};
``envelope`` {"app_id", "envelope_id", "envelope_type", "payload", "state": "sent" | "acked" | "late" | "no_answer" |
"not_connected" | "url_not_verified", "attempt", "ack", "ms"};
``socket`` {"app_id", "event": "opened" | "closed" | "refresh", "connections"};
``meeting`` <meeting>; ``webhook`` {"mail", "subject", "to", "message_id", "status", "attempts"};
``fault`` {"fault": <fault>, "event": "armed" | "applied"};
``http`` {"method", "path", "status", "ms", "request", "response"};
``vendor`` the same and {"vendor", "operation", "query"}, for what an app asked of another vendor's server; "status" 0:
the line was cut.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from aiohttp import WSCloseCode, web

from workspace.core import Workspace
from workspace.page_acts import act
from workspace.page_guard import answering, is_ours, json_body
from workspace.page_shapes import app_shape, person_shape
from workspace.wire import Json, SlackError


class PageApi:
    """What the page shows of conversations and views, and what people do there. ``PanelApi`` serves the rest."""

    def __init__(self, ws: Workspace, features: Mapping[str, bool]) -> None:
        self._ws = ws
        self._features = features
        self._live: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/_workspace/bootstrap", answering(self.bootstrap)),
            web.get("/_workspace/conversations/{id}/messages", answering(self.messages)),
            web.get("/_workspace/views", answering(self.views)),
            web.post("/_workspace/act", answering(self.act)),
            web.get("/_workspace/live", self.live),
        ]

    async def close(self) -> None:
        """Says goodbye to the pages that are open, so that stopping does not wait for them."""
        for socket in list(self._live):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def bootstrap(self, request: web.Request) -> Json:
        state, viewer = self._ws.state, request.query.get("as")
        known = state.visible_to(state.person(viewer).id) if viewer else list(state.conversations.values())
        return {
            "team": {"id": state.team.id, "name": state.team.name, "domain": state.team.domain},
            "apps": [app_shape(self._ws, app) for app in state.apps.values()],
            "people": [person_shape(person) for person in state.people.values()],
            "conversations": [state.describe(conversation, viewer) for conversation in known],
            "default_user": state.humans()[0].id,
            "features": dict(self._features),
            "hint": self._ws.seed.hint,
        }

    async def messages(self, request: web.Request) -> Json:
        state = self._ws.state
        viewer = state.person(request.query.get("as", "")).id
        conversation = state.conversation(request.match_info["id"])
        if not state.can_see(viewer, conversation):
            raise SlackError("channel_not_found")
        seen = list(state.in_conversation(conversation.id, viewer))
        if thread_ts := request.query.get("thread_ts"):
            wanted = [message for message in seen if thread_ts in (message.ts, message.thread_ts)]
        else:
            wanted = [message for message in seen if not message.is_reply or message.broadcast]
        return {"messages": [state.show(message, viewer) for message in wanted]}

    async def views(self, request: web.Request) -> Json:
        viewer = self._ws.state.person(request.query.get("as", "")).id
        homes = {app_id: self._ws.views.homes.get((app_id, viewer)) for app_id in self._ws.state.apps}
        return {
            "modals": [self._ws.views.show(view) for view in self._ws.views.stack(viewer)],
            "homes": {app_id: self._ws.views.show(view) if view else None for app_id, view in homes.items()},
        }

    async def act(self, request: web.Request) -> Json:
        return (await act(self._ws, await json_body(request))).to_json()

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Pushes frames until the page goes away."""
        if not is_ours(request):
            raise web.HTTPForbidden
        viewer = self._ws.state.person(request.query.get("as", "")).id
        socket = web.WebSocketResponse(heartbeat=20, timeout=1.0)
        await socket.prepare(request)
        self._live.add(socket)
        with self._ws.feed.subscribe(viewer) as frames:
            await socket.send_json({"type": "hello", "as": viewer})
            pushing = asyncio.create_task(_push(socket, frames))
            async for _ in socket:  # the page sends nothing; this ends when it goes away
                pass
            self._live.discard(socket)
            pushing.cancel()
            with suppress(asyncio.CancelledError):
                await pushing
        return socket


async def _push(socket: web.WebSocketResponse, frames: asyncio.Queue[Json]) -> None:
    with suppress(ConnectionError):
        while not socket.closed:
            await socket.send_json(await frames.get())
