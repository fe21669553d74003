"""/60, or a direct message: its words, read forgivingly. What is not understood is answered with what is."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.contexts.replies import BriefReply, HelpReply, TextReply, Tone
from blocks.contexts.status import StatusReply
from blocks.contexts.use import use_lines
from blocks.render import Reply
from listeners.answering import STRANGER, actor_of, answer
from sequences.front import Front
from sequences.records.people import User

# Small words that change nothing: "brief of my last meeting" is "brief last meeting".
_FILLERS = frozenset({"of", "my", "the", "a", "please", "me", "show", "for", "from", "hello", "hi", "hey", "sixty"})
_MARKS = str.maketrans("?!.,", "    ")


async def handle_sixty(
    ack: AsyncAck, command: dict[str, Any], respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    await ack()
    actor = await actor_of(context)
    if actor is None:
        await answer(respond, TextReply(text=STRANGER, tone=Tone.WARN))
        return
    text = str(command.get("text") or "").strip()
    await answer(respond, await reply_to(text, context["front"], actor))


async def reply_to(text: str, front: Front, actor: User) -> Reply:
    """To the words behind the command, or to those of a direct message."""
    words = tuple(word for word in text.casefold().translate(_MARKS).split() if word not in _FILLERS)
    ask = _ASKS.get(words)
    return await ask(front, actor) if ask else HelpReply(unknown=text)


async def _help(front: Front, actor: User) -> Reply:  # noqa: ARG001  # every answer is asked the same way
    return HelpReply()


async def _status(front: Front, actor: User) -> Reply:
    seen = await front.overview(actor)
    return StatusReply.of(
        jobs=seen.jobs,
        children=(*seen.children, *seen.refused),
        waiting=seen.waiting,
        titles=seen.titles,
        use=use_lines(seen.use, seen.whole_use),
        now=front.now(),
        timezone=actor.timezone,
    )


async def _brief(front: Front, actor: User) -> Reply:
    card = await front.last_debrief(actor)
    if card is None:
        return TextReply(text="I have not seen a meeting of yours yet. The first card arrives when one ends.")
    return BriefReply(card=card)


_ASKS: dict[tuple[str, ...], Callable[[Front, User], Awaitable[Reply]]] = {
    (): _help,
    ("help",): _help,
    ("what", "can", "you", "do"): _help,
    ("status",): _status,
    ("brief",): _brief,
    ("brief", "meeting"): _brief,
    ("brief", "last"): _brief,
    ("brief", "last", "meeting"): _brief,
    ("brief", "last", "call"): _brief,
    ("last", "meeting"): _brief,
}
