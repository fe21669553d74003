"""How Google's APIs refuse: one JSON form for all of them."""

from collections.abc import Mapping

from workspace.vendors.frame import VendorRefusal
from workspace.wire import Json

_REASONS = {
    400: ("badRequest", "Bad Request"),
    401: ("authError", "Invalid Credentials"),
    403: ("forbidden", "Forbidden"),
    404: ("notFound", "Not Found"),
    405: ("httpMethodNotAllowed", "Method Not Allowed"),
    413: ("uploadTooLarge", "Request Too Large"),
    429: ("rateLimitExceeded", "Rate Limit Exceeded"),
    500: ("backendError", "Backend Error"),
    503: ("backendError", "The service is currently unavailable."),
}
_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class GoogleError(VendorRefusal):
    """``location``: what is wrong, such as ``parameter maxResults``. Words as on the API's own pages."""

    def __init__(self, status: int, reason: str, message: str, *, domain: str = "global", location: str = "") -> None:
        kind, _, name = location.partition(" ")
        place = {"locationType": kind, "location": name} if location else {}
        headers = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'} if status == 401 else {}
        super().__init__(status, error_body(status, reason, message, domain, place), headers)
        self.reason = reason


def error_body(status: int, reason: str, message: str, domain: str, place: Mapping[str, str]) -> Json:
    detail = {"domain": domain, "reason": reason, "message": message, **place}
    error: Json = {"code": status, "message": message, "errors": [detail]}
    if status in _STATUSES:
        error["status"] = _STATUSES[status]
    return {"error": error}


def refusal(status: int) -> Json:
    """What Google says with a status when there is nothing more to say."""
    reason, message = _REASONS.get(status, _REASONS[400 if status < 500 else 500])
    domain = "usageLimits" if status == 429 else "global"
    return error_body(status, reason, message, domain, {})


def not_found() -> GoogleError:
    return GoogleError(404, "notFound", "Not Found")


def invalid(parameter: str, message: str | None = None) -> GoogleError:
    said = message or f"Invalid value for: {parameter}"
    return GoogleError(400, "invalidParameter", said, location=f"parameter {parameter}")


def required(what: str) -> GoogleError:
    return GoogleError(400, "required", f"Required: {what}", location=f"parameter {what}")
