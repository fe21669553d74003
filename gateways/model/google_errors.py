"""From what Google says to what the core can act on."""

from typing import Any

import httpx2
from google.genai import errors

from gateways.model.statuses import kind_of, seconds
from sequences.ports.model import ModelError

# What a call can raise besides programming errors; the SDK lets its HTTP library's own through.
ERRORS = (errors.APIError, errors.UnknownApiResponseError, httpx2.HTTPError, ValueError, OSError)


def translate(error: Exception, engine: str) -> ModelError:
    if isinstance(error, ValueError):
        return ModelError(f"{engine} answered something that is not its protocol", kind="unreachable")
    if not isinstance(error, errors.APIError):
        return ModelError(f"{engine} could not be reached: {error or type(error).__name__}", kind="unreachable")
    message = f"{engine} answered {error.code}: {error.message or error.status}"
    details = _details(error)
    if error.code == 429 and any("PerDay" in quota for quota in _quotas(details)):
        return ModelError(message, kind="out_of_quota")
    if any(detail.get("reason") == "API_KEY_INVALID" for detail in details):
        return ModelError(message, kind="misconfigured")
    kind = kind_of(error.code)
    return ModelError(message, kind=kind, retry_after=_retry_after(error, details))


def _details(error: errors.APIError) -> list[dict[str, Any]]:
    body = error.details if isinstance(error.details, dict) else {}
    inner = body.get("error", body)
    listed = inner.get("details", []) if isinstance(inner, dict) else []
    return [detail for detail in listed if isinstance(detail, dict)]


def _quotas(details: list[dict[str, Any]]) -> list[str]:
    return [str(violation.get("quotaId", "")) for detail in details for violation in detail.get("violations", [])]


def _retry_after(error: errors.APIError, details: list[dict[str, Any]]) -> float | None:
    """From RetryInfo in the body, else from the header."""
    headers = getattr(error.response, "headers", None) or {}
    said = [str(detail["retryDelay"]) for detail in details if "retryDelay" in detail]
    said += [headers["Retry-After"]] if "Retry-After" in headers else []
    return next((wait for wait in map(seconds, said) if wait is not None), None)
