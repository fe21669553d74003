"""Gmail's lists come in pages; an empty list is left out altogether."""

from workspace.vendors.google.call import Call
from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

_USUAL, _LARGEST = 100, 500


def page(call: Call, name: str, rows: list[Json]) -> Json:
    token = call.text("pageToken") or "0"
    if not token.isdecimal() or len(token) > 9:
        raise GoogleError(400, "invalidArgument", "Invalid pageToken")
    start, size = int(token), call.number("maxResults", _USUAL, most=_LARGEST)
    shown = rows[start : start + size]
    answer: Json = {name: shown} if shown else {}
    if len(rows) > start + size:
        answer["nextPageToken"] = str(start + size)
    return {**answer, "resultSizeEstimate": len(rows)}
