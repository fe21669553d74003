"""Reads a workspace from YAML. Names are given, ids are made up unless given; mistakes are named with their place."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from workspace.ids import Ids
from workspace.model import (
    SLACKBOT,
    App,
    Command,
    Conversation,
    Kind,
    MailHook,
    Person,
    Seed,
    Shortcut,
    Team,
    UserGroup,
)
from workspace.wire import Json

COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "2b6836", "5a4592", "c386df", "d58247")


class SeedError(Exception):
    """The file cannot be used. The message names the file, the place and what is expected there."""


def load_seed(path: Path, ids: Ids, *, manifest: Path | None = None) -> Seed:
    """The seed of this file; ``manifest`` describes its first app and wins over the one it names itself."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SeedError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise SeedError(f"{path}: expected a mapping with team, people, channels and apps")
    return _Reader(path, data, ids).read(manifest)


class _Reader:
    def __init__(self, path: Path, data: Json, ids: Ids) -> None:
        self._path = path
        self._data = data
        self._ids = ids
        self._aliases: dict[str, str] = {}  # apps by the names that the seed gives them, whatever a manifest says

    def read(self, manifest: Path | None) -> Seed:
        team = self._data.get("team") or {}
        people = [self._person(number, one) for number, one in enumerate(self._list("people"))]
        if not people:
            raise SeedError(f"{self._path}: people: at least one person is needed")
        apps: list[App] = []
        for number, one in enumerate(self._list("apps")):
            app, bot = self._app(number, one, manifest if number == 0 else None)
            apps.append(app)
            people.append(bot)
        people.append(Person(SLACKBOT, "slackbot", "Slackbot", color="757575"))
        channels = [self._channel(number, one, people) for number, one in enumerate(self._list("channels"))]
        humans = [person for person in people if not person.is_bot and person.id != SLACKBOT and not person.deleted]
        dms = [self._dm(app, person) for app in apps for person in humans]
        samples = self._data.get("samples")
        return Seed(
            team=Team(
                team.get("id") or self._ids.new("T"), team.get("name", "Workspace"), team.get("domain", "workspace")
            ),
            people=people,
            conversations=[*channels, *dms],
            apps=apps,
            samples=self._path.parent / samples if samples else None,
            hint=self._data.get("hint"),
            meeting_extra=self._data.get("meeting_extra") or {},
            letters=tuple(self._letter(number, one) for number, one in enumerate(self._list("letters"))),
            mail_hook=self._mail_hook(),
            emoji=self._emoji(),
            google=self._data.get("google") or {},
            user_groups=tuple(
                self._user_group(number, one, people) for number, one in enumerate(self._list("user_groups"))
            ),
        )

    def _list(self, key: str) -> list[Json]:
        value = self._data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise SeedError(f"{self._path}: {key}: expected a list of mappings")
        return value

    def _emoji(self) -> dict[str, str]:
        value = self._data.get("emoji") or {}
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise SeedError(f"{self._path}: emoji: expected names with the address of a picture, or alias:another")
        return {str(name).strip(":"): picture for name, picture in value.items()}

    def _user_group(self, number: int, one: Json, people: list[Person]) -> UserGroup:
        name = self._needed(one, "name", f"user_groups[{number}]")
        members = [self._member(who, people, f"user_groups[{number}].members") for who in one.get("members") or []]
        handle = one.get("handle") or name.lower().replace(" ", "-")
        wanted = one.get("id") or self._ids.new("S")
        return UserGroup(wanted, name, handle, one.get("description", ""), tuple(members), self._ids.epoch())

    def _letter(self, number: int, one: Json) -> Json:
        return {key: self._needed(one, key, f"letters[{number}]") for key in ("from", "subject", "text")}

    def _mail_hook(self) -> MailHook | None:
        one = self._data.get("mail_hook")
        if one is None:
            return None
        if not isinstance(one, dict) or not isinstance(one.get("body", {}), dict):
            raise SeedError(f"{self._path}: mail_hook: expected a mapping with url, secret and body (a mapping)")
        return MailHook(self._needed(one, "url", "mail_hook"), one.get("secret"), one.get("body") or {})

    def _person(self, number: int, one: Json) -> Person:
        real_name = self._needed(one, "real_name", f"people[{number}]")
        timezone = one.get("tz", "UTC")
        try:
            ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SeedError(f"{self._path}: people[{number}].tz: no time zone {timezone!r}") from error
        known = {
            key: one[key]
            for key in ("email", "title", "is_admin", "is_owner", "is_guest", "is_bot", "deleted")
            if key in one
        }
        name = one.get("name") or real_name.lower().replace(" ", ".")
        color = COLORS[number % len(COLORS)]
        return Person(one.get("id") or self._ids.new("U"), name, real_name, tz=timezone, color=color, **known)

    def _channel(self, number: int, one: Json, people: list[Person]) -> Conversation:
        name = self._needed(one, "name", f"channels[{number}]")
        kind = Kind.PRIVATE if one.get("is_private") else Kind.CHANNEL
        everybody = [
            person.id
            for person in people
            if not (person.is_bot or person.is_guest or person.deleted or person.id == SLACKBOT)
        ]
        members = [self._member(wanted, people, f"channels[{number}].members") for wanted in one.get("members") or []]
        return Conversation(
            one.get("id") or self._ids.new("C"),
            kind,
            name,
            topic=one.get("topic", ""),
            purpose=one.get("purpose", ""),
            members=members or everybody,
            creator=(members or everybody)[0],
            created=self._ids.epoch(),
        )

    def _member(self, wanted: str, people: list[Person], place: str) -> str:
        if wanted in self._aliases:
            return self._aliases[wanted]
        for person in people:
            if wanted in (person.id, person.name, person.real_name):
                return person.id
        raise SeedError(f"{self._path}: {place}: nobody is called {wanted!r}")

    def _dm(self, app: App, person: Person) -> Conversation:
        members = [app.bot_user_id, person.id]
        return Conversation(
            self._ids.new("D"), Kind.DM, members=members, creator=person.id, created=self._ids.epoch(), app_id=app.id
        )

    def _app(self, number: int, one: Json, manifest: Path | None) -> tuple[App, Person]:
        own = self._path.parent / one["manifest"] if one.get("manifest") else None
        described = {**one, **_from_manifest(self._path, manifest or own)}
        name = self._needed(described, "name", f"apps[{number}]")
        app_id = one.get("id") or self._ids.new("A")
        secret = sha256(f"{app_id} {name}".encode()).hexdigest()
        bot = Person(
            self._ids.new("U"),
            _handle(described.get("bot_name") or name),
            name,
            is_bot=True,
            app_id=app_id,
            color=str(described.get("color") or "4a154b").removeprefix("#"),
        )
        self._aliases |= {alias: bot.id for alias in (one.get("name"), app_id, _handle(one.get("name") or "")) if alias}
        app = App(
            id=app_id,
            name=name,
            bot_id=self._ids.new("B"),
            bot_user_id=bot.id,
            bot_token=one.get("bot_token") or f"xoxb-{number + 1}-{secret[:24]}",
            app_token=one.get("app_token") or f"xapp-1-{app_id}-{secret[24:48]}",
            signing_secret=one.get("signing_secret") or secret[:32],
            description=described.get("description", ""),
            color=bot.color,
            client_id=one.get("client_id", f"{number + 1}.{number + 1}"),
            client_secret=one.get("client_secret", secret[32:]),
            commands=tuple(_command(known) for known in described.get("commands") or []),
            shortcuts=tuple(
                Shortcut(known["type"], known["name"], known["callback_id"])
                for known in described.get("shortcuts") or []
            ),
            scopes=_set(described.get("scopes")),
            events=_set(described.get("events")),
            request_url=one.get("request_url"),
            options_url=one.get("options_url"),
            redirect_urls=tuple(one.get("redirect_urls") or ()),
            has_home=bool(described.get("has_home", True)),
            takes_messages=bool(described.get("takes_messages", True)),
            webhook_channel=str(one.get("webhook_channel") or "").removeprefix("#"),
            unfurl_domains=tuple(str(domain).lower() for domain in described.get("unfurl_domains") or ()),
            rotates_tokens=bool(described.get("token_rotation")),
            is_public_client=bool(described.get("pkce")),
        )
        return app, bot

    def _needed(self, one: Json, key: str, place: str) -> str:
        value = one.get(key)
        if not isinstance(value, str) or not value.strip():
            raise SeedError(f"{self._path}: {place}.{key}: expected a text")
        return value


def _from_manifest(seed: Path, manifest: Path | None) -> Json:
    """What a Slack app manifest says, in the seed's words."""
    if manifest is None:
        return {}
    try:
        data = yaml.safe_load(manifest.read_text(encoding="utf-8"))  # JSON is YAML, too
    except (OSError, yaml.YAMLError, json.JSONDecodeError) as error:
        raise SeedError(f"{seed}: apps: manifest {manifest}: {error}") from error
    features, settings = data.get("features") or {}, data.get("settings") or {}
    home = features.get("app_home") or {}
    described: Json = {
        "name": (data.get("display_information") or {}).get("name"),
        "description": (data.get("display_information") or {}).get("description", ""),
        "color": (data.get("display_information") or {}).get("background_color"),
        "bot_name": (features.get("bot_user") or {}).get("display_name", "") or None,
        "commands": [{**one, "request_url": one.get("url")} for one in features.get("slash_commands") or []],
        "shortcuts": features.get("shortcuts") or [],
        "has_home": bool(home.get("home_tab_enabled")),
        "takes_messages": bool(home.get("messages_tab_enabled")) and not home.get("messages_tab_read_only_enabled"),
        "scopes": ((data.get("oauth_config") or {}).get("scopes") or {}).get("bot") or [],
        "events": (settings.get("event_subscriptions") or {}).get("bot_events") or [],
        "unfurl_domains": features.get("unfurl_domains"),
        "token_rotation": settings.get("token_rotation_enabled"),
    }
    return {key: value for key, value in described.items() if value is not None}


def _handle(name: str) -> str:
    return name.lower().replace(" ", "")


def _command(known: Json) -> Command:
    name = str(known["command"])
    return Command(
        name if name.startswith("/") else f"/{name}",
        known.get("description", ""),
        known.get("usage_hint", ""),
        known.get("request_url"),
        bool(known.get("should_escape")),
    )


def _set(values: Any) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
