# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket open`: at the municipality, opens the sealed cases that libraries sent and completes them, each once.

Exit code 1 says that a case could not be opened or completed. It keeps a store of its own beside that of a kiosk.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from contextlib import closing
from dataclasses import asdict

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import build_transport, configured_api, configured_contacts, data_dir, key_paths
from commands.system_clock import SystemClock
from domain.errors import DeliveryError, SettingsError
from domain.settings import Settings
from sync.arrivals import Arrivals, TakenIn
from sync.database import Database
from sync.engine import INTAKE, Engine, arrived_pack
from sync.key_ring import read_key_ring
from sync.klantinteracties.api import ContactApi
from sync.outbox import Counts
from sync.zgw.api import Api

STORE = "opened.db"
PAUSE_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="end when nothing is left to open")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Open cases; without `--once` until told to stop."""
    settings = load_settings(arguments.config)
    with closing(Database(data_dir(settings) / STORE)) as database:
        arrivals, engine = _joined(settings, database)
        if arguments.once:
            return _report(arrivals.take_in(), engine.run_once(), arguments)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                arrivals.take_in()
            except DeliveryError as error:
                print(f"loket: {error}", file=sys.stderr)
            engine.run_once(stop)
            stop.wait(PAUSE_S)
        return FINE


def _joined(settings: Settings, database: Database) -> tuple[Arrivals, Engine]:
    private = key_paths(settings)[1]
    if private is None:
        raise SettingsError("sealing.private_key_file is empty", "name the key that opens the cases of the libraries")
    named, clock, ring = settings.sync, SystemClock(), read_key_ring(private)
    timeout_s, contacts = float(named.timeout_s), configured_contacts(settings)
    api = Api(configured_api(settings), build_transport(settings, clock, timeout_s))
    contact_api = ContactApi(contacts, build_transport(settings, clock, timeout_s)) if contacts is not None else None
    case_type = named.case_types.get(INTAKE, INTAKE)
    pack = arrived_pack(ring, named.case_types)
    arrivals = Arrivals(database, api, ring, clock, case_type, named.document_type)
    return arrivals, Engine(database, api, named.document_type, pack, clock, contacts=contact_api)


def _report(taken: TakenIn, counts: Counts, arguments: argparse.Namespace) -> int:
    if arguments.json:
        print(json.dumps({"new": taken.new, "unreadable": list(taken.unreadable), **asdict(counts)}))
    else:
        print(
            f"new {taken.new}, completed {counts.delivered}, retrying {counts.retrying}, rejected {counts.rejected},"
            f" pending {counts.pending}"
        )
        for reference in taken.unreadable:
            print(f"  {reference}: no key here opens it, or it is not what it says; keep it, a person must look")
    return PROBLEM if taken.unreadable or counts.needs_attention else FINE
