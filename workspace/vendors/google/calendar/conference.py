"""Google Meet rooms, asked for with ``conferenceData.createRequest``."""

from hashlib import sha256
from typing import Any

from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

MEET = "hangoutsMeet"


def conference(given: Any, known: Json | None) -> Json | None:
    """What becomes of the conference data in a request; ``known`` is what the event has already.

    A request id that was answered before makes no second room. ``None``: no room, or the room goes.
    """
    request = given.get("createRequest") if isinstance(given, dict) else None
    if not isinstance(request, dict):
        return known if isinstance(given, dict) and given.get("conferenceId") else None
    if not isinstance(request.get("requestId"), str) or not request["requestId"]:
        raise GoogleError(400, "required", "Missing conference request id.")
    if (request.get("conferenceSolutionKey") or {}).get("type", MEET) != MEET:
        raise GoogleError(400, "invalid", "Invalid conference type value.")
    if known and known["createRequest"]["requestId"] == request["requestId"]:
        return known
    return _room(request["requestId"])


def link(data: Json) -> str:
    return str(data["entryPoints"][0]["uri"])


def _room(request_id: str) -> Json:
    letters = "".join(chr(ord("a") + byte % 26) for byte in sha256(request_id.encode()).digest()[:10])
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    uri = f"https://meet.google.com/{code}"
    return {
        "createRequest": {
            "requestId": request_id,
            "conferenceSolutionKey": {"type": MEET},
            "status": {"statusCode": "success"},
        },
        "entryPoints": [{"entryPointType": "video", "uri": uri, "label": uri.removeprefix("https://")}],
        "conferenceSolution": {"key": {"type": MEET}, "name": "Google Meet"},
        "conferenceId": code,
    }
