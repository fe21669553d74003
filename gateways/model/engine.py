"""From the setting ``SIXTY_MODEL`` to a model that can be asked."""

import os
from collections.abc import Mapping

import anthropic
import httpx2
from google import genai
from google.genai import types

from gateways.model.anthropic import AnthropicModel
from gateways.model.google import GoogleModel
from sequences.ports.model import ModelError

VendorModel = AnthropicModel | GoogleModel

# For one request; how long a whole conversation may take is the models' own, shorter limit.
_TIMEOUT_S = 60.0


def make_model(name: str, environ: Mapping[str, str] = os.environ) -> VendorModel | None:
    """``offline`` is None; ``anthropic:MODEL`` and ``google:MODEL`` read the SDKs' own variables from ``environ``.

    Raises ModelError of kind ``misconfigured`` that names the missing variable and where to get its value.
    """
    engine, _, model = name.partition(":")
    if name == "offline":
        return None
    if engine == "anthropic" and model:
        return AnthropicModel(_anthropic_client(environ), model)
    if engine == "google" and model:
        return _google_model(environ, model)
    raise ModelError(
        f"SIXTY_MODEL is {name!r}, but must be offline, anthropic:MODEL or google:MODEL", kind="misconfigured"
    )


async def check(model: VendorModel) -> None:
    """Raise ModelError unless the vendor is reachable and accepts key and model; spends nothing."""
    await model.check()


def _anthropic_client(environ: Mapping[str, str]) -> anthropic.AsyncAnthropic:
    key = _require(environ, "ANTHROPIC_API_KEY", where="platform.claude.com → API keys")
    return anthropic.AsyncAnthropic(
        api_key=key, base_url=environ.get("ANTHROPIC_BASE_URL") or None, max_retries=0, timeout=_TIMEOUT_S
    )


def _google_model(environ: Mapping[str, str], model: str) -> GoogleModel:
    key = _require(environ, "GOOGLE_API_KEY", "GEMINI_API_KEY", where="aistudio.google.com → Get API key")
    # Named, because the SDK would otherwise pick whichever HTTP library it finds, and each raises errors of its own.
    http = httpx2.AsyncClient()
    options = types.HttpOptions(
        base_url=environ.get("GOOGLE_GEMINI_BASE_URL") or None,
        timeout=int(_TIMEOUT_S * 1000),
        httpx_async_client=http,
        retry_options=types.HttpRetryOptions(attempts=1),
    )
    return GoogleModel(genai.Client(api_key=key, vertexai=False, http_options=options), model, http=http)


def _require(environ: Mapping[str, str], *names: str, where: str) -> str:
    for name in names:
        if value := environ.get(name, "").strip():
            return value
    raise ModelError(f"{' or '.join(reversed(names))} is not set. Get a key at {where}.", kind="misconfigured")
