"""From what Slack says to what the core can act on."""

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from sequences.ports.outside import MessengerError

# What a call can raise besides programming errors.
SLACK_ERRORS = (SlackClientError, aiohttp.ClientError, OSError)

_DAY_S = 86_400.0

# The same call would be refused again: the message, its place or its receiver is the problem.
_FINAL = frozenset(
    (
        "account_inactive",
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    )
)
# The token is not one that Slack takes (any more).
NO_TOKEN = frozenset(
    (
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    )
)
# We may not, and only an admin can change that.
FORBIDDEN = frozenset(("access_denied", "missing_scope", "no_permission", "not_allowed_token_type", "unknown_method"))


def error_code(error: Exception) -> str:
    """Slack's word for it, empty when there was no answer to read."""
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        data = error.response.data
        return str(data.get("error", "")) if isinstance(data, dict) else ""
    return ""


def translate(error: Exception, what: str, *, final: frozenset[str] = _FINAL) -> MessengerError:
    """``what`` names the call in the rep's words: "post the message". ``final``: what asking again would not change."""
    code = error_code(error)
    if not code:
        status = getattr(getattr(error, "response", None), "status_code", None)
        why = f"status {status}" if status else type(error).__name__
        return MessengerError(f"Slack could not be reached to {what} ({why})", retry_after=_retry_after(error))
    return MessengerError(
        f"Slack refused to {what}: {code}{_detail(error)}", retry_after=_retry_after(error), is_final=code in final
    )


def _detail(error: Exception) -> str:
    """The scope that is missing, or what is wrong with which block."""
    data = error.response.data if isinstance(error, SlackApiError) else None
    if not isinstance(data, dict):
        return ""
    if needed := data.get("needed"):
        return f" (the app needs the scope {needed}: add it in its settings and install the app again)"
    messages = (data.get("response_metadata") or {}).get("messages") or []
    return f" ({'; '.join(str(message) for message in messages[:3])})" if messages else ""


def _retry_after(error: Exception) -> float | None:
    headers = getattr(error.response, "headers", {}) if isinstance(error, SlackApiError) else {}
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    return min(float(said), _DAY_S) if isinstance(said, str) and said.isdecimal() else None
