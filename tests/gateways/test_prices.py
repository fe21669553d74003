"""Prices are those that were public on 2026-11-20, and unknown models are never cheap."""

from decimal import Decimal

import pytest

from gateways.model.prices import Tokens, price, token_bound

MILLION = 1_000_000

# USD per million tokens: input, output, cache write, cache read.
ANTHROPIC = {
    "claude-opus-5-5": ("4", "20", "5", "0.20"),
    "claude-opus-5": ("5", "25", "6.25", "0.50"),
    "claude-opus-4-8": ("5", "25", "6.25", "0.50"),
    "claude-sonnet-5-5": ("2", "10", "2.50", "0.10"),
    "claude-sonnet-5": ("2", "10", "2.50", "0.20"),
    "claude-sonnet-4-6": ("3", "15", "3.75", "0.30"),
    "claude-haiku-4-5": ("1", "5", "1.25", "0.10"),
    "claude-fable-5-1": ("10", "50", "12.50", "0.25"),
}
# USD per million tokens: input, output, cache read.
GOOGLE = {
    "gemini-2.5-flash": ("0.30", "2.50", "0.03"),
    "gemini-2.5-flash-lite": ("0.10", "0.40", "0.01"),
    "gemini-3.5-flash": ("1.50", "9", "0.15"),
    "gemini-3.5-flash-lite": ("0.30", "2.50", "0.03"),
    "gemini-3.1-flash-lite": ("0.25", "1.50", "0.025"),
}


@pytest.mark.parametrize("model", ANTHROPIC)
def test_anthropic_prices(model: str) -> None:
    rate_in, rate_out, rate_write, rate_read = map(Decimal, ANTHROPIC[model])
    assert price("anthropic", model, Tokens(input=MILLION)) == rate_in
    assert price("anthropic", model, Tokens(output=MILLION)) == rate_out
    assert price("anthropic", model, Tokens(input=MILLION, cache_write=MILLION)) == rate_write
    assert price("anthropic", model, Tokens(input=MILLION, cache_read=MILLION)) == rate_read


@pytest.mark.parametrize("model", GOOGLE)
def test_google_prices(model: str) -> None:
    rate_in, rate_out, rate_read = map(Decimal, GOOGLE[model])
    assert price("google", model, Tokens(input=MILLION)) == rate_in
    assert price("google", model, Tokens(output=MILLION)) == rate_out
    assert price("google", model, Tokens(input=MILLION, cache_read=MILLION)) == rate_read


def test_haiku_has_two_bands_by_the_length_of_the_prompt() -> None:
    short = Tokens(input=100_000, cache_read=40_000, cache_write=40_000, output=1_000)
    long = Tokens(input=100_001, cache_read=40_000, cache_write=40_000, output=1_000)
    assert price("anthropic", "claude-haiku-5-5", short) == Decimal("0.0079")
    # The upper band holds for all tokens, not only for those above it.
    assert price("anthropic", "claude-haiku-5-5", long) == Decimal("0.039501")


def test_pro_costs_more_above_two_hundred_thousand_tokens() -> None:
    assert price("google", "gemini-2.5-pro", Tokens(input=200_000)) == Decimal("0.25")
    assert price("google", "gemini-2.5-pro", Tokens(input=400_000)) == 1


@pytest.mark.parametrize("provider", ["anthropic", "google"])
def test_an_unknown_model_is_charged_like_the_dearest(provider: str) -> None:
    known = list(ANTHROPIC) if provider == "anthropic" else [*GOOGLE, "gemini-3.1-pro-preview", "gemini-4-argon"]
    tokens = Tokens(input=MILLION // 10, cache_read=MILLION // 20, output=MILLION // 10)
    unknown = price(provider, "brand-new-9", tokens)
    assert all(unknown >= price(provider, model, tokens) for model in known)


def test_amounts_are_rounded_up_to_a_millionth() -> None:
    assert price("anthropic", "claude-sonnet-5-5", Tokens(input=1)) == Decimal("0.000002")
    assert price("google", "gemini-2.5-flash-lite", Tokens(input=1)) == Decimal("0.000001")
    assert price("google", "gemini-2.5-flash-lite", Tokens()) == 0


@pytest.mark.parametrize(
    ("text", "at_least"),
    [("", 0), ("hello there, how are you?", 8), ("00:12:34 00:12:39", 6), ("日本語の会議です", 12), ("😀😀", 4)],
)
def test_the_token_bound_errs_upwards(text: str, at_least: int) -> None:
    assert token_bound(text) >= at_least
