"""The provider's rules for cached prompts, as far as they decide what is billed."""

import hashlib
import json
from typing import Any

from workspace.vendors.model_rules import blocks_of


class PrefixCache:
    """Counts four characters as a token. The key of a cached prefix is everything that the provider puts before and
    into it: model, schema of the answer, instructions, and the content up to the marked block."""

    def __init__(self, *, shortest: int = 4_096) -> None:
        self._known: set[str] = set()
        self._shortest = shortest

    def bill(self, request: dict[str, Any]) -> dict[str, int]:
        blocks = blocks_of(request["messages"][0])
        marked = next((index for index, block in enumerate(blocks) if "cache_control" in block), -1)
        prefix = json.dumps([request.get("output_config"), request.get("system"), blocks[: marked + 1]])
        whole = len(json.dumps([request.get("output_config"), request.get("system"), request["messages"]])) // 4
        size = len(prefix) // 4 if marked >= 0 and len(prefix) // 4 >= self._shortest else 0
        key = hashlib.sha256((request["model"] + prefix).encode()).hexdigest()
        is_known = key in self._known
        self._known |= {key} if size else set()
        return {
            "input_tokens": whole - size,
            "cache_creation_input_tokens": 0 if is_known else size,
            "cache_read_input_tokens": size if is_known else 0,
            "output_tokens": 0,
        }
