# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small form of a warm handover (H11): what was agreed, and the yes of the visitor. Nothing of it is kept.

What was agreed goes on the visitor's own paper and nowhere else; who somebody is may not stand in it (H17).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.pages import DeskOffice
from domain.note_check import problems_in

_LONGEST = 160


class HandoverForm(QWidget):
    """A line of text, a box to tick, and a button that works only with both right."""

    agreed = Signal(str)  # Emitted when the visitor said yes and the note may be printed, with the note.

    def __init__(self, office: DeskOffice, name: str) -> None:
        super().__init__()
        self._office = office
        self._note = QLineEdit()
        self._note.setMaxLength(_LONGEST)
        self._note.setAccessibleName(office.tr("desk.handover.agreed"))
        self._note.setPlaceholderText(office.tr("desk.handover.example"))
        self._consent = QCheckBox(office.tr("desk.handover.consent"))
        self._problem = DeskText("", "danger")
        self._problem.hide()
        self._print = DeskButton(office.tr("desk.handover.print"), "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(DeskText(office.tr("desk.handover.says", name=name)))
        column.addWidget(DeskText(office.tr("desk.handover.agreed"), "strong"))
        column.addWidget(self._note)
        column.addWidget(self._problem)
        column.addWidget(self._consent)
        column.addWidget(self._print)
        self._note.textChanged.connect(self._on_note_changed)
        self._note.returnPressed.connect(self._on_print_clicked)
        self._print.clicked.connect(self._on_print_clicked)

    def focus(self) -> None:
        self._note.setFocus()

    def _on_note_changed(self) -> None:
        if self._problem.isVisible():
            self._problem.setVisible(bool(self._tell()))

    def _on_print_clicked(self) -> None:
        said = self._tell()
        if not said and not self._consent.isChecked():
            said = self._office.tr("desk.handover.ask")
            self._problem.setText(said)
            self._consent.setFocus()
        self._problem.setVisible(bool(said))
        if said:
            self._office.say(said)
            return
        self.agreed.emit(self._note.text().strip())

    def _tell(self) -> str:
        """Say what may not stand in the note; nothing where it is fine."""
        found = problems_in(self._note.text(), self._office.clock.now().year)
        if not found:
            return ""
        said = self._office.tr(f"desk.note.{found[0].fault.value}")
        self._problem.setText(said)
        return said
