# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the municipality's last good word on which services are closed, and refuses what is no such word (S14).

What is refused changes nothing: the last good message stays, with the moment it was heard. When to fetch is for
`commands.housekeeping`; what a visitor sees is the kiosk's.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nacl.signing import VerifyKey

from domain.clock_doubt import clock_doubt
from domain.errors import (
    OutageElsewhereError,
    OutageError,
    OutageExpiredError,
    OutageReplayedError,
    OutageUnreadableError,
)
from domain.outage import Outage, OutageMessage, as_table
from sync.outage_marks import OutageMark, OutageMarks
from sync.outage_seal import opened, parsed

DROPPED = "outages.json"  # put there by hand, where nothing is fetched
HEARD = "outages-heard.json"
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """The last good message, as it came, and when it was heard last."""

    message: OutageMessage
    heard_at: datetime
    raw: object


class Outages:
    """One device's file of what was heard (`domain.ports.OutageBook`)."""

    def __init__(self, folder: Path, municipality: str, key: VerifyKey, store: Path | None = None) -> None:
        self._folder = folder
        self._municipality = municipality
        self._key = key
        # What the store remembers outlives the file: without it an older message could be put in its place.
        self._marks = None if store is None else OutageMarks(store, f"{municipality} {bytes(key).hex()}")

    def outages(self, now: datetime) -> Mapping[str, Outage]:
        """Give what is closed now, from what lies here; no network, nothing is written, never raises."""
        try:
            heard = self._newest(now)
        except (OutageError, OSError):
            return {}
        if heard is None or self._is_over(heard.message, now):
            return {}
        return {name: Outage(closure, heard.heard_at) for name, closure in heard.message.closures.items()}

    def last(self) -> Heard | None:
        """Give the last good message, also when its time is over.

        Raises: OutageError when what was kept was changed.
        """
        text = _read(self._folder / HEARD)
        if text is None:
            return None
        kept = parsed(text)
        if not isinstance(kept, dict) or not isinstance(kept.get("heard_at"), str):
            raise OutageUnreadableError("what was kept is broken", "take it away; the next message is kept anew")
        try:
            heard_at = datetime.fromisoformat(kept["heard_at"])
        except ValueError:
            raise OutageUnreadableError("what was kept is broken", "take it away; the next is kept anew") from None
        message = self._genuine(kept.get("message"))
        return Heard(message, max(heard_at, message.issued_at), kept["message"])

    def hear(self, found: object, now: datetime) -> OutageMessage:
        """Take a message that came just now, or say why not; then what was heard before stays.

        Raises: OutageError and its kinds, OSError when it cannot be kept; StoreError when it was kept, and how far the
        messages have come was not.
        """
        heard = self._judged(found, now, self._last_or_none())
        self._keep(heard)
        self._mark(heard.message)
        return heard.message

    def judged(self, found: object, now: datetime) -> OutageMessage:
        """Say whether a message would be taken; nothing is kept.

        Raises: OutageError and its kinds.
        """
        return self._judged(found, now, self._last_or_none()).message

    def dropped(self) -> object | None:
        """Give what was put in the folder, as it is; None when there is nothing.

        Raises: OutageUnreadableError.
        """
        text = _read(self._folder / DROPPED)
        return None if text is None else parsed(text)

    def hear_dropped(self, now: datetime) -> OutageMessage | None:
        """Take the file that was put in the folder; None when there is none, or it was taken before.

        Raises: what `hear` raises.
        """
        found = self.dropped()
        if found is None:
            return None
        last = self._last_or_none()
        if last is not None and last.raw == found:
            self._mark(last.message)
            return None  # a file that lies there is no news: its date stays
        return self.hear(found, now)

    def _newest(self, now: datetime) -> Heard | None:
        """Give the last good word, or a later one that nobody took yet: a kiosk alone has no rounds."""
        last = self._last_or_none()
        try:
            found = self.dropped()
            if found is None or (last is not None and last.raw == found):
                return last
            judged = self._judged(found, now, last)
        except (OutageError, OSError):
            return last
        return replace(judged, heard_at=judged.message.issued_at)  # nobody wrote down when it came

    def _last_or_none(self) -> Heard | None:
        try:
            return self.last()
        except (OutageError, OSError):
            return None

    def _judged(self, found: object, now: datetime, last: Heard | None) -> Heard:
        message = self._genuine(found)
        if self._is_over(message, now):
            raise OutageExpiredError("the time of this message is over", "make a new one")
        if last is not None and message.serial < last.message.serial:
            raise OutageReplayedError("a later message was taken already", "make a new one: its serial is higher")
        if last is not None and message.serial == last.message.serial and message != last.message:
            raise OutageReplayedError("another message has this serial", "make a new one: its serial is higher")
        mark = None if self._marks is None else self._marks.newest()
        ours = _mark_of(message)
        if mark is not None and (message.serial < mark.serial or (message.serial == mark.serial and ours != mark)):
            raise OutageReplayedError("a later message was taken already", "make a new one: its serial is higher")
        # A clock that is behind does not make the word older than itself; one that cannot be right tells nothing.
        heard_at = message.issued_at if clock_doubt(now) is not None else max(now, message.issued_at)
        return Heard(message, heard_at, found)

    def _genuine(self, found: object) -> OutageMessage:
        message = opened(found, self._key)
        if message.municipality != self._municipality:
            raise OutageElsewhereError("this message is for another municipality", "look at [device] municipality")
        return message

    @staticmethod
    def _is_over(message: OutageMessage, now: datetime) -> bool:
        # By a clock that cannot be right nothing opens: the other road is never wrong.
        return clock_doubt(now) is None and now >= message.expires_at

    def _mark(self, message: OutageMessage) -> None:
        if self._marks is not None:
            self._marks.keep(_mark_of(message))

    def _keep(self, heard: Heard) -> None:
        kept = {"message": heard.raw, "heard_at": heard.heard_at.isoformat()}
        draft = self._folder / f".{HEARD}.{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "wb") as file:
                file.write(json.dumps(kept).encode())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._folder / HEARD)
        finally:
            draft.unlink(missing_ok=True)


def _mark_of(message: OutageMessage) -> OutageMark:
    written = json.dumps(as_table(message), sort_keys=True)
    return OutageMark(message.serial, hashlib.blake2b(written.encode(), digest_size=16).hexdigest())


def _read(path: Path) -> bytes | None:
    """Give a small file whole; None when it is not there.

    Raises: OutageUnreadableError.
    """
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError:
        raise OutageUnreadableError(f"{path.name} cannot be read", "look at its owner and mode") from None
    if len(text) > LARGEST:
        raise OutageUnreadableError(f"{path.name} is too large", "take the whole file again")
    return text
