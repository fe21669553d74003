"""Transcripts are fetched from where a webhook says, within bounds, and never from where it must not lead."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import ResolveResult

from gateways.transcripts import HttpTranscriptSource
from sequences.ports.outside import TranscriptSource, TranscriptSourceError

SECRET = "X-Amz-Signature=s3cr3t"


class FileServer:
    """Answers by path: /status/404, /redirect/3 (that many hops), /to?<address>, /bytes/1000, /hang, /drop."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self._stopping = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.raw_path)
        what, _, value = request.path.strip("/").partition("/")
        match what:
            case "status":
                return web.Response(status=int(value), text="no")
            case "redirect":
                onward = f"/redirect/{int(value) - 1}" if int(value) > 1 else "/file"
                return web.Response(status=302, headers={"Location": f"{onward}?{SECRET}"})
            case "to":
                return web.Response(status=307, headers={"Location": request.query_string})
            case "bytes":
                return web.Response(body=b"x" * int(value))
            case "hang":
                await self._stopping.wait()
            case "drop":
                assert request.transport is not None
                request.transport.close()
        return web.Response(body=b"WEBVTT\n")

    async def run(self) -> AsyncIterator["FileServer"]:
        app = web.Application()
        app.router.add_get("/{path:.*}", self.handle)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        self._stopping.set()
        await runner.cleanup()


@pytest.fixture
async def files() -> AsyncIterator[FileServer]:
    async for server in FileServer().run():
        yield server


async def failure(url: str, source: TranscriptSource | None = None) -> TranscriptSourceError:
    with pytest.raises(TranscriptSourceError) as caught:
        await (source or HttpTranscriptSource()).fetch(url)
    return caught.value


async def test_a_file_is_fetched_with_its_query(files: FileServer) -> None:
    assert await HttpTranscriptSource().fetch(f"{files.url}/file.vtt?{SECRET}&k=a%2Bb%20c") == b"WEBVTT\n"
    assert files.asked == [f"/file.vtt?{SECRET}&k=a%2Bb%20c"]


async def test_three_redirects_are_followed_and_a_fourth_is_not(files: FileServer) -> None:
    assert await HttpTranscriptSource().fetch(f"{files.url}/redirect/3") == b"WEBVTT\n"
    error = await failure(f"{files.url}/redirect/4")
    assert error.is_final
    assert "redirected" in str(error)


@pytest.mark.parametrize(
    ("status", "is_final"),
    [
        *((status, True) for status in (304, 400, 401, 403, 404, 410)),
        *((status, False) for status in (408, 425, 429, 500, 502, 503, 504)),
    ],
)
async def test_each_status_is_final_or_for_later(files: FileServer, status: int, is_final: bool) -> None:
    error = await failure(f"{files.url}/status/{status}?{SECRET}")
    assert error.is_final == is_final
    assert str(status) in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/file",
        "file:///etc/passwd",
        "data:text/plain,hi",
        "//127.0.0.1/file",
        "/file",
        "",
        "http://",
        "http://[::1",
        "http://user:password@127.0.0.1/file",
        "http://@127.0.0.1/file",
    ],
)
async def test_addresses_of_other_kinds_are_refused(url: str) -> None:
    assert (await failure(url)).is_final


FORBIDDEN = (
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.1.1/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://224.0.0.1/",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://0251.0376.0251.0376/",
)


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_addresses_where_clouds_keep_credentials_are_refused(url: str) -> None:
    assert (await failure(url)).is_final


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_neither_does_a_redirect_lead_there(files: FileServer, url: str) -> None:
    assert (await failure(f"{files.url}/to?{url}")).is_final


async def test_neither_does_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: object, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host="169.254.169.254", port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    error = await failure("http://innocent.test/file")
    assert error.is_final
    assert "169.254.169.254" in str(error)


async def test_what_is_too_large_is_not_read_to_the_end(files: FileServer) -> None:
    source = HttpTranscriptSource(max_bytes=1_000)
    assert len(await source.fetch(f"{files.url}/bytes/1000")) == 1_000
    assert (await failure(f"{files.url}/bytes/1001", source)).is_final


async def test_a_server_that_does_not_answer_is_for_later(files: FileServer) -> None:
    error = await failure(f"{files.url}/hang?{SECRET}", HttpTranscriptSource(timeout_s=0.05))
    assert not error.is_final
    assert "0.05 seconds" in str(error)


async def test_a_dropped_connection_and_a_closed_port_are_for_later(files: FileServer) -> None:
    assert not (await failure(f"{files.url}/drop")).is_final
    assert not (await failure("http://127.0.0.1:1/file")).is_final


@pytest.mark.parametrize("path", ["status/404", "status/500", "drop", "redirect/4", "to?ftp://x/y"])
async def test_the_query_reaches_neither_message_nor_log(
    files: FileServer, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = await failure(f"{files.url}/{path}{'&' if '?' in path else '?'}{SECRET}")
    shown = [str(error), repr(error.__cause__), *(record.getMessage() for record in caplog.records)]
    # The stand-in server's own access log is the other side's.
    assert not any("s3cr3t" in line for line in shown if "GET /" not in line)
    assert error.__suppress_context__ or error.__context__ is None
