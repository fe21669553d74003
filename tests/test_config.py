"""Settings fail by name, all at once, with what is expected; a secret is never shown."""

from decimal import Decimal
from pathlib import Path

import pytest

from config import ALL_ROLES, Settings, SettingsError, environment, load_settings

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SMTP_URL": "smtps://me:pw@mail.example:465",
    "SIXTY_MODEL": "anthropic:some-model",
    "SIXTY_UNDO_SECONDS": "45",
    "SIXTY_DAILY_BUDGET_USD": "7.50",
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def load(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load_settings(None)


def test_settings_have_defaults_that_need_no_account() -> None:
    settings = load_settings(None)
    assert settings.sixty_model == "offline"
    assert settings.sixty_database_url.startswith("sqlite")
    assert settings.sixty_undo_seconds == 30
    assert settings.sixty_http_host == "127.0.0.1"


def test_settings_are_read_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, **GOOD)
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert (settings.sixty_undo_seconds, settings.sixty_daily_budget_usd) == (45, Decimal("7.50"))


def test_every_problem_is_named_at_once_with_what_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        "SLACK_BOT_TOKEN": "xoxp-1",
        "SLACK_APP_TOKEN": "nonsense",
        "SLACK_API_URL": "ftp://x",
        "SIXTY_DATABASE_URL": "mysql://x",
        "SIXTY_MODEL": "magic",
        "SIXTY_HTTP_PORT": "eighty",
        "SIXTY_UNDO_SECONDS": "-1",
        "SMTP_URL": "mail.example",
        "SIXTY_DAILY_BUDGET_USD": "-3",
        "SIXTY_LOG_LEVEL": "LOUD",
    }
    with pytest.raises(SettingsError) as caught:
        load(monkeypatch, **bad)
    text = str(caught.value)
    for name in bad:
        assert f"{name} " in text
        assert str(Settings.model_fields[name.lower()].description) in text


@pytest.mark.parametrize(
    "name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SMTP_URL", "MEETINGBAAS_WEBHOOK_SECRET"]
)
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    secret = "hunter2-hunter2"
    try:
        shown = repr(load(monkeypatch, **{name: secret}))
    except SettingsError as error:
        shown = str(error)
    assert secret not in shown


@pytest.mark.parametrize(
    ("mode", "needed", "spared", "where"),
    [
        ("socket", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "App-Level Tokens"),
        ("http", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "App Credentials → Signing Secret"),
    ],
)
def test_each_way_to_slack_names_the_secret_that_it_needs_and_where_it_is(
    monkeypatch: pytest.MonkeyPatch, mode: str, needed: str, spared: str, where: str
) -> None:
    settings = load(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SIXTY_SLACK_MODE=mode)
    with pytest.raises(SettingsError) as caught:
        settings.check_roles(ALL_ROLES)
    assert f"{needed} is not set" in str(caught.value)
    assert where in str(caught.value)
    assert spared not in str(caught.value)


@pytest.mark.parametrize("count", ["0", "11", "many"])
def test_no_more_sockets_than_slack_allows(monkeypatch: pytest.MonkeyPatch, count: str) -> None:
    with pytest.raises(SettingsError, match="SIXTY_SOCKET_CONNECTIONS"):
        load(monkeypatch, SIXTY_SOCKET_CONNECTIONS=count)


def test_what_a_command_needs_and_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, SLACK_BOT_TOKEN=" ")
    with pytest.raises(SettingsError, match=r"SLACK_BOT_TOKEN is not set(.|\n)*SLACK_APP_TOKEN is not set"):
        settings.require("slack_bot_token", "slack_app_token")
    settings.require("sixty_model")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("postgresql://h/n", "postgresql+asyncpg://h/n"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_database_addresses_as_people_write_them(monkeypatch: pytest.MonkeyPatch, given: str, read: str) -> None:
    assert load(monkeypatch, SIXTY_DATABASE_URL=given).sixty_database_url == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://slack.com/api", "https://slack.com/api/"),
        ("http://127.0.0.1:4160", "http://127.0.0.1:4160/api/"),
        ("http://127.0.0.1:4160/slack/api/", "http://127.0.0.1:4160/slack/api/"),
    ],
)
def test_the_address_of_slack_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch, given: str, read: str) -> None:
    assert load(monkeypatch, SLACK_API_URL=given).slack_api_url == read


@pytest.mark.parametrize("value", ["", "offline:x", "anthropic", "anthropic:", "openai:gpt", ":"])
def test_an_unknown_engine_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(SettingsError, match="SIXTY_MODEL"):
        load(monkeypatch, SIXTY_MODEL=value)


def test_the_process_counts_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SIXTY_MODEL=google:from-file\nSIXTY_UNDO_SECONDS=5\nANTHROPIC_API_KEY=of-the-file\nUNKNOWN=1\n")
    monkeypatch.setenv("SIXTY_UNDO_SECONDS", "7")
    settings = load_settings(file)
    assert (settings.sixty_model, settings.sixty_undo_seconds) == ("google:from-file", 7)

    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    assert environment(file)["ANTHROPIC_API_KEY"] == "of-the-file"
    monkeypatch.setenv("ANTHROPIC_API_KEY", "of-the-process")
    assert environment(file)["ANTHROPIC_API_KEY"] == "of-the-process"
    assert "UNKNOWN" not in environment(None)


@pytest.mark.parametrize(
    ("value", "address"), [("127.0.0.1:9464", ("127.0.0.1", 9464)), ("[::1]:0", ("::1", 0)), ("", None), (None, None)]
)
def test_the_metrics_have_an_address_of_their_own(value: str | None, address: tuple[str, int] | None) -> None:
    assert Settings(_env_file=None, sixty_metrics_address=value).metrics_address == address


@pytest.mark.parametrize("value", ["9464", "localhost:", ":9464", "localhost:http", "localhost:70000"])
def test_a_metrics_address_needs_host_and_port(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_METRICS_ADDRESS", value)
    with pytest.raises(SettingsError, match=r"SIXTY_METRICS_ADDRESS must look like 127\.0\.0\.1:9464"):
        load_settings(None)


@pytest.mark.parametrize(
    ("dispatcher", "said", "migrates"),
    [
        ("in_process", "", True),
        ("procrastinate", "", False),
        ("in_process", "0", False),
        ("procrastinate", "1", True),
    ],
)
def test_a_start_migrates_by_dispatcher_unless_told(
    dispatcher: str, said: str, migrates: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIXTY_DISPATCHER", dispatcher)
    monkeypatch.setenv("SIXTY_MIGRATE_ON_START", said)
    assert load_settings(None).migrates_on_start is migrates
