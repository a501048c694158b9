# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the window of a desk, joins it to staff, sound and pages, and runs it."""

from __future__ import annotations

import argparse
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from assisted.desk_look import DeskLook
from assisted.window import DeskPorts, DeskWindow, practice_member
from commands.desk_door import StaffBookDoor
from commands.desk_pages import DeskJoin, desk_pages
from commands.fault_lines import tell_of
from commands.together import TogetherJoin
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.speech.chime import Chime
from kiosk.view import ThemeName


class DeskRoom:
    """One window and what stands behind it."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace) -> None:
        self._app = QApplication.instance() or QApplication(sys.argv[:1])
        self._role = Role(arguments.role)
        self._is_practice = bool(arguments.practice)
        self._texts = Texts(arguments.lang)
        self._background = Background()
        ports = DeskPorts(
            settings=settings,
            texts=self._texts,
            clock=clock,
            background=self._background,
            door=StaffBookDoor(settings, clock),
            failed=tell_of,
            ring=Chime().play,
        )
        self._together = TogetherJoin(settings)
        join = DeskJoin(settings, self._texts, clock, self._background, self._is_practice)
        pages = (self._together.page, *desk_pages(join))
        theme = ThemeName(arguments.theme) if arguments.theme else _theme_of_system()
        self.window = DeskWindow(ports, pages, look=DeskLook(theme), is_practice=self._is_practice)
        self._together.watch(self.window, self._texts, ports.ring)

    def run(self) -> None:
        """Show the window until it is closed."""
        member = None
        if self._is_practice:
            member = practice_member(self._texts.tr("desk.practice.name"), self._role)
        self.window.begin(member)
        self.window.showMaximized()
        self._app.exec()
        self._together.link.stop()
        self._background.close(waits=True)


def _theme_of_system() -> ThemeName:
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return ThemeName.DARK if is_dark else ThemeName.LIGHT
