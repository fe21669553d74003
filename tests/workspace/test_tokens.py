"""Installing with OAuth: who agrees to what, tokens that rotate, PKCE, and the end of an installation."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.seeds import changed_seed
from tests.workspace.test_channels import heard, refused
from workspace.options import Options
from workspace.server import Running, running

REDIRECT = "http://127.0.0.1:9/back"
CLIENT = {"client_id": "1.2", "client_secret": "s3cret"}
VERIFIER = "a-verifier-that-is-long-enough-to-be-taken-seriously"
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()

# slack_sdk still uses it
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")


@asynccontextmanager
async def installable(directory: Path, **app: Any) -> AsyncIterator[tuple[Running, AsyncWebClient]]:
    clock = app.pop("clock", None)
    seed = changed_seed(directory, **CLIENT, redirect_urls=[REDIRECT], **app)
    options = Options(seed=seed) if clock is None else Options(seed=seed, clock=clock)
    async with running(options) as ws:
        yield ws, AsyncWebClient(base_url=ws.api_url)


async def agreed(ws: Running, **asked: str) -> str:
    """The code that comes back after Ann has allowed it."""
    query = {"client_id": "1.2", "redirect_uri": REDIRECT, "scope": "chat:write", "state": "s", **asked}
    async with aiohttp.ClientSession() as session:
        address = f"{ws.ws.base_url}/oauth/v2/authorize"
        assert (await session.get(f"{address}?{urlencode(query)}")).status == 200
        form = {**query, "as": "U0ANN", "answer": "allow"}
        answer = await session.post(address, data=form, allow_redirects=False)
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


async def test_a_person_agrees_for_themselves_as_well(tmp_path: Path) -> None:
    async with installable(tmp_path) as (ws, client):
        answer = await client.oauth_v2_access(**CLIENT, code=await agreed(ws, user_scope="users:read"))
        own = answer["authed_user"]["access_token"]
        assert (answer["access_token"], own[:5]) == (ws.bot_token, "xoxp-")
        me = await AsyncWebClient(token=own, base_url=ws.api_url).auth_test()
        assert (me["user_id"], me.get("bot_id")) == ("U0ANN", None)
        elsewhere = AsyncWebClient(token=own, base_url=ws.api_url).chat_postMessage(channel="C0GEN", text="x")
        assert await refused(elsewhere) == "not_allowed_token_type"
        only_own = await client.oauth_v2_access(**CLIENT, code=await agreed(ws, scope="", user_scope="users:read"))
        assert "access_token" not in only_own.data
        assert await refused(client.oauth_v2_access(**CLIENT, code=await agreed(ws, scope=""))) == "no_scopes"
        assert await refused(client.oauth_v2_access(**CLIENT, code="x", grant_type="password")) == "invalid_grant_type"


async def test_slacks_own_rotator_renews_tokens(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    async with installable(tmp_path, token_rotation=True, clock=lambda: now) as (ws, client):
        first = await client.oauth_v2_access(**CLIENT, code=await agreed(ws, user_scope="users:read"))
        assert first["access_token"].startswith("xoxe.xoxb-1-")
        assert (first["expires_in"], first["refresh_token"][:7]) == (43_200, "xoxe-1-")
        own = first["authed_user"]
        installation = Installation(
            app_id=first["app_id"],
            team_id=first["team"]["id"],
            user_id=own["id"],
            bot_token=first["access_token"],
            bot_id=ws.app.bot_id,
            bot_user_id=first["bot_user_id"],
            bot_refresh_token=first["refresh_token"],
            bot_token_expires_in=first["expires_in"],
            user_token=own["access_token"],
            user_refresh_token=own["refresh_token"],
            user_token_expires_in=own["expires_in"],
        )
        rotator = AsyncTokenRotator(**CLIENT, client=client)
        renewed = await rotator.perform_token_rotation(installation=installation, minutes_before_expiration=13 * 60)
        assert renewed is not None
        assert renewed.bot_token != first["access_token"]
        assert renewed.user_token != own["access_token"]
        old = AsyncWebClient(token=first["access_token"], base_url=ws.api_url)
        assert (await old.auth_test())["ok"]  # until its time is up
        assert (
            await refused(
                client.oauth_v2_access(**CLIENT, grant_type="refresh_token", refresh_token=first["refresh_token"])
            )
            == "invalid_refresh_token"
        )
        now += timedelta(hours=12)
        assert await refused(old.auth_test()) == "token_expired"


async def test_a_token_that_lasts_is_exchanged_once(tmp_path: Path) -> None:
    async with installable(tmp_path, token_rotation=True) as (ws, client):
        fresh = await client.oauth_v2_exchange(**CLIENT, token=ws.bot_token)
        again = client.oauth_v2_exchange(**CLIENT, token=ws.bot_token)
        assert await refused(again) == "token_already_exchanged"
        assert (await AsyncWebClient(token=fresh["access_token"], base_url=ws.api_url).auth_test())["ok"]
        assert await refused(client.oauth_v2_exchange(**CLIENT, token="xoxb-no")) == "invalid_token"


async def test_nothing_rotates_unless_it_is_switched_on(tmp_path: Path) -> None:
    async with installable(tmp_path) as (ws, client):
        exchanged = client.oauth_v2_exchange(**CLIENT, token=ws.bot_token)
        assert await refused(exchanged) == "token_rotation_not_enabled"


async def test_a_public_client_proves_itself_by_what_it_kept(tmp_path: Path) -> None:
    public = {"client_id": "1.2"}
    challenge = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    async with installable(tmp_path, pkce=True) as (ws, client):

        async def access(code: str, **given: str) -> Any:
            return await client.api_call("oauth.v2.access", params={**public, "code": code, **given})

        code = await agreed(ws, **challenge)
        assert await refused(access(code, code_verifier="guessed")) == "invalid_code"
        assert await refused(access(code)) == "bad_client_secret"
        assert await refused(access(code, client_secret="s3cret")) == "invalid_code"  # the secret does not replace it
        assert (await access(code, code_verifier=VERIFIER))["access_token"] == ws.bot_token
        plain = await agreed(ws)
        assert await refused(access(plain, code_verifier=VERIFIER)) == "invalid_code"


async def test_only_the_safe_way_of_hashing_is_taken(tmp_path: Path) -> None:
    async with installable(tmp_path, pkce=True) as (ws, _), aiohttp.ClientSession() as session:
        query = urlencode({"client_id": "1.2", "code_challenge": VERIFIER, "code_challenge_method": "plain"})
        answer = await session.get(f"{ws.ws.base_url}/oauth/v2/authorize?{query}")
        assert (answer.status, await answer.text()) == (400, "invalid_code_challenge_method")


async def test_without_the_setting_a_verifier_does_not_replace_the_secret(tmp_path: Path) -> None:
    async with installable(tmp_path) as (ws, client):
        code = await agreed(ws, code_challenge=CHALLENGE, code_challenge_method="S256")
        given = {"client_id": "1.2", "code": code, "code_verifier": VERIFIER}
        assert await refused(client.api_call("oauth.v2.access", params=given)) == "bad_client_secret"


async def test_a_revoked_token_ends_the_installation(tmp_path: Path) -> None:
    async with installable(tmp_path) as (ws, client):
        bot = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        assert (await bot.auth_revoke(test=True))["revoked"] is False
        assert (await bot.auth_revoke())["revoked"] is True
        told = await heard(ws, "tokens_revoked", "app_uninstalled")
        assert [event["type"] for event in told] == ["tokens_revoked", "app_uninstalled"]
        assert told[0]["tokens"] == {"oauth": [], "bot": [ws.app.bot_user_id]}
        assert await refused(bot.auth_test()) == "token_revoked"
        before = len(ws.log.envelopes("events_api"))
        await ws.person("ann").say("anybody?")
        assert len(ws.log.envelopes("events_api")) == before
        await client.oauth_v2_access(**CLIENT, code=await agreed(ws))
        assert (await bot.auth_test())["ok"]


async def test_an_app_uninstalls_itself(tmp_path: Path) -> None:
    async with installable(tmp_path) as (ws, client):
        answer = await client.oauth_v2_access(**CLIENT, code=await agreed(ws, user_scope="users:read"))
        bot = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        with pytest.raises(SlackApiError, match="bad_client_secret"):
            await bot.apps_uninstall(client_id="1.2", client_secret="wrong")
        await bot.apps_uninstall(**CLIENT)
        told = await heard(ws, "tokens_revoked", "app_uninstalled")
        assert told[0]["tokens"] == {"oauth": ["U0ANN"], "bot": [ws.app.bot_user_id]}
        own = AsyncWebClient(token=answer["authed_user"]["access_token"], base_url=ws.api_url)
        assert await refused(own.auth_test()) == "token_revoked"
