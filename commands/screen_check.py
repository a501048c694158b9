# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the screen in a window, by geometry: clipped, broken, covered, too small, too close, unnamed.

Looks at what is painted and where it stands; knows nothing of how the parts came to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QAbstractButton, QWidget

from commands.painted import Painting, Word, painting_of
from kiosk.content import Content
from kiosk.frame import Bar, Tools
from kiosk.onscreen_keyboard import KeyButton, OnScreenKeyboard
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.picks import PickBox
from kiosk.window import KioskWindow

LEAST_TARGET = 72
LEAST_GAP = 16
LEAST_KEY = 60
_AIR = 2  # pixels that antialiasing and rounding may differ
_MARKS = 8  # what a text may stand out of its box: the room for the mark of reading aloud
_ELLIPSIS = "\u2026"
_SAME_ROW = 8
_LEAST_CONTENT_LINES = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and what."""

    part: str
    what: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A window and the pieces of it that are looked at."""

    window: KioskWindow
    content: Content
    tools: Tools
    bar: Bar
    keyboard: OnScreenKeyboard

    @property
    def surfaces(self) -> list[QWidget]:
        """Give what paints a screen: the page (whole, also where it scrolls), the way up and down, tools and bar."""
        return [self.content.page, *self.content.scroll_items(), self.tools, self.bar]

    def paintings(self) -> list[tuple[Painting, QWidget]]:
        """Let everything paint itself."""
        return [(painting_of(surface), surface) for surface in self.surfaces]


def shown_in(window: KioskWindow) -> Shown:
    """Find the pieces of a window."""
    content, tools, bar = window.findChild(Content), window.findChild(Tools), window.findChild(Bar)
    keyboard = window.findChild(OnScreenKeyboard)
    if content is None or tools is None or bar is None or keyboard is None:
        raise TypeError("this window has no page, tools, bar and keyboard")
    return Shown(window, content, tools, bar, keyboard)


def faults_of(window: KioskWindow, *, with_focus: bool = True, with_keyboard: bool = True) -> list[Fault]:
    """Give everything that is wrong with the screen that the window shows."""
    shown = shown_in(window)
    found: list[Fault] = []
    for painting, surface in shown.paintings():
        found += painted_faults(painting, surface)
        found += small_letters(painting, shown.content.look.legible_px)
        found += _called_otherwise(painting)
    found += [*_placed_faults(shown), *_target_faults(shown)]
    if with_keyboard:
        found += _keyboard_faults(shown)
    if with_focus:
        found += _focus_faults(shown)
    return list(dict.fromkeys(found))


# -- what is painted ---------------------------------------------------------------------------------------------------


def painted_faults(painting: Painting, surface: QWidget) -> Iterator[Fault]:
    """Find words that are cut, broken or written over one another."""
    for shape, widget in zip(painting.shapes, painting.painters, strict=True):
        if shape.text.endswith(_ELLIPSIS):
            yield Fault(_part_of(widget), f'ends in an ellipsis: "{shape.text[-30:]}"')
        if shape.breaks_a_word and not _is_typed(shape.text):
            broken = next(line for line, after in pairwise(shape.lines) if (line[-1:] + after[:1]).isalnum())
            yield Fault(_part_of(widget), f'a word is broken: "{broken[-30:]}|"')
    for word in painting.words:
        widget = painting.painters[word.shape] if word.shape >= 0 else None
        if widget is None:
            continue
        room = QRectF(_box_on(widget, surface)).adjusted(-_AIR, -_AIR, _AIR, _AIR)
        if not room.contains(word.rect):
            yield Fault(_part_of(widget), f'does not fit its box: "{word.text[:40]}"')
    yield from _overwritten(painting)


def small_letters(painting: Painting, least_px: int) -> Iterator[Fault]:
    """Find letters that cannot be read from where people stand (EN 301 549, 5.1.4)."""
    for word in painting.words:
        if not word.is_icon and word.px < least_px:
            owner = painting.painters[word.shape] if word.shape >= 0 else None
            yield Fault(_part_of(owner), f'letters of {word.px} px, under {least_px}: "{word.text[:30]}"')


def _is_typed(text: str) -> bool:
    """Tell an address, which may be longer than a line; where it breaks says nothing of our words."""
    return "@" in text


def _overwritten(painting: Painting) -> Iterator[Fault]:
    by_top = sorted(painting.words, key=lambda word: word.rect.top())
    for number, word in enumerate(by_top):
        for other in by_top[number + 1 :]:
            if other.rect.top() > word.rect.bottom():
                break
            if word.shape == other.shape and word.is_icon == other.is_icon:
                continue
            both = word.rect.intersected(other.rect)
            least = 2 * _AIR + (6 if word.is_icon or other.is_icon else 0)
            if both.width() > least and both.height() > least:
                yield Fault(_owner(painting, word, other), f'written over "{other.text[:30]}": "{word.text[:30]}"')


def _owner(painting: Painting, *words: Word) -> str:
    return next((_part_of(painting.painters[word.shape]) for word in words if word.shape >= 0), "?")


# -- where it stands ---------------------------------------------------------------------------------------------------


def _placed_faults(shown: Shown) -> Iterator[Fault]:
    window, content, tools, bar = shown.window, shown.content, shown.tools, shown.bar
    for surface in shown.surfaces:
        for child in surface.findChildren(QWidget):
            parent = child.parentWidget()
            if parent is None or not child.isVisibleTo(surface):
                continue
            if not parent.rect().adjusted(-_MARKS, -_AIR, _MARKS, _AIR).contains(child.geometry()):
                yield Fault(_part_of(child), f"{type(child).__name__} stands out of its parent")
    for strip in (tools, bar):
        if not window.rect().contains(strip.geometry()):
            yield Fault("frame", f"{type(strip).__name__} leaves the window")
    if content.page.width() > content.width():
        yield Fault("page", "wider than the window")
    parts = [widget for widget in content.widgets if widget.isVisibleTo(content)]
    strips = [*bar.buttons, *([bar.note] if bar.note is not None else [])], list(tools.buttons)
    for group in (parts, *strips):
        for first, second in combinations(group, 2):
            both = first.geometry().intersected(second.geometry())
            if both.width() > _MARKS * 2 and both.height() > _AIR:
                yield Fault(_part_of(first), f"overlaps {_part_of(second)}")
    if window.view is not None and (tools.buttons or bar.buttons):
        line = content.look.line("body")
        if content.height() < _LEAST_CONTENT_LINES * line:
            yield Fault("frame", f"leaves {content.height()} px: less than {_LEAST_CONTENT_LINES} lines of text")


# -- what is to be touched ---------------------------------------------------------------------------------------------


def _target_faults(shown: Shown) -> Iterator[Fault]:
    window, content = shown.window, shown.content
    groups: tuple[list[QWidget], ...] = (
        [target_of(item) for item in window.focus_order() if content.holds(item)],
        [*shown.bar.buttons],
        [*shown.tools.buttons],
        content.scroll_items(),
    )
    for item in window.focus_order():
        if not item.accessibleName():
            yield Fault(_part_of(item), "has no name")
    for group in groups:
        boxes = [(item, _target_box(item, window)) for item in group]
        for item, box in boxes:
            if min(box.width(), box.height()) < LEAST_TARGET:
                yield Fault(_part_of(item), f"only {box.width()} by {box.height()} px to touch")
        for (first, one), (second, other) in combinations(boxes, 2):
            if gap_between(one, other) < LEAST_GAP:
                yield Fault(_part_of(first), f"{gap_between(one, other)} px from {_part_of(second)}")


def target_of(item: QWidget) -> QWidget:
    """Give what a finger may land on: the box of a field, else the item itself."""
    parent = item.parentWidget()
    return parent if isinstance(parent, FieldEntry) else item


def _target_box(item: QWidget, window: QWidget) -> QRect:
    box = _box_on(item, window)
    return item.box.translated(box.topLeft()) if isinstance(item, FieldEntry) else box


def gap_between(first: QRect, second: QRect) -> int:
    """Give the pixels between two boxes, the larger of across and down; negative where they overlap."""
    across = max(first.left(), second.left()) - min(first.right(), second.right()) - 1
    down = max(first.top(), second.top()) - min(first.bottom(), second.bottom()) - 1
    return max(across, down)


def _called_otherwise(painting: Painting) -> Iterator[Fault]:
    """Find what is called otherwise than what stands on it (WCAG 2.5.3)."""
    seen: set[int] = set()
    for shape, widget in zip(painting.shapes, painting.painters, strict=True):
        if not isinstance(widget, QAbstractButton) or isinstance(widget, PickBox) or id(widget) in seen:
            continue
        seen.add(id(widget))
        name, label = _plain(widget.accessibleName()), _plain(shape.text)
        if label and label not in name:
            yield Fault(_part_of(widget), f'is called "{name}" but reads "{label}"')


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter == " ").strip()


# -- keyboard and focus ------------------------------------------------------------------------------------------------


def _keyboard_faults(shown: Shown) -> Iterator[Fault]:
    window, content, keyboard = shown.window, shown.content, shown.keyboard
    fields = [entry for entry in window.findChildren(FieldEntry) if entry.editor is not None and entry.isVisible()]
    kinds: set[str] = set()
    for entry in fields:
        window.open_keyboard(entry.field.id)
        box = entry.box.translated(_box_on(entry, window).topLeft())
        if not content.geometry().contains(box):
            yield Fault(entry.field.id, "the keyboard covers the field")
        label = entry.label
        if label is not None and not content.geometry().adjusted(-_MARKS, 0, _MARKS, 0).contains(
            _box_on(label, window)
        ):
            yield Fault(entry.field.id, "the keyboard covers the words of the field")
        if entry.field.keyboard.value not in kinds:
            kinds.add(entry.field.keyboard.value)
            painting = painting_of(keyboard)
            yield from painted_faults(painting, keyboard)
            yield from small_letters(painting, content.look.legible_px)
            keys = keyboard.keys()
            for key in keys:
                if min(key.width(), key.height()) < LEAST_KEY:
                    yield Fault(f"key {key.key}", f"only {key.width()} by {key.height()} px to touch")
                if not keyboard.rect().contains(key.geometry()):
                    yield Fault(f"key {key.key}", "leaves the keyboard")
    window.close_keyboard()


def _focus_faults(shown: Shown) -> Iterator[Fault]:
    """Walk over everything that can have the focus and see whether the ring shows where it is."""
    window, content, order = shown.window, shown.content, shown.window.focus_order()
    ring = window.focus_ring
    rows: list[tuple[QWidget, QRect]] = []
    for _ in order:
        window.focusNextPrevChild(True)
        item = window.focusWidget()
        box = _target_box(target_of(item), window)
        reach = ring.reach
        if not ring.isVisible():
            yield Fault(_part_of(item), "has the focus, and no ring shows it")
            continue
        around = ring.geometry()
        if not window.rect().adjusted(-reach, -reach, reach, reach).contains(around):
            yield Fault(_part_of(item), "its focus ring leaves the window")
        if content.holds(item):
            area = content.geometry()
            seen = box.intersected(area)
            if seen.height() < min(box.height(), area.height()):
                yield Fault(_part_of(item), "has the focus, and stands partly under the frame")
            rows.append((item, QRect(content.area_of(item))))
    # Reading order: what comes later never stands wholly above what came before.
    rows.sort(key=lambda row: order.index(row[0]))
    for (first, one), (second, other) in pairwise(rows):
        if other.bottom() < one.top() + _SAME_ROW:
            yield Fault(_part_of(second), f"comes after {_part_of(first)}, but stands above it")


# -- small things ------------------------------------------------------------------------------------------------------


def _box_on(item: QWidget, surface: QWidget) -> QRect:
    return QRect(item.mapTo(surface, QPoint(0, 0)), item.size())


def _part_of(item: QWidget | None) -> str:
    """Name the part that a widget belongs to, and the item in it."""
    own = getattr(item, "button_id", "") or getattr(item, "reading_id", "") if item is not None else ""
    if isinstance(item, KeyButton):
        return f"key {item.key}"
    while item is not None:
        if isinstance(item, PartWidget):
            return f"{item.part_id}/{own}" if own and own != item.part_id else item.part_id
        item = item.parentWidget()
    return str(own) or "?"
