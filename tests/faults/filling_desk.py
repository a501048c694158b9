# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A counter's real desk in a process of its own, whose hands do what its input says, with keys only.

`fill WORD HOW`, `type TEXT`, `next`, `stop`, `lock`, `look`. Tells "stage NAME", and "looks TEXT" with what it shows
and has copied.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QWidget

from assisted.fill_in import FILL, FillIn, fill_in_page
from assisted.window import DeskPorts, DeskWindow
from commands.configuration import load_settings
from commands.fill_in import FillWindow, service_choices
from commands.system_clock import SystemClock
from i18n.texts import Texts
from kiosk.background import Background
from tests.assisted.desk import OMAR, FakeDoor

VISIT = ("-m", "tests.faults.filling")


class Hands(QObject):
    """Reads what to do on a thread of its own."""

    asked = Signal(str)
    over = Signal()

    def listen(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line.strip())
        self.over.emit()


class FillingDesk:
    def __init__(self, config: Path) -> None:
        settings = load_settings(config)
        self.background = Background()
        self.citizen = FillWindow(settings, self.background, ["--config", str(config)], VISIT)
        ports = DeskPorts(
            settings=settings,
            texts=Texts("nl"),
            clock=SystemClock(),
            background=self.background,
            door=FakeDoor(),
            failed=lambda error: _tell(f"failed {error}"),
            ring=lambda: None,
        )
        self.window = DeskWindow(ports, (fill_in_page(service_choices, self.citizen),))
        self.window.begin(OMAR)
        self.window.resize(1366, 768)
        self.window.show()
        self._go()
        self.citizen.shown.connect(lambda: _tell("stage OPEN"))
        self.citizen.ended.connect(lambda is_kept: _tell(f"stage {'KEPT' if is_kept else 'GONE'}"))
        self.citizen.broke.connect(lambda: _tell("stage BROKE"))

    @property
    def page(self) -> FillIn:
        assert self.window.shell is not None
        page = self.window.shell.page
        assert isinstance(page, FillIn)
        return page

    def _go(self) -> None:
        assert self.window.shell is not None
        self.window.shell.go(FILL)

    def do(self, asked: str) -> None:
        word, _, rest = asked.partition(" ")
        match word:
            case "fill":
                service, how = rest.split()
                QTest.keyClicks(self.page.search, service)
                self.page.how.buttons[how].setChecked(True)  # as a screen reader does; arrows do the same
                QTest.keyClick(self.page.start, Qt.Key.Key_Return)
            case "type":
                QTest.keyClicks(self.page.search, rest)
                _tell("typed")
            case "next":
                QTest.keyClick(self.page.next, Qt.Key.Key_Return)
                _tell("stage CHOOSING")
            case "stop":
                QTest.keyClick(self.page.stop, Qt.Key.Key_Return)
            case "lock":
                self.window.lock()
                _tell("stage LOCKED")
            case "look":
                _tell(f"looks {' | '.join(self._all())!r}")
            case _:
                raise AssertionError(word)

    def _all(self) -> list[str]:
        found = [str(self.window.windowTitle()), QApplication.clipboard().text()]
        for widget in self.window.findChildren(QWidget):
            found.append(widget.accessibleName())
            if isinstance(widget, QLabel | QLineEdit):
                found.append(widget.text())
            elif isinstance(widget, QListWidget):
                found += [widget.item(row).text() for row in range(widget.count())]
        return found


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(config: Path) -> None:
    app = QApplication([])
    desk, hands = FillingDesk(config), Hands()
    hands.asked.connect(desk.do, Qt.ConnectionType.QueuedConnection)
    hands.over.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    hands.listen()
    _tell("ready")
    app.exec()
    desk.window.close()
    desk.citizen.close()
    desk.background.close(waits=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
