# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket doctor`: look at every device, server, key, voice, disk and setting, and say what to do about it.

The checks are in the `doctor_` modules, each a function; this joins them to the machine. It changes nothing, except
that a store of an older version is brought up to date when it is opened, and that what is broken is counted as a fault
where the desk keeps faults.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.content_judge import check_in_force
from commands.content_package import check_package
from commands.content_report import Report
from commands.doctor_case_system import check_case_system
from commands.doctor_check import Check, Health, broken_by, fine
from commands.doctor_content import check_languages, check_services
from commands.doctor_outages import check_outages
from commands.doctor_profile import check_profile
from commands.doctor_store import (
    check_clock,
    check_data_folder,
    check_keys,
    check_room,
    check_set_aside,
    check_store,
    check_waiting,
)
from commands.doctor_wipe import check_wipe
from commands.fault_lines import tell_of
from commands.fault_sources import in_checks
from commands.id_reader import check_id_reader
from commands.joining import data_dir
from commands.system_clock import SystemClock
from domain.errors import ExpectedError, SettingsError
from domain.ports import Clock
from domain.settings import Settings, defaults
from i18n.texts import FOLDER
from kiosk.devices.sound_place import Outputs
from resources.service_library import ServiceLibrary
from sync.counter_file import COUNTER, CounterFile
from sync.fault_book import SqliteFaultBook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--no-content", action="store_true", help="leave texts and services out: quicker")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything and give 1 when anything is broken."""
    checks = tuple(examined(arguments.config, SystemClock(), with_content=not arguments.no_content))
    count_broken(arguments.config, checks, SystemClock())
    if arguments.json:
        print(json.dumps({"checks": [asdict(check) for check in checks]}, ensure_ascii=False, indent=2))
    else:
        print(as_text(checks))
    return PROBLEM if any(check.state is Health.BROKEN for check in checks) else FINE


def count_broken(config: Path | None, checks: Collection[Check], clock: Clock) -> None:
    """Count what is broken as faults, so that somebody owns each; not where nothing keeps faults yet."""
    try:
        path = data_dir(load_settings(config)) / COUNTER
        if path.exists():
            with closing(CounterFile(path)) as file:
                SqliteFaultBook(file).report_all(in_checks(checks, clock.now()))
    except ExpectedError as error:
        tell_of(error)


def as_text(checks: Collection[Check]) -> str:
    """Give one line a check, and the remedy where there is one."""
    width = max(len(check.id) for check in checks)
    lines = [
        f"{check.state:<8}{check.id:<{width}}  {check.says}{f' -> {check.remedy}' if check.remedy else ''}"
        for check in checks
    ]
    counts = {state: sum(check.state is state for check in checks) for state in Health}
    lines.append(", ".join(f"{count} {state}" for state, count in counts.items()))
    return "\n".join(lines)


def examined(config: Path | None, clock: Clock, *, with_content: bool = True) -> Iterator[Check]:
    """Look at everything, one after the other; wrong settings leave only what needs none."""
    settings = defaults()
    try:
        settings = load_settings(config)
    except SettingsError as error:
        yield broken_by("settings", error)
    else:
        yield fine("settings", f"the settings of {settings.device.id} are whole")
        folder = data_dir(settings)
        yield check_data_folder(folder)
        yield check_room(folder)
        yield from check_store(settings)
        yield from check_waiting(settings, clock)
        yield check_set_aside(folder)
        yield check_wipe(settings, clock)
        yield check_clock(settings, clock)
        yield from check_keys(settings)
        yield from check_outages(settings, clock)
        yield check_profile(settings, clock)
        package = check_package(settings)
        if package is not None:
            yield package
    library = ServiceLibrary.load()
    if settings.device.data_dir is not None:
        yield from check_case_system(settings, [service.id for service in library.services], clock)
    yield from _devices(settings, clock)
    if not with_content:
        return
    try:
        report = check_in_force(clock)
    except ExpectedError as error:
        yield broken_by("services", error)
        return
    yield from _content(settings, library, report)


def _content(settings: Settings, library: ServiceLibrary, report: Report) -> Iterator[Check]:
    yield from check_services([service_id for service_id, _ in library.closed], report)
    yield from check_languages(settings.kiosk.languages, {path.stem for path in FOLDER.glob("*.po")}, report)


def _devices(settings: Settings, clock: Clock) -> Iterator[Check]:
    # The doctor opens no window; asking for printers and fonts needs an application all the same.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    from commands.doctor_devices import check_fonts, check_headphones, check_printer, check_sound, check_voice
    from commands.doctor_id_reader import check_id_documents
    from commands.doctor_screen import check_letters
    from kiosk.printing import SystemPrinter
    from kiosk.speech.voice import EspeakVoice

    application = QGuiApplication.instance() or QGuiApplication([])
    yield check_printer(SystemPrinter(settings.kiosk.printer), settings.kiosk.printer)
    yield check_id_reader(settings)
    yield from check_id_documents(settings, clock)
    yield check_sound(_sound_outputs)
    yield check_headphones(_server_outputs, settings.speech.headphones)
    yield check_voice(EspeakVoice())
    yield from check_fonts(QFontDatabase.families(), settings.kiosk.languages)
    yield check_letters(settings.kiosk.screen_dpi, settings.kiosk.viewing_distance_mm)
    del application


def _server_outputs() -> Outputs:
    from kiosk.devices.pulse_server import PulseServer

    server = PulseServer()
    try:
        return server.look()
    finally:
        server.close()


def _sound_outputs() -> list[str]:
    from kiosk.speech.sound_device import output_names

    return output_names()
