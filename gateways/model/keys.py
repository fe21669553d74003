"""API keys from the SDKs' own environment variables."""

from collections.abc import Mapping

from sequences.ports.model import ModelError


def require_key(environ: Mapping[str, str], *names: str, where: str) -> str:
    """The first of ``names`` that is set; ModelError of kind ``misconfigured`` naming them and where to get one."""
    for name in names:
        if value := environ.get(name, "").strip():
            return value
    raise ModelError(f"{' or '.join(names)} is not set. Get a key at {where}.", kind="misconfigured")
