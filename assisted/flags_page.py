# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nood (H18): one tap on what is wrong, and the visit beside us comes first; what to say and whom to call, large.

No sound and no paper by itself: an alarm beside somebody who is afraid does harm. What is tapped is kept nowhere here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskHeading, DeskText, Scrolling
from assisted.entry_sheet import Entry, EntrySheet, SheetPorts
from assisted.look_up import LookUpPorts
from assisted.pages import STAFF, DeskOffice, DeskPage, DeskPageWidget
from assisted.paper_out import PaperOut
from assisted.visit_link import VisitLink
from domain.knowledge import RedFlag
from domain.together import RaiseFlag
from kiosk.together.messages import Shown

FLAGS = "flags"
_COLUMNS = 2


class FlagsPage(DeskPageWidget):
    """The flags, and behind each what to do."""

    def __init__(self, office: DeskOffice, ports: LookUpPorts, link: VisitLink) -> None:
        super().__init__(office)
        self._ports, self._link = ports, link
        self._raised = ""
        self._paper = PaperOut(office, ports.printer, ports.paper)
        self.sheet: EntrySheet | None = None
        self.told = DeskText("", "notice")
        self.told.hide()
        self.buttons = [self._button(flag) for flag in ports.directory.flags]
        self._list = Scrolling()
        self._list.column.addWidget(DeskHeading(office.tr("desk.flags.title")))
        self._list.column.addWidget(DeskText(office.tr("desk.flags.suicide"), "strong"))
        holder = QWidget()
        beside = QGridLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        for place, button in enumerate(self.buttons):
            beside.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self._list.column.addWidget(holder)
        self._list.column.addStretch(1)
        self.other = DeskButton(office.tr("desk.flags.other"))
        self.other.clicked.connect(self._on_other_clicked)
        self._scrolling = Scrolling()
        self._chosen = QWidget()
        column = QVBoxLayout(self._chosen)
        column.setContentsMargins(28, 16, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 28, 0)
        top.addWidget(self.told, 1)
        top.addWidget(self.other)
        column.addLayout(top)
        column.addWidget(self._scrolling, 1)
        self._scrolling.column.setContentsMargins(0, 8, 28, 28)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._list)
        both.addWidget(self._chosen)
        self._chosen.hide()
        link.shown.connect(self._on_link_shown)

    def areas(self) -> Sequence[QWidget]:
        if self.sheet is not None:
            return (self.sheet.heading, self.other)
        return self.buttons[:1] or (self,)

    def went_back(self) -> bool:
        if self.sheet is None:
            return False
        self._on_other_clicked()
        return True

    def dressed(self) -> None:
        for button in self.buttons:
            button.setIcon(self.office.look.icon("alert-circle", "danger"))
        if self.sheet is not None:
            self.sheet.dress()

    def left(self) -> None:
        self._link.shown.disconnect(self._on_link_shown)

    def _button(self, flag: RedFlag) -> DeskButton:
        button = DeskButton(flag.title, "choice")
        side = self.office.look.px("icon")
        button.setIconSize(QSize(side, side))
        button.setIcon(self.office.look.icon("alert-circle", "danger"))
        button.clicked.connect(lambda _on=False: self._raise(flag))
        return button

    def _raise(self, flag: RedFlag) -> None:
        self._open(flag)
        self._raised = flag.id
        if self._link.is_joined:
            self._link.say(RaiseFlag(flag.id))
        else:
            self._tell("desk.flags.no_visit")

    def _on_link_shown(self, shown: Shown) -> None:
        if self._raised:
            self._tell("desk.flags.raised" if shown.flag == self._raised else "desk.flags.too_late")
            self._raised = ""

    def _tell(self, key: str) -> None:
        said = self.tr_desk(key)
        self.told.setText(said)
        self.told.show()
        self.office.say(said)

    def _open(self, entry: Entry) -> None:
        own = self._ports
        ports = SheetPorts(
            own.directory, lambda service_id: own.service_titles.get(service_id, ""), self._paper.print, own.handovers
        )
        old, self.sheet = self.sheet, EntrySheet(self.office, ports, entry)
        self.sheet.asked_for.connect(self._open)
        column = self._scrolling.column
        if old is not None:
            column.removeWidget(old)
            old.hide()
            old.deleteLater()
        column.addWidget(self.sheet)
        self._scrolling.verticalScrollBar().setValue(0)
        self._list.hide()
        self._chosen.show()
        self.sheet.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_other_clicked(self) -> None:
        """Go back to the list; what was raised stays so until it is raised for something else."""
        if self.sheet is not None:
            self._scrolling.column.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
        self.sheet, self._raised = None, ""
        self.told.hide()
        self._chosen.hide()
        self._list.show()
        next(iter(self.areas())).setFocus(Qt.FocusReason.OtherFocusReason)


def flags_page(ports: LookUpPorts, link: VisitLink) -> DeskPage:
    """Give the page; in the list, not on home, which has five things (PEOPLE 7)."""
    return DeskPage(
        FLAGS,
        "desk.flags",
        "alert-circle",
        lambda office: FlagsPage(office, ports, link),
        roles=STAFF,
        is_on_home=False,
    )
