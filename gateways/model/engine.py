"""From the setting ``SIXTY_MODEL`` to a model that can be asked."""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from sequences.ports.model import Model, ModelError

# Named rather than imported: each SDK takes about a second and 50 MB to load, and an installation uses one or none.
_MODULES = {"anthropic": "gateways.model.anthropic", "google": "gateways.model.google"}


class VendorModel(Model, Protocol):
    """A model behind a network, which can be asked whether it is there and has connections to close."""

    async def check(self) -> None: ...
    async def aclose(self) -> None: ...


def make_model(name: str, environ: Mapping[str, str] = os.environ) -> VendorModel | None:
    """``offline`` is None; ``anthropic:MODEL`` and ``google:MODEL`` read the SDKs' own variables from ``environ``.

    Raises ModelError of kind ``misconfigured`` that names the missing variable and where to get its value.
    """
    if name == "offline":
        return None
    engine, _, model = name.partition(":")
    if engine not in _MODULES or not model:
        raise ModelError(
            f"SIXTY_MODEL is {name!r}, but must be offline, anthropic:MODEL or google:MODEL", kind="misconfigured"
        )
    made: VendorModel = import_module(_MODULES[engine]).from_environment(model, environ)
    return made


async def check(model: VendorModel) -> None:
    """Raise ModelError unless the vendor is reachable and accepts key and model; spends nothing."""
    await model.check()
