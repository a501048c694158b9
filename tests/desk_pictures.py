# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the pictures of the desk for `docs/for-helpers.md`, of the real window in practice: part of `make pictures`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from assisted.call_colleague import call_colleague_page
from assisted.desk_look import DeskLook
from assisted.flags_page import FLAGS, FlagsPage, flags_page
from assisted.look_up import LookUpPage
from assisted.pages import DeskPage
from assisted.practice import practice_page
from assisted.tally import tally_page
from assisted.together import TOGETHER, together_page
from assisted.visit_link import VisitLink
from assisted.window import DeskPorts, DeskWindow, practice_member
from commands.desk_knowledge import look_up_pages, look_up_ports
from commands.desk_next_time import next_time_ports
from commands.desk_tally import LateTallyBook
from commands.visit_room import texts_of
from commands.window_words import window_words
from domain.consent import ConsentKind
from domain.help_log import HelpedStep
from domain.setting_types import DeviceSettings
from domain.settings import Settings
from domain.staff import Role, SignInOutcome, SignInReply, StaffMember
from domain.together import HelpState
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.consent_desk import ConsentDesk
from kiosk.together.masking import masked
from kiosk.together.messages import Shown
from kiosk.view import View
from resources.practice_people import practice_people
from tests.fakes.clock import FakeClock

SIZE = (1366, 768)


class NobodyAtTheDoor:
    """In practice nobody signs in."""

    def has_members(self) -> bool:
        return False

    def sign_in(self, number: str, pin: str) -> SignInReply:
        return SignInReply(SignInOutcome.WRONG)

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        return SignInReply(SignInOutcome.WRONG)

    def change_pin(self, member: StaffMember, pin: str) -> None:
        raise NotImplementedError

    def signed_out(self, member: StaffMember) -> None:
        raise NotImplementedError


class DeskCamera:
    """A helper's window in practice, beside a visitor whose screens are handed in."""

    def __init__(self, folder: Path, shrink: Callable[[Path], None]) -> None:
        self._folder, self._shrink = folder, shrink
        self._room = tempfile.TemporaryDirectory()
        self._background = Background()
        device = DeviceSettings(id="oefenen", data_dir=Path(self._room.name), is_practice=True)
        settings, texts = Settings(device=device), Texts("nl")
        look_up = look_up_ports(settings, texts, is_practice=True)
        self._link = VisitLink(Path(self._room.name))
        may_i, referrals, knowledge = look_up_pages(look_up)
        pages: tuple[DeskPage, ...] = (
            practice_page(practice_people(), lambda: None),
            together_page(self._link, window_words(texts_of), next_time=next_time_ports(settings, look_up)),
            may_i,
            referrals,
            tally_page(LateTallyBook(settings)),
            call_colleague_page(),
            flags_page(look_up, self._link),
            knowledge,
        )
        ports = DeskPorts(
            settings=settings,
            texts=texts,
            clock=FakeClock(),
            background=self._background,
            door=NobodyAtTheDoor(),
            failed=_fail,
            ring=lambda: None,
        )
        self._window = DeskWindow(ports, pages, look=DeskLook(), is_practice=True)
        self._window.begin(practice_member(texts.tr("desk.practice.name"), Role.HELPER))
        self._window.resize(*SIZE)
        self._window.show()

    def take(self, name: str, page: str, before: Callable[[], None] = lambda: None) -> None:
        """Open a page, do something there, and take its picture."""
        shell = self._window.shell
        if shell is None:
            raise RuntimeError("nobody is in")
        shell.go(page)
        self._settle()
        before()
        self._settle()
        path = self._folder / f"{name}.png"
        self._window.grab().save(str(path))
        self._shrink(path)

    def called(self) -> None:
        """Have the visitor ask for help."""
        self._link.help = HelpState.CALLED
        self._link.help_changed.emit(HelpState.CALLED)

    def beside(self, view: View, desk: ConsentDesk) -> None:
        """Show what a helper sees of a screen."""
        self._link.is_joined = True
        self._link.shown.emit(Shown(masked(view, desk.sight), kind=ConsentKind.IDENTITY, service_id="verhuizen"))

    def helped(self) -> None:
        """Be done with a visit in which help was given at two steps."""
        steps = (HelpedStep("verhuizen", "datum"), HelpedStep("verhuizen", "adres"))
        self._window.visit.helped = steps
        self._link.is_joined, self._link.help = False, HelpState.NONE
        self._link.ended.emit()

    def search(self, words: str) -> None:
        """Type in the page that looks up."""
        page = self._window.shell.page if self._window.shell is not None else None
        if isinstance(page, LookUpPage):
            page.field.setText(words)

    def raise_flag(self, place: int) -> None:
        """Press a red flag."""
        page = self._window.shell.page if self._window.shell is not None else None
        if isinstance(page, FlagsPage):
            page.buttons[place].click()

    def close(self) -> None:
        """Leave nothing."""
        self._window.close()
        self._background.close(waits=True)
        self._room.cleanup()

    @staticmethod
    def _settle() -> None:
        loop = QEventLoop()
        QTimer.singleShot(700, loop.quit)
        loop.exec()
        QApplication.processEvents()


def take_desk(folder: Path, shrink: Callable[[Path], None], asked: View, consent: ConsentDesk) -> None:
    """Take all pictures of the desk; `asked`: what a visitor sees, with what stands in its fields."""
    camera = DeskCamera(folder, shrink)
    camera.take("desk-home", "home")
    camera.take("desk-practice", "people")
    camera.take("desk-called", TOGETHER, camera.called)
    camera.take("desk-together", TOGETHER, lambda: camera.beside(asked, consent))
    camera.take("desk-next-time", TOGETHER, camera.helped)
    camera.take("desk-may-i", "may-i")
    camera.take("desk-where", "referrals", lambda: camera.search("schulden"))
    camera.take("desk-tally", "tally")
    camera.take("desk-urgent", FLAGS, lambda: camera.raise_flag(2))
    camera.close()


def _fail(error: Exception) -> None:
    raise error
