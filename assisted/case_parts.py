# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an opened case is shown with: a fact with its picture, a line of the citizen, what happened, an action."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
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
from assisted.desk_look import DeskLook
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskIcon, DeskText
from assisted.pages import DeskOffice
from assisted.tally import ChipRow
from assisted.work_words import Said
from domain.counter import CaseEvent
from domain.submission import SubmissionLine
from resources.icons import paint_icon

_ORIGIN_WIDTH, _NAME_WIDTH = 190, 140
_LONG_WORD = re.compile(r"\S{18,}")
_PIECE = re.compile(r"[^@.\-_/]{1,12}[@.\-_/]?|[@.\-_/]")
_ZERO_WIDTH = "\u200b"


class SectionHeading(DeskHeading):
    """A heading that Tab stops at, so that keys alone walk down the case and a screen reader says where it is."""

    def __init__(self, text: str, kind: str = "section") -> None:
        super().__init__(text, kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the page: a label of Qt would put its text on the clipboard for Ctrl+C."""
        event.ignore()


class OwnWords(DeskText):
    """Words that somebody else wrote: one that is too long for its line (an address of e-mail) may be broken.

    To a screen reader they stay whole.
    """

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__(_LONG_WORD.sub(lambda found: _ZERO_WIDTH.join(_PIECE.findall(found[0])), text), kind)
        self.setAccessibleName(text)


class FactRow(QWidget):
    """Facts beside each other, each a picture and a word."""

    def __init__(self, look: DeskLook, facts: Sequence[Said]) -> None:
        super().__init__()
        row = ChipRow(20)
        for fact in facts:
            holder = QWidget()
            pair = QHBoxLayout(holder)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(8)
            pair.addWidget(DeskIcon(look, fact.icon, fact.colour))
            word = DeskText(fact.text, "strong" if fact.colour == "danger" else "")
            word.setWordWrap(False)
            pair.addWidget(word)
            row.addWidget(holder)
        self.setLayout(row)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class LineOfCitizen(QWidget):
    """One question and its answer, and who gave it."""

    def __init__(self, office: DeskOffice, line: SubmissionLine) -> None:
        super().__init__()
        texts = office.texts
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(DeskText(line.question, "small"))
        words.addWidget(
            OwnWords(line.answer or texts.tr("desk.case.answer.empty"), "strong" if line.answer else "soft")
        )
        if how := case_words.how_answered(texts, line):
            words.addWidget(DeskText(how, "small"))
        said, icon = case_words.origin(texts, line)
        origin = QWidget()
        origin.setFixedWidth(_ORIGIN_WIDTH)
        pair = QHBoxLayout(origin)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(DeskIcon(office.look, icon, "ink_soft", 22), 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(DeskText(said, "small"), 1, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(origin, 0, Qt.AlignmentFlag.AlignTop)


class EventLine(QWidget):
    """What happened, when and by whom; what is still to be sent says so."""

    def __init__(self, office: DeskOffice, event: CaseEvent) -> None:
        super().__init__()
        texts, now = office.texts, office.clock.now()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(OwnWords(event.text))
        when = work_words.moment(texts, event.at, now)
        words.addWidget(DeskText(f"{when} · {event.by}" if event.by else when, "small"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(DeskIcon(office.look, case_words.event_icon(event), "primary", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if event.is_waiting:
            row.addWidget(
                FactRow(office.look, (Said(texts.tr("desk.work.mark.waiting"), "cloud-upload-outline", "warn"),))
            )


class ActionButton(DeskButton):
    """One thing to do: a picture, words, and its key at the right."""

    def __init__(self, look: DeskLook, text: str, icon: str, key: str, *, is_first: bool = False) -> None:
        super().__init__(text, "primary" if is_first else "choice", key=key)
        self._look, self._icon, self._key, self._is_first = look, icon, key, is_first
        self.setMinimumHeight(look.px("target"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, self._look.px("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        look, middle = self._look, Qt.AlignmentFlag.AlignVCenter
        side, inside = look.px("icon"), self.rect().adjusted(12, 0, -12, 0)
        box = QRectF(inside.x(), (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, box, look.colour("on_primary" if self._is_first else "primary"))
        painter.setFont(look.font("table"))
        painter.setPen(look.colour("on_primary" if self._is_first else "ink_soft"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | middle), self._key)
        painter.setFont(look.font("body", 700 if self._is_first else 400))
        painter.setPen(look.colour("on_primary" if self._is_first else "ink"))
        words = inside.adjusted(side + 12, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | middle), self.accessibleName())
        painter.end()


def facts_card(rows: Sequence[tuple[str, str]]) -> Card:
    """Make a box with names and values under each other; what has no value is left out."""
    card = Card()
    for name, value in rows:
        if not value:
            continue
        label, said = OwnWords(name, "small"), OwnWords(value)
        label.setFixedWidth(_NAME_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1)
        card.column.addLayout(row)
    return card
