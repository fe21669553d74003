"""The Web API client that the messenger and the Bolt app share."""

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from gateways.reach import is_direct
from gateways.slack.observing import ObservingHandler
from sequences.ports.observing import Observer

LONGEST_WAIT_S = 3


class ShortWaitRetryHandler(AsyncRateLimitErrorRetryHandler):
    """Waits out a short Retry-After in place. A longer one becomes an error with ``retry_after``: the work is stored
    and due again then, and no worker sleeps on it."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 (the handler's signature)
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        said = next((value[0] for name, value in response.headers.items() if name.lower() == "retry-after"), "")
        return said.isdecimal() and int(said) <= LONGEST_WAIT_S


def make_slack_client(token: str | None, base_url: str, observer: Observer | None = None) -> AsyncWebClient:
    """``base_url`` ends in a slash: https://slack.com/api/ or that of a local workspace, reached without a proxy."""
    looking = ObservingHandler(observer or Observer())
    client = AsyncWebClient(
        token=token, base_url=base_url, timeout=30, retry_handlers=[looking, ShortWaitRetryHandler(max_retry_count=3)]
    )
    if is_direct(base_url):  # Slack's SDK knows no NO_PROXY
        client.proxy = None
    return client
