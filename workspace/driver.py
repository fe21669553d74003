"""People as tests and scripts drive them: each does what a person could do, and waits for the app's answer."""

from collections.abc import Mapping
from typing import Any

from workspace.core import Workspace
from workspace.interactions import commands, modals, talking
from workspace.interactions.assistants import look_at, open_assistant
from workspace.interactions.events import dispatch_home_opened
from workspace.interactions.outcome import Outcome, done
from workspace.interactions.press import Spot, press, remember, suggest
from workspace.model import App, Conversation, Message, Person, View
from workspace.wire import Json


class Actor:
    """One person of the workspace. ``Outcome`` says whether the app acknowledged and what it answered."""

    def __init__(self, ws: Workspace, person: Person) -> None:
        self._ws = ws
        self.person = person
        self.id = person.id

    # What they see

    def dms(self, app: App | None = None) -> list[Message]:
        """Their DM with the app, oldest first, replies and ephemeral messages included."""
        return self.messages(commands.where(self._ws, self.person, app).id)

    def messages(self, conversation: str | Conversation) -> list[Message]:
        found = conversation if isinstance(conversation, Conversation) else self._ws.state.conversation(conversation)
        if not self._ws.state.can_see(self.id, found):
            return []
        return list(self._ws.state.in_conversation(found.id, self.id))

    @property
    def modals(self) -> list[View]:
        """Their open modals, bottom first."""
        return self._ws.views.stack(self.id)

    @property
    def modal(self) -> View:
        """The modal in front."""
        if not self.modals:
            raise LookupError(f"{self.person.name} has no modal open")
        return self.modals[-1]

    def home(self, app: App | None = None) -> View | None:
        return self._ws.views.homes.get(((app or self._ws.state.app()).id, self.id))

    # What they do

    async def press(
        self,
        place: Message | View,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
        values: Json | None = None,
    ) -> Outcome:
        """A button, or any element with what is chosen in it (``value``); ``values`` are other inputs there."""
        return await press(self._ws, self.person, Spot(place, block_id, action_id), value, values=values)

    async def select(
        self, place: Message | View, action_id: str, value: Any, *, block_id: str | None = None
    ) -> Outcome:
        """Chooses in a select, radio group, checkbox group or picker: an option's value, a list of them, a date …"""
        return await press(self._ws, self.person, Spot(place, block_id, action_id), value)

    def fill(self, place: Message | View, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Types into inputs without submitting them: ``{block_id: {action_id: value}}``."""
        remember(self._ws, self.person, place, {block_id: dict(actions) for block_id, actions in values.items()})

    async def suggest(self, place: Message | View, action_id: str, query: str, block_id: str | None = None) -> Outcome:
        return await suggest(self._ws, self.person, Spot(place, block_id, action_id), query)

    async def submit(self, view: View | None = None, values: Mapping[str, Mapping[str, Any]] | None = None) -> Outcome:
        """Submits the modal in front, or the one named, with these inputs filled in."""
        given = {block_id: dict(actions) for block_id, actions in (values or {}).items()}
        return await modals.submit(self._ws, self.person, view or self.modal, given)

    async def close(self, view: View | None = None, *, is_cleared: bool = False) -> Outcome:
        return await modals.close(self._ws, self.person, view or self.modal, is_cleared=is_cleared)

    async def command(self, name: str, text: str = "", channel: str | None = None) -> Outcome:
        """Types a slash command, in the DM with the app unless a channel is named."""
        return await commands.command(self._ws, self.person, self._place(channel), name=name, text=text)

    async def shortcut(self, callback_id: str) -> Outcome:
        return await commands.shortcut(self._ws, self.person, callback_id)

    async def message_action(self, message: Message, callback_id: str) -> Outcome:
        return await commands.message_action(self._ws, self.person, message, callback_id)

    async def open_home(self, app: App | None = None, tab: str = "home") -> Outcome:
        dispatch_home_opened(self._ws, app or self._ws.state.app(), self.person, tab)
        return done()

    async def open_assistant(self, app: App | None = None, *, channel: str | None = None) -> str:
        """A new conversation with the app's assistant, next to ``channel`` if named; its thread's time stamp."""
        looking_at = self._ws.state.conversation(channel).id if channel else None
        return open_assistant(self._ws, app or self._ws.state.app(), self.person, context_channel=looking_at)

    async def look_at(self, channel: str, *, thread_ts: str, app: App | None = None) -> None:
        """Goes to another channel with the assistant's thread beside it."""
        place = self._ws.state.conversation(channel)
        look_at(self._ws, app or self._ws.state.app(), self.person, thread_ts, place.id)

    async def say(self, text: str, channel: str | None = None, *, thread_ts: str | None = None) -> Message:
        """Writes a message, in the DM with the app unless a channel is named."""
        return talking.say(self._ws, self.person, self._place(channel), text, thread_ts=thread_ts)

    async def edit(self, message: Message, text: str) -> None:
        talking.edit(self._ws, self.person, message, text)

    async def delete(self, message: Message) -> None:
        talking.delete(self._ws, self.person, message)

    async def react(self, message: Message, name: str, *, remove: bool = False) -> None:
        talking.react(self._ws, self.person, message, name, remove=remove)

    def _place(self, channel: str | None) -> Conversation:
        return self._ws.state.conversation(channel) if channel else commands.where(self._ws, self.person)
