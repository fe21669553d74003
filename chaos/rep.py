"""A scripted rep: presses what a card offers, waits, and presses again when nothing came of it."""

import asyncio
import time
from dataclasses import dataclass, field

from chaos.house import House
from chaos.meetings import Meeting
from chaos.traces import messages_of
from workspace.interactions.outcome import Outcome
from workspace.model import Message
from workspace.wire import Json, SlackError

# In the order in which a rep reads a card; Retry stands on the card that says what went wrong.
BUTTONS = ("email_send", "orch_stage_approve", "orch_tasks_create", "orch_job_retry")
PATIENCE_S = 1.5

Button = tuple[str, str, str]  # the message's time stamp, the action id, the button's value


@dataclass
class Rep:
    """``twice`` presses each button two times at once; ``stranger`` is somebody else who presses each first."""

    house: House
    meeting: Meeting
    twice: bool = False
    stranger: str | None = None
    pressed: dict[Button, float] = field(default_factory=dict)
    presses: int = 0
    unheard: int = 0  # presses that Slack said nobody answered

    async def press_what_waits(self) -> None:
        for message in self._cards():
            for action_id, value in offers(message):
                button = (message.ts, action_id, value)
                if time.monotonic() - self.pressed.get(button, -PATIENCE_S) >= PATIENCE_S:
                    await self._press(message, button)

    async def _press(self, message: Message, button: Button) -> None:
        if self.stranger and button not in self.pressed:
            await self._try(self.stranger, message, button[1])
        at_once = [self._try(self.meeting.rep, message, button[1]) for _ in range(2 if self.twice else 1)]
        for outcome in await asyncio.gather(*at_once):
            self.presses += 1
            self.unheard += outcome is not None and not outcome.acked
        self.pressed[button] = time.monotonic()

    async def _try(self, who: str, message: Message, action_id: str) -> Outcome | None:
        try:
            return await self.house.person(who).press(message, action_id)
        except SlackError:  # the card has changed under the finger
            return None

    def _cards(self) -> list[Message]:
        """Cards that speak of this meeting."""
        return [
            message
            for message in messages_of(self.house.workspace)
            if message.bot_id and self.meeting.title in str(message.blocks) and not message.is_ephemeral
        ]


def offers(message: Message) -> list[tuple[str, str]]:
    """Action id and value of the buttons that this rep presses, in the order of ``BUTTONS``."""
    found = [
        (str(element["action_id"]), str(element.get("value", "")))
        for block in message.blocks
        for element in _elements(block)
        if element.get("action_id") in BUTTONS
    ]
    return sorted(found, key=lambda offer: BUTTONS.index(offer[0]))


def _elements(block: Json) -> list[Json]:
    return [*block.get("elements", []), block.get("accessory") or {}]
