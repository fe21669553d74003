"""The setting SIXTY_MODEL becomes a model, or an error that says what to do."""

import pytest

from gateways.model.anthropic import AnthropicModel
from gateways.model.engine import make_model
from gateways.model.google import GoogleModel
from sequences.ports.model import Model, ModelError


def test_offline_needs_no_model() -> None:
    assert make_model("offline", {}) is None


@pytest.mark.parametrize(
    ("name", "variable"), [("anthropic:claude-haiku-5-5", "ANTHROPIC_API_KEY"), ("google:gemini-x", "GEMINI_API_KEY")]
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_key_is_named_with_its_source(name: str, variable: str, value: str | None) -> None:
    with pytest.raises(ModelError, match=variable) as caught:
        make_model(name, {} if value is None else {variable: value})
    assert caught.value.kind == "misconfigured"
    assert "Get a key at" in str(caught.value)


@pytest.mark.parametrize("name", ["", "openai:gpt", "anthropic", "anthropic:", "google:", "offline:x"])
def test_an_unknown_engine_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="SIXTY_MODEL"):
        make_model(name, {"ANTHROPIC_API_KEY": "k", "GEMINI_API_KEY": "k"})


async def test_both_vendors_are_models_of_the_port() -> None:
    claude: Model | None = make_model("anthropic:claude-haiku-5-5", {"ANTHROPIC_API_KEY": "k"})
    gemini: Model | None = make_model("google:gemini-3.5-flash", {"GOOGLE_API_KEY": "k"})
    assert isinstance(claude, AnthropicModel)
    assert isinstance(gemini, GoogleModel)
    assert claude.engine == "anthropic:claude-haiku-5-5"
    assert gemini.engine == "google:gemini-3.5-flash"
    await claude.aclose()
    await gemini.aclose()
