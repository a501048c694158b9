# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket open`: at the municipality, opens the sealed cases that libraries sent and completes them, each once.

What a citizen added at the library (a correction, a withdrawal, a reminder) is opened too, and follows its case. Exit
code 1 says that something could not be opened or completed. It keeps a store of its own beside that of a kiosk.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from contextlib import closing
from dataclasses import asdict, dataclass

from commands.audit_rounds import AuditRounds
from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import OPENED_STORE, build_transport, configured_api, configured_contacts, data_dir, key_paths
from commands.retention import clear_opened_and_report
from commands.system_clock import SystemClock
from domain.errors import DeliveryError, ExpectedError, SettingsError
from domain.settings import Settings
from sync.arrivals import Arrivals, TakenIn
from sync.counter_file import COUNTER
from sync.database import Database
from sync.engine import INTAKE, Engine, arrived_pack
from sync.fault_watch import FaultEar
from sync.follow_up_sender import OPENED_FROM, FollowUpSender
from sync.key_ring import read_key_ring
from sync.klantinteracties.api import ContactApi
from sync.outbox import Counts, Outbox
from sync.sole_sender import sole_sender
from sync.zgw.api import Api

PAUSE_S = 60.0
_ONCE_PATIENCE_S = 60.0
_ADDED = "afterwards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="end when nothing is left to open")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Open cases; without `--once` until told to stop."""
    settings = load_settings(arguments.config)
    with closing(Database(data_dir(settings) / OPENED_STORE)) as database:
        office, guard = _joined(settings, database), AuditRounds(settings, SystemClock(), OPENED_STORE)
        if arguments.once:
            taken, counts = _take_in(office)
            _clear_up(settings, database)
            _look_at_log(guard)
            return _report(taken, counts, _counts_of_added(database), arguments)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                office.arrivals.take_in()
            except DeliveryError as error:
                print(f"loket: {error}", file=sys.stderr)
            office.engine.run_once(stop)
            office.send_added(0.0, stop)
            _clear_up(settings, database)
            _look_at_log(guard)
            stop.wait(PAUSE_S)
        return FINE


def take_in_now(settings: Settings) -> tuple[int, int]:
    """Do once what the service does, for a desk; give how many cases it completed, and how many could not be.

    Raises: DeliveryError and its kinds, SealingError, SettingsError, StoreError and its kinds.
    """
    with closing(Database(data_dir(settings) / OPENED_STORE)) as database:
        before = Outbox(database).counts()
        taken, counts = _take_in(_joined(settings, database))
        failed = counts.rejected + counts.retrying + len(taken.unreadable)
        return counts.delivered - before.delivered, failed


def _take_in(office: _Office) -> tuple[TakenIn, Counts]:
    taken = office.arrivals.take_in()
    counts = office.engine.run_once()
    office.send_added(_ONCE_PATIENCE_S)
    return taken, counts


def _clear_up(settings: Settings, database: Database) -> None:
    try:
        clear_opened_and_report(settings, database, SystemClock())
    except ExpectedError as error:
        print(f"loket: {error}", file=sys.stderr)  # the cases are completed; it is tried again the next time


def _look_at_log(guard: AuditRounds) -> None:
    try:
        report = guard.round()
    except ExpectedError as error:
        print(f"loket: {error}", file=sys.stderr)
        return
    for slug in sorted({finding.slug for finding in report.findings} if report is not None else ()):
        print(f"loket: audit: {slug} -> see `loket audit check --opened`", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class _Office:
    """What opens, completes, and brings what was added; for one thread."""

    database: Database
    arrivals: Arrivals
    engine: Engine
    sender: FollowUpSender

    def send_added(self, patience_s: float, stop: threading.Event | None = None) -> None:
        """Bring what was added to cases that are complete, in order, until nothing is due."""
        with sole_sender(self.database.path, patience_s, _ADDED) as is_sole:
            while is_sole and not (stop is not None and stop.is_set()) and self.sender.send_one():
                pass


def _joined(settings: Settings, database: Database) -> _Office:
    private = key_paths(settings)[1]
    if private is None:
        raise SettingsError("sealing.private_key_file is empty", "name the key that opens the cases of the libraries")
    named, clock, ring = settings.sync, SystemClock(), read_key_ring(private)
    timeout_s, contacts = float(named.timeout_s), configured_contacts(settings)
    api = Api(configured_api(settings), build_transport(settings, clock, timeout_s))
    contact_api = ContactApi(contacts, build_transport(settings, clock, timeout_s)) if contacts is not None else None
    case_type = named.case_types.get(INTAKE, INTAKE)
    pack = arrived_pack(ring, named.case_types, FaultEar(data_dir(settings) / COUNTER))
    arrivals = Arrivals(database, api, ring, clock, case_type, named.document_type)
    engine = Engine(database, api, named.document_type, pack, clock, contacts=contact_api)
    sender = FollowUpSender(
        database,
        api,
        named.document_type,
        named.case_types,
        clock,
        opener=ring,
        intake=case_type,
        first_number=OPENED_FROM,
        contacts=contact_api,
    )
    return _Office(database, arrivals, engine, sender)


def _counts_of_added(database: Database) -> Counts:
    rows = database.rows("SELECT state, count(*) AS number FROM follow_ups GROUP BY state")
    found = {row["state"]: row["number"] for row in rows}
    return Counts(*(found.get(state, 0) for state in ("delivered", "retrying", "rejected", "pending")))


def _report(taken: TakenIn, counts: Counts, added: Counts, arguments: argparse.Namespace) -> int:
    if arguments.json:
        found = {"new": taken.new, "unreadable": list(taken.unreadable), **asdict(counts), "added": asdict(added)}
        print(json.dumps(found))
    else:
        print(
            f"new {taken.new}, completed {counts.delivered}, retrying {counts.retrying}, rejected {counts.rejected},"
            f" pending {counts.pending}"
        )
        print(
            f"added by citizens: new {taken.added}, brought {added.delivered}, retrying {added.retrying},"
            f" rejected {added.rejected}, pending {added.pending}"
        )
        for reference in taken.unreadable:
            print(f"  {reference}: no key here opens it, or it is not what it says; keep it, a person must look")
    return PROBLEM if taken.unreadable or counts.needs_attention or added.needs_attention else FINE
