# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket keys`: makes the key pair that closes and opens submissions, and checks that the one in use is whole."""

from __future__ import annotations

import argparse
import json
import os
import stat
from collections.abc import Sequence
from contextlib import closing

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import STORE, data_dir, device_key, key_paths, open_database
from commands.system_clock import SystemClock
from commands.watched import SEALING_KEY, watched
from domain.errors import SealingError
from domain.settings import Settings
from sync.audit_check import write_seen
from sync.audit_heads import file_of
from sync.custody import is_credential
from sync.key_pin import check_trusted, trust
from sync.key_ring import read_key_ring, rotate
from sync.sealing import PublicSealer, make_key_pair, read_opener, read_sealer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "action",
        choices=["create", "rotate", "trust", "check"],
        help="make a pair, a new one, say that it is right, or look",
    )
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Make or check the keys; a failure names the file and the remedy."""
    settings = load_settings(arguments.config)
    public, private = key_paths(settings)
    if arguments.action == "create":
        if private is None:
            raise SealingError("sealing.private_key_file is empty", "name where the private key goes")
        print(f"key {make_key_pair(public, private)}: {public}, {private}")
        return FINE
    if arguments.action == "rotate":
        if private is None:
            raise SealingError("the private key is not here", "rotate where it is, then bring the new public key here")
        if is_credential(private):
            raise SealingError("the private key is a credential of systemd", "see docs/keys.md, rotating")
        before = read_sealer(public)
        # Both are trusted meanwhile: cut short at any moment, the key that lies there is one that may seal.
        old, new = rotate(public, private, lambda after: _countersign(settings, [before, after]))
        _trust(settings)
        print(f"key {new} seals from now on; {old} is kept beside it and still opens what was sealed to it")
        return FINE
    if arguments.action == "trust":
        print(f"key {_trust(settings)} is trusted: what is handed in is sealed to it")
        return FINE
    sealer = read_sealer(public)
    key_id = sealer.key_id
    known = {key_id}
    problems = _distrust(settings, sealer)
    if private is not None:
        if read_opener(private).key_id != key_id:
            problems.append("the private key is of another pair")
        known |= read_key_ring(private).key_ids
        if not is_credential(private) and os.name == "posix" and stat.S_IMODE(private.stat().st_mode) & 0o077:
            problems.append("others can read the private key: chmod 600")
    database = open_database(settings)
    try:
        # A delivered case was opened already; what still waits must be openable.
        rows = database.rows(
            "SELECT count(*) AS number FROM submissions JOIN outbox USING (case_id)"
            " WHERE key_id NOT IN (SELECT value FROM json_each(?))"
            " AND state IN ('pending', 'sending', 'retrying', 'rejected')",
            (json.dumps(sorted(known)),),
        )
    finally:
        database.close()
    if rows[0]["number"]:
        problems.append(f"{rows[0]['number']} waiting cases need another key")
    _report(arguments, key_id, problems, has_private=private is not None)
    return PROBLEM if problems else FINE


def _trust(settings: Settings) -> str:
    """Countersign the key that lies there, and let the log tell it."""
    sealer = read_sealer(key_paths(settings)[0])
    _countersign(settings, [sealer])
    with closing(open_database(settings)) as database:
        write_seen(database, {SEALING_KEY: watched(settings)[SEALING_KEY]}, SystemClock().now())
    return sealer.key_id


def _countersign(settings: Settings, sealers: Sequence[PublicSealer]) -> None:
    trust(data_dir(settings), sealers, device_key(settings), SystemClock().now())


def _distrust(settings: Settings, sealer: PublicSealer) -> list[str]:
    folder = data_dir(settings)
    try:
        check_trusted(folder, sealer, is_known=file_of(folder / STORE).exists())
    except SealingError as error:
        return [f"{error.says}: {error.remedy}"]
    return []


def _report(arguments: argparse.Namespace, key_id: str, problems: list[str], *, has_private: bool) -> None:
    if arguments.json:
        print(json.dumps({"key_id": key_id, "opens": has_private, "problems": problems}))
        return
    print(f"key {key_id}: {'seals and opens' if has_private else 'seals'}")
    for problem in problems:
        print(f"  {problem}")
