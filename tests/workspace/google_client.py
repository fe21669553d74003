"""Google's real client on the local servers, with its own contract looking at everything that travels."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from google.api_core.client_options import ClientOptions
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp  # type: ignore[import-untyped]
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from httplib2 import Http  # type: ignore[import-untyped]

from tests.workspace.discovery import Contract
from workspace.server import Running

CALENDAR = "https://www.googleapis.com/auth/calendar"
MAIL = "https://mail.google.com/"
CONTRACTS = {"calendar": "calendar.v3", "gmail": "gmail.v1"}


class JudgedHttp(Http):  # type: ignore[misc]
    """Compares each request and each answer with the discovery document; anything else than the API passes."""

    def __init__(self, contract: Contract, root: str) -> None:
        super().__init__(proxy_info=None)
        self._contract = contract
        self._root = root

    def request(self, uri: str, method: str = "GET", body: Any = None, **more: Any) -> Any:
        if not uri.startswith(self._root):
            return super().request(uri, method, body, **more)
        operation = self._contract.check_request(method, uri, body)
        response, content = super().request(uri, method, body, **more)
        self._contract.check_answer(operation, int(response.status), content)
        return response, content


class Google:
    """One person's view of one API. ``api`` is the client's service; ``run`` executes what it builds, in a thread."""

    def __init__(self, ws: Running, api: str, email: str, scope: str) -> None:
        grant = ws.vendors.accounts.grant(email, {scope})
        self.credentials = Credentials(  # type: ignore[no-untyped-call]
            token=ws.vendors.accounts.access_token(grant),
            refresh_token=grant.refresh_token,
            token_uri=f"{ws.vendors.google.url}/token",
            client_id=ws.vendors.accounts.client.id,
            client_secret=ws.vendors.accounts.client.secret,
        )
        self.grant = grant
        self.contract = Contract(CONTRACTS[api])
        root = (ws.vendors.calendar if api == "calendar" else ws.vendors.gmail).url
        endpoint = f"{root}/calendar/v3/" if api == "calendar" else f"{root}/"
        self._http = AuthorizedHttp(self.credentials, http=JudgedHttp(self.contract, root))
        name, version = CONTRACTS[api].split(".")
        options = ClientOptions(api_endpoint=endpoint)
        self.api: Any = build(name, version, http=self._http, static_discovery=True, client_options=options)

    async def run(self, request: Any, *, num_retries: int = 0) -> Any:
        return await asyncio.to_thread(request.execute, num_retries=num_retries)

    async def refused(self, request: Any) -> tuple[int, str]:
        """Status and reason of a refusal; fails when there is none."""
        try:
            answer = await self.run(request)
        except HttpError as error:
            return int(error.resp.status), str(error.error_details[0]["reason"])
        raise AssertionError(f"not refused: {answer}")

    def close(self) -> None:
        self.api.close()


@asynccontextmanager
async def google(ws: Running, api: str, email: str, scope: str | None = None) -> AsyncIterator[Google]:
    client = Google(ws, api, email, scope or (CALENDAR if api == "calendar" else MAIL))
    try:
        yield client
    finally:
        client.close()
