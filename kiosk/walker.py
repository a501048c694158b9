# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the focus is and where a key takes it: the order of everything that can be reached, and how the voice calls it.

What a key means is `keypad.py`'s; how the ring looks `focus_ring.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QWidget

from kiosk.content import Content
from kiosk.frame import Bar, Tools, buttons_of
from kiosk.key_map import Move
from kiosk.parts.action_button import ActionButton
from kiosk.parts.choices import CheckOption, ChoicesGrid, RadioOption
from kiosk.parts.fields import Fields
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.place_map import PlaceMapGrid
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.parts.tiles import TileButton
from kiosk.typist import Typist
from kiosk.view import View
from kiosk.walking import has_rows, neighbour, step


class Walker:
    """Moves the focus over the parts, the way up and down, the bar and the tools."""

    def __init__(
        self,
        window: QMainWindow,
        stage: Stage,
        content: Content,
        bar: Bar,
        tools: Tools,
        typist: Typist,
        *,
        walked: Callable[[str, str], None],
        show_ring: Callable[[], None],
    ) -> None:
        self._window = window
        self._stage = stage
        self._content = content
        self._bar = bar
        self._tools = tools
        self._typist = typist
        self._walked = walked
        self._show_ring = show_ring
        self.reads_along = False  # who has the screen read aloud meets the texts too, piece by piece
        self._came_unsaid: QWidget | None = None  # where a screen starts, as long as no key came there

    # -- what there is -----------------------------------------------------------------------------------------------

    def order(self) -> list[QWidget]:
        """Give everything to reach by key, in order: parts, up and down, bar, tools."""
        parts = [stop for widget in self._content.widgets for stop in self._stops(widget)]
        return [*parts, *self._content.scroll_items(), *buttons_of((self._bar, self._tools))]

    def _stops(self, widget: PartWidget) -> list[QWidget]:
        """Give what a key comes to in a part: what can be done there, and its texts to who has them read aloud.

        A text that belongs to an item, such as the label of a field, is said with the item.
        """
        items = widget.items()
        if not self.reads_along:
            return items
        owners = tuple(f"{found}." for found in map(self._reading_id, items) if found)
        texts = [
            readable
            for reading_id, readable in widget.readables().items()
            if isinstance(readable, TextBlock) and not reading_id.startswith(owners)
        ]
        places = {child: number for number, child in enumerate(widget.findChildren(QWidget))}
        return sorted([*items, *texts], key=lambda stop: places.get(stop, len(places)))

    def item(self, item_id: str) -> QWidget | None:
        """Find what can be pressed or typed in by its id."""
        for widget in self._content.widgets:
            found = widget.item(item_id)
            if found is None and widget.part_id == item_id and widget.items():
                found = self._first_of(widget)
            if found is not None:
                return found
        text = self._content.readable(item_id) if self.reads_along else None
        if isinstance(text, TextBlock):
            return text
        return next(
            (button for button in (*self._bar.buttons, *self._tools.buttons) if button.button_id == item_id), None
        )

    def focused_id(self) -> str:
        """Give the id of what has the focus; empty where it has none."""
        focused = self._window.focusWidget()
        entry = self._typist.entry_of(focused)
        if entry is not None:
            return entry.field.id
        if isinstance(focused, TextBlock):
            return focused.reading_id
        if isinstance(focused, ActionButton | TileButton):
            return focused.button_id
        return focused.card.option.id if isinstance(focused, RadioOption | CheckOption) else ""

    def area_of(self, item: QWidget) -> QRect:
        """Give the item with what belongs to it: a field with its label and error."""
        entry = self._typist.entry_of(item)
        if entry is None:
            return self._content.area_of(item)
        area = self._content.area_of(entry)
        if entry.box.bottom() > self._content.height():
            # Where not even the words and the box fit, the box is what must be seen.
            return entry.box.translated(area.topLeft())
        if area.height() > self._content.height():
            area.setHeight(entry.box.bottom())
        return area

    def _reading_id(self, item: QWidget) -> str:
        """Give what the voice calls it; empty where no part words it, such as a month to pick or the way down."""
        entry = self._typist.entry_of(item)
        if entry is not None:
            return entry.field.id
        if item in buttons_of((self._bar, self._tools)) and isinstance(item, ActionButton):
            return item.button_id
        wanted: object = item
        readables = (found for widget in self._content.widgets for found in widget.readables().items())
        return next((reading_id for reading_id, readable in readables if readable is wanted), "")

    @staticmethod
    def _first_of(widget: PartWidget) -> QWidget:
        chosen = [item for item in widget.items() if isinstance(item, QAbstractButton) and item.isChecked()]
        return (chosen or widget.items())[0]

    # -- going there -------------------------------------------------------------------------------------------------

    def focus(self, target: QWidget) -> None:
        """Go to an item and tell that a key came there."""
        self._came_unsaid = None
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.bring_into_view(target)
        self.say(target)

    def say(self, target: QWidget) -> None:
        """Tell what was come to, or pointed at."""
        self._walked(self._reading_id(target), target.accessibleName())

    def focus_first(self, view: View) -> None:
        """Go to where a screen starts, which nobody asked for: without a word."""
        target = self.item(view.focus) if view.focus else None
        if target is None:
            # A screen about choosing or typing starts at the answer; another starts where it goes on.
            answers = [widget for widget in self._content.widgets if isinstance(widget, ChoicesGrid | Fields)]
            others = [widget for widget in self._content.widgets if widget.items()]
            order = [*answers, *others]
            target = self._first_of(order[0]) if order else next(iter(self.order()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._window.setFocus()
        self._came_unsaid = target
        self._show_ring()

    def walk_by(self, by: int) -> None:
        """Go to the next item in the order, or the one before."""
        target = step(self.order(), self._window.focusWidget(), by)
        if target is not None:
            self.focus(target)

    def walk(self, move: Move) -> None:
        """Go where an arrow points: in rows and columns inside a part, along the order else.

        Who hears the screen was told that down goes on: then no row is jumped over. A map has places, so it keeps them.
        """
        focused = self._window.focusWidget()
        if self.reads_along and self._came_unsaid is not None and focused is self._came_unsaid:
            self.focus(focused)  # the first arrow says where one is; else the first answer would be gone by unheard
            return
        if move in (Move.UP, Move.DOWN) and focused is not None:
            holder = next((widget for widget in self._content.widgets if focused in widget.items()), None)
            keeps_rows = not self.reads_along or isinstance(holder, PlaceMapGrid)
            group = holder.items() if holder is not None and keeps_rows else []
            target = neighbour(group, focused, move) if has_rows(group) else None
            if target is not None:
                self.focus(target)
                return
            if has_rows(group):
                edge = group[-1] if move is Move.DOWN else group[0]
                target = step(self.order(), edge, 1 if move is Move.DOWN else -1)
                if target is not None:
                    self.focus(target)
                return
        forward = move is Move.DOWN or move is (Move.LEFT if self._stage.is_rtl else Move.RIGHT)
        self.walk_by(1 if forward else -1)

    def bring_into_view(self, item: QWidget) -> None:
        """Scroll to an item and show where the focus is."""
        if self._content.holds(item):
            self._content.show_area(self.area_of(item))
        self._show_ring()
