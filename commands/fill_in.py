# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens the window in which a member of staff fills in for a citizen: a visit of its own, which ends as one at a kiosk.

Its temp folder goes with it, and what it may have left is looked for, as the kiosk's supervisor does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from assisted.fill_in import ServiceChoice, fill_in_page
from assisted.pages import DeskPage
from commands.fault_lines import tell_of
from commands.fill_room import AWAY, BACK, FillTask, task_line
from commands.out_of_service import take_out_of_service
from commands.practice_room import MAIN
from commands.system_clock import SystemClock
from commands.visit_traces import clear_abandoned, family, media_folders, new_temp_folder, outlives, traces_of
from domain.filled_by import FilledBy
from domain.settings import Settings
from i18n.texts import DUTCH
from kiosk.background import Background, Lane
from resources.service_library import ServiceLibrary

VISIT = (str(MAIN), "visit", "--for-citizen")
END_MS = 5000  # so long a visit may take to end by itself


class FillWindow(QObject):
    """The citizen's window (`assisted.fill_in.CitizenWindow`); one at a time. Lives in the UI thread."""

    shown = Signal()
    ended = Signal(bool)
    broke = Signal()

    def __init__(
        self, settings: Settings, background: Background, options: Sequence[str], visit: Sequence[str] = VISIT
    ) -> None:
        super().__init__()
        self._settings = settings
        self._background = background
        self._command = [*visit, *options]
        self._process: QProcess | None = None
        self._temp = Path()
        self._since = 0.0
        self._family: list[int] = []
        self._said: str | None = None  # what the visit told at its end
        self._next: FillTask | None = None  # asked for while the one before was ending
        self._is_asked_to_end = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(END_MS)
        self._patience.timeout.connect(self._on_patience_timeout)

    @property
    def is_open(self) -> bool:
        """Tell whether one is there."""
        return self._process is not None

    def begin(self, service_id: str, who: FilledBy) -> None:
        """Open it; who fills in goes over the pipe and never on the command line."""
        if self._process is not None:
            self._next = FillTask(service_id, who) if self._is_asked_to_end else None
            return
        clear_abandoned()  # after a crash or a power cut of the desk
        self._temp, self._since = new_temp_folder(), time.time()
        self._said, self._is_asked_to_end, self._family = None, False, []
        process = QProcess(self)
        surroundings = QProcessEnvironment.systemEnvironment()
        surroundings.insert("PYTHONUTF8", "1")
        surroundings.insert("TMPDIR", str(self._temp))
        process.setProcessEnvironment(surroundings)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._on_process_ready_read)
        process.finished.connect(self._on_process_finished)
        process.errorOccurred.connect(self._on_process_error_occurred)
        self._process = process
        process.start(sys.executable, self._command)
        process.write(task_line(FillTask(service_id, who)).encode())

    def to_front(self) -> None:
        """Bring it before the desk."""
        self._say(f"show {BACK}")

    def hide_away(self) -> None:
        """Take it from the screen."""
        self._say(f"show {AWAY}")

    def end(self) -> None:
        """Have it end; killed when it does not."""
        self._next = None
        if self._process is None or self._is_asked_to_end:
            return
        self._is_asked_to_end = True
        self._family = family(self._process.processId())
        self._process.closeWriteChannel()
        self._patience.start()

    def close(self) -> None:
        """End it with the desk, and wait until it is gone."""
        process = self._process
        if process is None:
            return
        self.end()
        if not process.waitForFinished(END_MS):
            process.kill()
            process.waitForFinished(END_MS)

    def _say(self, word: str) -> None:
        if self._process is not None and not self._is_asked_to_end:
            self._process.write(f"{word}\n".encode())

    def _on_process_ready_read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine().data()).decode(errors="replace").strip()
            if line == "shown":
                self.shown.emit()
            elif line.startswith("ended"):
                self._said = line
                self.end()

    def _on_patience_timeout(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _on_process_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._over()

    def _on_process_finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._on_process_ready_read()
        self._over()

    def _over(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._patience.stop()
        process.deleteLater()
        temp, since, beside = self._temp, self._since, self._family
        self._background.run(lambda: self._cleared(temp, since, beside), lambda _none: None, tell_of, Lane.DEVICES)
        asked, self._next = self._next, None
        if asked is not None:
            self.begin(asked.service_id, asked.filled_by)
        elif self._said is None and not self._is_asked_to_end:
            self.broke.emit()
        else:
            self.ended.emit("kept" in (self._said or "").split())

    def _cleared(self, temp: Path, since: float, beside: list[int]) -> None:
        """Take away what the visit left; a device where something stays is closed until it is looked at."""
        data_dir = self._settings.device.data_dir
        left = traces_of(temp, data_dir, since, media_folders(self._settings))
        if outlives(beside):
            left = (*left, "processes")
        if left and data_dir is not None:
            take_out_of_service(data_dir, left, SystemClock().now())


class FillJoin:
    """The window of one desk and the page for it."""

    def __init__(self, settings: Settings, background: Background, options: Sequence[str]) -> None:
        self.window = FillWindow(settings, background, options)

    @property
    def page(self) -> DeskPage:
        """Give the page to hang in."""
        return fill_in_page(service_choices, self.window)


def service_choices() -> tuple[ServiceChoice, ...]:
    """Give every service by its full title, and by what it is called on its tile."""
    library = ServiceLibrary.load()

    def said(service_id: str, key: str) -> str:
        return library.text(service_id, DUTCH, key)[0]

    return tuple(
        ServiceChoice(one.id, said(one.id, "title"), f"{said(one.id, 'tile')} {one.id}") for one in library.services
    )
