# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tellen: what it was about, what we did, done. Three taps (H08); what the help itself tells is filled in (H09).

Everything is a word of a list; there is no field to type in. The rest is one tap each, and may be left as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskHeading, DeskText, Scrolling
from assisted.pages import STAFF, DeskOffice, DeskPage, DeskPageWidget, PageKey
from domain.tally import Age, Channel, Deed, Organisation, Tally, TallyBook, TallyDraft, Theme, filled_in, with_theme

_HERE = ZoneInfo("Europe/Amsterdam")


class ChipRow(QLayout):
    """Buttons beside each other, on as many lines as it takes."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + self._gap, 0
            if is_real:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x, high = x + size.width() + self._gap, max(high, size.height())
        return y + high - rect.y()


class Chips(QWidget):
    """One list of words of which one is chosen; one stop for Tab, arrows inside."""

    def __init__(self, name: str, words: Sequence[tuple[str, str]], chosen: Callable[[str], None], kind: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, DeskButton] = {}
        for word, text in words:
            button = DeskButton(text, kind)
            button.setCheckable(True)
            # Not the click: assistive technology checks a button without one.
            button.toggled.connect(lambda is_on, picked=word: chosen(picked) if is_on else None)
            self._group.addButton(button)
            self.buttons[word] = button
        row = ChipRow(8 if kind == "chip" else 6)
        for button in self.buttons.values():
            row.addWidget(button)
        self.setLayout(row)

    def choose(self, word: str | None) -> None:
        """Show which one is chosen; None for none."""
        self._group.setExclusive(False)
        for known, button in self.buttons.items():
            button.blockSignals(True)
            button.setChecked(known == word)
            button.blockSignals(False)
            is_stop = known == word or (word is None and known == next(iter(self.buttons)))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
        self._group.setExclusive(True)

    @property
    def stop(self) -> DeskButton:
        """Give the button that takes the focus here."""
        checked = [button for button in self.buttons.values() if button.isChecked()]
        return checked[0] if checked else next(iter(self.buttons.values()))


class TallyPage(DeskPageWidget):
    """One help to be counted, and then the one before shown with a way to take it back."""

    def __init__(self, office: DeskOffice, book: TallyBook) -> None:
        super().__init__(office)
        self._book = book
        self.draft = TallyDraft()
        self._counted: Tally | None = None
        self._themes = self._row("theme", Theme, self._on_theme, kind="chip")
        self._deeds = self._row("deed", Deed, self._on_deed, kind="chip")
        self._organisations = self._row("organisation", Organisation, self._on_organisation)
        self._referrals = self._row("referral", Organisation, self._on_referral, words_of="organisation")
        self._ages = self._row("age", Age, self._on_age)
        self._channels = self._row("channel", Channel, self._on_channel)
        self._confirm = DeskButton(f"{office.tr('desk.tally.confirm')} (F2)", "primary", key="F2")
        self._confirm.setAccessibleName(office.tr("desk.tally.confirm"))
        self._confirm.clicked.connect(self._on_confirm)
        self._note = DeskText("", "soft")
        self._back = DeskButton(office.tr("desk.tally.take_back"), "quiet")
        self._back.clicked.connect(self._on_take_back)
        self._lay_out()
        self._show_draft()

    def _row(
        self,
        name: str,
        words: type[StrEnum],
        chosen: Callable[[str], None],
        *,
        words_of: str = "",
        kind: str = "small_chip",
    ) -> Chips:
        tr = self.office.tr
        said = [(word.value, tr(f"desk.tally.{words_of or name}.{word.value}")) for word in words]
        return Chips(tr(f"desk.tally.{name}"), said, chosen, kind)

    def _lay_out(self) -> None:
        scrolling = Scrolling()
        column = scrolling.column
        column.setContentsMargins(28, 14, 28, 10)
        column.setSpacing(8)
        for number, chips in (("1", self._themes), ("2", self._deeds)):
            column.addWidget(DeskHeading(f"{number}. {chips.accessibleName()}", "strong"))
            column.addWidget(chips)
            column.addSpacing(2)
        rest = QGridLayout()
        rest.setHorizontalSpacing(16)
        rest.setVerticalSpacing(8)
        rest.setColumnStretch(1, 1)
        rows = (self._organisations, self._referrals, self._ages, self._channels)
        for place, chips in enumerate(rows):
            label = DeskText(chips.accessibleName(), "small")
            label.setFixedWidth(130)
            label.setContentsMargins(0, 6, 0, 0)
            rest.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            rest.addWidget(chips, place, 1)
        column.addLayout(rest)
        column.addStretch(1)
        foot = QWidget()
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar = QHBoxLayout(foot)
        bar.setContentsMargins(28, 8, 28, 8)
        bar.addWidget(self._confirm)
        bar.addSpacing(16)
        bar.addWidget(self._note, 1)
        bar.addWidget(self._back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling, 1)
        whole.addWidget(foot)

    # -- what the window asks ----------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Fill in what the help of now tells; what was chosen here by hand stays."""
        if self.draft == TallyDraft():
            self.draft = filled_in(self.office.visit.done)
            self._show_draft()

    def areas(self) -> Sequence[QWidget]:
        rows = (self._themes, self._deeds, self._organisations, self._referrals, self._ages, self._channels)
        first: QWidget = self._themes.stop
        if self.draft.tally is not None:
            return (self._confirm, *(chips.stop for chips in rows))
        if self.draft.theme is not None:
            return (self._deeds.stop, *(chips.stop for chips in rows if chips is not self._deeds), self._confirm)
        return (first, *(chips.stop for chips in rows[1:]), self._confirm)

    # -- what a person does ------------------------------------------------------------------------------------------

    def _on_theme(self, word: str) -> None:
        self._change(with_theme(self.draft, Theme(word)))
        (self._deeds.stop if self.draft.deed is None else self._confirm).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_deed(self, word: str) -> None:
        self._change(replace(self.draft, deed=Deed(word)))
        (self._themes.stop if self.draft.theme is None else self._confirm).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_organisation(self, word: str) -> None:
        self._change(replace(self.draft, organisation=Organisation(word)))

    def _on_referral(self, word: str) -> None:
        self._change(replace(self.draft, referral=Organisation(word)))

    def _on_age(self, word: str) -> None:
        self._change(replace(self.draft, age=Age(word)))

    def _on_channel(self, word: str) -> None:
        self._change(replace(self.draft, channel=Channel(word)))

    def _change(self, draft: TallyDraft) -> None:
        self.draft = draft
        self._counted = None
        self._show_draft()

    def _on_confirm(self) -> None:
        tally = self.draft.tally
        if tally is None:
            first = self._themes if self.draft.theme is None else self._deeds
            self.office.say(self.office.tr("desk.tally.choose_first"))
            first.stop.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        day = self.office.clock.now().astimezone(_HERE).date()
        book = self._book
        self.draft = TallyDraft()
        self.office.progress.run(
            self.office.tr("desk.tally.keeping"),
            lambda: book.count(tally, day),
            lambda _none: self._on_counted(tally),
            lambda error: self._on_failed(error, tally),
        )

    def _on_counted(self, tally: Tally) -> None:
        self._counted = tally
        self._show_draft()
        self.office.say(self.office.tr("desk.tally.counted"))

    def _on_failed(self, error: Exception, tally: Tally) -> None:
        fields = {
            name: getattr(tally, name) for name in ("theme", "deed", "organisation", "referral", "age", "channel")
        }
        self.draft = TallyDraft(**fields)
        self.office.failed(error)
        self._show_draft()

    def _on_take_back(self) -> None:
        tally, self._counted = self._counted, None
        if tally is None:
            return
        day = self.office.clock.now().astimezone(_HERE).date()
        book = self._book
        self.office.progress.run(
            self.office.tr("desk.tally.keeping"), lambda: book.take_back(tally, day), self._on_taken_back
        )

    def _on_taken_back(self, was_there: bool) -> None:
        self._show_draft()
        self.office.say(self.office.tr("desk.tally.taken_back") if was_there else "")

    def _show_draft(self) -> None:
        draft, tr = self.draft, self.office.tr
        self._themes.choose(draft.theme)
        self._deeds.choose(draft.deed)
        self._organisations.choose(draft.organisation)
        self._referrals.choose(draft.referral)
        self._ages.choose(draft.age)
        self._channels.choose(draft.channel)
        if self._counted is not None:
            theme, deed = self._counted.theme.value, self._counted.deed.value
            said = f"{tr(f'desk.tally.theme.{theme}')} · {tr(f'desk.tally.deed.{deed}')}"
            self._note.setText(tr("desk.tally.was_counted", what=said))
        else:
            self._note.setText("")
        self._back.setVisible(self._counted is not None)


def tally_page(book: TallyBook) -> DeskPage:
    """Give the page that counts into this book."""
    return DeskPage(
        "tally",
        "desk.tally",
        "counter",
        lambda office: TallyPage(office, book),
        says="desk.tally.tile",
        roles=STAFF,
        keys=(PageKey("F2", "desk.tally.confirm"),),
    )
