# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two small forms of a delivery: to which folder it is written, and why it is taken away for good."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.pages import DeskOffice


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


class ReasonForm(QWidget):
    """Why, and a second yes; the no stands beside it as large. Its texts begin with `words`."""

    confirmed = Signal(object)  # Emitted with the reason, a member of `reasons`.
    refused = Signal()

    def __init__(self, office: DeskOffice, words: str, reasons: type[StrEnum]) -> None:
        super().__init__()
        self._office, self._words, self._reasons = office, words, reasons
        self._sure = DeskText("", "danger")
        self.why = QComboBox()
        self.why.setAccessibleName(office.tr(f"{words}.why"))
        for reason in reasons:
            self.why.addItem(office.tr(f"{words}.{reason.value}"), reason)
        self.why.setPlaceholderText(office.tr(f"{words}.why"))
        self.no = DeskButton(office.tr(f"{words}.no"))
        self.no.clicked.connect(lambda _on=False: self.refused.emit())
        self.yes = DeskButton(office.tr(f"{words}.yes"), "danger")
        self.yes.clicked.connect(lambda _on=False: self._on_yes())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.why, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sure)
        column.addWidget(DeskText(office.tr(f"{words}.why"), "strong"))
        column.addLayout(row)

    def begin(self, reference: str) -> None:
        """Ask about it, with nothing chosen."""
        self._sure.setText(self._office.tr(f"{self._words}.sure", reference=reference))
        self.why.setCurrentIndex(-1)
        self.why.setFocus()

    def _on_yes(self) -> None:
        why = self.why.currentData()
        if not isinstance(why, str):
            self._office.say(self._office.tr(f"{self._words}.choose"))
            self.why.setFocus()
            return
        self.confirmed.emit(self._reasons(why))
