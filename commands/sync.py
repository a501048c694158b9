# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket sync`: brings waiting cases to the case system, once or as a service.

Exit code 1 says that something is retrying or rejected; without a case system in the settings all cases wait, safely.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict

from commands.afterwards import Afterwards
from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.content_rounds import ContentRounds, install_beside
from commands.counter_service import CounterService
from commands.fault_rounds import FaultRounds
from commands.housekeeping import Housekeeping
from commands.joining import (
    build_engine,
    configured_api,
    configured_contacts,
    data_dir,
    open_database,
    practice_api,
    practice_back_end,
    second_copies,
)
from commands.log_book import carry_logging, open_log
from commands.outage_rounds import OutageRounds
from commands.slot_rounds import SlotRounds
from commands.sync_beside import TIED
from commands.system_clock import SystemClock
from commands.wipe_rounds import WipeRounds, prove_beside
from domain.errors import ExpectedError
from domain.log_line import LogEvent
from domain.settings import Settings
from resources.service_library import ServiceLibrary
from sync.act_counts import ActCounts, act_counts
from sync.counter_file import COUNTER, CounterFile
from sync.database import Database
from sync.engine import Engine
from sync.event_log import EventLog
from sync.outbox import Counts, Outbox
from sync.sole_sender import sole_sender
from sync.zgw.api import ApiSettings

_log = EventLog("loket.sync")

_SERVICE = "service"
_LAST_CALL_S = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="end when nothing is due any more")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--practice", action="store_true", help="send to a practice back end; only where no case system is configured"
    )
    parser.add_argument(
        "--or-practice",
        action="store_true",
        help="as --practice where no case system is configured, else send for real",
    )
    parser.add_argument(TIED, action="store_true", help="end with who started it: when standard input closes")


def run(arguments: argparse.Namespace) -> int:
    """Send cases; without `--once` until told to stop."""
    settings = load_settings(arguments.config)
    open_log(settings, SystemClock())
    carry_logging()
    database = open_database(settings)
    try:
        # What a lost file took comes back before anything is sent.
        second_copies(settings).restore(database, SystemClock().now())
        is_practice = arguments.practice or (arguments.or_practice and not settings.sync.is_configured)
        with _services(settings, database, is_practice=is_practice) as services:
            if services is None:
                print("loket: no case system is configured; cases wait safely on this device", file=sys.stderr)
                return _without_case_system(database, settings, arguments)
            engine, afterwards, api = services
            if arguments.once:
                counts = engine.run_once()
                afterwards.round()
                FaultRounds(settings, SystemClock()).round()
                SlotRounds(settings, SystemClock()).round()
                return _report(counts, arguments, _acts(settings))
            return _serve(database, settings, arguments, lambda stop: _send_until(engine, afterwards, stop), api)
    finally:
        database.close()


@contextmanager
def _services(
    settings: Settings, database: Database, *, is_practice: bool
) -> Iterator[tuple[Engine, Afterwards, ApiSettings] | None]:
    clock = SystemClock()
    if is_practice:
        with practice_back_end(settings, clock, ServiceLibrary.load().services) as back_end:
            api = practice_api(settings, back_end)
            yield build_engine(settings, database, clock, api), Afterwards(settings, database, clock, api), api
    elif settings.sync.is_configured:
        api, contacts = configured_api(settings), configured_contacts(settings)
        engine = build_engine(settings, database, clock, api, contacts)
        yield engine, Afterwards(settings, database, clock, api, contacts), api
    else:
        yield None


def _without_case_system(database: Database, settings: Settings, arguments: argparse.Namespace) -> int:
    """Guard the store and clear up all the same: cases wait here, and what may not stay goes at night."""
    if not arguments.once:
        return _serve(database, settings, arguments, lambda stop: stop.wait())
    if settings.outages.url:
        OutageRounds(settings, SystemClock()).round()
    SlotRounds(settings, SystemClock()).round()
    return _report(Outbox(database).counts(), arguments, _acts(settings))


def _serve(
    database: Database,
    settings: Settings,
    arguments: argparse.Namespace,
    work: Callable[[threading.Event], object],
    case_system: ApiSettings | None = None,
) -> int:
    # Kiosk and desk each start this service; the first one stays. A `--once` beside it is safe all the same.
    with sole_sender(database.path, patience_s=0.0, what=_SERVICE) as is_first:
        if not is_first:
            print("loket: a sync service runs already", file=sys.stderr)
            return FINE
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if arguments.tied:
            threading.Thread(target=_end_with_parent, args=(stop,), name="loket-tied", daemon=True).start()
        wipe_rounds = WipeRounds(settings, SystemClock(), lambda: prove_beside(arguments.config))
        content_rounds = ContentRounds(settings, SystemClock(), lambda path: install_beside(arguments.config, path))
        Housekeeping(settings, SystemClock(), wipe_rounds, content_rounds).start(stop)
        SlotRounds(settings, SystemClock()).start(stop)
        with _counter(settings, database, case_system, stop):
            work(stop)
    return _report(Outbox(database).counts(), arguments, _acts(settings))


def _end_with_parent(stop: threading.Event) -> None:
    # Not through `sys.stdin`: Python dies noisily when it ends while a thread holds that.
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    stop.set()


@contextmanager
def _counter(
    settings: Settings, database: Database, case_system: ApiSettings | None, stop: threading.Event
) -> Iterator[None]:
    """Serve desks beside the work; where that cannot begin, cases are sent all the same."""
    service: CounterService | None = None
    try:
        service = CounterService(settings, SystemClock(), database, case_system)
        service.start(stop)
    except (ExpectedError, OSError) as error:
        _log.error(LogEvent.ROUND_FAILED, error=error)
    try:
        yield
    finally:
        if service is not None:
            service.close()


def _send_until(engine: Engine, afterwards: Afterwards, stop: threading.Event) -> None:
    beside = afterwards.start(stop)
    engine.run_forever(stop)
    beside.join(_LAST_CALL_S)


def _acts(settings: Settings) -> ActCounts | None:
    """Count what staff did; None where nobody works at a counter."""
    path = data_dir(settings) / COUNTER
    if not path.exists():
        return None
    with closing(CounterFile(path)) as file:
        counts = act_counts(file)
    return counts if counts.has_any else None


def _report(counts: Counts, arguments: argparse.Namespace, acts: ActCounts | None) -> int:
    if arguments.json:
        beside = {f"acts_{name}": number for name, number in asdict(acts).items()} if acts is not None else {}
        print(json.dumps({**asdict(counts), **beside}))
    else:
        print(
            f"delivered {counts.delivered}, retrying {counts.retrying}, rejected {counts.rejected},"
            f" pending {counts.pending}"
        )
        if acts is not None:
            print(f"acts of staff: waiting {acts.waiting}, in conflict {acts.conflict}, rejected {acts.rejected}")
    return PROBLEM if counts.needs_attention or (acts is not None and acts.needs_attention) else FINE
