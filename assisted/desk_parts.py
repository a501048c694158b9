# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page of the desk is made of: headings, running text, buttons with a key, large tiles, a page that scrolls.

They are Qt's own widgets, so that a screen reader knows them; the style sheet dresses them by the property "kind".
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from assisted.desk_look import DeskLook
from resources.icons import paint_icon

_PAGE_MARGIN, _GAP = 28, 16
_ARROWS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}


def dress(widget: QWidget, kind: str) -> None:
    """Say what a widget is, so that the style sheet dresses it anew."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class DeskText(QLabel):
    """Running text; `kind` is one of those of `resources/desk.qss`. Plain text only: nothing in it is ever markup."""

    def __init__(self, text: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", kind)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  Qt calls it by this name
        super().setText(text)
        self._hold_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_lines()

    def _hold_lines(self) -> None:
        """Keep room for every line: a layout that centres its items asks nobody how high they are."""
        if self.wordWrap() and self.width() > 0:
            self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)


class DeskHeading(DeskText):
    """A heading, also to a screen reader (`assisted.accessible`)."""

    def __init__(self, text: str, kind: str = "title", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setText(self, text: str) -> None:  # noqa: N802  Qt calls it by this name
        super().setText(text)
        self.setAccessibleName(text)


class DeskButton(QPushButton):
    """A button that Enter presses too; `&` in its text marks its key, a screen reader says it too."""

    def __init__(self, text: str, kind: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._own_key = key
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setAccessibleName(text.replace("&", ""))
        if key:
            self.setShortcut(key)
            self.setAccessibleDescription(key)
        elif "&" in text:
            self.setAccessibleDescription(self.shortcut().toString())

    def setText(self, text: str) -> None:  # noqa: N802  Qt calls it by this name
        """Say something else; Qt takes the key away with the old words."""
        super().setText(text)
        if self._own_key:
            self.setShortcut(self._own_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows walk between the buttons that stand together."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None or not walk_beside(self, step):
            super().keyPressEvent(event)


def walk_beside(button: QPushButton, step: int) -> bool:
    """Give the focus to the next or previous button of the same parent, round at the ends; False where it is alone."""
    parent = button.parentWidget()
    if parent is None:
        return False
    near = Qt.FindChildOption.FindDirectChildrenOnly
    beside = [item for item in parent.findChildren(QPushButton, options=near) if item.isVisible() and item.isEnabled()]
    if button not in beside or len(beside) < 2:
        return False
    beside[(beside.index(button) + step) % len(beside)].setFocus(Qt.FocusReason.TabFocusReason)
    return True


class DeskTile(DeskButton):
    """A large button: a picture, a word, one line that says what it is, and the key that opens the same everywhere."""

    def __init__(self, look: DeskLook, title: str, says: str, icon: str, shows: str = "") -> None:
        super().__init__(title, "tile")
        self._look, self._says, self._icon, self._key = look, says, icon, shows
        self.setAccessibleDescription(" · ".join(filter(None, (says, shows))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 224)

    def sizeHint(self) -> QSize:
        return QSize(380, 230)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        look, side = self._look, self._look.px("icon_tile")
        inside = self.rect().adjusted(24, 18, -20, -14)
        paint_icon(painter, self._icon, QRectF(inside.x(), inside.y(), side, side), look.colour("primary"))
        if self._key:
            painter.setFont(look.font("table"))
            painter.setPen(look.colour("ink_soft"))
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), self._key)
        title = QRect(inside.x(), inside.y() + side + 8, inside.width(), 38)
        painter.setFont(look.font("lead", 700))
        painter.setPen(look.colour("ink"))
        painter.drawText(title, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.accessibleName())
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink_soft"))
        rest = QRect(inside.x(), title.bottom() + 1, inside.width(), inside.bottom() - title.bottom())
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(rest, int(wrapped), self._says)
        painter.end()


class DeskIcon(QWidget):
    """A picture beside a word that says the same; nothing to a screen reader."""

    def __init__(self, look: DeskLook, icon: str, colour: str = "primary", px: int = 0) -> None:
        super().__init__()
        self._look, self._icon, self._colour = look, icon, colour
        side = px or look.px("icon")
        self.setFixedSize(side, side)

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another picture."""
        self._icon, self._colour = icon, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        paint_icon(painter, self._icon, QRectF(self.rect()), self._look.colour(self._colour))
        painter.end()


class Card(QFrame):
    """A box of paper with things under each other."""

    def __init__(self, *items: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(8)
        for item in items:
            self.column.addWidget(item)


class Scrolling(QScrollArea):
    """A column that scrolls up and down when it is longer than the window, never sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(_PAGE_MARGIN, _PAGE_MARGIN - 6, _PAGE_MARGIN, _PAGE_MARGIN)
        self.column.setSpacing(_GAP)
        self.setWidget(self.inside)
