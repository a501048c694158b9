# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A device with cases in every state and a log that was signed, for who tampers with it as with any SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from commands.audit_rounds import AuditRounds
from commands.configuration import load_settings
from commands.joining import STORE, data_dir, open_database, read_public_key, second_copies
from domain.follow_up import FollowUpHeader, FollowUpKind, new_follow_up_id
from domain.settings import Settings
from domain.submission import Submission
from sync.case_store import SqliteCaseStore
from sync.delivery_steps import DeliverySteps
from sync.outbox import Outbox
from sync.status_book import SqliteStatusBook
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.samples import hand_in

HOUR = timedelta(hours=1)


class Device:
    """One device and the hands of who has its disk."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "loket.toml"
        self.config.write_text(
            f'[device]\nid = "kiosk-07"\ndata_dir = "{folder / "data"}"\n[kiosk]\nidle_s = 240\n', encoding="utf-8"
        )
        self.clock = FakeClock(TUESDAY)
        self.guard = self.new_guard()
        self.sealer = read_public_key(self.settings)
        self.delivered = [self._deliver(number) for number in range(2)]
        for made in self.delivered:
            self.add(made)
        self.rejected = self._reject()
        self.pending = [self.submit() for _ in range(2)]
        for _ in range(2):
            self.look()
            self.clock.advance(2 * HOUR)

    @property
    def settings(self) -> Settings:
        return load_settings(self.config)

    @property
    def data(self) -> Path:
        return data_dir(self.settings)

    def new_guard(self) -> AuditRounds:
        return AuditRounds(self.settings, self.clock)

    def look(self, *, is_new_process: bool = False) -> set[str]:
        """Let the guard do its round; give what it found."""
        if is_new_process:
            self.guard = self.new_guard()
        report = self.guard.round()
        assert report is not None
        return {finding.slug for finding in report.findings}

    def submit(self) -> Submission:
        with closing(open_database(self.settings)) as database:
            store = SqliteCaseStore(database, second_copies(self.settings))
            return hand_in(store, self.sealer, at=self.clock.now())

    def add(self, made: Submission) -> None:
        header = FollowUpHeader(
            new_follow_up_id(), made.header.case_id, FollowUpKind.CORRECTION, self.clock.now(), self.sealer.key_id
        )
        with closing(open_database(self.settings)) as database:
            book = SqliteStatusBook(database, second_copies(self.settings))
            assert book.add(header, self.sealer.seal(b"correction"))

    def _deliver(self, number: int) -> Submission:
        made, now = self.submit(), self.clock.now()
        with closing(open_database(self.settings)) as database:
            claim = Outbox(database).claim(now)
            assert claim is not None
            steps = DeliverySteps(database, claim)
            steps.before("case", claim.header.reference, now)
            steps.after("case", now, f"https://zaken.example/zaken/{number}")
            steps.write_with(lambda connection: Outbox.settle_delivered(connection, claim, now))
        return made

    def _reject(self) -> Submission:
        made = self.submit()
        with closing(open_database(self.settings)) as database:
            claim = Outbox(database).claim(self.clock.now())
            assert claim is not None
            Outbox(database).rejected(claim, self.clock.now(), "rejected", "unknown-property")
        return made

    def names(self) -> dict[str, str]:
        """Give the cases by what they are, for the SQL of a tamperer."""
        return {
            "pending": self.pending[0].header.case_id,
            "pending_2": self.pending[1].header.case_id,
            "delivered": self.delivered[0].header.case_id,
            "delivered_2": self.delivered[1].header.case_id,
            "rejected": self.rejected.header.case_id,
        }

    def tamper(self, *statements: str) -> None:
        """Write into the file as somebody with the disk does: no trigger, no check of ours holds him."""
        with closing(sqlite3.connect(self.data / STORE)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                changed = connection.execute(statement, self.names())
                assert changed.rowcount != 0, "the tamperer changed nothing"
            connection.commit()

    def copied(self) -> bytes:
        """Give the store as it is now, whole."""
        with closing(open_database(self.settings)) as database:
            assert database.empty_log()
        return (self.data / STORE).read_bytes()

    def put_back(self, content: bytes) -> None:
        """Put an older file of the store in the place of today's, as a copy of the disk gives it."""
        for ending in ("-wal", "-shm", ""):
            (self.data / f"{STORE}{ending}").unlink(missing_ok=True)
        (self.data / STORE).write_bytes(content)

    def all_files(self) -> Mapping[Path, bytes]:
        """Give everything that lies here, to be put back after a try."""
        self.copied()
        return {file: file.read_bytes() for file in self.data.rglob("*") if file.is_file()}

    def put_all_back(self, files: Mapping[Path, bytes]) -> None:
        """Undo a try."""
        for file in [found for found in self.data.rglob("*") if found.is_file()]:
            file.unlink()
        for file, content in files.items():
            file.write_bytes(content)
            file.chmod(0o600)
