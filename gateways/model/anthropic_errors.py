"""From what Anthropic says to what the core can act on."""

import anthropic
from anthropic.types import Usage

from gateways.model.statuses import kind_of, seconds
from sequences.ports.model import ModelError

# What a call can raise besides programming errors; ValueError is a body that says JSON and is not.
ERRORS = (anthropic.APIError, ValueError)
# Limits that a person has to raise: waiting a minute does not help.
_SPEND_LIMITS = (
    "contract_spend_limit_reached",
    "enforced_spend_limit_reached",
    "linked_organization_billing_unavailable",
    "linked_organization_spend_limit_reached",
    "organization_on_hold",
)


def require_message(message: object, engine: str) -> None:
    """The SDK hands through whatever came back with status 200, be it a proxy's login page."""
    parts = (getattr(message, "content", None), getattr(message, "usage", None))
    if not (isinstance(parts[0], list) and isinstance(parts[1], Usage)):
        raise ModelError(f"{engine} answered something that is not its protocol", kind="unreachable")


def translate(error: Exception, engine: str) -> ModelError:
    if not isinstance(error, anthropic.APIError):
        return ModelError(f"{engine} answered something that is not its protocol", kind="unreachable")
    if not isinstance(error, anthropic.APIStatusError):
        return ModelError(f"{engine} could not be reached: {error.message}", kind="unreachable")
    message = f"{engine} answered {error.status_code}: {error.api_message or error.message}"
    if error.error_code in _SPEND_LIMITS or error.type == "billing_error":
        return ModelError(message, kind="out_of_quota")
    kind = kind_of(error.status_code)
    return ModelError(message, kind=kind, retry_after=seconds(error.response.headers.get("retry-after")))
