# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the log, the health figures and the doctor tell of our own failures, as reports of faults (L04).

Lines of the log hold names and numbers of ours only (decision 19), and of those only names become the words of a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands.doctor_check import Check, Health
from commands.log_book import FOLDER
from domain.errors import DefinitionError
from domain.log_line import LogEvent
from domain.system_fault import FaultKey, FaultReport, FaultSource, word_of

_DAYS_BACK = 3
_AT = r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
_CRASH = re.compile(rf"{_AT} fault: (?P<kind>\w+)(?: at (?P<places>[^>]*?))?(?: after [\w ]+)? ->")
_MISTAKE = re.compile(rf"{_AT} \w+ (?P<event>[a-z-]+) .*?\berror=mistake-(?P<kind>\w+)")
_UNEXPECTED = re.compile(rf"{_AT} unexpected: (?P<kind>\w+)")
_REFUSED = re.compile(rf"{_AT} \w+ {LogEvent.OUTAGE_REFUSED} source=(?P<source>\w+) slug=(?P<slug>[\w-]+)")
_FINDING = re.compile(rf"{_AT} \w+ {LogEvent.AUDIT_FINDING} slug=(?P<slug>[\w-]+)")
# A case that does not arrive is a fault of its own (`sync.fault_watch`).
_OF_A_CASE = frozenset({LogEvent.NOT_DELIVERED, LogEvent.NOT_ADDED})
_WAITING = "waiting"
_MISSED_S = 24 * 60 * 60  # paper that is filled within the day is nobody's fault
_CLOCK_OK, _READER_GONE = "ok", "absent"
_WHOLE = frozenset({"whole", "none-yet"})
_UNBROKEN = frozenset({"unbroken", "not-checked-yet"})


class LogFaults:
    """Reads what came to the day files since it last looked."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._read: dict[str, int] = {}

    def new(self, now: datetime) -> Iterator[FaultReport]:
        """Give the faults of the last days that were not given before."""
        oldest = f"loket-{now - timedelta(days=_DAYS_BACK):%Y-%m-%d}.log"
        for path in sorted(self._folder.glob("loket-*.log")):
            if path.name < oldest:
                continue
            try:
                with path.open("rb") as file:
                    file.seek(self._read.get(path.name, 0))
                    found = file.read()
            except OSError:
                continue
            whole = found[: found.rfind(b"\n") + 1]
            self._read[path.name] = self._read.get(path.name, 0) + len(whole)
            yield from in_lines(whole.decode(errors="replace").splitlines())


def in_lines(lines: Iterable[str]) -> Iterator[FaultReport]:
    """Read lines of the log; what is no fault gives nothing."""
    for line in lines:
        if (crash := _CRASH.match(line)) is not None:
            places = (crash["places"] or "").split()
            yield _report(FaultSource.PROGRAM, crash["kind"], places[-1] if places else "", crash["at"])
        elif (mistake := _MISTAKE.match(line)) is not None and mistake["event"] not in _OF_A_CASE:
            yield _report(FaultSource.PROGRAM, mistake["kind"], mistake["event"], mistake["at"])
        elif (unexpected := _UNEXPECTED.match(line)) is not None:
            yield _report(FaultSource.PROGRAM, unexpected["kind"], "unexpected", unexpected["at"])
        elif (refused := _REFUSED.match(line)) is not None:
            yield _report(FaultSource.CONTENT, refused["source"], refused["slug"], refused["at"])
        elif (finding := _FINDING.match(line)) is not None:
            yield _report(FaultSource.DEVICE, "audit", finding["slug"], finding["at"])


def _report(source: FaultSource, about: str, kind: str, at: str) -> FaultReport:
    # A minute: a loop that fails on and on must not fill the book.
    return FaultReport(FaultKey(source, word_of(about), word_of(kind)), at[:16], datetime.fromisoformat(at))


def in_health(found: Mapping[str, Any], now: datetime) -> Iterator[FaultReport]:
    """Give what the figures of this device tell, once a day; cases that do not arrive are left to `sync`."""
    if found["store"] not in _WHOLE:
        yield _device("store", str(found["store"]), now)
    if found["stores_set_aside"]:
        yield _device("store", "set-aside", now)
    if found["clock"] != _CLOCK_OK:
        yield _device("clock", str(found["clock"]), now)
    if found["audit"]["state"] not in _UNBROKEN:
        yield _device("audit", str(found["audit"]["state"]), now)
    if found["out_of_service"]:
        yield _device("wipe", "out-of-service", now)
    if found["id_reader"] == _READER_GONE:
        yield _device("id-reader", _READER_GONE, now)
    for device, seconds in found.get("device_trouble_s", {}).items():
        if seconds >= _MISSED_S and device != "id_reader":
            yield _device(device, "trouble", now)


def in_checks(checks: Iterable[Check], now: datetime) -> Iterator[FaultReport]:
    """Give what the doctor finds broken, once a day."""
    for check in checks:
        if check.state is Health.BROKEN and check.id != _WAITING:
            yield _device(check.id, check.state.value, now)


def in_content(closed: Iterable[tuple[str, DefinitionError]], now: datetime) -> Iterator[FaultReport]:
    """Give the services that are closed because their definition is wrong, once a day."""
    for service_id, error in closed:
        yield FaultReport(FaultKey(FaultSource.CONTENT, word_of(service_id), error.slug), f"{now:%Y-%m-%d}", now)


def _device(about: str, kind: str, now: datetime) -> FaultReport:
    return FaultReport(FaultKey(FaultSource.DEVICE, word_of(about), word_of(kind)), f"{now:%Y-%m-%d}", now)
