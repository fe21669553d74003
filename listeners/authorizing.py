"""Who this app is in the workspace, for Bolt, which wants to know it before each listener."""

import asyncio
import logging

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

ASK_S = 1.0  # of the three seconds in which a press must be acknowledged


class OneInstallation(AsyncAuthorize):
    """The one bot token of this installation, also when the environment holds what Bolt takes for an OAuth app's.

    Slack is asked until it has answered once. Until then a press goes on without that answer: a Slack that is slow or
    away must not cost the acknowledgement.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: AuthorizeResult | None = None

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002  # Bolt's signature, to the end
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        token = self._client.token
        if self._known is None:
            try:
                async with asyncio.timeout(ASK_S):
                    said = await self._client.auth_test()
            except Exception as error:  # whatever it is, the press goes on
                log.warning("slack did not say who we are", extra={"reason": type(error).__name__})
                return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)
            self._known = AuthorizeResult.from_auth_test_response(auth_test_response=said, bot_token=token)
        return self._known
