"""Posts cards into the rep's direct message with the app, keeps them up to date and finds them again."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.render import render_card
from gateways.slack.errors import FORBIDDEN, NO_TOKEN, SLACK_ERRORS, error_code, translate
from sequences.ports.outside import Member, Place, Workspace
from sequences.records.card import Card
from sequences.records.people import User

logger = logging.getLogger(__name__)

METADATA_EVENT_TYPE = "sixty_card"
_HISTORY_PAGES = 10
_MEMBER_PAGES = 500
# Slack's clock and ours need not agree on when a message was posted, and ours may have been set wrong by hours.
_CLOCK_SLACK = timedelta(days=1)


class SlackMessenger:
    """Implements ``Messenger``. The client waits out short rate limits itself; see ``gateways.slack.client``."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._direct_channels: dict[str, str] = {}

    async def post(self, user: User, card: Card, *, card_id: str) -> Place:
        message = render_card(card, card_id=card_id)
        try:
            channel = await self._direct_channel(user)
            response = await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                metadata=_metadata(card_id),
                unfurl_links=False,
                unfurl_media=False,
            )
        except SLACK_ERRORS as error:
            raise translate(error, "post the message") from error
        place = Place(channel_id=response.get("channel") or channel, message_ts=response["ts"])
        self._direct_channels[user.slack_user_id] = place.channel_id
        return place

    async def update(self, place: Place, card: Card, *, card_id: str, user: User) -> None:  # noqa: ARG002 (per-user clients)
        message = render_card(card, card_id=card_id)
        try:
            await self._client.chat_update(
                channel=place.channel_id,
                ts=place.message_ts,
                text=message.text,
                blocks=message.blocks,
                metadata=_metadata(card_id),
            )
        except SLACK_ERRORS as error:
            raise translate(error, "update the message") from error

    async def delete(self, place: Place, *, card_id: str, user: User) -> None:  # noqa: ARG002 (as for update)
        try:
            await self._client.chat_delete(channel=place.channel_id, ts=place.message_ts)
        except SLACK_ERRORS as error:
            if error_code(error) != "message_not_found":
                raise translate(error, "take the message back") from error

    async def find(self, user: User, *, card_id: str, since: datetime) -> Place | None:
        """None, too, when the app may not read the conversation: a second card is a lesser evil than none."""
        channel = ""
        try:
            channel = await self._direct_channel(user)
            async for message in self._history(channel, since - _CLOCK_SLACK):
                if _card_id_of(message) == card_id:
                    return Place(channel_id=channel, message_ts=message["ts"])
        except SLACK_ERRORS as error:
            code = error_code(error)
            # A user's id is a place to post to, but not one to read from.
            if code not in FORBIDDEN and not (code == "channel_not_found" and channel == user.slack_user_id):
                raise translate(error, "look for the message") from error
            logger.warning("Messages cannot be looked up", extra={"action": "slack_find_forbidden", "error": code})
        return None

    async def members(self) -> Workspace:
        try:
            identity = await self._client.auth_test()
            people = [member async for member in self._users() if _is_person(member)]
            name = await self._team_name() or identity.get("team") or ""
        except SLACK_ERRORS as error:
            raise translate(error, "list the workspace's members", final=NO_TOKEN | FORBIDDEN) from error
        return Workspace(team_id=identity["team_id"], name=name, members=tuple(map(_member, people)))

    async def _direct_channel(self, user: User) -> str:
        """The direct message's channel id; the user's own id, which posting accepts as well, when it cannot be
        opened."""
        known = self._direct_channels.get(user.slack_user_id)
        if known is not None:
            return known
        try:
            response = await self._client.conversations_open(users=user.slack_user_id)
        except SlackApiError as error:
            if error_code(error) not in FORBIDDEN:
                raise
            return user.slack_user_id
        channel: str | None = (response.get("channel") or {}).get("id")
        if channel:
            self._direct_channels[user.slack_user_id] = channel
        return channel or user.slack_user_id

    async def _history(self, channel: str, since: datetime) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        for _ in range(_HISTORY_PAGES):
            page = await self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=100,
                cursor=cursor or None,
            )
            for message in page.get("messages") or []:
                yield message
            cursor = _next_cursor(page)
            if not cursor:
                return

    async def _users(self) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        for _ in range(_MEMBER_PAGES):
            page = await self._client.users_list(limit=200, cursor=cursor or None)
            for user in page.get("members") or []:
                yield user
            cursor = _next_cursor(page)
            if not cursor:
                return

    async def _team_name(self) -> str | None:
        try:
            response = await self._client.team_info()
        except SlackApiError as error:
            if error_code(error) not in FORBIDDEN:
                raise
            return None
        name: str | None = (response.get("team") or {}).get("name")
        return name


def _metadata(card_id: str) -> dict[str, Any]:
    return {"event_type": METADATA_EVENT_TYPE, "event_payload": {"card_id": card_id}}


def _card_id_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT_TYPE:
        return None
    card_id: str | None = (metadata.get("event_payload") or {}).get("card_id")
    return card_id


def _next_cursor(page: Any) -> str:
    return (page.get("response_metadata") or {}).get("next_cursor") or ""


def _is_person(user: dict[str, Any]) -> bool:
    """Somebody who may own a meeting: no bots, no guests, nobody deactivated, nobody of another company."""
    excluded = ("deleted", "is_bot", "is_workflow_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    return user["id"] != "USLACKBOT" and not any(user.get(flag) for flag in excluded)


def _member(user: dict[str, Any]) -> Member:
    profile = user.get("profile") or {}
    email = profile.get("email")
    return Member(
        slack_user_id=user["id"],
        name=profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"],
        email=email.strip().lower() if email and email.strip() else None,
        timezone=user.get("tz") or "UTC",
        is_admin=any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
    )
