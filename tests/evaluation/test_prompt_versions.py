"""Two versions of the prompts side by side, through the real client and a strict local server."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from config import load_settings
from sequences.evaluation.material import Seating
from terminal.evaluate import handle_eval_intents
from terminal.evaluate_actions import handle_eval_actions
from terminal.evaluating import MeetingsRequest
from terminal.printing import CommandError
from workspace.vendors.model import KEY, ModelServer, claude

TURNS = [
    {"turn": 0, "speaker": "Ann", "role": "rep", "text": "I'll send you the proposal by Friday."},
    {"turn": 1, "speaker": "Bob", "role": "prospect", "text": "Great, thank you."},
]
FOUND = {
    "items": [
        {
            "kind": "commitment:send_proposal",
            "speaker": "rep",
            "speaker_name": "Ann",
            "quote": "I'll send you the proposal by Friday.",
            "turn": 0,
            "start_s": None,
            "confidence": 0.9,
        }
    ]
}


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ModelServer]:
    async with ModelServer().running() as running:
        monkeypatch.setenv("SIXTY_MODEL", "anthropic:claude-haiku-5-5")
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", running.url)
        yield running


@pytest.fixture
def files(tmp_path: Path) -> Path:
    label = {"transcript_id": "one", "turn": 0, "labels": ["commitment:send_proposal"]}
    promise = {"transcript_id": "one", "items": [{"turn": 0, "owner": "rep", "text": "Send the proposal"}]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label))
    (tmp_path / "actions.jsonl").write_text(json.dumps(promise))
    (tmp_path / "transcripts.jsonl").write_text(json.dumps({"transcript_id": "one", "turns": TURNS}))
    own = tmp_path / "shorter"
    own.mkdir()
    (own / "detect_intents.md.j2").write_text("Find promises in {{ material.meeting.title | line }}. Be brief.")
    return tmp_path


def asked(files: Path, **changes: Any) -> MeetingsRequest:
    values: dict[str, Any] = {
        "labels": files / "labels.jsonl",
        "transcripts": files / "transcripts.jsonl",
        "split": None,
        "seating": Seating.ROLES,
        "against": None,
        "prompts": None,
        "mistakes": 0,
        "as_json": True,
    }
    return MeetingsRequest(**values | changes)


def tasks(server: ModelServer) -> list[str]:
    """What each request asked for, behind the material that they share."""
    return [json.dumps(request["messages"][-1]["content"]) for request in server.requests if "messages" in request]


async def test_one_model_is_compared_with_itself_under_other_prompts(
    server: ModelServer, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.play(claude(json.dumps(FOUND)), claude('{"items": []}'))
    await handle_eval_intents(load_settings(), asked(files, against=f"@{files / 'shorter'}"))
    report = json.loads(capsys.readouterr().out)
    assert report["overall"]["right"] == 1
    assert report["against"]["overall"] == report["overall"] | {
        "right": 0, "missed": 1, "precision": None, "recall": 0.0, "f1": 0.0
    }  # fmt: skip
    assert " with shorter " in report["against"]["prompt_version"]
    assert report["against"]["engine"].startswith(f"{report['engine']} with shorter ")
    product, own = tasks(server)
    assert "Be brief." not in product
    assert "Find promises in Meeting one. Be brief." in own


async def test_the_first_engine_reads_other_prompts_too(
    server: ModelServer, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.play(claude(json.dumps(FOUND)))
    await handle_eval_intents(load_settings(), asked(files, prompts=files / "shorter", as_json=False))
    assert "with shorter" in capsys.readouterr().out
    assert "Be brief." in tasks(server)[0]


async def test_skills_without_a_template_of_their_own_keep_the_products(
    server: ModelServer, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.play(claude('{"items": []}'))
    request = asked(files, prompts=files / "shorter")
    values = {name: getattr(request, name) for name in ("transcripts", "split", "seating", "against", "prompts")}
    await handle_eval_actions(
        load_settings(), MeetingsRequest(labels=files / "actions.jsonl", mistakes=0, as_json=True, **values)
    )
    assert json.loads(capsys.readouterr().out)["overall"]["missed"] == 1
    assert "List what people promised to do" in tasks(server)[0]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("detect_intent.md.j2", "x", "no skill has a prompt detect_intent.md.j2"),
        ("detect_intents.md.j2", "{% if %}", "detect_intents.md.j2: Expected an expression"),
        ("readme.txt", "x", "holds no prompt"),
    ],
)
async def test_templates_that_cannot_be_used_are_told_before_anything_is_asked(
    server: ModelServer, tmp_path: Path, files: Path, name: str, content: str, problem: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / name).write_text(content)
    with pytest.raises(CommandError, match=problem):
        await handle_eval_intents(load_settings(), asked(files, against=f"@{own}"))
    assert server.requests == []


def test_the_offline_engine_reads_no_prompts(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_MODEL", "offline")
    arguments = [str(files / "labels.jsonl"), "--transcripts", str(files / "transcripts.jsonl")]
    run = CliRunner().invoke(main, ["eval", "intents", *arguments, "--prompts", str(files / "shorter")])
    assert run.exit_code == 1
    assert "The offline engine reads no prompts." in run.output
