"""The memory of a workspace: people, apps, conversations and messages, and who may see which."""

from collections.abc import Iterator

from workspace.feed import Feed
from workspace.ids import Ids
from workspace.model import SLACKBOT, App, Conversation, Kind, Message, Person, Seed
from workspace.wire import Json, SlackError

UNSAID = {"creator": "", "last_set": 0}


class State:
    """Look-ups raise SlackError with Slack's own codes; every change is published to the feed."""

    def __init__(self, seed: Seed, feed: Feed, ids: Ids) -> None:
        self.team = seed.team
        self.people = {person.id: person for person in seed.people}
        self.apps = {app.id: app for app in seed.apps}
        self.conversations = {conversation.id: conversation for conversation in seed.conversations}
        self.messages: dict[str, dict[str, Message]] = {}
        self.user_groups = {group.id: group for group in seed.user_groups}
        self.pins: dict[str, list[str]] = {}
        self.emoji = dict(seed.emoji)
        self.bookmarks: dict[str, list[Json]] = {}
        self.chosen: dict[tuple[str, str], Json] = {}  # (container key, person) -> state.values
        self._feed = feed
        self.ids = ids
        self._started = ids.epoch()

    # People and apps

    def person(self, id_or_name: str, *, error: str = "user_not_found") -> Person:
        """By id, handle, real name or email address."""
        if found := self.people.get(id_or_name):
            return found
        wanted = id_or_name.removeprefix("@").lower()
        for person in self.people.values():
            if wanted in (person.name.lower(), person.real_name.lower(), (person.email or "").lower()):
                return person
        raise SlackError(error)

    def humans(self) -> list[Person]:
        """Everybody who could sit in front of the page."""
        known = self.people.values()
        return [person for person in known if not (person.is_bot or person.deleted or person.id == SLACKBOT)]

    def app_of_bot(self, user_id: str) -> App | None:
        return next((app for app in self.apps.values() if app.bot_user_id == user_id), None)

    def app(self, app_id: str | None = None) -> App:
        """The app with this id; the first one when none is named."""
        if app_id is None and self.apps:
            return next(iter(self.apps.values()))
        if app_id not in self.apps:
            raise SlackError("app_not_found")
        return self.apps[app_id]

    # Conversations

    def conversation(self, id_or_name: str) -> Conversation:
        if found := self.conversations.get(id_or_name):
            return found
        name = id_or_name.removeprefix("#")
        for conversation in self.conversations.values():
            if conversation.name and conversation.name == name:
                return conversation
        raise SlackError("channel_not_found")

    def can_see(self, user_id: str, conversation: Conversation) -> bool:
        if user_id in conversation.members:
            return True
        person = self.people.get(user_id)
        return conversation.kind is Kind.CHANNEL and person is not None and not person.is_guest

    def audience(self, conversation: Conversation) -> frozenset[str]:
        return frozenset(user_id for user_id in self.people if self.can_see(user_id, conversation))

    def visible_to(self, user_id: str) -> list[Conversation]:
        return [found for found in self.conversations.values() if self.can_see(user_id, found)]

    def dm(self, one: str, other: str) -> Conversation:
        """The DM of two people (one of them possibly a bot); made when there is none."""
        members = {one, other}
        for conversation in self.conversations.values():
            if conversation.kind is Kind.DM and set(conversation.members) == members:
                return conversation
        app = self.app_of_bot(other) or self.app_of_bot(one)
        return self.add_conversation(
            Conversation(self.ids.new("D"), Kind.DM, members=[one, other], creator=one, app_id=app.id if app else None)
        )

    def group_dm(self, user_ids: list[str]) -> Conversation:
        for conversation in self.conversations.values():
            if conversation.kind is Kind.GROUP_DM and set(conversation.members) == set(user_ids):
                return conversation
        name = "mpdm-" + "--".join(self.people[user_id].name for user_id in user_ids) + "-1"
        return self.add_conversation(Conversation(self.ids.new("C"), Kind.GROUP_DM, name, members=list(user_ids)))

    def add_conversation(self, conversation: Conversation) -> Conversation:
        conversation.created = conversation.created or self.ids.epoch()
        self.conversations[conversation.id] = conversation
        self.publish_conversation(conversation)
        return conversation

    def publish_conversation(self, conversation: Conversation, *, to: frozenset[str] | None = None) -> None:
        """To those who see it, or to these: whoever has just left sees it no more, but has to learn so."""
        self._feed.publish(
            "conversation",
            lambda user_id: {"conversation": self.describe(conversation, user_id)},
            to=self.audience(conversation) if to is None else to,
        )

    def describe(self, conversation: Conversation, viewer: str | None) -> Json:
        """A conversation as the page wants it."""
        others = [user_id for user_id in conversation.members if user_id != viewer]
        return {
            "id": conversation.id,
            "kind": conversation.kind.value,
            "name": conversation.name,
            "topic": conversation.topic,
            "purpose": conversation.purpose,
            "members": list(conversation.members),
            "is_archived": conversation.is_archived,
            "is_visible": viewer is None or self.can_see(viewer, conversation),
            "app_id": conversation.app_id,
            "with": others[0] if conversation.kind is Kind.DM and others else None,
        }

    def describe_for_app(self, conversation: Conversation, app: App) -> Json:
        """A conversation as the Web API shows it."""
        kind = conversation.kind
        facts: Json = {
            "id": conversation.id,
            "created": conversation.created,
            "is_archived": conversation.is_archived,
            "is_im": kind is Kind.DM,
            "is_org_shared": False,
            "context_team_id": self.team.id,
            "updated": conversation.created * 1000,
            "last_read": conversation.last_read.get(app.bot_user_id, "0000000000.000000"),
        }
        if kind is Kind.DM:
            other = next((user_id for user_id in conversation.members if user_id != app.bot_user_id), "")
            return facts | {"user": other, "is_user_deleted": False, "priority": 0, "is_open": conversation.is_open}
        return facts | {
            "name": conversation.name,
            "name_normalized": conversation.name,
            "is_channel": kind is Kind.CHANNEL,
            "is_group": kind is Kind.PRIVATE,
            "is_mpim": kind is Kind.GROUP_DM,
            "is_private": kind is not Kind.CHANNEL,
            "is_general": conversation.name == "general",
            "is_member": app.bot_user_id in conversation.members,
            "is_shared": False,
            "is_ext_shared": False,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "unlinked": 0,
            "previous_names": [],
            "creator": conversation.creator,
            "topic": {"value": conversation.topic, **conversation.described_by.get("topic", UNSAID)},
            "purpose": {"value": conversation.purpose, **conversation.described_by.get("purpose", UNSAID)},
            "num_members": len(conversation.members),
        }

    # Messages

    def add_message(self, message: Message) -> Message:
        self.messages.setdefault(message.channel_id, {})[message.ts] = message
        self.publish_message(message, "ephemeral" if message.is_ephemeral else "message")
        return message

    def message(self, channel_id: str, ts: str, *, error: str = "message_not_found") -> Message:
        found = self.messages.get(channel_id, {}).get(ts)
        if found is None:
            raise SlackError(error)
        return found

    def remove_message(self, message: Message) -> None:
        audience = self.watchers(message)
        del self.messages[message.channel_id][message.ts]
        frame = {"channel": message.channel_id, "ts": message.ts}
        self._feed.publish("message_deleted", lambda _: frame, to=audience)

    def watchers(self, message: Message) -> frozenset[str]:
        if message.visible_to:
            return frozenset({message.visible_to})
        return self.audience(self.conversations[message.channel_id])

    def publish_message(self, message: Message, kind: str = "message_changed") -> None:
        self._feed.publish(
            kind,
            lambda user_id: {"channel": message.channel_id, "message": self.show(message, user_id)},
            to=self.watchers(message),
        )

    def thread(self, message: Message) -> list[Message]:
        """The replies below a message, oldest first."""
        return [
            other
            for other in self.messages.get(message.channel_id, {}).values()
            if other.thread_ts == message.ts and other.is_reply and not other.is_ephemeral
        ]

    def in_conversation(self, channel_id: str, viewer: str) -> Iterator[Message]:
        """Everything that this person sees there, oldest first."""
        for message in self.messages.get(channel_id, {}).values():
            if message.visible_to in (None, viewer):
                yield message

    def to_slack(self, message: Message, *, with_metadata: bool = True) -> Json:
        """A message as the Web API and the Events API show it."""
        author: Json = {"user": message.user_id, "type": "message", "ts": message.ts}
        if app := self.apps.get(message.app_id or ""):
            author |= {"bot_id": message.bot_id, "app_id": app.id, "bot_profile": self._bot_profile(app)}
        shown = {**author, "text": message.text, "team": self.team.id}
        for key in ("client_msg_id", "blocks", "attachments", "username", "icons"):
            if message.body.get(key):
                shown[key] = message.body[key]
        if message.rich_text:
            shown["blocks"] = message.rich_text
        if metadata := message.body.get("metadata"):
            shown["metadata"] = metadata if with_metadata else {"event_type": metadata["event_type"]}
        if message.subtype:
            shown |= {"subtype": message.subtype, **message.facts}
        if message.ts in self.pins.get(message.channel_id, ()):
            shown["pinned_to"] = [message.channel_id]
        if message.edited:
            shown["edited"] = message.edited
        if message.files:
            shown["files"] = message.files
        if message.reactions:
            shown["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
            ]
        return shown | self._thread_facts(message)

    def _bot_profile(self, app: App) -> Json:
        known = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "team_id": self.team.id}
        return {**known, "name": app.name, "icons": {}, "deleted": False, "updated": self._started}

    def _thread_facts(self, message: Message) -> Json:
        if message.is_reply:
            root = self.messages.get(message.channel_id, {}).get(message.thread_ts or "")
            facts: Json = {"thread_ts": message.thread_ts, "parent_user_id": root.user_id if root else ""}
            return facts | ({"root": self.to_slack(root)} if message.broadcast and root else {})
        replies = self.thread(message)
        if not replies:
            return {}
        users = list(dict.fromkeys(reply.user_id for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": users[:5],
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "is_locked": False,
            "subscribed": True,
        }

    def show(self, message: Message, viewer: str) -> Json:
        """A message as the page wants it: Slack's shape plus where it stands and who alone sees it.

        A text without blocks is drawn by the page itself, unless it is no mrkdwn.
        """
        return {
            **self.to_slack(message),
            "blocks": message.blocks or (message.rich_text if message.body.get("mrkdwn") is False else []),
            "channel": message.channel_id,
            "permalink": self.permalink(message),
            "visible_to": message.visible_to,
            "values": self.values_of(message.channel_id + message.ts, viewer),
        }

    def permalink(self, message: Message) -> str:
        link = f"https://{self.team.domain}.slack.com/archives/{message.channel_id}/p{message.ts.replace('.', '')}"
        return link if not message.is_reply else f"{link}?thread_ts={message.thread_ts}&cid={message.channel_id}"

    def values_of(self, container: str, viewer: str) -> Json:
        return self.chosen.get((container, viewer), {})
