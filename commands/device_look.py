# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at printer, sound and reader for the window, and writes down how they are (`commands.device_states`).

Slow: never in the UI thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from pathlib import Path

from commands.device_states import note
from commands.doctor_check import Health
from commands.doctor_devices import check_printer, check_sound
from commands.id_reader import USB, check_id_reader
from commands.joining import data_dir
from domain.ports import Clock
from domain.settings import Settings
from kiosk.printing import Printer


def _outputs() -> Collection[str]:
    from kiosk.speech.sound_device import output_names

    return output_names()


def look_at_devices(
    settings: Settings,
    printer: Printer,
    clock: Clock,
    *,
    is_noted: bool,
    outputs: Callable[[], Collection[str]] = _outputs,
    usb: Path = USB,
) -> bool:
    """Look at all; tell whether the printer is ready. A window that is not on the screen writes nothing down."""
    paper = check_printer(printer, settings.kiosk.printer)
    if is_noted:
        checks = (paper, check_sound(outputs), check_id_reader(settings, usb))
        # A disk that is full is told elsewhere, and keeps nobody from printing.
        with contextlib.suppress(OSError):
            note(data_dir(settings), checks, clock.now())
    return paper.state is Health.OK
