"""Every card, reply, modal and the Home tab, drawn from the examples: for docs, screenshots and golden tests."""

from collections.abc import Iterator
from typing import Any

from blocks.examples import digests, others
from blocks.examples.states import debriefs
from blocks.render import Message, render_card, render_home, render_reply, render_view
from sequences.records.card import Card


def previews() -> dict[str, Message | dict[str, Any]]:
    """``<surface>.<name>[.<state>]`` → what Slack would be sent. Raises RenderError."""
    return dict(_previews())


def cards() -> dict[str, Card]:
    """All example cards by name."""
    groups: dict[str, dict[str, Card]] = {
        "meeting_debrief": {**debriefs()},
        "choose_rep": {**others.choose_rep_cards()},
        "sensitive_meeting": {**others.sensitive_cards()},
        "notice": {**others.notice_cards()},
        "digest": {**digests.digest_cards()},
    }
    return {f"{kind}.{state}": card for kind, states in groups.items() for state, card in states.items()}


def _previews() -> Iterator[tuple[str, Message | dict[str, Any]]]:
    for name, card in cards().items():
        yield f"card.{name}", render_card(card, card_id="card_acme")
    for name, reply in others.replies().items():
        yield f"reply.{name}", render_reply(reply)
    for name, view in others.views().items():
        yield f"view.{name}", render_view(view)
    for name, home in others.homes().items():
        yield f"home.{name}", render_home(home)
