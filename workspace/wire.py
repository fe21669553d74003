"""What travels on the wire: JSON objects and Slack's way of refusing."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class SlackError(Exception):
    """A refusal as Slack words it: ``code`` becomes ``error``, ``messages`` goes to ``response_metadata``."""

    def __init__(self, code: str, *messages: str, **extra: Any) -> None:
        super().__init__(code if not messages else f"{code}: {'; '.join(messages)}")
        self.code = code
        self.messages = messages
        self.extra = extra

    def to_json(self) -> Json:
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
            body["response_metadata"] = {"messages": list(self.messages)}
        return body
