"""Google's own client works on the local Calendar; every request and answer fits the discovery document."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from googleapiclient.errors import HttpError

from tests.workspace.conftest import SEED
from tests.workspace.google_client import CALENDAR, Google, google
from workspace.options import Options
from workspace.server import Running, running

NOW = datetime(2027, 3, 22, 9, tzinfo=UTC)  # a Monday; clocks in London change on the 28th
ANN, BEN = "ann@example.com", "ben@example.com"
END = {"dateTime": "2027-03-23T10:30:00Z", "timeZone": "Europe/London"}
ME: dict[str, Any] = {"calendarId": "primary"}


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    options = Options(seed=SEED, clock=lambda: NOW, vendors={"calendar": 0})
    async with running(options) as workspace:
        yield workspace


@pytest.fixture
async def ann(ws: Running) -> AsyncIterator[Google]:
    async with google(ws, "calendar", ANN) as client:
        yield client


@pytest.fixture
async def ben(ws: Running) -> AsyncIterator[Google]:
    async with google(ws, "calendar", BEN) as client:
        yield client


def meeting(start: str = "2027-03-23T10:00:00Z", minutes: int = 30, **more: Any) -> dict[str, Any]:
    end = (datetime.fromisoformat(start) + timedelta(minutes=minutes)).isoformat()
    return {"summary": "Call", "start": {"dateTime": start}, "end": {"dateTime": end}, **more}


def weekly(**more: Any) -> dict[str, Any]:
    """Mondays at ten in London, four times: once in winter, three times in summer."""
    zone = {"timeZone": "Europe/London"}
    times = {"start": {"dateTime": "2027-03-22T10:00:00", **zone}, "end": {"dateTime": "2027-03-22T11:00:00", **zone}}
    return {"summary": "Weekly", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"], **times, **more}


async def listed(client: Google, **parameters: Any) -> list[dict[str, Any]]:
    answer = await client.run(client.api.events().list(**{**ME, **parameters}))
    return list(answer["items"])


async def add(client: Google, body: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    made: dict[str, Any] = await client.run(client.api.events().insert(**ME, body=body, **parameters))
    return made


async def test_everything_that_is_served_fits_the_contract(ann: Google, ws: Running) -> None:
    api = ann.api
    entries = await ann.run(api.calendarList().list())
    assert [(entry["id"], entry["accessRole"], entry["primary"]) for entry in entries["items"]] == [
        (ANN, "owner", True)
    ]
    assert (await ann.run(api.calendars().get(**ME)))["timeZone"] == "Europe/London"
    made = await add(ann, weekly())
    place = {**ME, "eventId": made["id"]}
    assert (await ann.run(api.events().get(**place)))["etag"] == made["etag"]
    patched = await ann.run(api.events().patch(**place, body={"location": "Room 1"}))
    assert (patched["location"], patched["summary"]) == ("Room 1", "Weekly")
    replaced = await ann.run(api.events().update(**place, body=weekly(summary="New")))
    assert ("location" in replaced, replaced["summary"]) == (False, "New")
    assert len((await ann.run(api.events().instances(**place)))["items"]) == 4
    assert [one["id"] for one in await listed(ann)] == [made["id"]]
    window = {"timeMin": "2027-03-22T00:00:00Z", "timeMax": "2027-03-23T00:00:00Z", "items": [{"id": ANN}]}
    busy = (await ann.run(api.freebusy().query(body=window)))["calendars"][ANN]["busy"]
    assert busy == [{"start": "2027-03-22T10:00:00Z", "end": "2027-03-22T11:00:00Z"}]
    channel = {"id": "c1", "type": "web_hook", "address": "https://app.example.invalid/hook"}
    opened = await ann.run(api.events().watch(**ME, body=channel))
    await ann.run(api.channels().stop(body={"id": "c1", "resourceId": opened["resourceId"]}))
    await ann.run(api.events().delete(**place))
    assert ann.contract.seen == {operation.id for operation in ws.vendors.calendar.operations()}


async def test_an_id_of_ones_own_is_taken_once(ann: Google) -> None:
    await add(ann, meeting(id="abcde12345"))
    assert await ann.refused(ann.api.events().insert(**ME, body=meeting(id="abcde12345"))) == (409, "duplicate")
    assert await ann.refused(ann.api.events().insert(**ME, body=meeting(id="xyz"))) == (400, "invalid")
    await ann.run(ann.api.events().delete(**ME, eventId="abcde12345"))
    assert await ann.refused(ann.api.events().insert(**ME, body=meeting(id="abcde12345"))) == (409, "duplicate")
    assert await ann.refused(ann.api.events().delete(**ME, eventId="abcde12345")) == (410, "deleted")
    assert await ann.refused(ann.api.events().get(**ME, eventId="nothing")) == (404, "notFound")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": None}, "required"),
        ({"end": {"dateTime": "2027-03-23T09:00:00Z"}}, "timeRangeEmpty"),
        ({"end": {"date": "2027-03-24"}}, "invalid"),
        ({"recurrence": ["RRULE:FREQ=WEEKLY"]}, "required"),
        ({"attendees": [{"email": "nobody"}]}, "invalid"),
        ({"transparency": "glass"}, "invalid"),
        ({"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 1}]}}, "cannotUse"),
    ],
)
async def test_an_event_that_cannot_be_is_refused(ann: Google, change: dict[str, Any], reason: str) -> None:
    body = {name: value for name, value in {**meeting(), **change}.items() if value is not None}
    status, said = await ann.refused(ann.api.events().insert(**ME, body=body))
    assert (status, said.startswith(reason)) == (400, True)
    assert await listed(ann) == []


async def test_what_is_no_event_at_all_is_refused_in_googles_form(ann: Google, ws: Running) -> None:
    url = f"{ws.vendors.calendar.url}/calendar/v3/calendars/primary/events"
    headers = {"Authorization": f"Bearer {ann.credentials.token}", "Content-Type": "application/json"}
    local = '{"start": {"dateTime": "2027-03-23T10:00:00"}, "end": {"dateTime": "2027-03-23T11:00:00"}}'
    async with aiohttp.ClientSession(headers=headers) as session:
        for body, reason in ((local, "required"), ("[]", "parseError"), ("{", "parseError")):
            async with session.post(url, data=body) as answer:
                content = await answer.read()
                ann.contract.check_answer("calendar.events.insert", answer.status, content)
                assert (answer.status, json.loads(content)["error"]["errors"][0]["reason"]) == (400, reason)
        async with session.get(f"{ws.vendors.calendar.url}/calendar/v3/colors") as answer:
            assert (answer.status, (await answer.json())["error"]["errors"][0]["reason"]) == (404, "notFound")


async def test_a_series_follows_the_clock_on_the_wall_and_its_exceptions(ann: Google) -> None:
    made = await add(ann, weekly())
    single = {"singleEvents": True, "orderBy": "startTime"}
    starts = [one["start"]["dateTime"] for one in await listed(ann, **single)]
    assert starts == [
        "2027-03-22T10:00:00Z",
        "2027-03-29T10:00:00+01:00",
        "2027-04-05T10:00:00+01:00",
        "2027-04-12T10:00:00+01:00",
    ]
    first, second, third, _ = await listed(ann, **single)
    assert second["id"] == f"{made['id']}_20270329T090000Z"
    assert second["recurringEventId"] == made["id"]
    moved = {"start": {"dateTime": "2027-03-30T15:00:00Z"}, "end": {"dateTime": "2027-03-30T16:00:00Z"}}
    await ann.run(ann.api.events().patch(**ME, eventId=second["id"], body=moved))
    await ann.run(ann.api.events().delete(**ME, eventId=third["id"]))
    left = await listed(ann, **single)
    assert [(one["id"], one["start"]["dateTime"][:10]) for one in left] == [
        (first["id"], "2027-03-22"),
        (second["id"], "2027-03-30"),
        (f"{made['id']}_20270412T090000Z", "2027-04-12"),
    ]
    assert left[1]["originalStartTime"]["dateTime"] == "2027-03-29T10:00:00+01:00"
    place = {**ME, "eventId": made["id"]}
    at = ann.api.events().instances(**place, originalStart="2027-03-29T09:00:00Z")
    assert [one["id"] for one in (await ann.run(at))["items"]] == [second["id"]]
    assert len((await ann.run(ann.api.events().instances(**place, showDeleted=True)))["items"]) == 4
    gone = [one for one in await listed(ann, **single, showDeleted=True) if one["status"] == "cancelled"]
    assert [one["id"] for one in gone] == [third["id"]]
    plain = await listed(ann)
    assert {one["id"] for one in plain} == {made["id"], second["id"], third["id"]}


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RRULE:FREQ=DAILY;UNTIL=20270324T095959Z"], ["22", "23"]),
        (["RRULE:FREQ=DAILY;UNTIL=20270324"], ["22", "23", "24"]),
        (["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=America/New_York:20270323T060000"], ["22", "24", "25"]),
        (["RDATE:20270330T090000Z"], ["22", "30"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=-1WE;COUNT=1"], ["31"]),
    ],
)
async def test_recurrence_lines_mean_what_rfc_5545_says(ann: Google, lines: list[str], days: list[str]) -> None:
    await add(ann, weekly(recurrence=lines))
    assert [one["start"]["dateTime"][8:10] for one in await listed(ann, singleEvents=True, orderBy="startTime")] == days


@pytest.mark.parametrize(
    "line", ["RRULE:FREQ=SOMETIMES", "RRULE:FREQ=SECONDLY", "DTSTART:20270322T100000", "RRULE", "EXDATE:tomorrow"]
)
async def test_a_recurrence_nobody_can_expand_is_refused(ann: Google, line: str) -> None:
    assert await ann.refused(ann.api.events().insert(**ME, body=weekly(recurrence=[line]))) == (400, "invalid")


async def test_a_series_without_an_end_lists_within_its_bounds(ann: Google) -> None:
    await add(ann, weekly(recurrence=["RRULE:FREQ=DAILY"]))
    bounds = {"timeMin": "2027-03-25T11:00:00Z", "timeMax": "2027-03-28T09:00:00Z"}
    assert [one["start"]["dateTime"][8:10] for one in await listed(ann, singleEvents=True, **bounds)] == ["26", "27"]
    assert len(await listed(ann, **bounds)) == 1
    past = {"timeMin": "2027-03-01T00:00:00Z", "timeMax": "2027-03-22T10:00:00Z"}
    assert await listed(ann, **past) == []


async def test_an_old_series_is_still_there_today(ann: Google) -> None:
    zone = {"timeZone": "Europe/London"}
    times = {"start": {"dateTime": "2020-01-06T10:00:00", **zone}, "end": {"dateTime": "2020-01-06T10:15:00", **zone}}
    made = await add(ann, {"summary": "Daily", "recurrence": ["RRULE:FREQ=DAILY"], **times})
    today = await listed(ann, singleEvents=True, orderBy="startTime", timeMin="2027-03-22T00:00:00Z", maxResults=1)
    assert [one["id"] for one in today] == [f"{made['id']}_20270322T100000Z"]
    assert (await ann.run(ann.api.events().get(**ME, eventId=today[0]["id"])))["status"] == "confirmed"
    for wrong in ("20270322T110000Z", "20270322", "20279999T100000Z"):
        missing = ann.api.events().get(**ME, eventId=f"{made['id']}_{wrong}")
        assert await ann.refused(missing) == (404, "notFound")


async def test_a_guest_answers_one_meeting_of_a_series(ann: Google, ben: Google) -> None:
    made = await add(ann, weekly(attendees=[{"email": BEN}]))
    one = f"{made['id']}_20270329T090000Z"
    answer = {"attendees": [{"email": BEN, "responseStatus": "declined"}]}
    await ben.run(ben.api.events().patch(**ME, eventId=one, body=answer))
    instances = await ann.run(ann.api.events().instances(**ME, eventId=made["id"]))
    answers = [event["attendees"][0]["responseStatus"] for event in instances["items"]]
    assert answers == ["needsAction", "declined", "needsAction", "needsAction"]
    body = {"timeMin": "2027-03-22T00:00:00Z", "timeMax": "2027-04-06T00:00:00Z", "items": [{"id": "primary"}]}
    busy = (await ben.run(ben.api.freebusy().query(body=body)))["calendars"]["primary"]["busy"]
    assert [span["start"][:10] for span in busy] == ["2027-03-22", "2027-04-05"]


async def test_a_changed_series_syncs_each_meeting_once(ann: Google) -> None:
    made = await add(ann, weekly())
    token = (await ann.run(ann.api.events().list(**ME, singleEvents=True)))["nextSyncToken"]
    moved = {"start": {"dateTime": "2027-03-30T15:00:00Z"}, "end": {"dateTime": "2027-03-30T16:00:00Z"}}
    one = f"{made['id']}_20270329T090000Z"
    await ann.run(ann.api.events().patch(**ME, eventId=one, body=moved))
    await ann.run(ann.api.events().patch(**ME, eventId=made["id"], body={"summary": "New"}))
    changed = await listed(ann, singleEvents=True, syncToken=token)
    assert sorted(event["id"] for event in changed) == sorted({event["id"] for event in changed})
    assert len(changed) == 4


async def test_days_end_before_the_day_they_name(ann: Google) -> None:
    await add(ann, {"summary": "Away", "start": {"date": "2027-03-30"}, "end": {"date": "2027-03-31"}})
    body = {"timeMin": "2027-03-29T00:00:00Z", "timeMax": "2027-04-02T00:00:00Z", "items": [{"id": ANN}]}
    busy = (await ann.run(ann.api.freebusy().query(body=body)))["calendars"][ANN]["busy"]
    assert busy == [{"start": "2027-03-29T23:00:00Z", "end": "2027-03-30T23:00:00Z"}]  # summer time by then


async def test_free_and_busy(ann: Google, ben: Google, ws: Running) -> None:
    ws.vendors.calendar.groups["sales@example.com"] = [ANN, BEN]
    await add(ben, meeting("2027-03-23T10:00:00Z", 60))
    await add(ben, meeting("2027-03-23T10:30:00Z", 60))
    await add(ben, meeting("2027-03-23T12:00:00Z", transparency="transparent"))
    away = await add(ben, meeting("2027-03-23T13:00:00Z", attendees=[{"email": ANN, "responseStatus": "declined"}]))
    body: dict[str, Any] = {
        "timeMin": "2027-03-23T09:00:00Z",
        "timeMax": "2027-03-23T13:15:00Z",
        "timeZone": "Europe/Berlin",
        "items": [{"id": "sales@example.com"}, {"id": "eve@elsewhere.example"}],
    }
    answer = await ann.run(ann.api.freebusy().query(body=body))
    assert answer["calendars"][BEN]["busy"] == [
        {"start": "2027-03-23T11:00:00+01:00", "end": "2027-03-23T12:30:00+01:00"},
        {"start": "2027-03-23T14:00:00+01:00", "end": "2027-03-23T14:15:00+01:00"},
    ]
    assert answer["calendars"][ANN]["busy"] == []
    assert answer["calendars"]["eve@elsewhere.example"]["errors"] == [{"domain": "global", "reason": "notFound"}]
    assert answer["groups"] == {"sales@example.com": {"calendars": [ANN, BEN]}}
    assert away["status"] == "confirmed"

    few = await ann.run(ann.api.freebusy().query(body={**body, "calendarExpansionMax": 1, "groupExpansionMax": 1}))
    assert few["groups"]["sales@example.com"]["errors"][0]["reason"] == "groupTooBig"
    two = {**body, "items": [{"id": ANN}, {"id": BEN}], "calendarExpansionMax": 1}
    cut = (await ann.run(ann.api.freebusy().query(body=two)))["calendars"]
    assert cut[BEN]["errors"][0]["reason"] == "tooManyCalendarsRequested"
    for wrong in ({"calendarExpansionMax": 51}, {"groupExpansionMax": 101}, {"timeMax": body["timeMin"]}):
        assert (await ann.refused(ann.api.freebusy().query(body={**body, **wrong})))[0] == 400


async def test_changes_since_a_sync_token(ann: Google, ws: Running) -> None:
    kept, gone = await add(ann, meeting()), await add(ann, meeting("2027-03-24T10:00:00Z"))
    full = await ann.run(ann.api.events().list(**ME, timeMin="2027-03-01T00:00:00Z"))
    assert len(full["items"]) == 2
    await ann.run(ann.api.events().patch(**ME, eventId=kept["id"], body={"summary": "Moved"}))
    await ann.run(ann.api.events().delete(**ME, eventId=gone["id"]))
    changes = await ann.run(ann.api.events().list(**ME, syncToken=full["nextSyncToken"]))
    assert [(one["id"], one["status"]) for one in changes["items"]] == [
        (kept["id"], "confirmed"),
        (gone["id"], "cancelled"),
    ]
    assert "summary" not in changes["items"][1]
    assert await listed(ann, syncToken=changes["nextSyncToken"]) == []

    clash = ann.api.events().list(**ME, syncToken=full["nextSyncToken"], q="x")
    assert await ann.refused(clash) == (400, "badRequest")
    ws.move_clock(timedelta(days=29))
    ann.credentials.token = ws.vendors.accounts.access_token(ann.grant)
    stale = ann.api.events().list(**ME, syncToken=changes["nextSyncToken"])
    assert await ann.refused(stale) == (410, "fullSyncRequired")
    fresh = (await ann.run(ann.api.events().list(**ME)))["nextSyncToken"]
    ws.vendors.calendar.store.expire_sync_tokens()
    assert await ann.refused(ann.api.events().list(**ME, syncToken=fresh)) == (410, "fullSyncRequired")


async def test_the_list_of_calendars_syncs_too(ann: Google) -> None:
    token = (await ann.run(ann.api.calendarList().list()))["nextSyncToken"]
    assert (await ann.run(ann.api.calendarList().list(syncToken=token)))["items"] == []
    assert await ann.refused(ann.api.calendarList().list(syncToken="old")) == (410, "fullSyncRequired")


async def test_pages_lose_nothing(ann: Google) -> None:
    for hour in range(10, 15):
        await add(ann, meeting(f"2027-03-23T{hour}:00:00Z", summary=str(hour)))
    request, found, tokens = ann.api.events().list(**ME, maxResults=2), [], []
    while request is not None:
        answer = await ann.run(request)
        found += [one["summary"] for one in answer["items"]]
        tokens.append("nextSyncToken" in answer)
        request = ann.api.events().list_next(request, answer)
    assert (found, tokens) == (["10", "11", "12", "13", "14"], [False, False, True])
    assert await ann.refused(ann.api.events().list(**ME, pageToken="nonsense")) == (400, "invalidParameter")


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ("items(summary,start/timeZone)", {"items": [{"summary": "Call", "start": {"timeZone": "Europe/London"}}]}),
        ("items/summary,kind", {"kind": "calendar#events", "items": [{"summary": "Call"}]}),
        ("items(start(timeZone),summary)", {"items": [{"summary": "Call", "start": {"timeZone": "Europe/London"}}]}),
        ("items(end/*,summary)", {"items": [{"summary": "Call", "end": END}]}),
        ("nothing", {}),
    ],
)
async def test_a_part_of_an_answer(ann: Google, fields: str, answer: dict[str, Any]) -> None:
    await add(ann, meeting())
    got = await ann.run(ann.api.events().list(**ME, fields=fields))
    assert got == answer


@pytest.mark.parametrize("fields", ["items(", "items)", ",", "items(id", "items id;", "(id)", "a/"])
async def test_a_selection_that_cannot_be_read(ann: Google, fields: str) -> None:
    assert await ann.refused(ann.api.events().list(**ME, fields=fields)) == (400, "invalidParameter")


async def test_filters(ann: Google) -> None:
    tagged = meeting(extendedProperties={"private": {"sixty": "1"}}, attendees=[{"email": "zoe@example.org"}])
    first = await add(ann, tagged)
    await add(ann, meeting("2027-03-25T10:00:00Z", summary="Lunch", eventType="default"))
    assert [one["id"] for one in await listed(ann, privateExtendedProperty="sixty=1")] == [first["id"]]
    assert [one["id"] for one in await listed(ann, q="ZOE call")] == [first["id"]]
    assert [one["id"] for one in await listed(ann, iCalUID=first["iCalUID"])] == [first["id"]]
    assert await listed(ann, eventTypes=["focusTime"]) == []
    edge = {"timeMin": "2027-03-23T10:30:00Z", "timeMax": "2027-03-25T10:00:00Z"}
    assert await listed(ann, **edge) == []
    assert await ann.refused(ann.api.events().list(**ME, orderBy="startTime")) == (400, "badRequest")
    swapped = ann.api.events().list(**ME, timeMin=edge["timeMax"], timeMax=edge["timeMin"])
    assert await ann.refused(swapped) == (400, "timeRangeEmpty")


async def test_an_event_that_changed_meanwhile_is_not_overwritten(ann: Google) -> None:
    made = await add(ann, meeting())
    place = {**ME, "eventId": made["id"]}
    newer = await ann.run(ann.api.events().patch(**place, body={"summary": "Newer"}))
    for request in (ann.api.events().patch(**place, body={"summary": "Older"}), ann.api.events().delete(**place)):
        request.headers["If-Match"] = made["etag"]
        assert await ann.refused(request) == (412, "conditionNotMet")
    unchanged = ann.api.events().get(**place)
    unchanged.headers["If-None-Match"] = newer["etag"]
    with pytest.raises(HttpError) as caught:
        await ann.run(unchanged)
    assert caught.value.resp.status == 304
    right = ann.api.events().patch(**place, body={"summary": "Newest"})
    right.headers["If-Match"] = newer["etag"]
    assert (await ann.run(right))["summary"] == "Newest"


async def test_guests_have_the_event_too_and_answer_it(ann: Google, ben: Google, ws: Running) -> None:
    body = meeting(attendees=[{"email": BEN}, {"email": "zoe@example.org"}], extendedProperties={"private": {"a": "b"}})
    made = await add(ann, body, sendUpdates="all")
    place = {**ME, "eventId": made["id"]}
    theirs = await ben.run(ben.api.events().get(**place))
    assert theirs["iCalUID"] == made["iCalUID"]
    assert (theirs["organizer"], "extendedProperties" in theirs) == ({"email": ANN}, False)
    mine = [{**one, "responseStatus": "accepted"} if one.get("self") else one for one in theirs["attendees"]]
    fields = ("email", "responseStatus")
    answer = {"attendees": [{name: one[name] for name in fields} for one in mine]}
    await ben.run(ben.api.events().patch(**place, body=answer))
    seen = await ann.run(ann.api.events().get(**place))
    assert [one["responseStatus"] for one in seen["attendees"]] == ["accepted", "needsAction"]
    forbidden = ben.api.events().patch(**place, body={"summary": "Mine now"})
    assert await ben.refused(forbidden) == (403, "forbiddenForNonOrganizer")
    await ben.run(ben.api.events().delete(**place))
    declined = await ann.run(ann.api.events().get(**place))
    assert [one["responseStatus"] for one in declined["attendees"]] == ["declined", "needsAction"]
    await ann.run(ann.api.events().delete(**place, sendUpdates="externalOnly"))
    assert [(mail.subject, mail.envelope_to) for mail in ws.mail.mails] == [
        ("Invitation: Call", (BEN, "zoe@example.org")),
        ("Cancelled event: Call", ("zoe@example.org",)),
    ]


async def test_others_see_only_when_somebody_is_busy(ann: Google, ben: Google) -> None:
    await add(ben, meeting(summary="Secret", description="plan"))
    (seen,) = await listed(ann, calendarId=BEN)
    assert (seen["visibility"], "summary" in seen, "description" in seen) == ("private", False, False)
    insert = ann.api.events().insert(calendarId=BEN, body=meeting())
    assert await ann.refused(insert) == (403, "requiredAccessLevel")
    assert await ann.refused(ann.api.events().list(calendarId="eve@elsewhere.example")) == (404, "notFound")


async def test_a_meeting_room_on_the_net_is_made_once(ann: Google) -> None:
    asked = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    ignored = await add(ann, meeting(conferenceData=asked))
    assert "conferenceData" not in ignored
    made = await add(ann, meeting(conferenceData=asked), conferenceDataVersion=1)
    assert made["hangoutLink"] == made["conferenceData"]["entryPoints"][0]["uri"]
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    again = ann.api.events().patch(**ME, eventId=made["id"], conferenceDataVersion=1, body={"conferenceData": asked})
    assert (await ann.run(again))["hangoutLink"] == made["hangoutLink"]
    other = {"createRequest": {"requestId": "r2", "conferenceSolutionKey": {"type": "carrierPigeon"}}}
    wrong = ann.api.events().insert(**ME, conferenceDataVersion=1, body=meeting(conferenceData=other))
    assert await ann.refused(wrong) == (400, "invalid")


async def test_ids_and_etags_are_the_same_in_each_run() -> None:
    made = []
    for _ in range(2):
        options = Options(seed=SEED, clock=lambda: NOW, vendors={"calendar": 0})
        async with running(options) as ws, google(ws, "calendar", ANN) as client:
            event = await add(client, meeting())
            made.append((event["id"], event["etag"], event["updated"]))
    assert made[0] == made[1]


async def test_a_scope_that_does_not_cover_it_is_not_enough(ws: Running) -> None:
    async with google(ws, "calendar", ANN, f"{CALENDAR}.events.readonly") as client:
        assert (await client.run(client.api.events().list(**ME)))["items"] == []
        insert = client.api.events().insert(**ME, body=meeting())
        assert await client.refused(insert) == (403, "insufficientPermissions")
