"""Whatever names, quotes and texts hold, the result is valid, harmless, and keeps its buttons."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from slack_sdk.models.blocks import Block

from blocks.contexts.card_views import ChooseTasksView, ErrorView, FindingsView, WhyView
from blocks.contexts.mail_views import EditMailView, FullMailView
from blocks.contexts.replies import HelpReply, MutedReply, TextReply
from blocks.examples.debriefs import OWNER
from blocks.examples.others import views
from blocks.ids import ActionId
from blocks.limits import size
from blocks.limits.numbers import MESSAGE_JSON
from blocks.previews import cards
from blocks.render import RenderError, View, render_card, render_reply, render_view
from sequences.records.card import Card, DebriefCard
from tests.blocks.reading import Drawn, action_ids, all_text, blocks_of, mrkdwn, objects

NASTY = [
    "",
    " ",
    "\n\n\n",
    "<!channel>",
    "<!here|hi> <!everyone> <!subteam^S123> <@U0BOSS001> <#C123>",
    "<https://evil.example|your bank>",
    "@here @channel https://evil.example",
    "&amp;&lt;!channel&gt;",
    '"\\"{{ 7*7 }}{% raw %}{# #}"',
    '", "type": "actions"}, {"',
    "\0\x01\x1b[31m\x7f",
    "\u202egpj.exe\u202c \u2066x\u2069",
    "שלום عليكم 👩🏽‍💻🇩🇪",
    "half \ud83d pair",
    "*_~`>```quote",
    "&" * 10_000,
    "<" * 10_000,
    "wörter " * 1_500,
    "x" * 10_000,
    '"\\\n' * 3_000,
]
TEXT = st.sampled_from(NASTY) | st.text(max_size=200)
CARDS = cards()
# Every panel open, closed, broken and overfull; hypothesis below reaches the other states.
DIFFERENT = [f"meeting_debrief.{state}" for state in ("pending", "all_decided", "failed", "degraded", "maximal")]
DIFFERENT += ["choose_rep.pending", "choose_rep.chosen", "notice.failed_step", "digest.morning", "digest.flood"]
# Facts that a person cannot influence; everything else that is text is replaced.
OURS = {
    "kind",
    "action_id",
    "card_id",
    "version",
    "undo_action_id",
    "undo_version",
    "job_id",
    "retry_job_id",
    "options",
}
OPTIONAL = {ActionId.EMAIL_SHOW_ALL, ActionId.CARD_MORE}
NEEDS_ADDRESS = {ActionId.EMAIL_SEND, ActionId.EMAIL_SCHEDULE}


def spoiled(value: Any, text: str) -> Any:
    """The same record with ``text`` in place of every text from outside."""
    if isinstance(value, BaseModel):
        changes = {name: spoiled(getattr(value, name), text) for name in type(value).model_fields if name not in OURS}
        return value.model_copy(update=changes)
    if isinstance(value, tuple):
        return tuple(spoiled(item, text) for item in value)
    return text if type(value) is str else value


def assert_harmless(drawn: Drawn) -> None:
    assert not [text for text in mrkdwn(drawn) if "<" in text]
    people = {run["user_id"] for run in objects(blocks_of(drawn)) if run.get("type") == "user"}
    assert people <= {OWNER}
    assert all(run["text"] for run in objects(blocks_of(drawn)) if run.get("type") == "text")
    assert all(
        text["text"].strip() for text in objects(blocks_of(drawn)) if text.get("type") in ("mrkdwn", "plain_text")
    )
    json.dumps(blocks_of(drawn), ensure_ascii=False).encode()
    for block in Block.parse_all(blocks_of(drawn)):
        block.to_dict()


@pytest.mark.parametrize("name", DIFFERENT)
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_cards_survive(name: str, text: str) -> None:
    assert_card_survives(CARDS[name], text)


@given(st.sampled_from(sorted(CARDS)), TEXT)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_cards_survive_anything(name: str, text: str) -> None:
    assert_card_survives(CARDS[name], text)


def assert_card_survives(card: Card, text: str) -> None:
    drawn = render_card(spoiled(card, text), card_id="card_1")
    assert_harmless(drawn)
    assert size(drawn.blocks) <= MESSAGE_JSON
    assert drawn.text.strip()
    assert "<" not in drawn.text
    expected = set(action_ids(render_card(card, card_id="card_1"))) - OPTIONAL
    missing = expected - set(action_ids(drawn))
    assert missing <= (NEEDS_ADDRESS if isinstance(card, DebriefCard) else set())


@pytest.mark.parametrize("name", sorted(CARDS))
def test_nothing_from_outside_is_read_as_markup(name: str) -> None:
    """mrkdwn is for words of our own, so that even *bold* or a bare address in a quote stays what it was."""
    drawn = render_card(spoiled(CARDS[name], "outsider"), card_id="card_1")
    assert "outsider" in all_text(drawn)
    assert not [text for text in mrkdwn(drawn) if "outsider" in text]


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_replies_survive(text: str) -> None:
    for reply in (TextReply(text=text), HelpReply(unknown=text)):
        assert_harmless(render_reply(reply))


def test_a_category_that_is_none_is_refused() -> None:
    with pytest.raises(RenderError, match="muted_reply"):
        render_reply(MutedReply(category="<!channel>"))


def hostile_views(text: str) -> list[View]:
    card = spoiled(CARDS["meeting_debrief.pending"], text)
    assert isinstance(card, DebriefCard)
    edit = views()["edit_mail"]
    assert isinstance(edit, EditMailView)
    assert card.tasks
    assert card.mail
    return [
        EditMailView(ref=edit.ref, to=(text,), subject=text, body=text),
        FullMailView(mail=card.mail.mail),
        ChooseTasksView(ref=edit.ref, tasks=card.tasks.tasks * 7),
        WhyView.of(card),
        FindingsView.of(card),
        ErrorView(text=text, reference=text),
    ]


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_views_survive(text: str) -> None:
    for view in hostile_views(text):
        assert_harmless(render_view(view))
