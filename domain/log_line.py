# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of the log: an event out of a list, and fields that cannot hold what a citizen typed (feature I14).

A field is a number, a member of an enumeration, an id in its own written form, or an error, of which only the slug or
the kind is written. Any other text is refused: by mypy, and once more here, where it becomes a question mark. Who
writes the lines is `sync.event_log`'s and `commands.log_book`'s.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.case import CaseId
from domain.errors import ExpectedError
from domain.reference import is_valid

REFUSED = "?"
_CASE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_MISTAKE = "mistake-"

WORDS = frozenset(
    {
        "address-changed",
        "addition-back",
        "addition-changed",
        "addition-missing",
        "case-changed",
        "case-missing",
        "case-unknown",
        "content-changed",
        "head-differs",
        "head-forged",
        "head-missing",
        "heads-file-cut-off",
        "line-changed",
        "line-missing",
        "lines-cut-off",
        "outage-not-kept",
        "outbox-missing",
        "promise-changed",
        "put-off",
        "sealed-changed",
        "sealing-key-changed",
        "settings-changed",
        "state-changed",
        "trusted-key-changed",
        "trusted-key-gone",
        "voices-changed",
    }
)
"""The slugs that are no error's: what an audit can find, and what cannot be kept."""


class LogEvent(StrEnum):
    """All that is ever written down; a new kind of line is a new member here."""

    COPY_NOT_WRITTEN = "copy-not-written"
    COPY_NOT_READ = "copy-not-read"
    COPIES_MADE = "copies-made"
    CASES_RESTORED = "cases-restored"
    STORE_SET_ASIDE = "store-set-aside"
    STORE_PUT_BACK = "store-put-back"
    ROUND_FAILED = "round-failed"
    CLAIM_LOST = "claim-lost"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not-delivered"
    ADDED = "added"
    NOT_ADDED = "not-added"
    NO_STATUS = "no-status"
    CALL_NOT_TOLD = "call-not-told"
    ACT_SENT = "act-sent"
    ACT_NOT_SENT = "act-not-sent"
    ACT_CONFLICT = "act-conflict"
    ACT_DROPPED = "act-dropped"
    ACT_GIVEN_UP = "act-given-up"
    CONFLICT_SOLVED = "conflict-solved"
    AUDIT_FINDING = "audit-finding"
    OUTAGE_REFUSED = "outage-refused"
    CONTENT_TAKEN = "content-taken"
    CONTENT_REFUSED = "content-refused"
    DEVICE_TROUBLE = "device-trouble"
    DEVICE_BACK = "device-back"
    FAULT = "fault"
    LIBRARY = "library"  # another's log line or warning, of which only its origin and level are written
    QT = "qt"


class OutageSource(StrEnum):
    """Where a message that closes services came from."""

    KEY = "key"
    FILE = "file"
    URL = "url"


class Slug:
    """A word of ours, such as an error's slug; any other word is refused where it is made."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text if _is_ours(text) else REFUSED


LogValue = bool | int | float | StrEnum | CaseId | Slug | BaseException | type[BaseException]
"""What a field may be: a bare `str` is none of these. A `CaseId` that is no case id is refused when it is written."""


def log_line(event: LogEvent, **fields: LogValue) -> str:
    """Give one line: the event and its fields; it has no newline and nothing of a citizen."""
    known: object = event
    said = event.value if isinstance(known, LogEvent) else REFUSED
    return " ".join((said, *(f"{name}={_written(value)}" for name, value in fields.items())))


def _written(value: object) -> str:
    match value:
        case bool() | int() | float():
            return str(value)
        case Slug():
            return value.text
        case StrEnum():
            # Also a member of an enumeration made on the way would be text: only a short word of ours passes.
            return value.value if _SLUG.fullmatch(value.value) else REFUSED
        case ExpectedError():
            return value.slug
        case BaseException():
            return _kind(type(value))
        case type() if issubclass(value, BaseException):
            return _kind(value)
        case str() if _CASE_ID.fullmatch(value) or is_valid(value):
            return value
        case _:
            return REFUSED


def _kind(error: type[BaseException]) -> str:
    return f"{_MISTAKE}{error.__name__}" if _NAME.fullmatch(error.__name__) else REFUSED


def _is_ours(text: str) -> bool:
    if text.startswith(_MISTAKE):
        return _NAME.fullmatch(text.removeprefix(_MISTAKE)) is not None and text.removeprefix(_MISTAKE).endswith(
            ("Error", "Exception", "Warning", "Exit", "Interrupt")
        )
    return text in WORDS or text in _slugs(ExpectedError)


def _slugs(kind: type[ExpectedError]) -> set[str]:
    return {kind.slug}.union(*(_slugs(each) for each in kind.__subclasses__()))
