"""The judge of Google's contracts is seen to refuse, and what the servers say of themselves is what Google says."""

from typing import Any

import pytest

from tests.workspace.discovery import Contract, ContractError
from workspace.server import Running
from workspace.vendors.google import forms

EVENTS = "/calendar/v3/calendars/ann%40example.com/events"


@pytest.fixture(scope="module")
def calendar() -> Contract:
    return Contract("calendar.v3")


@pytest.mark.parametrize(
    ("verb", "uri", "body", "problem"),
    [
        ("GET", "/calendar/v3/events", None, "no such operation"),
        ("GET", f"{EVENTS}?maxresults=2", None, "unknown parameter"),
        ("GET", f"{EVENTS}?maxResults=0", None, "is not from"),
        ("GET", f"{EVENTS}?maxResults=x", None, "no integer"),
        ("GET", f"{EVENTS}?singleEvents=1", None, "neither true nor false"),
        ("GET", f"{EVENTS}?orderBy=start", None, "none of"),
        ("GET", f"{EVENTS}?timeMin=2026-11-20T10:00:00", None, "no offset"),
        ("GET", f"{EVENTS}?q=a&q=b", None, "given twice"),
        ("POST", EVENTS, '{"sumary": "x"}', "unknown key"),
        ("POST", EVENTS, '{"start": {"date": "20.11.2026"}}', "no date"),
        ("POST", EVENTS, '{"attendees": {"email": "x"}}', "no array"),
        ("DELETE", f"{EVENTS}/abcde", "{}", "none is expected"),
    ],
)
def test_requests_outside_the_contract_are_noticed(
    calendar: Contract, verb: str, uri: str, body: str | None, problem: str
) -> None:
    with pytest.raises(ContractError, match=problem):
        calendar.check_request(verb, f"http://127.0.0.1:1{uri}", body)


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b'{"items": [{"id": 5}]}', "no string"),
        (200, b'{"events": []}', "unknown key"),
        (404, b'{"error": "not_found"}', "no object"),
        (404, b'{"error": {"code": 400, "message": "x"}}', "the error says 400"),
    ],
)
def test_answers_outside_the_contract_are_noticed(calendar: Contract, status: int, body: bytes, problem: str) -> None:
    with pytest.raises(ContractError, match=problem):
        calendar.check_answer("calendar.events.list", status, body)


def test_what_fits_passes(calendar: Contract) -> None:
    uri = f"http://127.0.0.1:1{EVENTS}?timeMin=2026-11-20T10:00:00%2B01:00&eventTypes=default&eventTypes=focusTime"
    assert calendar.check_request("GET", uri, None) == "calendar.events.list"
    assert calendar.check_request("POST", f"http://x{EVENTS}/watch", '{"id": "1"}') == "calendar.events.watch"
    calendar.check_answer("calendar.events.list", 200, b'{"items": [{"start": {"date": "2026-11-20"}}]}')


FORMS = {
    ("calendar.v3", "Event"): forms.EVENT,
    ("calendar.v3", "FreeBusyRequest"): forms.FREE_BUSY,
    ("calendar.v3", "Channel"): forms.CHANNEL,
    ("gmail.v1", "Message"): forms.MESSAGE,
    ("gmail.v1", "Draft"): forms.DRAFT,
    ("gmail.v1", "Label"): forms.LABEL,
    ("gmail.v1", "ModifyMessageRequest"): forms.LABELS,
    ("gmail.v1", "WatchRequest"): forms.WATCH,
}
TYPES = {str: "string", int: "integer", bool: "boolean"}


@pytest.mark.parametrize(("api", "schema"), FORMS)
def test_the_forms_of_requests_are_googles(api: str, schema: str) -> None:
    contract = Contract(api)
    compare(contract, FORMS[api, schema], contract.schemas[schema], schema)


def compare(contract: Contract, form: Any, schema: dict[str, Any], place: str) -> None:
    schema = contract.schemas[schema["$ref"]] if "$ref" in schema else schema
    if isinstance(form, type):
        assert TYPES[form] == schema["type"], place
    elif isinstance(form, list):
        compare(contract, form[0], schema["items"], f"{place}[]")
    else:
        for name, part in form.items():
            known = schema["additionalProperties"] if name == "*" else schema["properties"][name]
            compare(contract, part, known, f"{place}.{name}")


async def test_operations_are_googles_with_their_scopes_verbs_and_paths(ws: Running) -> None:
    known: list[tuple[Any, Contract]] = [
        (ws.vendors.calendar, Contract("calendar.v3")),
        (ws.vendors.gmail, Contract("gmail.v1")),
    ]
    for server, contract in known:
        for operation in server.operations():
            method = contract.methods[operation.id]
            assert operation.scopes == set(method["scopes"]), operation.id
            assert (operation.verb, operation.path) == (method["httpMethod"], contract.base + method["path"])
