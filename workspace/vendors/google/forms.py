"""The forms of request bodies: what is of another type is refused, what is unknown is left out, as Google does."""

from collections.abc import Mapping
from typing import Any

from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

# A type, a mapping of names to forms (``*`` stands for any name), or a list with the form of its items.
WHEN = {"date": str, "dateTime": str, "timeZone": str}
EVENT: Mapping[str, Any] = {
    "anyoneCanAddSelf": bool,
    "attendees": [
        {
            "additionalGuests": int,
            "comment": str,
            "displayName": str,
            "email": str,
            "optional": bool,
            "resource": bool,
            "responseStatus": str,
        }
    ],
    "colorId": str,
    "conferenceData": {
        "conferenceId": str,
        "createRequest": {"requestId": str, "conferenceSolutionKey": {"type": str}},
    },
    "description": str,
    "end": WHEN,
    "eventType": str,
    "extendedProperties": {"private": {"*": str}, "shared": {"*": str}},
    "guestsCanInviteOthers": bool,
    "guestsCanModify": bool,
    "guestsCanSeeOtherGuests": bool,
    "id": str,
    "location": str,
    "recurrence": [str],
    "reminders": {"useDefault": bool, "overrides": [{"method": str, "minutes": int}]},
    "source": {"title": str, "url": str},
    "start": WHEN,
    "status": str,
    "summary": str,
    "transparency": str,
    "visibility": str,
}
FREE_BUSY: Mapping[str, Any] = {
    "calendarExpansionMax": int,
    "groupExpansionMax": int,
    "items": [{"id": str}],
    "timeMax": str,
    "timeMin": str,
    "timeZone": str,
}
CHANNEL: Mapping[str, Any] = {
    "address": str,
    "expiration": str,
    "id": str,
    "params": {"*": str},
    "resourceId": str,
    "token": str,
    "type": str,
}
MESSAGE: Mapping[str, Any] = {"raw": str, "threadId": str}
DRAFT: Mapping[str, Any] = {"id": str, "message": MESSAGE}
LABEL: Mapping[str, Any] = {"name": str}
LABELS: Mapping[str, Any] = {"addLabelIds": [str], "removeLabelIds": [str]}
WATCH: Mapping[str, Any] = {
    "labelFilterAction": str,
    "labelFilterBehavior": str,
    "labelIds": [str],
    "topicName": str,
}


def fitted(body: Mapping[str, Any], form: Mapping[str, Any], *, keeps_null: bool = False) -> Json:
    """What of the body the form knows; raises 400 for a value of another type.

    Null means absent, unless it is kept for a patch to remove something with.
    """
    return dict(_fitted(body, form, "", keeps_null))


def _fitted(value: Any, form: Any, place: str, keeps_null: bool) -> Any:
    if isinstance(form, Mapping) and isinstance(value, dict):
        any_name = form.get("*")
        return {
            name: None if part is None else _fitted(part, form.get(name, any_name), f"{place}.{name}", keeps_null)
            for name, part in value.items()
            if (name in form or any_name) and (part is not None or keeps_null)
        }
    if isinstance(form, list) and isinstance(value, list):
        return [_fitted(part, form[0], f"{place}[{number}]", keeps_null) for number, part in enumerate(value)]
    if isinstance(form, type) and type(value) is form:
        return value
    raise GoogleError(400, "invalid", f"Invalid value for: {place.removeprefix('.')}")
