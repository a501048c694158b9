# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two people changed one case (S07): both beside each other, and three choices of one size. Nothing of either is lost.

Which one holds is a person's choice; the book of acts logs who chose what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from assisted import case_words, work_words
from assisted.case_parts import SectionHeading
from assisted.counter_ports import CounterPorts
from assisted.desk_look import DeskLook
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText, Scrolling
from assisted.pages import DeskOffice
from domain.case_act import ActConflict, ConflictChoice
from resources.icons import paint_icon

_TILE_HEIGHT = 152
_ICONS = {
    ConflictChoice.MINE: "account-check-outline",
    ConflictChoice.THEIRS: "account-arrow-left-outline",
    ConflictChoice.BOTH: "account-multiple-check-outline",
}


class ChoiceTile(DeskButton):
    """One of three choices of the same size: a picture, what it is, and what comes of it; all of it wraps."""

    def __init__(self, look: DeskLook, title: str, says: str, icon: str, key: str) -> None:
        super().__init__(title, "tile", key=key)
        self._look, self._says, self._icon, self._key = look, says, icon, key
        self.setAccessibleDescription(f"{says} · {key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, _TILE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        look, side = self._look, 40
        inside = self.rect().adjusted(18, 14, -18, -10)
        paint_icon(painter, self._icon, QRectF(inside.x(), inside.y(), side, side), look.colour("primary"))
        painter.setFont(look.font("table"))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), self._key)
        wrapped = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.setFont(look.font("body", 700))
        painter.setPen(look.colour("ink"))
        title = inside.adjusted(side + 12, 4, -24, 0)
        found = painter.boundingRect(title, wrapped, self.accessibleName())
        painter.drawText(title, wrapped, self.accessibleName())
        painter.setFont(look.font("table"))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(title.adjusted(0, found.height() + 4, 24, 0), wrapped, self._says)
        painter.end()


class ConflictPane(QWidget):
    """Shows one conflict after the other until none is left. Lives in the UI thread."""

    def __init__(
        self,
        office: DeskOffice,
        ports: CounterPorts,
        conflicts: Sequence[ActConflict],
        closed: Callable[[], None],
        solved: Callable[[], None],
    ) -> None:
        super().__init__()
        self._office, self._ports = office, ports
        self._left = list(conflicts)
        self._closed, self._solved = closed, solved
        self._is_choosing = False
        tr = office.tr
        self.heading = SectionHeading(tr("desk.conflict.title"), "title")
        self.back = DeskButton(f"{tr('desk.case.back')} (Esc)", "quiet")
        self.back.setAccessibleName(tr("desk.case.back"))
        self.back.clicked.connect(lambda _on=False: closed())
        self.tiles: list[ChoiceTile] = []
        self._scrolling = Scrolling()
        self._scrolling.column.setSpacing(10)
        self._scrolling.column.setContentsMargins(28, 8, 28, 16)
        head = QHBoxLayout()
        head.setContentsMargins(28, 12, 20, 0)
        head.addWidget(self.heading, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scrolling, 1)
        self._show()

    @property
    def conflict(self) -> ActConflict | None:
        """Give the one that is shown."""
        return self._left[0] if self._left else None

    def areas(self) -> Sequence[QWidget]:
        return (self.heading, *self.tiles[:1])

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        column = self._scrolling.column
        while (taken := column.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.tiles = []
        conflict = self.conflict
        if conflict is None:
            column.addWidget(DeskText(self._office.tr("desk.conflict.none"), "notice"))
            column.addStretch(1)
            return
        tr, texts = self._office.tr, self._office.texts
        header = conflict.mine.header
        more = texts.tr_number("desk.conflict.more", len(self._left) - 1) if len(self._left) > 1 else ""
        column.addWidget(DeskText(tr("desk.conflict.says", reference=header.reference)))
        if more:
            column.addWidget(DeskText(more, "soft"))
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self._mine(conflict), 1)
        row.addWidget(self._theirs(conflict), 1)
        column.addWidget(sides)
        column.addWidget(DeskHeading(tr("desk.conflict.ask"), "section"))
        column.addWidget(self._choices(conflict))
        column.addStretch(1)

    def _mine(self, conflict: ActConflict) -> Card:
        texts, act = self._office.texts, conflict.mine
        when = work_words.moment(texts, act.header.at, self._office.clock.now())
        who = texts.tr("desk.work.owner.you") if self._is_own(conflict) else act.staff_name
        device = texts.tr("desk.conflict.here", device=self._office.settings.device.id)
        words = [case_words.deed(texts, act), act.text]
        return self._side(self._mine_title(conflict), words, (who, when, device))

    def _theirs(self, conflict: ActConflict) -> Card:
        texts = self._office.texts
        at = conflict.their_at
        when = work_words.moment(texts, at, self._office.clock.now()) if at else texts.tr("desk.conflict.no_moment")
        device = (
            texts.tr("desk.conflict.device", device=conflict.their_device)
            if conflict.their_device
            else texts.tr("desk.conflict.no_device")
        )
        title = texts.tr("desk.conflict.theirs", name=self._their_name(conflict))
        return self._side(title, [conflict.their_what], (self._their_name(conflict), when, device))

    @staticmethod
    def _side(title: str, words: Sequence[str], facts: Sequence[str]) -> Card:
        card = Card(SectionHeading(title))
        for text in filter(None, words):
            card.column.addWidget(DeskText(text, "lead"))
        card.column.addWidget(DeskText(" · ".join(facts), "soft"))
        card.column.addStretch(1)
        return card

    def _choices(self, conflict: ActConflict) -> QWidget:
        tr = self._office.tr
        titles = {
            ConflictChoice.MINE: self._mine_title(conflict),
            ConflictChoice.THEIRS: tr("desk.conflict.theirs", name=self._their_name(conflict)),
            ConflictChoice.BOTH: tr("desk.conflict.both"),
        }
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for number, (choice, title) in enumerate(titles.items(), start=1):
            says = tr(f"desk.conflict.{choice.value}.says")
            tile = ChoiceTile(self._office.look, title, says, _ICONS[choice], str(number))
            tile.clicked.connect(lambda _on=False, chosen=choice: self._choose(chosen))
            self.tiles.append(tile)
            row.addWidget(tile, 1)
        return holder

    def _is_own(self, conflict: ActConflict) -> bool:
        return conflict.mine.header.staff_number == str(self._office.member.number)

    def _mine_title(self, conflict: ActConflict) -> str:
        if self._is_own(conflict):
            return self._office.tr("desk.conflict.mine")
        return self._office.tr("desk.conflict.theirs", name=conflict.mine.staff_name)

    def _their_name(self, conflict: ActConflict) -> str:
        return conflict.their_who or self._office.tr("desk.conflict.nobody")

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _choose(self, choice: ConflictChoice) -> None:
        conflict = self.conflict
        if conflict is None or self._is_choosing:
            return
        self._is_choosing = True
        office, acts = self._office, self._ports.acts
        act_id, number, at = conflict.mine.header.act_id, str(office.member.number), office.clock.now()
        office.progress.run(
            office.tr("desk.case.keeping"),
            lambda: acts.resolve(act_id, choice, number, at),
            lambda _none: self._on_chosen(choice),
            self._on_failed,
        )

    def _on_chosen(self, choice: ConflictChoice) -> None:
        self._is_choosing = False
        del self._left[0]
        if self._left:
            self._office.say(self._office.tr(f"desk.conflict.{choice.value}.done"))
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show()
        else:
            self._solved()
            self._office.say(self._office.tr(f"desk.conflict.{choice.value}.done"))

    def _on_failed(self, error: Exception) -> None:
        self._is_choosing = False
        self._office.failed(error)
