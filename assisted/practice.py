# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Oefenen: choose somebody invented who comes to the desk, open the visitor's screen, and help them (H15).

Only in the window that practises. What is typed there lies in a folder of its own, which is wiped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget, PageKey
from resources.practice_people import PracticePerson


class PracticePage(DeskPageWidget):
    """The people at the left, who was chosen at the right."""

    def __init__(self, office: DeskOffice, people: Sequence[PracticePerson], open_visitor: Callable[[], None]) -> None:
        super().__init__(office)
        self._people = people
        self._open_visitor = open_visitor
        tr = office.tr
        self._list = QListWidget()
        self._list.setAccessibleName(tr("desk.people.list"))
        self._list.setFixedWidth(400)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for person in people:
            self._list.addItem(QListWidgetItem(person.name))
        self._name = DeskHeading("", "section")
        self._says, self._brings, self._try = DeskText("", "lead"), DeskText(""), DeskText("")
        card = Card(
            self._name,
            self._says,
            DeskText(tr("desk.people.brings"), "small"),
            self._brings,
            DeskText(tr("desk.people.try"), "small"),
            self._try,
        )
        self._start = DeskButton(f"{tr('desk.people.open')} (F4)", "primary", key="F4")
        self._start.setAccessibleName(tr("desk.people.open"))
        self._start.clicked.connect(self._on_start)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(card)
        right.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(DeskText(tr("desk.people.free"), "soft"))
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self._list)
        both.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(14)
        column.addWidget(DeskHeading(tr("desk.people.title")))
        column.addLayout(both, 1)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._list.setCurrentRow(0)

    def areas(self) -> Sequence[QWidget]:
        return (self._list, self._start)

    def _on_row_changed(self, row: int) -> None:
        person = self._people[row]
        self._name.setText(person.name)
        self._says.setText(f"“{person.says}”")
        self._brings.setText(person.brings)
        self._try.setText(person.try_this)
        self._list.setAccessibleDescription(person.says)

    def _on_start(self) -> None:
        person = self._people[self._list.currentRow()]
        self.office.visit.served(person.service)
        self._open_visitor()
        self.office.say(self.office.tr("desk.people.opened"))


def practice_page(people: Sequence[PracticePerson], open_visitor: Callable[[], None]) -> DeskPage:
    """Give the page; `open_visitor` opens the visitor's screen on this machine."""
    return DeskPage(
        "people",
        "desk.people",
        "drama-masks",
        lambda office: PracticePage(office, people, open_visitor),
        says="desk.people.tile",
        keys=(PageKey("F4", "desk.people.open"),),
    )
