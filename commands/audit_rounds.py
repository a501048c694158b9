# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guards the audit log of a device: checks it at the start and each night as a whole, and what is new each round.

It signs heads, takes old lines away, countersigns the key that seals when there is none yet, and leaves what it found
in a signed file, which the heartbeat tells of.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey, VerifyKey

from commands.joining import DEVICE_KEY, STORE, data_dir, device_key, key_paths
from commands.watched import SEALING_KEY, watched
from domain.errors import ExpectedError
from domain.ports import Clock
from domain.settings import Settings
from sync import audit_check, audit_heads
from sync.audit_check import AuditCheck, Progress, Report
from sync.audit_heads import Head
from sync.custody import in_custody, is_closed
from sync.database import Database
from sync.key_pin import GUARD_REPORT, device_public, is_record_of, is_trusted, trust
from sync.reconcile import Finding
from sync.sealing import read_sealer
from sync.shared_folder import fit
from sync.signing import signed, verified

REPORT = GUARD_REPORT
KEEP_LINES = timedelta(days=365)
FULL_EVERY = timedelta(hours=20)
HEARTBEAT = "heartbeat.json"


class AuditRounds:
    """The guard of one store; for one thread."""

    def __init__(self, settings: Settings, clock: Clock, store: str = STORE) -> None:
        self._settings = settings
        self._is_device = store == STORE  # and not what `loket open` keeps
        self._store = data_dir(settings) / store
        self._clock = clock
        self._folder = data_dir(settings)
        self._check: AuditCheck | None = None
        self._full_at: datetime | None = None

    def round(self, *, is_full: bool = False, progress: Progress | None = None) -> Report | None:
        """Do what is due; None where there is no store yet.

        Raises: StoreError, SealingError.
        """
        store, now = self._store, self._clock.now()
        if not store.exists():
            return None
        key, seen = device_key(self._settings), watched(self._settings)
        if self._check is None:
            self._check = AuditCheck(store, key.verify_key)
        is_due = self._full_at is None or not timedelta(0) <= now - self._full_at < FULL_EVERY
        is_full = is_full or is_due
        report = self._check.run(now, seen, is_full=is_full, progress=progress)
        if self._is_device:
            report = self._with_more(report, key)
            if not self._is_pinned(now):
                return report  # nothing is sealed here yet; where the log is signed, the key is countersigned
        with closing(Database(store)) as database:
            audit_check.write_seen(database, self._check.unseen(seen), now)
            if not report.findings:
                missing = self._check.missing_in_file()
                if missing:
                    audit_heads.complete(audit_heads.file_of(store), missing)
                if is_full and self._is_device:  # `loket open` remembers by its log what it completed long ago
                    audit_check.remove_old(database, key, self._check.seen, now, KEEP_LINES)
            # A window goes by that file: where it lies, a key must be trusted.
            if audit_heads.file_of(store).exists():
                head = audit_check.sign_if_due(database, key, report, now) or report.head
            else:
                head = audit_heads.sign(database, key, now)
        if is_full:
            self._full_at = now
        self._leave(report, head, now)
        return report

    def _with_more(self, report: Report, key: SigningKey) -> Report:
        """Hold the log against the last heartbeat, and the record of the trusted key against the key."""
        more = []
        told = last_told(self._folder)
        if told > report.number:
            more.append(Finding("lines-cut-off", told))
        if audit_heads.file_of(self._folder / STORE).exists() and not is_trusted(self._folder):
            more.append(Finding("trusted-key-gone"))
        # The window holds record and public half against each other; only here is the key that both must be of.
        if is_trusted(self._folder) and not is_record_of(self._folder, key):
            more.append(Finding("trusted-key-changed"))
        if not more:
            return report
        return replace(report, findings=(*report.findings, *more))

    def _is_pinned(self, now: datetime) -> bool:
        """Countersign the key that seals, the first time; never again without a person. False: there is no key yet."""
        is_known_to_log = self._check is not None and SEALING_KEY in self._check.seen
        is_first = not is_known_to_log and not audit_heads.file_of(self._store).exists()
        public = key_paths(self._settings)[0]
        if is_first and not is_trusted(self._folder):
            if not public.exists():
                return False
            trust(self._folder, [read_sealer(public)], device_key(self._settings), now)
        return True

    def _leave(self, report: Report, head: Head | None, now: datetime) -> None:
        said = {
            "format": 1,
            "device": self._settings.device.id,
            "at": now.isoformat(timespec="seconds"),
            # Of the last line that was signed: it is on the disk for sure, whatever a power cut takes.
            "number": head.number if head is not None else 0,
            "hash": head.hash if head is not None else "",
            "findings": sorted({finding.slug for finding in report.findings}),
        }
        write_private(
            self._folder / (REPORT if self._is_device else f"{self._store.stem}-{REPORT}"),
            signed(said, device_key(self._settings)),
        )


def verify_key_of(settings: Settings) -> VerifyKey:
    """Give the public half of the device's key without making one: where there is none, nothing is rightly signed.

    Who may not read the key itself goes by the half that lies beside the store. Raises: SealingError.
    """
    path = in_custody(data_dir(settings) / DEVICE_KEY)
    if os.access(path, os.R_OK):
        return device_key(settings).verify_key
    if path.exists() or is_closed(path):
        return VerifyKey(device_public(data_dir(settings)))
    return SigningKey.generate().verify_key


def audit_state(folder: Path) -> Mapping[str, Any]:
    """Give what the guard found last, for monitoring: never a case, never a citizen."""
    try:
        said = verified((folder / REPORT).read_bytes(), device_public(folder))
        return {
            "state": ", ".join(said["findings"]) or "unbroken",
            "number": int(said["number"]),
            "hash": str(said["hash"]),
            "checked_at": str(said["at"]),
        }
    except FileNotFoundError:
        return {"state": "not-checked-yet", "number": 0, "hash": "", "checked_at": ""}
    except (OSError, ExpectedError, KeyError, TypeError, ValueError):
        return {"state": "report-changed", "number": 0, "hash": "", "checked_at": ""}


def last_told(folder: Path) -> int:
    """Give the number of the last line that the heartbeat told of."""
    try:
        return int(json.loads((folder / HEARTBEAT).read_bytes())["audit"]["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for the owner's eyes."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fit(descriptor, path.parent)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
