"""Modals (a stack of up to three for each person) and Home tabs."""

from collections.abc import Iterator, Mapping
from secrets import token_hex

from workspace.feed import Feed
from workspace.ids import Ids
from workspace.inputs import carried_over, initial_values
from workspace.model import View
from workspace.wire import Json, SlackError

STACK_LIMIT = 3


class Views:
    """``values`` are the inputs of each open view as its person has filled them in so far."""

    def __init__(self, feed: Feed, ids: Ids, team_id: str, bot_ids: Mapping[str, str]) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}  # (app, person)
        self.values: dict[str, Json] = {}
        self._feed = feed
        self._ids = ids
        self._team_id = team_id
        self._bot_ids = bot_ids

    def open(self, body: Json, *, app_id: str, user_id: str, channel_id: str | None = None) -> View:
        """A new stack; one that was open is replaced."""
        self.clear(user_id)
        view = self._new(body, app_id=app_id, user_id=user_id, channel_id=channel_id)
        self.stacks[user_id] = [view]
        self._publish("view_opened", view)
        return view

    def push(self, body: Json, *, app_id: str, user_id: str) -> View:
        stack = self.stacks.get(user_id) or []
        if not stack:
            raise SlackError("view_not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        view = self._new(body, app_id=app_id, user_id=user_id, channel_id=stack[-1].channel_id, below=stack[-1])
        stack.append(view)
        self._publish("view_pushed", view)
        return view

    def update(self, view: View, body: Json, *, hash: str | None = None) -> View:
        """Keeps what was typed where block and action ids stay the same."""
        if hash is not None and hash != view.hash:
            raise SlackError("hash_conflict")
        self._check_external_id(body, view.app_id, but=view)
        view.body, view.hash = body, self._hash()
        self.values[view.id] = carried_over(view.blocks, self.values.get(view.id, {}), current=view.channel_id)
        self._publish("home_published" if view.type == "home" else "view_updated", view)
        return view

    def publish(self, body: Json, *, app_id: str, user_id: str, hash: str | None = None) -> View:
        home = self.homes.get((app_id, user_id))
        if home is not None:
            return self.update(home, body, hash=hash)
        home = self.homes[app_id, user_id] = self._new(body, app_id=app_id, user_id=user_id)
        self._publish("home_published", home)
        return home

    def close(self, view: View) -> None:
        stack = self.stacks.get(view.user_id, [])
        if view in stack:
            stack.remove(view)
            view.is_open = False
            self.values.pop(view.id, None)
            self._feed.publish("view_closed", lambda _: {"view_id": view.id}, to=[view.user_id])

    def clear(self, user_id: str) -> None:
        for view in reversed(self.stack(user_id)):
            self.close(view)

    def stack(self, user_id: str) -> list[View]:
        """This person's open modals, bottom first."""
        return list(self.stacks.get(user_id, []))

    def find(self, view_id: str | None, *, external_id: str | None = None, app_id: str | None = None) -> View:
        for view in self._all():
            if app_id is not None and view.app_id != app_id:
                continue
            if view_id == view.id or (external_id and external_id == view.body.get("external_id")):
                return view
        raise SlackError("not_found")

    def to_slack(self, view: View, values: Json | None = None) -> Json:
        """A view as the app gets it. ``values`` only where Slack sends them (submissions and actions)."""
        shown: Json = {
            "id": view.id,
            "team_id": self._team_id,
            "type": view.type,
            "blocks": view.blocks,
            "private_metadata": view.body.get("private_metadata", ""),
            "callback_id": view.callback_id,
            "state": {"values": values or {}},
            "hash": view.hash,
            "title": view.body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": view.body.get("clear_on_close", False),
            "notify_on_close": view.body.get("notify_on_close", False),
            "close": view.body.get("close"),
            "submit": view.body.get("submit"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": view.app_id,
            "external_id": view.body.get("external_id", ""),
            "app_installed_team_id": self._team_id,
            "bot_id": self._bot_ids.get(view.app_id, ""),
        }
        return shown

    def show(self, view: View) -> Json:
        """A view as the page wants it."""
        return {**self.to_slack(view), "values": self.values.get(view.id, {})}

    def _new(
        self, body: Json, *, app_id: str, user_id: str, channel_id: str | None = None, below: View | None = None
    ) -> View:
        self._check_external_id(body, app_id)
        view_id = self._ids.new("V")
        view = View(view_id, app_id, user_id, body, self._hash(), root_id=below.root_id if below else view_id)
        view.previous_id = below.id if below else None
        view.channel_id = channel_id
        self.values[view.id] = initial_values(view.blocks, current=channel_id)
        return view

    def _check_external_id(self, body: Json, app_id: str, but: View | None = None) -> None:
        wanted = body.get("external_id")
        for view in self._all():
            if wanted and view is not but and view.app_id == app_id and view.body.get("external_id") == wanted:
                raise SlackError("duplicate_external_id")

    def _all(self) -> Iterator[View]:
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def _hash(self) -> str:
        return f"{self._ids.epoch()}.{token_hex(4)}"

    def _publish(self, kind: str, view: View) -> None:
        self._feed.publish(
            kind,
            lambda _: {"view": self.show(view), **({"app_id": view.app_id} if view.type == "home" else {})},
            to=[view.user_id],
        )
