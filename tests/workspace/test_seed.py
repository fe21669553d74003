"""Seeds: what is read, what is made up, and how mistakes are named."""

import json
from pathlib import Path

import pytest

from tests.workspace.conftest import SEED
from workspace.ids import Ids
from workspace.model import Kind
from workspace.seed import SeedError, load_seed


def test_ids_and_members_come_from_the_file() -> None:
    seed = load_seed(SEED, Ids())
    channels = {one.name: one for one in seed.conversations if one.kind is not Kind.DM}
    assert channels["secret"].kind is Kind.PRIVATE
    assert channels["outside"].members == ["U0ANN", "U0BEN"]
    assert channels["general"].members == ["U0ANN", "U0BEN", seed.apps[0].bot_user_id]


def test_everybody_has_a_conversation_with_each_app() -> None:
    seed = load_seed(SEED, Ids())
    dms = [set(one.members) for one in seed.conversations if one.kind is Kind.DM]
    bot = seed.apps[0].bot_user_id
    assert dms == [{bot, "U0ANN"}, {bot, "U0BEN"}, {bot, "U0CAT"}]


def test_the_same_file_gives_the_same_ids() -> None:
    first, second = load_seed(SEED, Ids()), load_seed(SEED, Ids())
    assert [one.id for one in first.people] == [one.id for one in second.people]


def test_a_manifest_describes_the_first_app(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    described = {
        "display_information": {"name": "Described", "description": "By its manifest"},
        "features": {
            "bot_user": {"display_name": "Described Bot"},
            "slash_commands": [{"command": "/go", "description": "Goes", "usage_hint": "where"}],
            "shortcuts": [{"name": "S", "type": "global", "callback_id": "s", "description": "d"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
    }
    manifest.write_text(json.dumps(described))
    app = load_seed(SEED, Ids(), manifest=manifest).apps[0]
    assert (app.name, [one.command for one in app.commands]) == ("Described", ["/go"])
    assert set(app.scopes or ()) == {"chat:write", "commands"}
    assert set(app.events or ()) == {"app_mention"}
    assert app.bot_token == "xoxb-test"
    assert (app.has_home, app.takes_messages) == (False, False)  # a manifest has to ask for both tabs


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[", "seed.yaml"),
        ("[]", "expected a mapping"),
        ("people: []", "at least one person"),
        ("people: [{name: x}]", "people[0].real_name"),
        ("people: [{real_name: X, tz: Mars/Base}]", "people[0].tz"),
        ("people: [{real_name: X}]\nchannels: [{name: c, members: [who]}]", "nobody is called 'who'"),
        ("people: [{real_name: X}]\napps: [{manifest: missing.json}]", "missing.json"),
    ],
)
def test_mistakes_name_their_place(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "seed.yaml"
    path.write_text(text)
    with pytest.raises(SeedError, match=named.replace("[", r"\[")):
        load_seed(path, Ids())
