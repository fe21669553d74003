"""Every try of a Web API call is told, whichever copy of the client made it: Bolt makes one per request."""

from typing import Any, Self

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.async_handler import AsyncRetryHandler

from sequences.ports.observing import Observer


class ObservingHandler(AsyncRetryHandler):
    """Slack's client asks its retry handlers after each answer and each failure. This one looks and never retries."""

    def __init__(self, observer: Observer) -> None:
        super().__init__()
        self._observer = observer

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Copies of the client tell the same observer."""
        return self

    async def can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 (the handler's signature)
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        self._observer.slack_called(request.url.rstrip("/").rpartition("/")[2], _outcome(response))
        return False


def _outcome(response: HttpResponse | None) -> str:
    if response is None:
        return "unreachable"
    if response.status_code == 429:
        return "rate_limited"
    if response.status_code >= 500:
        return "broken"
    body = response.body
    return "ok" if isinstance(body, dict) and body.get("ok") else "refused"
