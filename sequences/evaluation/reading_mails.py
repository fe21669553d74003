"""From JSON Lines to labelled mails."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, TypeVar

from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled_mails import LabelledMail, MailKind, MailSet
from sequences.evaluation.rows import Row, read_rows
from sequences.records.mail import MailClass, ReceivedMail, ReplyClass

_Class = TypeVar("_Class", bound=StrEnum)
_KNOWN = {*MailClass, *ReplyClass}


def read_mails(content: str, *, name: str = "mails") -> MailSet:
    """LabelledFileError names the line that cannot be used. A mail without any label is left out, with a note."""
    mails = [_mail(row) for row in read_rows(content, name=name)]
    _refuse_twins(mails, name)
    labelled = tuple(mail for mail in mails if mail.triage or mail.reply_class)
    if not labelled:
        raise LabelledFileError(f"{name}: no labelled mail in it")
    bare = len(mails) - len(labelled)
    return MailSet(mails=labelled, notes=(f"{bare} mails have no label; left out",) if bare else ())


def _refuse_twins(mails: Iterable[LabelledMail], name: str) -> None:
    seen: set[str] = set()
    for mail in mails:
        if mail.id in seen:
            raise LabelledFileError(f"{name}: two mails have the id {mail.id}")
        seen.add(mail.id)


def _mail(row: Row) -> LabelledMail:
    headers = _headers(row)
    kind = _class(row, "kind", MailKind)
    if kind is None:
        raise row.fail("kind is missing; it is inbox or campaign_reply")
    reply_class = _class(row, "reply_class", ReplyClass)
    if reply_class and kind is MailKind.INBOX:
        raise row.fail("reply_class is only for the kind campaign_reply")
    mail = ReceivedMail(
        subject=row.text("subject") or _header(headers, "subject"),
        sender=row.text("from") or _header(headers, "from"),
        headers=headers,
        body=row.text("body"),
        received_at=_sent_at(row.text("date") or row.text("received_at") or _header(headers, "date")),
    )
    if not {"body", "subject"} & row.values.keys():
        raise row.fail("neither a body nor a subject")
    return LabelledMail(
        id=row.required("id"),
        kind=kind,
        mail=mail,
        triage=_class(row, "triage", MailClass),
        reply_class=reply_class,
        acceptable=_acceptable(row),
        return_on=_day(row),
        split=row.text("split").casefold() or None,
    )


def _class(row: Row, key: str, classes: type[_Class]) -> _Class | None:
    value = row.values.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and _spelt(value) in set(classes):
        return classes(_spelt(value))
    raise row.fail(f"{key} is {value!r}; expected one of {', '.join(classes)}")


def _acceptable(row: Row) -> frozenset[str]:
    found = row.listed("acceptable")
    unknown = [value for value in found if not isinstance(value, str) or _spelt(value) not in _KNOWN]
    if unknown:
        raise row.fail(f"acceptable names {unknown[0]!r}, which is no class")
    return frozenset(map(_spelt, found))


def _spelt(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def _headers(row: Row) -> tuple[tuple[str, str], ...]:
    """An object, whose values may be lists, or a list of pairs; either may hold null."""
    given = row.values.get("headers")
    if isinstance(given, dict):
        values = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
        given = [[name, each] for name, several in values.items() for each in several]
    if given is None:
        return ()
    if not isinstance(given, list) or not all(_is_pair(pair) for pair in given):
        raise row.fail("headers is neither an object nor a list of pairs")
    return tuple((_pair(pair)[0], _pair(pair)[1]) for pair in given)


def _is_pair(pair: object) -> bool:
    if isinstance(pair, dict):
        return "name" in pair and "value" in pair
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)


def _pair(pair: Any) -> tuple[str, str]:
    name, value = (pair["name"], pair["value"]) if isinstance(pair, dict) else (pair[0], pair[1])
    return str(name), "" if value is None else str(value)


def _header(headers: Iterable[tuple[str, str]], wanted: str) -> str:
    return next((value.strip() for name, value in headers if name.casefold() == wanted), "")


def _sent_at(value: str) -> datetime | None:
    """As mails and as programs write it; what is no time is none."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(value)
        except (TypeError, ValueError, IndexError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _day(row: Row) -> date | None:
    value = row.text("return_on")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise row.fail(f"return_on is {value!r}; expected a date such as 2026-01-05") from error
