# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nieuws (H14): short news of the work, and on the home page how much that is important was not read yet.

It lies on this machine and needs no network. "Gelezen" is written in the audit log, with the item and who read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText, Scrolling
from assisted.home import HomeNotice
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget
from domain.knowledge import NewsItem
from domain.work_news import NewsReceipts, news_of, unread
from i18n.dates import format_date

NEWS = "news"
_HERE = ZoneInfo("Europe/Amsterdam")


class NewsPage(DeskPageWidget):
    """A card for each item; what is important and unread first."""

    def __init__(self, office: DeskOffice, items: Sequence[NewsItem], receipts: NewsReceipts) -> None:
        super().__init__(office)
        self._items, self._receipts = news_of(items, _today(office)), receipts
        self.buttons: dict[str, DeskButton] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scrolling = Scrolling()
        whole.addWidget(self._scrolling)
        self._cards: list[QWidget] = []
        self._told = DeskHeading("", "lead")
        self._scrolling.column.addWidget(DeskHeading(office.tr("desk.news.title")))
        self._scrolling.column.addWidget(self._told)
        self._scrolling.column.addStretch(1)

    def opened(self) -> None:
        self._read()

    def areas(self) -> Sequence[QWidget]:
        return tuple(self.buttons.values())[:1] or (self,)

    def _read(self) -> None:
        member, receipts = self.office.member.staff_id, self._receipts
        self.office.progress.run(self.tr_desk("desk.news.reading"), lambda: receipts.read_by(member), self._show)

    def _show(self, read: frozenset[str]) -> None:
        to_read = unread(self._items, read)
        self._told.setText(self._summary(len(to_read)))
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        for card in self._cards:
            self._scrolling.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.buttons.clear()
        rest = [item for item in self._items if item not in to_read]
        self._cards = [self._card(item, is_unread=item in to_read) for item in (*to_read, *rest)]
        for place, card in enumerate(self._cards, start=2):
            self._scrolling.column.insertWidget(place, card)
        if had_focus or self.hasFocus():
            next(iter(self.areas())).setFocus()

    def _summary(self, number: int) -> str:
        if not self._items:
            return self.tr_desk("desk.news.none")
        return self.office.texts.tr_number("desk.news.unread", number) if number else self.tr_desk("desk.news.all_read")

    def _card(self, item: NewsItem, *, is_unread: bool) -> Card:
        day = format_date(item.on, self.office.texts.language)
        if item.is_important:
            day = f"{day} · {self.tr_desk('desk.news.important' if is_unread else 'desk.news.was_read')}"
        card = Card(DeskHeading(item.title, "section"), DeskText(day, "small"), DeskText(item.text))
        card.setMaximumWidth(self.office.look.px("reading"))
        if is_unread:
            button = DeskButton(self.tr_desk("desk.news.read"), "primary")
            button.setAccessibleName(self.tr_desk("desk.news.read_it", title=item.title))
            button.clicked.connect(lambda _on=False: self._on_read(item))
            self.buttons[item.id] = button
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            card.column.addLayout(row)
        return card

    def _on_read(self, item: NewsItem) -> None:
        button = self.buttons.get(item.id)
        if button is not None:
            button.setEnabled(False)  # once
        member, at = self.office.member.staff_id, self.office.clock.now()
        work = partial(self._receipts.is_read, member, item.id, at)
        self.office.progress.run(self.tr_desk("desk.news.keeping"), work, self._on_kept, self._on_not_kept)

    def _on_kept(self, _none: None) -> None:
        self.office.say(self.tr_desk("desk.news.kept"))
        self._read()

    def _on_not_kept(self, error: Exception) -> None:
        self.office.failed(error)
        self._read()


class NewsNotice(HomeNotice):
    """How much is to be read; hidden where that is nothing."""

    def __init__(self, office: DeskOffice, items: Sequence[NewsItem], receipts: NewsReceipts) -> None:
        super().__init__()
        self._office, self._items, self._receipts = office, items, receipts
        self.told = DeskText("", "notice")
        self.button = DeskButton(office.tr("desk.news.open"))
        self.button.clicked.connect(lambda _on=False: office.go(NEWS))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self.hide()

    def opened(self) -> None:
        office, receipts = self._office, self._receipts
        member = office.member.staff_id
        if any(item.is_important for item in news_of(self._items, _today(office))):
            office.progress.run(office.tr("desk.news.reading"), lambda: receipts.read_by(member), self._show)

    def _show(self, read: frozenset[str]) -> None:
        number = len(unread(news_of(self._items, _today(self._office)), read))
        if number:
            self.told.setText(self._office.texts.tr_number("desk.news.unread", number))
        self.setVisible(number > 0)


def news_page(items: Sequence[NewsItem], receipts: NewsReceipts) -> DeskPage:
    """Give the page; in the list, not on home, which has five things (PEOPLE 7)."""
    return DeskPage(
        NEWS,
        "desk.news",
        "newspaper-variant-outline",
        lambda office: NewsPage(office, items, receipts),
        is_on_home=False,
    )


def news_notice(items: Sequence[NewsItem], receipts: NewsReceipts) -> Callable[[DeskOffice], HomeNotice]:
    """Give what makes the notice for a home page."""
    return lambda office: NewsNotice(office, items, receipts)


def _today(office: DeskOffice) -> date:
    return office.clock.now().astimezone(_HERE).date()
