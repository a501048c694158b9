# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the window of a desk, joins it to staff, sound and pages, and runs it."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from assisted.desk_look import DeskLook
from assisted.home import all_notices
from assisted.practice import practice_page
from assisted.window import DeskPorts, DeskWindow, practice_member
from commands.desk_door import StaffBookDoor
from commands.desk_faults import faults_alarm
from commands.desk_knowledge import look_up_ports
from commands.desk_next_time import next_time_ports
from commands.desk_pages import DeskJoin, desk_notices, desk_pages
from commands.desk_work import WorkJoin
from commands.fault_lines import tell_of
from commands.fill_in import FillJoin
from commands.joining import data_dir
from commands.practice_room import MAIN, PracticeRoom
from commands.sync_beside import SyncBeside
from commands.together import TogetherJoin
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.garbage import GarbageRound
from kiosk.speech.chime import Chime
from kiosk.view import ThemeName
from resources.practice_people import practice_people
from sync.shared_folder import is_anothers


class DeskRoom:
    """One window and what stands behind it."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace) -> None:
        self._app = QApplication.instance() or QApplication(sys.argv[:1])
        self._role = Role(arguments.role)
        self._is_practice = bool(arguments.practice)
        self._texts = Texts(arguments.lang)
        self._background = Background()
        self._practice = PracticeRoom(settings) if self._is_practice else None
        if self._practice is not None:
            self._practice.begin()
            settings = self._practice.settings
        config = ["--config", str(arguments.config)] if arguments.config else []
        own = ["--config", str(self._practice.config)] if self._practice is not None else config
        # Without a case system it practises, as beside a kiosk; what is invented is never sent, whatever stands there.
        # In a folder that another user shares with us its owner has the service: ours could read no secret and no key.
        self._has_service = is_anothers(data_dir(settings))
        self._sync = SyncBeside([sys.executable, str(MAIN), "sync", "--or-practice", *own], is_tied=True)
        member = practice_member(self._texts.tr("desk.practice.name"), self._role) if self._is_practice else None
        self._member = member
        self._work = WorkJoin(settings, clock, member)
        self._to_practice = [sys.executable, str(MAIN), "desk", "--practice", *config]
        look_up = look_up_ports(settings, self._texts, is_practice=self._is_practice)
        ports = DeskPorts(
            settings=settings,
            texts=self._texts,
            clock=clock,
            background=self._background,
            door=self._work.door(StaffBookDoor(settings, clock)),
            failed=tell_of,
            ring=Chime().play,
            practice_begun=None if self._is_practice else self._begin_practice,
            on_home=all_notices(desk_notices(settings, look_up)),
            alarm=faults_alarm(settings, clock),
        )
        self._together = TogetherJoin(settings)
        of_practice = ["--config", str(self._practice.config), "--simulate"] if self._practice is not None else config
        self._fill = FillJoin(settings, self._background, of_practice)
        join = DeskJoin(
            settings,
            self._texts,
            clock,
            self._background,
            self._is_practice,
            look_up,
            self._together.link,
            self._work.desk,
        )
        together = self._together.page(next_time_ports(settings, look_up))
        pages = (*self._work.pages, together, self._fill.page, *desk_pages(join))
        if self._practice is not None:
            pages = (practice_page(practice_people(), self._practice.open_visitor), *pages)
        theme = ThemeName(arguments.theme) if arguments.theme else _theme_of_system()
        self.window = DeskWindow(
            ports,
            pages,
            look=DeskLook(theme),
            is_practice=self._is_practice,
            lock_ms=settings.desk.lock_s * 1000,
        )
        self._together.watch(self.window, self._texts, ports.ring)

    def run(self) -> None:
        """Show the window until it is closed."""
        if self._is_practice and self._role is Role.COUNTER:
            # In the lane of the store, before the list is read there.
            self._background.run(self._work.file_practice_cases, _nothing, tell_of)
        self.window.begin(self._member)
        self.window.resize(self.window.screen().availableSize())  # where no window manager makes it large
        self.window.showMaximized()
        self.window.activateWindow()
        GarbageRound(self.window)
        # A session that ends says so with a signal; what runs beside and behind ends with us. The garbage round lets
        # Python hear it within a second.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._app.quit())
        # After the window: they take each other's processor.
        if not self._has_service:
            self._sync.start()
        self._app.exec()
        if self._practice is not None:
            self._practice.dismiss_visitor()  # first: what follows takes seconds, and whoever stops us may not wait
        self._together.link.stop()
        self._fill.window.close()
        self._work.stop()
        self._background.close(waits=True)
        self._sync.stop()
        if self._practice is not None:
            self._practice.end()

    def _begin_practice(self) -> None:
        """Open a window of its own to practise in; what is practised never meets what is real."""
        subprocess.Popen(self._to_practice, stdin=subprocess.DEVNULL)


def _nothing(_none: None) -> None:
    """Do nothing more."""


def _theme_of_system() -> ThemeName:
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return ThemeName.DARK if is_dark else ThemeName.LIGHT
