# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket health`: figures for monitoring, as text, as JSON or as a textfile for node_exporter; see docs/health.md.

Counts, ages and yes or no: never an answer, a name, a number or a reference of a citizen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands.audit_rounds import HEARTBEAT, audit_state
from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.content_in_force import content_standing
from commands.device_states import Device, looked_at, troubles
from commands.doctor_check import Check, Health
from commands.doctor_store import NO_ROOM_MB
from commands.health_file import write_whole
from commands.id_reader import USB, IdReader, check_id_reader, id_reader
from commands.joining import STORE, data_dir, second_copies
from commands.out_of_service import is_out_of_service
from commands.system_clock import SystemClock
from commands.wipe_report import last_report_at
from domain.clock_doubt import clock_doubt
from domain.errors import StoreError
from domain.ports import Clock
from domain.settings import Settings
from resources.service_library import ServiceLibrary
from sync.act_counts import act_counts
from sync.counter_file import COUNTER, CounterFile
from sync.database import Database
from sync.fault_book import SqliteFaultBook
from sync.rescue import set_aside_in
from sync.store_health import StoreFigures, clock_checked, figures_of

RETENTION = "retention"
_FAULTS = ("faults_without_owner", "faults_escalated")
_ACTS = ("acts_waiting", "acts_conflict", "acts_rejected")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--textfile", type=Path, metavar="FILE", help="write for node_exporter, whole or not at all")
    parser.add_argument(
        "--no-devices",
        action="store_true",
        help="do not look at printer, sound and reader; tell how the window saw them",
    )
    parser.add_argument(
        "--clock-is-right",
        action="store_true",
        help="a person looked, and the clock is right; ends a doubt",
    )


def run(arguments: argparse.Namespace) -> int:
    """Tell how this device stands; 1 when a person must look."""
    settings, clock = load_settings(arguments.config), SystemClock()
    if arguments.clock_is_right:
        with closing(Database(data_dir(settings) / STORE)) as database:
            clock_checked(database, clock.now())
    found = health(settings, clock, with_devices=not arguments.no_devices)
    if arguments.textfile is not None:
        write_whole(arguments.textfile, "".join(f"{line}\n" for line in as_metrics(found)))
    if arguments.json:
        print(json.dumps(found, indent=2))
    elif arguments.textfile is None:
        print("\n".join(f"{name}: {value}" for name, value in _flat("", found)))
    return PROBLEM if found["needs_person"] else FINE


def health(settings: Settings, clock: Clock, *, with_devices: bool = False, usb: Path = USB) -> dict[str, Any]:
    """Look at everything that monitoring may know; changes nothing."""
    now, folder = clock.now(), data_dir(settings)
    store = _look_at_store(settings, now)
    free = shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists())).free
    figures = store.figures
    gap = figures.clock_gap if figures else None
    doubt = clock_doubt(now, figures.last_seen_at if figures else None, gap)
    aside = len(set_aside_in(folder))
    found: dict[str, Any] = {
        "format": 1,
        "device": settings.device.id,
        "at": now.isoformat(timespec="seconds"),
        "content": content_version(),
        **_content(settings),
        "store": store.state,
        "stores_set_aside": aside,
        "second_copies": sum(1 for _ in second_copies(settings).folder.glob("*.case")),
        "disk_free_mb": free // 1024**2,
        "clock": doubt.value if doubt else "ok",
        "clock_gap_s": round(gap.total_seconds()) if gap is not None else 0,
        "audit": dict(audit_state(folder)),
        "id_reader": id_reader(settings, usb).value,
        "last_retention_at": _last_retention(folder),
        "last_heartbeat_at": _last_heartbeat(folder),
        "out_of_service": is_out_of_service(folder),
        "last_wipe_proof_at": _told(last_report_at(folder)),
        "device_trouble_s": dict(_troubles(folder, now)),
        **_faults(folder, now),
        **_acts(folder),
    }
    if figures is not None:
        found |= {
            "cases": dict(figures.cases),
            "added_waiting": figures.added_waiting,
            "oldest_unsent_s": figures.oldest_unsent_s,
            "alarming": figures.alarming,
            "last_delivered_at": _told(figures.last_delivered_at),
        }
    looked: Mapping[str, str] = {}
    if with_devices:
        checks = (*_devices(settings), check_id_reader(settings, usb))
        looked = found["devices"] = {check.id: check.state.value for check in checks}
    elif noted := looked_at(folder, now):
        found["devices"] = {device.value: state for device, state in noted.items()}
    found["needs_person"] = bool(
        store.state not in ("whole", "none-yet")
        or doubt
        or aside
        or found["out_of_service"]
        or found["faults_escalated"]
        or found["acts_conflict"]
        or found["acts_rejected"]
        or found["content_refused"]
        or found["audit"]["state"] not in ("unbroken", "not-checked-yet")
        or found["disk_free_mb"] < NO_ROOM_MB
        or (figures is not None and (figures.alarming or figures.cases["rejected"]))
        or found["id_reader"] == IdReader.ABSENT
        or any(seconds >= 60 * settings.kiosk.device_alarm_min for seconds in found["device_trouble_s"].values())
        or Health.BROKEN in looked.values()  # what the window noted counts by how long it lasts
    )
    return found


def _troubles(folder: Path, now: datetime) -> Iterator[tuple[str, int]]:
    """Give of each device that can be missed how long it is in trouble; 0 while it is not."""
    found = troubles(folder, now)
    for device in Device:
        yield device.value, int(found.get(device, timedelta()).total_seconds())


def _faults(folder: Path, now: datetime) -> dict[str, int]:
    path = folder / COUNTER
    if not path.exists():
        return {"faults_without_owner": 0, "faults_escalated": 0}
    try:
        with closing(CounterFile(path)) as file:
            nobodys = [group for group in SqliteFaultBook(file).groups(only_open=True) if group.owner is None]
    except StoreError:
        # It cannot tell, so somebody must look.
        return {"faults_without_owner": 0, "faults_escalated": 1}
    return {
        "faults_without_owner": len(nobodys),
        "faults_escalated": sum(group.is_escalated(now) for group in nobodys),
    }


def _acts(folder: Path) -> dict[str, int]:
    path = folder / COUNTER
    if not path.exists():
        return dict.fromkeys(_ACTS, 0)
    try:
        with closing(CounterFile(path)) as file:
            counts = act_counts(file)
    except StoreError:
        # It cannot tell, so somebody must look.
        return {"acts_waiting": 0, "acts_conflict": 0, "acts_rejected": 1}
    return {"acts_waiting": counts.waiting, "acts_conflict": counts.conflict, "acts_rejected": counts.rejected}


@dataclass(frozen=True, slots=True)
class _Store:
    state: str  # "whole", "none-yet", or the slug of what is wrong
    figures: StoreFigures | None = None


def _look_at_store(settings: Settings, now: datetime) -> _Store:
    path = data_dir(settings) / STORE
    if not path.exists():
        return _Store("none-yet")
    try:
        with closing(Database(path)) as database:
            figures = figures_of(database, now, timedelta(hours=settings.sync.alarm_after_hours))
            database.check(is_quick=True)
    except StoreError as error:
        return _Store(error.slug)
    return _Store("whole", figures)


def _content(settings: Settings) -> dict[str, Any]:
    """Tell which package is in force (0: Loket's own content), and why another, that should be, is not."""
    standing = content_standing(settings)
    if standing is None:
        return {"content_serial": 0, "content_refused": ""}
    return {"content_serial": standing.serial, "content_refused": standing.trouble.slug if standing.trouble else ""}


def content_version() -> str:
    """Name the content of this installation: the services with their versions, as one short sum."""
    services = sorted(f"{service.id} {service.version}" for service in ServiceLibrary.load().services)
    return hashlib.sha256("\n".join(services).encode()).hexdigest()[:12]


def as_metrics(found: Mapping[str, Any]) -> Iterator[str]:
    """Give the figures as node_exporter reads them."""
    for state, number in found.get("cases", {}).items():
        yield f'loket_cases{{state="{state}"}} {number}'
    yield f"loket_store_whole {int(found['store'] in ('whole', 'none-yet'))}"
    yield f"loket_audit_unbroken {int(found['audit']['state'] in ('unbroken', 'not-checked-yet'))}"
    yield f"loket_audit_lines {found['audit']['number']}"
    yield f"loket_clock_doubtful {int(found['clock'] != 'ok')}"
    yield f"loket_clock_gap_seconds {found['clock_gap_s']}"
    yield f"loket_needs_person {int(found['needs_person'])}"
    yield f"loket_out_of_service {int(found['out_of_service'])}"
    yield f"loket_disk_free_bytes {found['disk_free_mb'] * 1024**2}"
    yield f'loket_content_info{{version="{found["content"]}"}} 1'
    yield f"loket_content_serial {found['content_serial']}"
    yield f"loket_content_refused {int(bool(found['content_refused']))}"
    for name in ("stores_set_aside", "second_copies", "added_waiting", "oldest_unsent_s", "alarming", *_FAULTS, *_ACTS):
        if name in found:
            yield f"loket_{name.replace('_unsent_s', '_unsent_seconds')} {found[name]}"
    for name in ("last_delivered_at", "last_retention_at", "last_heartbeat_at", "last_wipe_proof_at"):
        if found.get(name):
            yield f"loket_{name.removesuffix('_at')}_timestamp_seconds {_seconds(found[name])}"
    asks_for_reader = found["id_reader"] in (IdReader.PRESENT, IdReader.ABSENT)
    if asks_for_reader:
        yield f"loket_id_reader_present {int(found['id_reader'] == IdReader.PRESENT)}"
    for device, state in found.get("devices", {}).items():
        if device == Device.ID_READER and not asks_for_reader:
            continue
        yield f'loket_device_ok{{device="{device}"}} {int(state == Health.OK)}'
    for device, seconds in found["device_trouble_s"].items():
        if device == Device.ID_READER and not asks_for_reader:
            continue
        yield f'loket_device_trouble_seconds{{device="{device}"}} {seconds}'
    yield f"loket_health_timestamp_seconds {_seconds(found['at'])}"


def _devices(settings: Settings) -> Iterator[Check]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from commands.doctor_devices import check_printer, check_sound
    from kiosk.printing import SystemPrinter
    from kiosk.speech.sound_device import output_names

    application = QGuiApplication.instance() or QGuiApplication([])
    yield check_printer(SystemPrinter(settings.kiosk.printer), settings.kiosk.printer)
    yield check_sound(output_names)
    del application


def _last_retention(folder: Path) -> str:
    reports = sorted((folder / RETENTION).glob("*.json"))
    try:
        return str(json.loads(reports[-1].read_bytes())["report"]["at"]) if reports else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _last_heartbeat(folder: Path) -> str:
    try:
        return str(json.loads((folder / HEARTBEAT).read_bytes())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _told(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _flat(prefix: str, found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value
