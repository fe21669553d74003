"""Google's own auth library and a browser's steps through the local consent page."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from google.auth.exceptions import RefreshError

from tests.workspace.conftest import SEED
from tests.workspace.google_client import CALENDAR, google
from workspace.options import Options
from workspace.server import Running, running

ANN = "ann@example.com"
BACK = "http://127.0.0.1:9/back?x=1"
VERIFIER = "v" * 50
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, vendors={"calendar": 0})) as workspace:
        yield workspace


@pytest.fixture
async def browser(ws: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(ws.vendors.google.url) as session:
        yield session


def asked(**more: str) -> dict[str, str]:
    return {
        "client_id": "workspace.apps.googleusercontent.com",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": f"openid email {CALENDAR}",
        "state": "s1",
        "access_type": "offline",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }


async def press(browser: aiohttp.ClientSession, email: str, **more: str) -> dict[str, str]:
    """What the app is sent when this account is chosen on the page."""
    posted = browser.post("/o/oauth2/v2/auth", params=asked(**more), data={"email": email}, allow_redirects=False)
    async with posted as answer:
        assert answer.status == 302
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


async def token(browser: aiohttp.ClientSession, **form: str) -> tuple[int, dict[str, Any]]:
    client = {"client_id": "workspace.apps.googleusercontent.com", "client_secret": "GOCSPX-workspace"}
    async with browser.post("/token", data={**client, **form}) as answer:
        return answer.status, await answer.json()


async def redeem(browser: aiohttp.ClientSession, code: str, **more: str) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return await token(browser, **{**form, **more})


async def test_a_person_lets_the_app_in(ws: Running, browser: aiohttp.ClientSession) -> None:
    async with browser.get("/o/oauth2/v2/auth", params=asked()) as page:
        shown = await page.text()
    assert (ANN in shown, CALENDAR in shown) == (True, True)
    back = await press(browser, ANN)
    assert (back["x"], back["state"]) == ("1", "s1")
    status, tokens = await redeem(browser, back["code"])
    assert (status, tokens["token_type"], tokens["expires_in"]) == (200, "Bearer", 3599)
    assert tokens["id_token"].count(".") == 2
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    async with browser.get("/v1/userinfo", headers=headers) as answer:
        assert (await answer.json())["email"] == ANN
    place = f"{ws.vendors.calendar.url}/calendar/v3/calendars/primary/events"
    async with browser.get(place, headers=headers) as answer:
        assert answer.status == 200
    logged = str([entry.to_json() for entry in ws.log.entries])
    assert not any(secret in logged for secret in (tokens["access_token"], tokens["refresh_token"], back["code"]))


async def test_cancelling_is_told_to_the_app(browser: aiohttp.ClientSession) -> None:
    assert await press(browser, "") == {"x": "1", "state": "s1", "error": "access_denied"}


async def test_a_known_person_needs_no_page(browser: aiohttp.ClientSession) -> None:
    for hint, key in ((ANN, "code"), ("nobody@example.com", "error")):
        params = asked(prompt="none", login_hint=hint)
        async with browser.get("/o/oauth2/v2/auth", params=params, allow_redirects=False) as answer:
            assert key in dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"redirect_uri": "https://evil.example/"}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": ""}, "scope"),
    ],
)
async def test_requests_that_are_never_sent_back(
    browser: aiohttp.ClientSession, change: dict[str, str], problem: str
) -> None:
    async with browser.get("/o/oauth2/v2/auth", params=asked(**change), allow_redirects=False) as answer:
        assert (answer.status, problem in await answer.text()) == (400, True)


async def test_a_code_works_once_and_only_for_who_asked(browser: aiohttp.ClientSession) -> None:
    for change, error in (
        ({"code_verifier": "w" * 50}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:9/other"}, "redirect_uri_mismatch"),
        ({"client_secret": "wrong"}, "invalid_client"),
    ):
        code = (await press(browser, ANN))["code"]
        status, said = await redeem(browser, code, **change)
        assert (status, said["error"]) == (401 if error == "invalid_client" else 400, error)
    code = (await press(browser, ANN))["code"]
    assert (await redeem(browser, code))[0] == 200
    assert (await redeem(browser, code))[1]["error"] == "invalid_grant"


async def test_a_code_runs_out(ws: Running, browser: aiohttp.ClientSession) -> None:
    code = (await press(browser, ANN))["code"]
    ws.move_clock(timedelta(minutes=10))
    assert (await redeem(browser, code))[1]["error"] == "invalid_grant"


async def test_without_offline_access_there_is_no_refresh_token(browser: aiohttp.ClientSession) -> None:
    code = (await press(browser, ANN, access_type="online"))["code"]
    assert "refresh_token" not in (await redeem(browser, code))[1]


async def test_googles_client_refreshes_an_access_token_that_ran_out(ws: Running) -> None:
    async with google(ws, "calendar", ANN) as client:
        old = client.credentials.token
        ws.move_clock(timedelta(hours=1))
        assert (await client.run(client.api.events().list(calendarId="primary")))["items"] == []
        assert client.credentials.token != old
        statuses = [entry.fields["status"] for entry in ws.log.entries if entry.kind == "vendor"]
        assert statuses == [401, 200, 200]


@pytest.mark.parametrize("which", ["token", "refresh_token"])
async def test_a_revoked_grant_is_over(ws: Running, browser: aiohttp.ClientSession, which: str) -> None:
    async with google(ws, "calendar", ANN) as client:
        await client.run(client.api.calendarList().list())
        for status in (200, 400):
            async with browser.post("/revoke", data={"token": getattr(client.credentials, which)}) as answer:
                assert answer.status == status
        with pytest.raises(RefreshError, match="invalid_grant"):
            await client.run(client.api.calendarList().list())


async def test_the_addresses_are_told(ws: Running, browser: aiohttp.ClientSession) -> None:
    async with browser.get("/.well-known/openid-configuration") as answer:
        told = await answer.json()
    environment = ws.vendors.environment()
    assert told["token_endpoint"] == environment["GOOGLE_TOKEN_URL"]
    assert told["authorization_endpoint"] == environment["GOOGLE_AUTH_URL"]
    assert environment["GOOGLE_CALENDAR_URL"].endswith("/calendar/v3/")
    assert not any("GMAIL" in name or "ANTHROPIC" in name for name in environment)
