# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame that never moves: tools above, the bar below.

Their places follow from size, orientation and language alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.box import painter_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import BACK, HUMAN, LEAVE, LOW, NEXT, READ, SOUND, STOP, Button, Tone, Weight

_ONE_ROW = 3  # tools that stand in one row on any screen
_FIRST_ROW = (READ, SOUND, LEAVE)

Reserved = Mapping[str, tuple[str, ...]]


class FrameStrip(QWidget):
    """A strip of buttons on paper, with a line at the side of the content."""

    line_is_below = True

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._shown: tuple[object, ...] = ()
        self._reserved: Reserved = {}
        self.buttons: list[ActionButton] = []
        self.margin = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def clear(self) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons, self._shown = [], ()

    def show_buttons(self, buttons: tuple[Button, ...], reserved: Reserved) -> None:
        """Show these buttons; `reserved` holds every word a button may carry, so that none ever moves."""
        if self._shown == buttons:
            return
        kept = {widget.button: widget for widget in self.buttons}
        focused = next((widget.button_id for widget in self.buttons if widget.hasFocus()), "")
        self._reserved = reserved
        widgets = []
        for button in buttons:
            widget = kept.pop(button, None) or self._build(button)
            widget.show()
            widget.raise_()
            widgets.append(widget)
        self.buttons, self._shown = widgets, buttons
        for widget in widgets:
            if widget.button_id == focused:
                widget.setFocus()
        for old in kept.values():
            old.hide()
            old.deleteLater()

    def _build(self, button: Button) -> ActionButton:
        return ActionButton(self._stage, self, button)

    def _words(self, button_id: str) -> tuple[str, ...]:
        return self._reserved.get(button_id, ())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        painter.fillRect(self.rect(), look.colour("paper"))
        thick = look.shape("border")
        painter.fillRect(
            0, self.height() - thick if self.line_is_below else 0, self.width(), thick, look.colour("line")
        )
        painter.end()


class Tools(FrameStrip):
    """Read aloud, larger letters, colours, language; Snel weg at the far end."""

    def _build(self, button: Button) -> ActionButton:
        return ActionButton(self._stage, self, button, "tool", is_tool=True)

    def lay_out(self, width: int) -> int:
        """Place the tools: picture beside word, else above it, else with words on two lines, else in two rows."""
        if not self.buttons:
            return 0  # a helper's low screen shows none
        look = self._stage.look
        gap, room = look.space("medium"), width - 2 * self.margin
        rows, widths = self._arranged(room)
        padding = look.space("medium") + (look.space("tiny") if look.is_roomy else 0)
        height = max(
            (button.lay_out(widths[button], self._words(button.button_id)) for button in self.buttons),
            default=look.target,
        )
        top = padding
        for row in rows:
            left = self.margin
            for button in row:
                size = widths[button]
                at = width - self.margin - size if button.button_id == LEAVE else left
                self._stage.place(button, at, top, size, height, width)
                left += size + gap
            top += height + gap
        return top - gap + padding

    def _arranged(self, room: int) -> tuple[list[list[ActionButton]], dict[ActionButton, int]]:
        """Give the rows and widths that fit, with narrower buttons than wished where nothing else does."""
        rows, widths = self._wished(room)
        gap = self._stage.look.space("medium")
        for row in rows:
            used = sum(widths[button] for button in row)
            spare = room - gap * (len(row) - 1)
            if used > spare:
                widths.update({button: widths[button] * spare // used for button in row})
        return rows, widths

    def _wished(self, room: int) -> tuple[list[list[ActionButton]], dict[ActionButton, int]]:
        """Give the first way that fits, else the last."""
        one_row = [self.buttons]
        ways = [(one_row, False, False), (one_row, True, False), (one_row, True, True)]
        if self._stage.is_portrait and len(self.buttons) > _ONE_ROW:
            # There is height enough, and letters stay as large as they were asked for. "Snel weg" stays at the top.
            first = [button for button in self.buttons if button.button_id in _FIRST_ROW]
            two_rows = [first, [button for button in self.buttons if button not in first]]
            ways += [(two_rows, False, False), (two_rows, True, False), (two_rows, True, True)]
        rows, widths = one_row, dict[ActionButton, int]()
        for rows, is_stacked, wraps in ways:
            for button in self.buttons:
                button.set_stacked(is_stacked)
            widths = {
                button: self._least(button) if wraps else button.natural_width(self._words(button.button_id))
                for button in self.buttons
            }
            if self._fits(rows, widths, room):
                break
        return rows, widths

    def _fits(self, rows: Sequence[Sequence[ActionButton]], widths: Mapping[ActionButton, int], room: int) -> bool:
        gap = self._stage.look.space("medium")
        return all(sum(widths[button] for button in row) + gap * (len(row) - 1) <= room for row in rows)

    def _least(self, button: ActionButton) -> int:
        words = " ".join(self._words(button.button_id) or (button.button.text,)).split()
        return button.width_for(words)


class Bar(FrameStrip):
    """Back, help by a person, stop; the next step at the far end. Two rows in portrait and where one is too short."""

    line_is_below = False

    def _build(self, button: Button) -> ActionButton:
        return ActionButton(self._stage, self, button, _bar_style(button))

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(stage, parent)
        self._note: TextBlock | None = None
        self._note_text = ""
        self._rooms: dict[tuple[object, ...], int] = {}

    @property
    def note(self) -> TextBlock | None:
        return self._note

    def show_note(self, text: str) -> None:
        if text == self._note_text and (self._note is not None or not text):
            return
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
        self._note, self._note_text = None, text
        if text:
            self._note = TextBlock(self._stage, self, "bar.note", text, "note", "ink_soft", is_balanced=False)
            self._note.show()

    def clear(self) -> None:
        super().clear()
        self.show_note("")

    def _slot(self, button: ActionButton, taken: set[str]) -> str:
        known = button.button_id if button.button_id in (BACK, HUMAN, STOP, NEXT) else ""
        if not known and button.button.weight is Weight.PRIMARY:
            known = NEXT
        return known if known not in taken else ""

    def _in_slots(self) -> tuple[dict[str, ActionButton], list[ActionButton]]:
        slots: dict[str, ActionButton] = {}
        others: list[ActionButton] = []
        for button in self.buttons:
            slot = self._slot(button, set(slots))
            if slot:
                slots[slot] = button
            else:
                others.append(button)
        return slots, others

    def lay_out(self, width: int) -> int:
        """Place the buttons; where each stands follows from the words kept for it, never from this screen's."""
        look = self._stage.look
        gap = look.space("medium")
        slots, others = self._in_slots()
        is_double = self._stage.is_portrait
        sizes = {slot: self._size(slot, slots.get(slot)) for slot in (BACK, HUMAN, STOP, NEXT)}
        if not is_double:
            extra = gap * 3 + 2 * self.margin
            if sum(sizes.values()) + extra > width:
                # A button just too narrow gives up padding before the row gives up.
                spare = 2 * (look.space("large") - look.space("small"))
                sizes = {slot: max(size - spare, 0) for slot, size in sizes.items()}
            is_double = sum(sizes.values()) + extra > width
            if is_double:
                sizes = {slot: self._size(slot, slots.get(slot)) for slot in (BACK, HUMAN, STOP, NEXT)}
        padding = look.space("medium") + (look.space("tiny") if look.is_roomy else 0)
        places: dict[str, tuple[int, int, int]] = {}  # left, row, width
        if not is_double:
            # Help stands in the middle, so that no gap opens where a screen has no way back.
            middle = (width - sizes[HUMAN] - gap - sizes[STOP]) // 2
            middle = min(middle, width - self.margin - sizes[NEXT] - 2 * gap - sizes[HUMAN] - sizes[STOP])
            middle = max(middle, self.margin + sizes[BACK] + gap)
            places = {BACK: (self.margin, 0, sizes[BACK]), HUMAN: (middle, 0, sizes[HUMAN])}
            places[STOP] = (middle + sizes[HUMAN] + gap, 0, sizes[STOP])
            places[NEXT] = (width - self.margin - sizes[NEXT], 0, sizes[NEXT])
        else:
            places = self._in_two_rows(width, sizes, slots, others)
        high = look.target
        for slot, (_left, _row, size) in places.items():
            if size:
                high = max(high, self._height(slot, slots.get(slot), size))
        for slot, button in slots.items():
            left, row, size = places[slot]
            self._stage.place(button, left, padding + row * (high + gap), size, high, width)
        # A button that has no place of its own takes what room is left; it moves nothing.
        left = max(place[0] + place[2] for slot, place in places.items() if slot != NEXT and place[1] == 0) + gap
        for button in others:
            size = button.natural_width()
            self._stage.place(button, left, padding, size, high, width)
            left += size + gap
        row = 1 if is_double else 0  # of what goes back and on
        needed = self._place_note(slots, places, padding + row * (high + gap), high, width)
        rows = 1 + max(place[1] for place in places.values())
        total = rows * (high + gap) - gap + 2 * padding
        # Words that want more than the whole bar raise its edge; the buttons stay where they are on every screen.
        extra = max(0, needed - total)
        for button in (*slots.values(), *others) if extra else ():
            button.move(button.x(), button.y() + extra)
        return total + extra

    def _in_two_rows(
        self, width: int, sizes: Mapping[str, int], slots: dict[str, ActionButton], others: list[ActionButton]
    ) -> dict[str, tuple[int, int, int]]:
        """Give the left, row and width of each button; "Lager" has a row of its own where three would break words."""
        gap, room = self._stage.look.space("medium"), width - 2 * self.margin
        half = (room - gap) // 2
        fits = {slot: half if self._stage.is_portrait else min(sizes[slot], half) for slot in sizes}
        places: dict[str, tuple[int, int, int]] = {}
        low = next((button for button in others if button.button_id == LOW), None)
        if low is not None and self._stage.is_portrait:
            others.remove(low)
            slots[LOW] = low
            three = self._three(room, sizes, low)
            if all(self._keeps_words(slot, size, slots) for slot, size in three.items()):
                fits |= three
                places[LOW] = (self.margin + fits[HUMAN] + gap, 0, fits[LOW])
            else:
                places[LOW] = (self.margin, 2, room)
        places |= {HUMAN: (self.margin, 0, fits[HUMAN]), BACK: (self.margin, 1, fits[BACK])}
        right = width - self.margin - fits[STOP]
        places[STOP] = (right if self._stage.is_portrait else self.margin + fits[HUMAN] + gap, 0, fits[STOP])
        places[NEXT] = (width - self.margin - fits[NEXT], 1, fits[NEXT])
        return places

    def _three(self, room: int, sizes: Mapping[str, int], low: ActionButton) -> dict[str, int]:
        """Share a row: "Lager" has as much room as its word wants; help, the widest, gives way where it must."""
        gap = self._stage.look.space("medium")
        own = low.natural_width(self._words(LOW))
        left = room - 2 * gap - own
        stop = max(min(sizes[STOP], left // 2), left - sizes[HUMAN])
        return {LOW: own, STOP: stop, HUMAN: left - stop}

    def _keeps_words(self, slot: str, size: int, slots: Mapping[str, ActionButton]) -> bool:
        """Tell whether a button so wide breaks none of the words it may ever carry."""
        words = " ".join(self._words(slot)).split()
        button = slots.get(slot) or (self._probe(slot) if words else None)
        return button is None or button.width_for(words) <= size

    def _place_note(
        self,
        slots: Mapping[str, ActionButton],
        places: Mapping[str, tuple[int, int, int]],
        top: int,
        high: int,
        width: int,
    ) -> int:
        """Put the quiet words where the next step would stand, or before it; gives the height they need."""
        if self._note is None:
            return 0
        gap = self._stage.look.space("large")
        last = places[BACK][1]
        before = [
            place[0] + place[2] + gap
            for slot, place in places.items()
            if slot in slots and place[1] == last and slot != NEXT
        ]
        start = max([self.margin, *before])
        end = places[NEXT][0] - gap if NEXT in slots else width - self.margin
        size = min(self._note.shape_of_text.natural_width, end - start)
        needed = self._note.lay_out(size)
        at = start if last and not before else end - size
        padding = self._stage.look.space("medium")
        # Large letters may want more than the height of a button: then the words stand as low as the bar allows.
        self._note.put(at, max(0, top + min((high - needed) // 2, high + padding - needed)), size, width)
        return needed

    def _height(self, slot: str, button: ActionButton | None, size: int) -> int:
        if button is not None:
            return button.lay_out(size, self._words(slot))
        return self._room(slot, size) if self._words(slot) else 0

    def _size(self, slot: str, button: ActionButton | None) -> int:
        """Give the width of a slot, the same whether its button is on this screen or not."""
        words = self._words(slot)
        if button is not None:
            return button.natural_width(words)
        return self._room(slot) if words else 0

    def _room(self, slot: str, width: int = 0) -> int:
        """Give the width that a button which is not here would want; with a width, its height at that."""
        words, stage = self._words(slot), self._stage
        key = (slot, width, words, stage.look, stage.is_rtl)
        if key not in self._rooms:
            probe = self._probe(slot)
            self._rooms[key] = probe.lay_out(width, words) if width else probe.natural_width(words)
        return self._rooms[key]

    def _probe(self, slot: str) -> ActionButton:
        """Make a button that is never shown, to know how much room the real one will want."""
        weight = {STOP: Weight.QUIET, NEXT: Weight.PRIMARY}.get(slot, Weight.SECONDARY)
        tone = Tone.HUMAN if slot == HUMAN else Tone.PLAIN
        button = Button(slot, self._words(slot)[0], "circle", weight, tone)
        probe = ActionButton(self._stage, self, button, _bar_style(button))
        probe.hide()
        probe.deleteLater()
        return probe


def _bar_style(button: Button) -> str:
    """Name the letters of a button in the bar: heavy for what goes on and for a person, light for the rest."""
    return "bar" if button.weight is Weight.QUIET and button.tone is not Tone.HUMAN else "bar_strong"


def buttons_of(strips: Sequence[FrameStrip]) -> list[QWidget]:
    return [button for strip in strips for button in strip.buttons]
