"""A proxy that the environment names is for the world outside: what stands on this machine is reached without it."""

import pytest

from gateways.model.engine import make_model
from gateways.reach import is_direct
from sequences.ports.model import Prompt
from sequences.records.insight import CallKind, CallType
from workspace.vendors.model import KEY, ModelServer, claude, gemini

GOOD = '{"kind": "demo", "confidence": 0.9}'
PROMPT = Prompt(instructions="Be exact.", material="[0] Ann: hello", task="Classify the call.", version="1")


@pytest.fixture(autouse=True)
def _proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("url", "direct"),
    [
        ("http://127.0.0.1:8065/api/", True),
        ("http://127.1.2.3/", True),
        ("http://[::1]:8065/", True),
        ("http://localhost:8065/", True),
        ("http://localhost.example:8065/", False),
        ("https://slack.com/api/", False),
        ("http://10.0.0.5/", False),
        ("", False),
    ],
)
def test_this_machine_is_reached_directly(url: str, direct: bool) -> None:
    assert is_direct(url) is direct


def test_what_no_proxy_lists_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "slack.test,.inside.test")
    assert is_direct("http://slack.test:8065/api/")
    assert is_direct("http://a.inside.test/")
    assert not is_direct("https://slack.com/api/")


@pytest.mark.parametrize("vendor", ["anthropic", "google"])
async def test_a_model_on_this_machine_is_asked_without_the_proxy(model_server: ModelServer, vendor: str) -> None:
    environ = {
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_BASE_URL": model_server.url,
        "GEMINI_API_KEY": KEY,
        "GOOGLE_GEMINI_BASE_URL": model_server.url,
    }
    model_server.play(claude(GOOD) if vendor == "anthropic" else gemini(GOOD))
    made = make_model({"anthropic": "anthropic:claude-haiku-5-5", "google": "google:gemini-3.5-flash"}[vendor], environ)
    assert made is not None
    answer = await made.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.output.kind is CallKind.DEMO
    await made.aclose()
