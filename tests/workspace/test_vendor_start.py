"""How vendors are started and what is there from the start: the command line and the seed."""

import asyncio
import re
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from tests.workspace.google_client import google
from workspace.faults import MAIL_KINDS, MODEL_KINDS, VENDOR_KINDS
from workspace.options import SAMPLE, Options
from workspace.seed import SeedError
from workspace.server import running
from workspace.vendors.served import PORTS

ROBIN, DANA = "robin.hale@larkfield.example", "dana.okafor@larkfield.example"
NOW = datetime(2027, 3, 22, 8, tzinfo=UTC)  # a Monday
TEAM = "people: [{real_name: Ann Archer, email: ann@example.com, tz: Europe/London}]\napps: [{name: App}]\n"


async def test_the_sample_company_has_its_calendars() -> None:
    options = Options(seed=SAMPLE, clock=lambda: NOW, vendors={"calendar": 0})
    async with running(options) as ws, google(ws, "calendar", ROBIN) as robin:
        window = {"timeMin": "2027-03-22T00:00:00Z", "timeMax": "2027-03-24T00:00:00Z"}
        listing = robin.api.events().list(calendarId="primary", singleEvents=True, orderBy="startTime", **window)
        found = (await robin.run(listing))["items"]
        assert [(one["summary"], one["start"]["dateTime"]) for one in found] == [
            ("Lunch", "2027-03-22T12:30:00Z"),
            ("Pipeline review", "2027-03-23T09:30:00Z"),
            ("Lunch", "2027-03-23T12:30:00Z"),
        ]
        body = {**window, "items": [{"id": "sales@larkfield.example"}]}
        busy = (await robin.run(robin.api.freebusy().query(body=body)))["calendars"]
        assert busy[DANA]["busy"] == [{"start": "2027-03-23T09:30:00Z", "end": "2027-03-23T10:15:00Z"}]
        assert ws.mail.mails == []


@pytest.mark.parametrize(
    ("google_part", "place"),
    [
        ("{events: [{calendar: Bob, start: today}]}", r"google\.events\[0\]\.calendar"),
        ("{events: [{calendar: ann.archer, start: some day}]}", r"google\.events\[0\]\.start"),
        ("{events: [{calendar: ann.archer, start: today, transparency: 5}]}", "transparency"),
        ("{calendars: [{owner: ann.archer}]}", r"google\.calendars\[0\]\.id"),
        ("{calendars: [{id: team, owner: Bob}]}", r"google\.calendars\[0\]\.owner"),
        ("{calendars: [{id: team, owner: ann.archer, shared: {ann.archer: king}}]}", "king"),
        ("{groups: {all@example.com: [Bob]}}", r"google\.groups\.all@example\.com"),
    ],
)
async def test_a_mistake_in_the_seed_is_named(tmp_path: Path, google_part: str, place: str) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text(f"{TEAM}google: {google_part}\n")
    with pytest.raises(SeedError, match=place):
        async with running(Options(seed=seed)):
            pass


async def test_a_shared_calendar_is_seen_and_written_as_its_owner_allows(tmp_path: Path) -> None:
    people = "people: [{real_name: Ann, email: ann@a.example}, {real_name: Ben, email: ben@b.example}]\n"
    calendar = "{id: team@a.example, summary: Team, owner: Ann, shared: {Ben: reader}}"
    event = "{calendar: team@a.example, summary: Fair, start: today 10:00}"
    seed = tmp_path / "seed.yaml"
    seed.write_text(f"{people}apps: [{{name: App}}]\ngoogle: {{calendars: [{calendar}], events: [{event}]}}\n")
    options = Options(seed=seed, clock=lambda: NOW, vendors={"calendar": 0})
    async with running(options) as ws, google(ws, "calendar", "ben@b.example") as ben:
        entries = (await ben.run(ben.api.calendarList().list()))["items"]
        assert [(one["id"], one["accessRole"]) for one in entries] == [
            ("ben@b.example", "owner"),
            ("team@a.example", "reader"),
        ]
        writable = await ben.run(ben.api.calendarList().list(minAccessRole="writer"))
        assert [one["id"] for one in writable["items"]] == ["ben@b.example"]
        (seen,) = (await ben.run(ben.api.events().list(calendarId="team@a.example")))["items"]
        assert (seen["summary"], seen["organizer"]["displayName"]) == ("Fair", "Team")
        delete = ben.api.events().delete(calendarId="team@a.example", eventId=seen["id"])
        assert await ben.refused(delete) == (403, "requiredAccessLevel")


async def test_a_client_of_the_seed_is_held_to_its_addresses(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    client = "{id: my-app, secret: s3cret, redirect_urls: [https://app.example/back]}"
    seed.write_text(f"{TEAM}google: {{client: {client}}}\n")
    async with running(Options(seed=seed, vendors={"google": 0})) as ws, aiohttp.ClientSession() as session:
        told = ws.vendors.environment()
        assert (told["GOOGLE_CLIENT_ID"], told["GOOGLE_CLIENT_SECRET"]) == ("my-app", "s3cret")
        asked = {"client_id": "my-app", "response_type": "code", "scope": "openid"}
        for address, status in (("https://app.example/back", 200), ("http://127.0.0.1:1/back", 400)):
            page = session.get(told["GOOGLE_AUTH_URL"], params={**asked, "redirect_uri": address})
            async with page as answer:
                assert answer.status == status


async def test_a_vendor_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="fax: vendors are google"):
        async with running(Options(seed=SAMPLE, vendors={"fax": 0})):
            pass


async def test_the_document_names_what_there_is() -> None:
    text = (Path(__file__).parents[2] / "workspace/docs/vendors.md").read_text()
    async with running(Options(seed=SAMPLE, vendors=dict.fromkeys(PORTS, 0))) as ws:
        names = {*ws.vendors.environment(), *VENDOR_KINDS, *MODEL_KINDS, *MAIL_KINDS, *map(str, PORTS.values())}
        calendar = {one.id.removeprefix("calendar.") for one in ws.vendors.calendar.operations()}
        gmail = {one.id.removeprefix("gmail.users.") for one in ws.vendors.gmail.operations()}
    assert {name for name in (*names, *ws.vendors.names) if name not in text} == set()
    short = text.replace("`, `.", "` `.")
    for operation in (*calendar, *gmail):
        group, _, verb = operation.rpartition(".")
        assert f"`{operation}`" in short or f"`.{verb}`" in short or f"`{group}.*`" in short, operation


async def test_the_command_line_serves_them_and_prints_where() -> None:
    command = ["-m", "workspace", "--port", "0", "--smtp-port", "0", "--with", "gmail=0,model=0,google=0"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    told = (await process.stdout.readuntil(b"SLACK_SIGNING_SECRET")).decode()
    addresses = dict(re.findall(r"^(\w+)=(\S+)$", told, re.MULTILINE))
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{addresses['GOOGLE_GMAIL_URL']}gmail/v1/users/me/profile") as answer:
            assert answer.status == 401
        async with session.get(addresses["GOOGLE_AUTH_URL"]) as answer:
            assert "invalid_client" in await answer.text()
        async with session.get(f"{addresses['ANTHROPIC_BASE_URL']}/v1/nothing") as answer:
            assert answer.status == 400
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


@pytest.mark.parametrize("wanted", ["fax", "gmail=x", "gmail;model"])
async def test_a_vendor_nobody_knows_is_refused_by_the_command_line(wanted: str) -> None:
    command = ["-m", "workspace", "--with", wanted]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=Path(__file__).parents[2], stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert (process.returncode, b"expected google or calendar" in said) == (2, True)
