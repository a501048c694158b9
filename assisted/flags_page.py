# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nood (H18): one tap on what is wrong, and the visit beside us comes first; what to say and whom to call, large.

What was sent already is made urgent by an act of the member who is signed in (`domain.flag_act`), for who handles it.
No sound and no paper by itself: an alarm beside somebody who is afraid does harm. Nothing else of a tap is kept.
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
from domain.case_act import ActBook
from domain.flag_act import urgent_act
from domain.knowledge import RedFlag
from domain.together import RaiseFlag
from kiosk.together.messages import Shown

FLAGS = "flags"
_COLUMNS = 2


class FlagsPage(DeskPageWidget):
    """The flags, and behind each what to do."""

    def __init__(self, office: DeskOffice, ports: LookUpPorts, link: VisitLink, acts: ActBook | None = None) -> None:
        super().__init__(office)
        self._ports, self._link, self._acts = ports, link, acts
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
        self._raised = ""
        if self._link.is_joined and self._link.sent:
            self._make_urgent(flag, self._link.sent)
        elif self._link.is_joined:
            self._raised = flag.id
            self._link.say(RaiseFlag(flag.id))
        else:
            self._tell("desk.flags.no_visit")

    def _make_urgent(self, flag: RedFlag, reference: str) -> None:
        """Let what was sent come first; where no act goes from here, only a call helps."""
        acts, office = self._acts, self.office
        if acts is None:
            self._tell("desk.flags.too_late")
            return
        care = office.texts.dutch.tr("desk.sheet.urgent.violence.care") if flag.is_unsafe_at_home else ""
        act = urgent_act(flag, reference, office.member, office.clock.now(), care)
        office.progress.run(
            self.tr_desk("desk.case.keeping"),
            lambda: acts.record(act),
            lambda _is_new: self._on_made_urgent(reference),
            self._on_not_made,
        )

    def _on_made_urgent(self, reference: str) -> None:
        self._say(self.tr_desk("desk.flags.sent_first", number=reference))

    def _on_not_made(self, error: Exception) -> None:
        self.office.failed(error)
        self._tell("desk.flags.too_late")

    def _on_link_shown(self, shown: Shown) -> None:
        if self._raised:
            self._tell("desk.flags.raised" if shown.flag == self._raised else "desk.flags.too_late")
            self._raised = ""

    def _tell(self, key: str) -> None:
        self._say(self.tr_desk(key))

    def _say(self, said: str) -> None:
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


def flags_page(ports: LookUpPorts, link: VisitLink, acts: ActBook | None = None) -> DeskPage:
    """Give the page; in the list, not on home, which has five things (PEOPLE 7). Without `acts` only a call helps."""
    return DeskPage(
        FLAGS,
        "desk.flags",
        "alert-circle",
        lambda office: FlagsPage(office, ports, link, acts),
        roles=STAFF,
        is_on_home=False,
    )
