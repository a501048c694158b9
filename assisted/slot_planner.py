# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans a place at a fixed hour of help (H19): the next days with what is free, and a card on paper for the visitor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton
from assisted.pages import DeskOffice
from domain.knowledge import HelpSlot
from domain.slot_plan import SlotBook, next_days, slot_key
from domain.tally import Deed
from i18n.dates import format_date
from i18n.texts import Texts
from kiosk.paper.take_along import Fact, Section, TakeAlong


class SlotPlanner(QWidget):
    """The days of one slot; a day that is full cannot be pressed."""

    def __init__(self, office: DeskOffice, slot: HelpSlot, book: SlotBook, prints: Callable[[TakeAlong], None]) -> None:
        super().__init__()
        self._office, self._slot, self._book, self._print = office, slot, book, prints
        self._days = next_days(slot, office.clock.now().date())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.buttons: dict[date, DeskButton] = {}
        for day in self._days:
            button = DeskButton("", "choice")
            button.clicked.connect(lambda _on=False, chosen=day: self._on_day_clicked(chosen))
            column.addWidget(button)
            self.buttons[day] = button
        self._show({})
        self._look()

    def _look(self) -> None:
        today = self._office.clock.now().date()
        said = self._office.tr("desk.tally.keeping")
        self._office.progress.run(said, lambda: self._book.booked(today), self._show)

    def _show(self, booked: dict[tuple[str, date], int]) -> None:
        for day, button in self.buttons.items():
            free = self._slot.places - booked.get((slot_key(self._slot), day), 0)
            said = format_date(day, self._office.texts.language, with_weekday=True)
            key = "desk.slots.free" if free > 0 else "desk.slots.full"
            button.setText(self._office.tr(key, day=said, number=str(free)))
            button.setAccessibleName(button.text())
            button.setEnabled(free > 0)

    def _on_day_clicked(self, day: date) -> None:
        slot, book = self._slot, self._book
        said = self._office.tr("desk.tally.keeping")
        work = partial(book.book, slot_key(slot), day, slot.places, self._office.clock.now())
        self._office.progress.run(said, work, partial(self._on_booked, day))

    def _on_booked(self, day: date, code: str) -> None:
        self._look()
        if not code:
            self._office.say(self._office.tr("desk.slots.taken"))
            return
        self._office.visit.did(Deed.REFERRED)
        self._print(slot_paper(self._office.texts, self._slot, day, code))


def slot_paper(texts: Texts, slot: HelpSlot, day: date, code: str) -> TakeAlong:
    """Word the card of a place at a fixed hour; who comes is nowhere on it."""
    when = f"{format_date(day, texts.language, with_weekday=True)}, {slot.hours}"
    facts = (
        Fact(texts.tr("desk.slots.when"), when),
        Fact(texts.tr("desk.slots.where"), slot.place),
        Fact(texts.tr("desk.slots.code"), code),
    )
    bring = (Section(texts.tr("desk.know.bring"), slot.bring),) if slot.bring else ()
    return TakeAlong(title=slot.what, facts=facts, sections=bring, note=texts.tr("desk.next_time.note"))
