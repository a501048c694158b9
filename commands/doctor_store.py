# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at disk, store and keys."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from commands.audit_rounds import verify_key_of
from commands.doctor_check import Check, broken, broken_by, fine, warning
from commands.joining import STORE, check_library_keys, data_dir, is_sealed_for_elsewhere, key_paths
from commands.system_clock import SystemClock
from commands.watched import watched
from domain.clock_doubt import clock_doubt
from domain.errors import ExpectedError
from domain.ports import Clock
from domain.settings import Settings
from sync.audit_check import AuditCheck
from sync.audit_heads import file_of
from sync.audit_log import clock_gap, last_seen
from sync.custody import is_credential
from sync.database import Database
from sync.key_pin import check_trusted
from sync.outbox import Outbox
from sync.rescue import ASIDE, set_aside_in
from sync.sealing import read_opener, read_sealer

MEGABYTE = 1024 * 1024
LITTLE_ROOM_MB = 1024
NO_ROOM_MB = 100  # a photo takes megabytes, and the database needs room to write at all


def check_data_folder(folder: Path) -> Check:
    """Look whether the folder of the data can be written."""
    found = folder
    while not found.exists() and found != found.parent:
        found = found.parent
    if not found.is_dir():
        return broken("data", f"{found.name} is no folder", "name another folder as data_dir under [device]")
    if not os.access(found, os.W_OK | os.X_OK):
        return broken("data", f"the folder {found.name} cannot be written", "give it to the user that runs Loket")
    return fine("data", "the data folder can be written" if folder.exists() else "the data folder will be made")


def check_room(folder: Path) -> Check:
    """Look how much room the disk has."""
    found = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(found).free // MEGABYTE
    says = f"{free} MB free"
    if free < NO_ROOM_MB:
        return broken("disk", says, "make room: cases cannot be kept")
    if free < LITTLE_ROOM_MB:
        return warning("disk", says, f"make room: less than {LITTLE_ROOM_MB} MB is little")
    return fine("disk", says)


def check_store(settings: Settings, clock: Clock | None = None) -> tuple[Check, ...]:
    """Look whether the store is whole, its log unchanged, and nothing waits for a person."""
    path = data_dir(settings) / STORE
    if not path.exists():
        return (fine("store", "there is no store yet; the first case makes it"),)
    try:
        with closing(Database(path)) as database:
            database.check()
            counts = Outbox(database).counts()
        log = _check_log(settings, path, clock or SystemClock())
    except ExpectedError as error:
        return (broken_by("store", error),)
    says = f"{counts.rejected} cases need a person, {counts.retrying} are tried again"
    waiting = (
        warning("outbox", says, "look at `loket outbox`")
        if counts.rejected or counts.retrying
        else fine("outbox", says)
    )
    return (fine("store", "the store is whole"), log, waiting)


def _check_log(settings: Settings, store: Path, clock: Clock) -> Check:
    report = AuditCheck(store, verify_key_of(settings)).run(clock.now(), watched(settings))
    if not report.findings:
        return fine("audit", "the log of what happened is unbroken, and the store fits it")
    says = ", ".join(sorted({finding.slug for finding in report.findings}))
    return broken(
        "audit", f"{len(report.findings)} things do not fit the log: {says}", "`loket audit check` names them"
    )


def check_waiting(settings: Settings, clock: Clock) -> tuple[Check, ...]:
    """Look whether a case waits longer than the settings allow; nothing to say where there is no store to read."""
    path = data_dir(settings) / STORE
    if not path.exists():
        return ()
    hours = settings.sync.alarm_after_hours
    try:
        with closing(Database(path)) as database:
            number = len(Outbox(database).alarming(clock.now(), timedelta(hours=hours)))
    except ExpectedError:
        return ()  # `check_store` tells what is wrong with it
    if number:
        says = f"{number} cases wait longer than {hours} hours"
        return (broken("waiting", says, "look at `loket outbox`; `loket outbox paper FOLDER` makes pages of them"),)
    return (fine("waiting", f"no case waits longer than {hours} hours"),)


def check_set_aside(folder: Path) -> Check:
    """Look whether a damaged store was set aside here."""
    number = len(set_aside_in(folder))
    if number:
        says = f"{number} damaged stores lie here as they were; what could be read was carried over"
        return warning("set-aside", says, f"look at the disk; take the folders {ASIDE}* away when nobody needs them")
    return fine("set-aside", "no damaged store was set aside")


def check_clock(settings: Settings, clock: Clock) -> Check:
    """Look whether the clock can be right."""
    path, seen, gap = data_dir(settings) / STORE, None, None
    if path.exists():
        try:
            with closing(Database(path)) as database:
                seen, gap = last_seen(database), clock_gap(database)
        except ExpectedError:
            seen, gap = None, None  # the store's own check tells of it
    says = "" if gap is None else f"the case system's clock is {abs(gap)} {'ahead' if gap > timedelta(0) else 'behind'}"
    doubt = clock_doubt(clock.now(), seen, gap)
    if doubt is not None:
        return broken(
            "clock",
            "; ".join(filter(None, (f"{doubt.value}: no day is promised", says))),
            "set it; the case system then says that it is right, or a person: `loket health --clock-is-right`",
        )
    if gap is not None:
        return warning("clock", says, "set it, and let it follow a time server")
    return fine("clock", "the clock can be right")


def check_keys(settings: Settings) -> tuple[Check, ...]:
    """Look whether the keys are there, fit together, and are kept from others."""
    folder = data_dir(settings)
    try:
        public, private = key_paths(settings)
        if is_sealed_for_elsewhere(settings):
            check_library_keys(settings)
            private = None
        if private is not None and not public.exists() and not private.exists():
            return (fine("keys", "there are no keys yet; the first start makes a practice pair"),)
        key_id = read_sealer(public).key_id
        if private is None:
            check_trusted(folder, read_sealer(public), is_known=file_of(folder / STORE).exists())
            return (fine("keys", f"key {key_id} seals; it is opened elsewhere"),)
        if read_opener(private).key_id != key_id:
            return (broken("keys", "the private key is of another pair", "restore the pair that belongs together"),)
        check_trusted(folder, read_sealer(public), is_known=file_of(folder / STORE).exists())
    except ExpectedError as error:
        return (broken_by("keys", error),)
    return (fine("keys", f"key {key_id} seals and opens"), _who_can_read(private))


def _who_can_read(private: Path) -> Check:
    if is_credential(private):
        return fine("key-file", "systemd keeps the private key; no file on a disk opens a case")
    if os.name == "posix" and stat.S_IMODE(private.stat().st_mode) & 0o077:
        return broken("key-file", "others can read the private key", f"chmod 600 {private.name}")
    says = "the private key is a file: who can read the disk, can open every case"
    return warning("key-file", says, "keep it with systemd-creds and a TPM where the machine has one")
