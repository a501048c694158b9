# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The middle of the window: the parts in one column, moved up and down by two large buttons where they do not fit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.parts.catalogue import build
from kiosk.parts.look import Look
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.readable import Readable
from kiosk.parts.stage import Stage
from kiosk.scroll_rail import SCROLL_DOWN, SCROLL_UP, ScrollRail
from kiosk.view import (
    Button,
    ButtonRow,
    ErrorText,
    Field,
    FieldRow,
    Heading,
    Paragraph,
    Part,
    Pressed,
    Subheading,
    Tiles,
    Understood,
    View,
    Where,
)

# Where the heading starts in portrait, as a share of the room: seated people reach the lower part best.
_PORTRAIT_START = 0.16
_SCROLL_SHARE = 0.7
_LOW = 500


_TIGHTER = {"wide": "medium", "large": "medium", "medium": "small"}


def _gap(before: Part, after: Part) -> str:
    """Name the distance between two parts."""
    match before, after:
        case Where(), _:
            return "tiny"
        case ((Heading() | Subheading()), Paragraph()):
            return "small"
        case Heading(), ErrorText():
            return "medium"
        case ErrorText(), _:
            return "medium"
        case _, Understood():
            return "medium"
        case Paragraph(), Paragraph():
            return "small"
        case Subheading(), _:
            return "medium"
        case _, Subheading():
            return "wide"
        case ((Field() | FieldRow()), (Field() | FieldRow())):
            return "large"
        case _, (Field() | FieldRow() | Button() | ButtonRow()):
            return "wide"
        case _:
            return "large"


class Content(QWidget):
    """Shows the parts of a view; keeps the widgets of parts that stay."""

    def __init__(self, stage: Stage, frame_stage: Stage, parent: QWidget, moved: Callable[[], None]) -> None:
        super().__init__(parent)
        self._stage = stage
        self._moved = moved
        self._page = QWidget(self)
        self._parts: list[tuple[Part, PartWidget]] = []
        self._view: View | None = None
        self._scroll = 0
        self._needed = 0
        self._rail = ScrollRail(frame_stage, self)
        self._aliases: dict[str, str] = {}

    @property
    def widgets(self) -> list[PartWidget]:
        return [widget for _part, widget in self._parts]

    @property
    def page(self) -> QWidget:
        """Give what holds the parts: as wide as the content, and as high as they need."""
        return self._page

    @property
    def look(self) -> Look:
        """Give the look that everything has now."""
        return self._stage.look

    @property
    def is_scrolling(self) -> bool:
        return self._needed > self.height()

    def clear(self) -> None:
        """Forget every widget: the look, the size or the direction changed."""
        for widget in self.widgets:
            self._drop(widget)
        self._parts = []
        self._rail.clear()

    def show_view(self, view: View, is_same_screen: bool) -> None:
        """Build what is new, keep what stayed."""
        kept = {(type(part), part.id): widget for part, widget in self._parts} if is_same_screen else {}
        self._view = view
        shown = self._shown(view)
        said = frozenset(part.text for part in shown if isinstance(part, ErrorText))
        parts: list[tuple[Part, PartWidget]] = []
        for part in shown:
            widget = kept.pop((type(part), part.id), None)
            if widget is None or not widget.takes(part):
                if widget is not None:
                    self._drop(widget)
                widget = build(part, self._stage, self._page, said)
                widget.show()
            parts.append((part, widget))
        used = {id(widget) for _part, widget in parts}
        for _part, widget in self._parts:
            if id(widget) not in used:
                self._drop(widget)
        if is_same_screen:
            # Assistive technology reads children in the order they are stacked.
            for _part, widget in parts:
                widget.raise_()
        else:
            self._scroll = 0
        self._parts = parts
        self._rail.build()

    @staticmethod
    def _drop(widget: PartWidget) -> None:
        widget.hide()
        widget.deleteLater()

    def _shown(self, view: View) -> list[Part]:
        """Leave out an error that the field right behind it shows itself, between label and field."""
        self._aliases = {}
        shown: list[Part] = []
        for part, after in zip(view.parts, (*view.parts[1:], None), strict=True):
            if isinstance(part, ErrorText) and isinstance(after, Field) and after.error == part.text:
                self._aliases[part.id] = f"{after.id}.error"
            else:
                shown.append(part)
        return shown

    def readable(self, reading_id: str) -> Readable | None:
        """Give what the voice means by this id."""
        wanted = self._aliases.get(reading_id, reading_id)
        return next(
            (found[wanted] for found in (widget.readables() for widget in self.widgets) if wanted in found), None
        )

    def scroll_by(self, step: int) -> None:
        """Move one step (-1 up, 1 down), a good part of what is visible."""
        self._move_to(self._scroll + step * round(self.height() * _SCROLL_SHARE))

    @property
    def scroll_place(self) -> int:
        """Tell how far down the page is; setting it goes there."""
        return self._scroll

    @scroll_place.setter
    def scroll_place(self, place: int) -> None:
        self._move_to(place)

    def scroll_to_top(self) -> None:
        """Show the heading: a new screen is read from there, whatever has the focus."""
        self._move_to(0)

    def handles(self, event: Pressed) -> bool:
        """Take the presses of the two buttons of our own."""
        if event.id not in (SCROLL_UP, SCROLL_DOWN):
            return False
        self.scroll_by(-1 if event.id == SCROLL_UP else 1)
        return True

    def show_area(self, area: QRect) -> None:
        """Move until `area` of the page (its own coordinates) is visible, with some air around it."""
        air = max(0, min(self._stage.look.space("medium"), (self.height() - area.height()) // 2))
        if area.top() - air < self._scroll:
            self._move_to(area.top() - air)
        elif area.bottom() + air > self._scroll + self.height():
            self._move_to(min(area.bottom() + air - self.height(), area.top() - air))

    def area_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._page, widget.rect().topLeft()), widget.size())

    def holds(self, widget: QWidget) -> bool:
        return self._page.isAncestorOf(widget)

    def scroll_items(self) -> list[QWidget]:
        return self._rail.shown

    def lay_out(self) -> None:
        """Place everything for the size this widget has."""
        if self._view is None:
            return
        look, width, height = self._stage.look, self.width(), self.height()
        least = height if self._view.is_wide else 0
        column = width if self._view.is_wide else min(width, look.shape("column"))
        self._stage.is_tight, self._stage.room = False, height
        full = width
        self._needed = self._stack(column, full, least)
        if self._needed > height:
            self._stage.is_tight = True
            self._needed = self._stack(column, width, least)
        if self._needed > height:
            # On a low screen every line counts; on a high one calm counts more than one line.
            self._stage.is_tight = height < _LOW
            full = width - self._rail.width
            column = min(column, full)
            self._needed = self._stack(column, full, 0)
        place = self._stage.rect(0, 0, full, max(self._needed, 1), width)
        self._page.setGeometry(place.translated(0, self._start() - self._scroll))
        self._rail.lay_out(width, height)
        self._move_to(self._scroll)

    def _start(self) -> int:
        """Where the first part starts when there is room to spare."""
        if not self._stage.is_portrait or self._view is None:
            return 0
        if self._view.preferences.is_low:
            return 0  # everything stands low already
        return max(0, min(round(self.height() * _PORTRAIT_START), self.height() - self._needed))

    def _stack(self, column: int, full: int, least: int) -> int:
        """Place the parts under each other in a column and give the height; `least` is shared by parts that stretch."""
        look = self._stage.look
        reading = min(column, look.reading_width)
        is_tight = self._stage.is_tight
        padding = look.space("medium" if is_tight else "wide")
        heights, gaps = [], []
        for number, (part, widget) in enumerate(self._parts):
            width = full if widget.is_full else column if widget.is_wide else reading
            gaps.append(self._distance(self._parts[number - 1][0], part) if number else 0)
            heights.append(widget.lay_out(width))
        spare = least - sum(heights) - sum(gaps) - 2 * padding
        top = padding
        for number, (part, widget) in enumerate(self._parts):
            width = full if widget.is_full else column if widget.is_wide else reading
            if widget.stretches and isinstance(part, Tiles) and spare > 0:
                heights[number] = widget.lay_out(width, heights[number] + spare)
            top += gaps[number]
            self._stage.place(widget, 0, top, width, heights[number], full)
            top += heights[number]
        return top + padding

    def _distance(self, before: Part, after: Part) -> int:
        name, look = _gap(before, after), self._stage.look
        own = look.space(_TIGHTER.get(name, name) if self._stage.is_tight else name)
        return max(own, look.paragraph_gap) if isinstance(before, Paragraph) and isinstance(after, Paragraph) else own

    def _move_to(self, scroll: int) -> None:
        most = max(0, self._needed - self.height())
        has_room = self.height() >= self._rail.height  # above the keyboard there may be none; the field is in view
        self._scroll = max(0, min(scroll, most))
        self._page.move(self._page.x(), self._start() - self._scroll)
        self._rail.show_needed(is_up=self._scroll > 0 and has_room, is_down=self._scroll < most and has_room)
        self._moved()
