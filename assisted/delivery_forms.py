# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two small forms of a delivery: to which folder it is written, and why it is taken away for good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.pages import DeskOffice
from domain.deliveries import DeleteReason


class ExportForm(QWidget):
    """A folder out of those that are near, or one that is typed."""

    chosen = Signal(object)  # Emitted with the folder, a Path.

    def __init__(self, office: DeskOffice) -> None:
        super().__init__()
        self._office = office
        name = office.tr("desk.deliveries.folder")
        self.folder = QComboBox()
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.setAccessibleName(name)
        line = self.folder.lineEdit()
        if line is not None:
            line.setAccessibleName(name)
            line.returnPressed.connect(self._on_chosen)
        button = DeskButton(office.tr("desk.deliveries.write"), "primary")
        button.clicked.connect(lambda _on=False: self._on_chosen())
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(DeskText(office.tr("desk.deliveries.names"), "warn"))
        column.addWidget(DeskText(name, "strong"))
        column.addLayout(row)

    def begin(self, places: Sequence[Path]) -> None:
        """Begin with these to choose from, the first of them chosen."""
        self.folder.clear()
        self.folder.addItems([str(place) for place in places])
        self.folder.setFocus()

    def _on_chosen(self) -> None:
        text = self.folder.currentText().strip()
        if not text or not Path(text).is_absolute():
            self._office.say(self._office.tr("desk.deliveries.folder.whole"))
            self.folder.setFocus()
            return
        self.chosen.emit(Path(text))


class DeleteForm(QWidget):
    """Why, and a second yes; the no stands beside it as large."""

    confirmed = Signal(object)  # Emitted with the DeleteReason.
    refused = Signal()

    def __init__(self, office: DeskOffice) -> None:
        super().__init__()
        self._office = office
        self._sure = DeskText("", "danger")
        self.why = QComboBox()
        self.why.setAccessibleName(office.tr("desk.deliveries.delete.why"))
        for reason in DeleteReason:
            self.why.addItem(office.tr(f"desk.deliveries.delete.{reason.value}"), reason)
        self.why.setPlaceholderText(office.tr("desk.deliveries.delete.why"))
        self.no = DeskButton(office.tr("desk.deliveries.delete.no"))
        self.no.clicked.connect(lambda _on=False: self.refused.emit())
        self.yes = DeskButton(office.tr("desk.deliveries.delete.yes"), "danger")
        self.yes.clicked.connect(lambda _on=False: self._on_yes())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.why, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sure)
        column.addWidget(DeskText(office.tr("desk.deliveries.delete.why"), "strong"))
        column.addLayout(row)

    def begin(self, reference: str) -> None:
        """Ask about a case, with nothing chosen."""
        self._sure.setText(self._office.tr("desk.deliveries.delete.sure", reference=reference))
        self.why.setCurrentIndex(-1)
        self.why.setFocus()

    def _on_yes(self) -> None:
        why = self.why.currentData()
        if not isinstance(why, str):
            self._office.say(self._office.tr("desk.deliveries.delete.choose"))
            self.why.setFocus()
            return
        self.confirmed.emit(DeleteReason(why))
