"""Records and contexts in, Slack's JSON out. Everything that Sixty shows leaves through here.

Each function renders a template, fits the result to Slack's limits, checks it as Slack would, and raises
RenderError on any failure: nothing is ever dropped quietly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError

from blocks.contexts.caps import LADDER
from blocks.contexts.card_views import (
    ChooseTasksView,
    ErrorView,
    FeedbackView,
    FindingsView,
    LoadingView,
    ThanksView,
    WhyView,
)
from blocks.contexts.debrief import DebriefContext
from blocks.contexts.digest import DIGEST_LADDER, DigestContext
from blocks.contexts.home import HomeContext
from blocks.contexts.mail_views import EditMailView, FullMailView, SendLaterView
from blocks.contexts.replies import BriefReply, HelpReply, MutedReply, TextReply
from blocks.contexts.settings import SettingsView
from blocks.contexts.small_cards import ChooseRepContext, NoticeContext, SensitiveContext
from blocks.contexts.status import OpenApprovalsView, StatusReply
from blocks.environment import render_template
from blocks.limits import LimitError, Surface, check, fit, size
from blocks.limits.fitting import fit_texts
from blocks.limits.numbers import MESSAGE_JSON, MESSAGE_TEXT
from blocks.text import cut_mrkdwn
from blocks.values import InvalidValueError
from sequences.records.card import Card, ChooseRepCard, DebriefCard, DigestCard, NoticeCard, SensitiveCard

Reply = HelpReply | StatusReply | TextReply | BriefReply | MutedReply
View = (
    EditMailView
    | FullMailView
    | SendLaterView
    | ChooseTasksView
    | FeedbackView
    | SettingsView
    | WhyView
    | FindingsView
    | LoadingView
    | ThanksView
    | ErrorView
    | OpenApprovalsView
)

_FAILURES = (TemplateError, LimitError, InvalidValueError, ValueError, TypeError, LookupError, AttributeError)


class RenderError(Exception):
    """A template, a context or Slack's limits do not agree. The message names what and where."""


@dataclass(frozen=True)
class Message:
    """``text`` is what notifications and screen readers get; ``blocks`` are within Slack's limits."""

    text: str
    blocks: list[dict[str, Any]]


def render_card(card: Card, *, card_id: str) -> Message:
    """A card for ``chat.postMessage`` and ``chat.update``. Raises RenderError."""
    try:
        match card:
            case DebriefCard():
                return _first_that_fits("meeting_debrief", (DebriefContext.of(card, card_id, caps) for caps in LADDER))
            case ChooseRepCard():
                return _message("choose_rep", ChooseRepContext.of(card, card_id))
            case SensitiveCard():
                return _message("sensitive_meeting", SensitiveContext.of(card, card_id))
            case NoticeCard():
                return _message("notice", NoticeContext.of(card, card_id))
            case DigestCard():
                return _first_that_fits("digest", (DigestContext.of(card, card_id, caps) for caps in DIGEST_LADDER))
    except _FAILURES as error:
        raise RenderError(f"card {card.kind}: {error}") from error


def render_reply(reply: Reply) -> Message:
    """An answer that only the asker sees. Raises RenderError."""
    try:
        if isinstance(reply, BriefReply):
            return _first_that_fits(reply.template, (reply.context(caps) for caps in LADDER))
        if isinstance(reply, StatusReply):
            shorter = reply.shorter()
            return _first_that_fits(reply.template, (reply, shorter, shorter.shorter()))
        return _message(reply.template, reply)
    except _FAILURES as error:
        raise RenderError(f"{reply.template}: {error}") from error


def render_view(view: View) -> dict[str, Any]:
    """A modal for ``views.open``, ``views.update`` and ``views.push``. Raises RenderError."""
    return _view(view.template, view, Surface.MODAL)


def render_home(home: HomeContext) -> dict[str, Any]:
    """The Home tab for ``views.publish``. Raises RenderError."""
    return _view(home.template, home, Surface.HOME)


def _first_that_fits(template: str, contexts: Iterable[object]) -> Message:
    """Ever shorter versions of one message; the last is shown even if it takes ``fit`` to make it small enough."""
    drawn: dict[str, Any] = {}
    for context in contexts:
        drawn = render_template(template, {"c": context})
        if size(drawn["blocks"]) <= MESSAGE_JSON:
            break
    return _finish(drawn)


def _message(template: str, context: object) -> Message:
    return _finish(render_template(template, {"c": context}))


def _finish(drawn: dict[str, Any]) -> Message:
    blocks = fit(drawn["blocks"], Surface.MESSAGE)
    check(blocks, Surface.MESSAGE)
    text = cut_mrkdwn(drawn["text"].strip(), MESSAGE_TEXT)
    if not text:
        raise LimitError("text: is empty")
    return Message(text=text, blocks=blocks)


def _view(template: str, context: object, surface: Surface) -> dict[str, Any]:
    try:
        drawn: dict[str, Any] = fit_texts(render_template(template, {"c": context}))
        drawn["blocks"] = fit(drawn["blocks"], surface)
        check(drawn, surface)
    except _FAILURES as error:
        raise RenderError(f"{template}: {error}") from error
    return drawn
