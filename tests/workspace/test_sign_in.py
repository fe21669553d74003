"""Sign in with Slack, judged by Slack's client and by another's cryptography."""

import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import OpenIDConnectAuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import SEED
from workspace.options import Options
from workspace.server import Running, running

# slack_sdk still uses it
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")

REDIRECT = "http://127.0.0.1:9/signed-in"
CLIENT = {"client_id": "1.2", "client_secret": "s3cret"}


@pytest.fixture
async def ws(tmp_path: Path) -> AsyncIterator[Running]:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0] |= {**CLIENT, "redirect_urls": [REDIRECT]}
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    async with running(Options(seed=path)) as workspace:
        yield workspace


async def code_of(ws: Running, scopes: list[str], answer: str = "allow") -> dict[str, list[str]]:
    """What arrives at the redirect address after Ann has answered."""
    generator = OpenIDConnectAuthorizeUrlGenerator(
        client_id="1.2",
        redirect_uri=REDIRECT,
        scopes=scopes,
        authorization_url=f"{ws.ws.base_url}/openid/connect/authorize",
    )
    url = generator.generate(state="st", nonce="once")
    async with aiohttp.ClientSession() as session:
        assert (await session.get(url)).status == 200
        form = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        agreed = await session.post(url, data={**form, "as": "U0ANN", "answer": answer}, allow_redirects=False)
        return parse_qs(urlsplit(agreed.headers["Location"]).query)


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def verified(ws: Running, token: str) -> dict[str, Any]:
    """The claims, when the signature is that of a published key."""
    async with aiohttp.ClientSession(ws.page_url) as session:
        found = await (await session.get("/.well-known/openid-configuration")).json()
        assert found["issuer"] == ws.ws.base_url
        keys = (await (await session.get(found["jwks_uri"])).json())["keys"]
    head, claims, signature = token.split(".")
    key = next(key for key in keys if key["kid"] == json.loads(decoded(head))["kid"])
    n, e = (int.from_bytes(decoded(key[name])) for name in ("n", "e"))
    public = RSAPublicNumbers(e, n).public_key()
    public.verify(decoded(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())
    with pytest.raises(InvalidSignature):
        public.verify(decoded(signature), f"{head}.{claims}x".encode(), PKCS1v15(), SHA256())
    assert public.key_size == 2048
    return dict(json.loads(decoded(claims)))


async def test_somebody_signs_in_and_the_token_says_who_it_is(ws: Running) -> None:
    answer = await code_of(ws, ["openid", "email", "profile"])
    assert answer["state"] == ["st"]
    client = AsyncWebClient(base_url=ws.api_url)
    asked = {**CLIENT, "code": answer["code"][0], "redirect_uri": REDIRECT}
    granted = await client.openid_connect_token(**asked)
    claims = await verified(ws, granted["id_token"])
    assert (claims["sub"], claims["aud"], claims["nonce"]) == ("U0ANN", "1.2", "once")
    assert claims["exp"] - claims["iat"] == 300
    assert decoded(claims["at_hash"]) == sha256(granted["access_token"].encode()).digest()[:16]
    assert claims["https://slack.com/team_id"] == "T0TEST"
    info = await AsyncWebClient(token=granted["access_token"], base_url=ws.api_url).openid_connect_userInfo()
    known = ("sub", "email", "name", "given_name", "https://slack.com/user_id", "https://slack.com/team_domain")
    assert [info[name] for name in known] == ["U0ANN", "ann@example.com", "Ann Archer", "Ann", "U0ANN", "test-team"]
    with pytest.raises(SlackApiError, match="code_already_used"):
        await client.openid_connect_token(**asked)


async def test_only_what_was_granted_is_told(ws: Running) -> None:
    answer = await code_of(ws, ["openid"])
    granted = await AsyncWebClient(base_url=ws.api_url).openid_connect_token(**CLIENT, code=answer["code"][0])
    claims = await verified(ws, granted["id_token"])
    assert not {"email", "name", "picture"} & claims.keys()
    client = AsyncWebClient(token=granted["access_token"], base_url=ws.api_url)
    assert "email" not in (await client.openid_connect_userInfo()).data
    with pytest.raises(SlackApiError, match="invalid_auth"):  # it opens nothing else
        await client.users_list()


async def test_a_code_to_sign_in_installs_nothing_and_the_other_way_round(ws: Running) -> None:
    client = AsyncWebClient(base_url=ws.api_url)
    code = (await code_of(ws, ["openid"]))["code"][0]
    with pytest.raises(SlackApiError, match="invalid_code"):
        await client.oauth_v2_access(**CLIENT, code=code)
    async with aiohttp.ClientSession(ws.page_url) as session:
        form = {"client_id": "1.2", "scope": "chat:write", "redirect_uri": REDIRECT, "as": "U0ANN", "answer": "allow"}
        agreed = await session.post("/oauth/v2/authorize", data=form, allow_redirects=False)
    install = parse_qs(urlsplit(agreed.headers["Location"]).query)["code"][0]
    with pytest.raises(SlackApiError, match="invalid_code"):
        await client.openid_connect_token(**CLIENT, code=install)


async def test_refusals_are_slacks(ws: Running) -> None:
    assert (await code_of(ws, ["openid"], answer="cancel"))["error"] == ["access_denied"]
    client = AsyncWebClient(base_url=ws.api_url)
    code = (await code_of(ws, ["openid"]))["code"][0]
    for changed, error in (
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"code": "guess"}, "invalid_code"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"redirect_uri": "https://evil.example"}, "bad_redirect_uri"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.openid_connect_token(**{**CLIENT, "code": code, **changed})
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await AsyncWebClient(token=ws.bot_token, base_url=ws.api_url).openid_connect_userInfo()
    async with aiohttp.ClientSession(ws.page_url) as session:
        query = {"client_id": "1.2", "redirect_uri": REDIRECT, "response_type": "code"}
        for wrong in (
            {"scope": "email"},
            {"scope": "openid chat:write"},
            {"scope": "openid", "response_type": "token"},
        ):
            asked = await session.get("/openid/connect/authorize", params={**query, **wrong})
            assert asked.status == 400
