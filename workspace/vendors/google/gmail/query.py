"""Gmail's search words, as far as they are known here. An operator that is not is refused and never ignored."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.gmail.box import Box, Message

Test: TypeAlias = Callable[[Message], bool]
_WORD = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"|\(([^()]*)\)|([^\s"()]+))')
_PACIFIC = ZoneInfo("America/Los_Angeles")  # where days begin when a date is given
_UNITS = {"d": 1, "m": 30, "y": 365}
_HEADERS = {"from": ("From",), "to": ("To", "Cc", "Bcc"), "cc": ("Cc",), "bcc": ("Bcc",), "subject": ("Subject",)}
_STATES = {"unread": "UNREAD", "starred": "STARRED", "important": "IMPORTANT", "sent": "SENT", "draft": "DRAFT"}
_PLACES = {"inbox": "INBOX", "sent": "SENT", "drafts": "DRAFT", "draft": "DRAFT", "trash": "TRASH", "spam": "SPAM"}


class Query:
    """``is_everywhere``: it names the trash, spam or anywhere, so these are looked through as well."""

    def __init__(self, text: str, box: Box, now: datetime) -> None:
        self.is_everywhere = re.search(r"\bin:(trash|spam|anywhere)\b", text, re.IGNORECASE) is not None
        self._box = box
        self._now = now
        self._groups = self._read(text)

    def fits(self, message: Message) -> bool:
        return all(any(test(message) for test in group) for group in self._groups)

    def _read(self, text: str) -> list[list[Test]]:
        """All of the groups have to fit; of each group one is enough (``a OR b``)."""
        if "{" in text or re.sub(_WORD, "", text).strip():
            raise _unknown(text)
        groups: list[list[Test]] = []
        joins = False
        for found in _WORD.finditer(text):
            if found[0] == "OR" and groups:
                joins = True
                continue
            test = self._test(found)
            if joins:
                groups[-1].append(test)
            else:
                groups.append([test])
            joins = False
        return groups

    def _test(self, found: re.Match[str]) -> Test:
        minus, operator, quoted, inner, word = found.groups()
        value = next(part for part in (quoted, inner, word) if part is not None).lower()
        if inner is not None:
            if not operator or ":" in inner:
                raise _unknown(found[0])
            choices = [part for part in value.split() if part != "or"]
            tests = [self._operator(operator.lower(), part) for part in choices]
            needs_any = " or " in value
            test: Test = lambda message: (any if needs_any else all)(one(message) for one in tests)  # noqa: E731
        else:
            test = self._operator(operator.lower(), value) if operator else _words(value)
        return (lambda message: not test(message)) if minus else test

    def _operator(self, name: str, value: str) -> Test:
        if name in _HEADERS:
            return lambda message: any(value in message.header(header).lower() for header in _HEADERS[name])
        if name in ("newer_than", "older_than"):
            return self._age(name, value)
        if name in ("after", "newer", "before", "older"):
            moment = _moment(value)
            is_after = name in ("after", "newer")
            return lambda message: message.at >= moment if is_after else message.at < moment
        if name in ("is", "in", "label"):
            return self._place(name, value)
        if name == "has" and value == "attachment":
            return lambda message: any(part.get_filename() for part in message.parsed.walk())
        if name == "rfc822msgid":
            return lambda message: message.header("Message-ID").strip("<> ").lower() == value.strip("<>")
        raise _unknown(f"{name}:{value}")

    def _place(self, name: str, value: str) -> Test:
        if name == "is" and value == "read":
            return lambda message: "UNREAD" not in message.labels
        if name == "in" and value == "anywhere":
            return lambda _: True
        known = {"is": _STATES, "in": _PLACES}.get(name, {}).get(value)
        label = known or (self._label(value) if name in ("label", "in") else None)
        if name == "is" and label is None:
            raise _unknown(f"{name}:{value}")
        return lambda message: label in message.labels

    def _label(self, value: str) -> str | None:
        """By name, as it is or with hyphens for spaces."""
        names = {name.lower().replace(" ", "-"): known for known, name in self._box.user_labels.items()}
        return value.upper() if self._box.has_label(value.upper()) else names.get(value.replace(" ", "-"))

    def _age(self, name: str, value: str) -> Test:
        found = re.fullmatch(r"(\d{1,4})([dmy])", value)
        if found is None:
            raise _unknown(f"{name}:{value}")
        edge = self._now - timedelta(days=int(found[1]) * _UNITS[found[2]])
        return lambda message: message.at >= edge if name == "newer_than" else message.at < edge


def _words(value: str) -> Test:
    places = ("Subject", "From", "To", "Cc")
    return lambda message: value in " ".join([*(message.header(name) for name in places), message.text]).lower()


def _moment(value: str) -> datetime:
    if value.isdecimal() and len(value) > 8:
        return datetime.fromtimestamp(int(value), ZoneInfo("UTC"))
    found = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", value)
    try:
        if found:
            return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=_PACIFIC)
    except ValueError:
        pass
    raise _unknown(value)


def _unknown(what: str) -> GoogleError:
    return GoogleError(400, "invalidArgument", f"This server does not know the search term {what!r}.")
