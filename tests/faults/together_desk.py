# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A helper's real page in a process of its own, who comes as soon as help is asked for, and looks along.

Tells what it shows, once that is painted, and when: "saw NAME MS"; "asked", "gone", and "kept TEXT" for what it holds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.pages import DeskOffice
from assisted.progress import Progress
from assisted.together import Together
from assisted.visit_link import VisitLink
from commands.system_clock import SystemClock
from commands.window_words import window_words
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from domain.together import HelpState
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.together.messages import Shown


class ToldPage(Together):
    """The page, that tells what it shows."""

    def _on_link_shown(self, shown: Shown) -> None:
        super()._on_link_shown(shown)
        self.repaint()
        _tell(f"saw {shown.view.name} {time.monotonic_ns() / 1e6}")

    def _on_link_lost(self) -> None:
        super()._on_link_lost()
        _tell(f"gone {self.mirror is None} {self.state.text()}")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    application = QApplication([])
    link, failed = VisitLink(folder), _tell_error
    texts = Texts("nl")
    office = DeskOffice(
        texts=texts,
        look=DeskLook(),
        clock=SystemClock(),
        settings=Settings(),
        member=StaffMember(StaffId("m1"), 11, "Bea", Role.HELPER),
        is_practice=False,
        visit=AssistedVisit(),
        progress=Progress(Background(), failed),
        go=lambda page_id: None,
        say=lambda text: None,
        ring=lambda: None,
        failed=failed,
    )
    page = ToldPage(office, link, window_words(Texts), lambda said: None)
    page.resize(1366, 768)
    page.show()

    def help_changed(state: object) -> None:
        if state is HelpState.CALLED:
            _tell("asked")
            page.come.click()
            page.join.click()

    link.help_changed.connect(help_changed)
    link.begin()
    application.exec()


def _tell_error(error: Exception) -> None:
    _tell(f"error {type(error).__name__}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
