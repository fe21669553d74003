"""Jinja as Block Kit needs it: no HTML escaping, undefined names raise, whole values go through ``tojson``.

A template writes one JSON document. Every macro of ``parts/kit.j2`` ends its item with a comma and every array
ends in ``null``, which is taken out again after parsing: so no template counts commas.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from blocks.ids import INPUT, ActionId, BlockId, CallbackId
from blocks.marks import marks
from blocks.runs import bold, code, italic, person, runs, struck
from blocks.text import clean, escape, listed, one_line


@cache
def environment() -> Environment:
    """The one environment of this package's templates."""
    env = Environment(
        loader=PackageLoader("blocks"),
        autoescape=False,  # noqa: S701 - JSON, not HTML; entities would reach Slack as text
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    env.filters |= {"esc": escape, "line": one_line, "listed": listed, "runs": runs}
    env.globals |= {"id": ActionId, "callback": CallbackId, "block": BlockId, "INPUT": INPUT, "marks": marks}
    env.globals |= {"bold": bold, "italic": italic, "struck": struck, "code": code, "person": person}
    return env


def render_template(name: str, values: Mapping[str, Any]) -> Any:
    """The parsed JSON of one template, cleaned, without the arrays' closing nulls."""
    return _tidy(json.loads(environment().get_template(f"{name}.json.j2").render(values)))


def _tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_tidy(item) for item in value if item is not None]
    return clean(value) if isinstance(value, str) else value
