"""The engines of a measurement, as they are typed: ``ENGINE``, ``ENGINE@DIR`` or ``@DIR`` for other prompts."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, TemplateError

from config import Settings, environment
from gateways.model.engine import VendorModel, make_model
from sequences.skills.prompting import environment as prompts
from sequences.skills.prompting import templates_from
from terminal.printing import CommandError

_ENDING = ".md.j2"


@dataclass(frozen=True, kw_only=True)
class Engine:
    """``model`` None is the offline engine; ``templates`` None are the product's prompts.

    ``prompts`` names the templates in a report: the directory, and a digest of what it holds.
    """

    model: VendorModel | None
    templates: Environment | None = None
    prompts: str = ""

    def named(self, engine: str) -> str:
        """As a report calls it, so that two runs of one model can be told apart."""
        return f"{engine} with {self.prompts}" if self.prompts else engine

    def version(self, product: str) -> str:
        """Of a prompt: the product's own version, or that with the name of the other templates."""
        return f"{product} with {self.prompts}" if self.prompts else product


def engines_of(
    settings: Settings, against: str | None, own: Path | None, stack: contextlib.AsyncExitStack
) -> list[Engine]:
    """The engine that is set and, where asked for, a second one. All of them first, so that a wrong name is told
    before anything is spent. CommandError for templates that cannot be used.
    """
    asked = [f"{settings.sixty_model}@{own}" if own else settings.sixty_model]
    if against:
        asked.append(against if not against.startswith("@") else f"{settings.sixty_model}{against}")
    return [_engine(name, stack) for name in asked]


def _engine(asked: str, stack: contextlib.AsyncExitStack) -> Engine:
    name, _, directory = asked.partition("@")
    model = make_model(name, environment())
    if model:
        stack.push_async_callback(model.aclose)
    if not directory:
        return Engine(model=model)
    if model is None:
        raise CommandError("The offline engine reads no prompts. Name a model before the @, or set SIXTY_MODEL.")
    own = Path(directory)
    return Engine(model=model, templates=_templates(own), prompts=f"{own.name} {_digest(own)}")


def _templates(own: Path) -> Environment:
    """Those of the directory; the product's for whatever it does not hold."""
    known = set(prompts().list_templates())
    found = {path.name for path in _files(own)}
    if not found:
        raise CommandError(
            f"{own} holds no prompt. Its files are named like the product's, such as detect_intents{_ENDING}."
        )
    if found - known:
        raise CommandError(f"{own}: no skill has a prompt {', '.join(sorted(found - known))}.")
    made = templates_from(ChoiceLoader([FileSystemLoader(own), prompts().loader or FileSystemLoader(own)]))
    for name in sorted(found):
        try:
            made.get_template(name)
        except (TemplateError, UnicodeDecodeError) as error:
            raise CommandError(f"{own / name}: {error}") from error
    return made


def _files(own: Path) -> Iterator[Path]:
    return (path for path in sorted(own.glob(f"*{_ENDING}")) if path.is_file())


def _digest(own: Path) -> str:
    """Eight digits that change with the content of any of the templates."""
    sha = hashlib.sha256()
    for path in _files(own):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()[:8]
