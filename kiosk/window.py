# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The citizen's window: shows a view and tells what a person does.

It asks nothing, decides nothing, and shows the same for the same view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from domain.service import Privacy
from kiosk.accessible import install_roles
from kiosk.bookmark import Bookmark, cursor_of, put_cursor
from kiosk.content import Content
from kiosk.curtain import Curtain
from kiosk.focus_ring import FocusRing
from kiosk.frame import Bar, Reserved, Tools
from kiosk.key_map import DOUBLE_TAP_MS, KEYS, Move
from kiosk.key_presses import KeyPresses
from kiosk.onscreen_keyboard import OnScreenKeyboard
from kiosk.parts.choices import ChoicesGrid
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.look import DISTANCE_MM, Look, look_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.pointer import Pointer
from kiosk.read_marks import ReadMarks
from kiosk.surface import Surface
from kiosk.typist import Typist
from kiosk.view import SCREEN, Direction, ErrorText, Event, Listener, Preferences, Pressed, View
from kiosk.walker import Walker

_BAND, _UNSIGNED, _DARK = "window.practice", "window.unsigned", "window.dark"
_FOR_CITIZEN = "window.for_citizen"
_LOW_START = 0.4  # of the height of a screen that stands up: below it who sits can reach everything
_LOW_ROOM = 0.36  # of the height, the least that is kept for the question


@dataclass(frozen=True, slots=True)
class WindowWords:
    """The window's own words in one language; `frame` holds every word that a button of the frame may ever carry."""

    texts: Mapping[str, str] = field(default_factory=dict)
    frame: Reserved = field(default_factory=dict)


def _comes_back_from(view: View) -> bool:
    return view.is_over or view.is_aside


def _problems(view: View) -> frozenset[ErrorText]:
    return frozenset(part for part in view.parts if isinstance(part, ErrorText))


def _no_words(_language: str) -> WindowWords:
    return WindowWords()


def _wall_clock() -> Callable[[], int]:
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed


class KioskWindow(QMainWindow):
    """One window for a whole visit. Everything in it runs in the UI thread."""

    def __init__(
        self,
        listener: Listener,
        *,
        words: Callable[[str], WindowWords] = _no_words,
        dpi: float = 92.0,
        distance_mm: float = DISTANCE_MM,
        has_touch_screen: bool = True,
        touched: Callable[[], None] = lambda: None,
        said: Callable[[str, Privacy], None] = lambda text, privacy: None,
        walked: Callable[[str, str], None] = lambda part_id, name: None,
        double_tap_ms: int = DOUBLE_TAP_MS,
        clock_ms: Callable[[], int] | None = None,
    ) -> None:
        super().__init__()
        install_roles()
        self._listener = listener
        self._words_of = words
        self._dpi = dpi
        self._distance_mm = distance_mm
        self._has_touch_screen = has_touch_screen
        self._touched = touched
        self._double_tap_ms = double_tap_ms
        self._clock_ms = clock_ms or _wall_clock()
        self._view: View | None = None
        self._settings: tuple[object, ...] = ()
        self._pressed_at_ms = -double_tap_ms
        self._pressed_item: QWidget | None = None
        self._pointed_at: QWidget | None = None
        self._is_by_key = False
        self._is_arranging = False
        self._layout_key: tuple[object, ...] = ()
        self._bookmark = Bookmark("")
        self.may_close = True

        self._stage = Stage(
            look_for(Preferences(), dpi, 0, distance_mm),
            send=self._send,
            relayout=self._relayout,
            field_touched=self.field_touched,
            may_press=self._may_press,
        )
        self._frame_stage = Stage(self._stage.look, send=self._send, may_press=self._may_press)
        self._surface = Surface(self._frame_stage, self)
        self.setCentralWidget(self._surface)
        self._content = Content(self._stage, self._frame_stage, self._surface, self._show_ring)
        self._bar = Bar(self._frame_stage, self._surface)
        self._tools = Tools(self._frame_stage, self._surface)
        self._typist = Typist(
            self,
            self._stage,
            self._surface,
            self._content,
            relayout=self._relayout,
            show_ring=self._show_ring,
            said=said,
        )
        self._keyboard = self._typist.keyboard
        self._walker = Walker(
            self,
            self._stage,
            self._content,
            self._bar,
            self._tools,
            self._typist,
            walked=walked,
            show_ring=self._show_ring,
        )
        self._marks = ReadMarks(self._content, self._bar, self._tools)
        self._ring = FocusRing(self._surface, self._stage.look)
        self._pointer = Pointer(self._surface, self._stage.look, self._content, self._walker, self._bar, self._tools)
        self._curtain = Curtain(self._stage, self, self._on_curtain_touched)
        self._keys = KeyPresses(
            self,
            self._content,
            self._walker,
            self._typist,
            listener,
            view=lambda: self._view,
            open_keyboard=self.open_keyboard,
            has_touch_screen=has_touch_screen,
        )
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_application_focus_changed)

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        """Show this view; where it is the same screen, cursor, focus and scroll place stay."""
        is_same = (
            self._view is not None and view.name == self._view.name and self._heading(view) == self._heading(self._view)
        )
        old, self._view = self._view, view
        focused_id = self._walker.focused_id() if is_same else ""
        if _comes_back_from(view) and old is not None and not _comes_back_from(old):
            self._bookmark = self._place_on(old)
        self._is_arranging = True
        self._walker.reads_along = view.preferences.is_reading
        is_dressed = self._dress(view)
        self._curtain.hang(view.preferences.is_screen_off, self._stage.words.get(_DARK, ""))
        words = self._stage.words
        for_whom = words.get(_FOR_CITIZEN, "") if view.is_for_citizen else ""
        self.setWindowTitle(" · ".join(filter(None, (for_whom, view.title))))
        band = _BAND if view.is_practice else _UNSIGNED if view.is_unsigned else ""
        self._surface.band = " · ".join(filter(None, (for_whom, words.get(band, ""))))
        self.clear_highlight()
        if old is None or view != old:
            self._pointer.clear()
        if not is_same and self._typist.is_open:
            self.close_keyboard()
            self._layout_key = ()  # laid out for this view already, and its buttons are still to come
        self._content.show_view(view, is_same and is_dressed)
        self._show_frame(view)
        self._relayout()
        self._is_arranging = False
        if not is_same:
            self._walker.focus_first(view)
            self._content.scroll_to_top()
            if old is not None and _comes_back_from(old) and view.name == self._bookmark.view_name:
                self._go_to(self._bookmark)
        elif old is not None and view.focus and (view.focus != old.focus or _problems(view) - _problems(old)):
            self._walker.focus_first(view)  # also to the only field of a screen, where its answer has to be mended
        elif self.focusWidget() not in self.focus_order():
            # What had the focus was drawn anew: it keeps it.
            again = self._walker.item(focused_id) if focused_id else None
            if again is None:
                self._walker.focus_first(view)
            else:
                self._walker.focus(again)

    def _place_on(self, view: View) -> Bookmark:
        entry = self._typist.entry_of(self.focusWidget())
        return Bookmark(
            view.name,
            self._walker.focused_id(),
            self._content.scroll_place,
            cursor_of(entry.editor if entry is not None else None),
            self._typist.is_open,
        )

    def _go_to(self, place: Bookmark) -> None:
        item = self._walker.item(place.focused_id) if place.focused_id else None
        if item is not None:
            item.setFocus(Qt.FocusReason.OtherFocusReason)
        entry = self._typist.entry_of(item)
        if entry is not None and entry.editor is not None:
            if place.has_keyboard:
                self.open_keyboard()
            put_cursor(entry.editor, place.cursor)
        self._content.scroll_place = place.scroll
        self._show_ring()

    def _show_frame(self, view: View) -> None:
        words = self._words_of(view.language)
        self._tools.show_buttons(view.tools, words.frame)
        self._bar.show_buttons(view.bar, words.frame)
        self._bar.show_note(view.bar_note)

    @staticmethod
    def _heading(view: View) -> str:
        return next(
            (part.text for part in view.parts if type(part).__name__ == "Heading" and hasattr(part, "text")), ""
        )

    def _dress(self, view: View) -> bool:
        """Put on theme, size, direction and words; False when everything must be built anew."""
        stage = self._stage
        look = self._look(view)
        settings = (look, view.direction, view.language)
        if self._settings == settings:
            return True
        self._settings = settings
        stage.look = look
        stage.is_rtl = view.direction is Direction.RIGHT_TO_LEFT
        stage.words = self._words_of(view.language).texts
        frame = self._frame_stage
        frame.look, frame.is_rtl, frame.words = look, stage.is_rtl, stage.words
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if stage.is_rtl else Qt.LayoutDirection.LeftToRight)
        self.close_keyboard()
        self._marks.forget()
        self._content.clear()
        self._tools.clear()
        self._bar.clear()
        self._ring.use(stage.look)
        self._pointer.use(stage.look)
        self._ring.hide()
        self._layout_key = ()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, stage.look.colour("canvas"))
        self.setPalette(palette)
        self._surface.update()
        return False

    def _look(self, view: View) -> Look:
        return look_for(view.preferences, self._dpi, min(self.width(), self.height()), self._distance_mm)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout_key = ()
        self._surface.setGeometry(self.rect())
        self._curtain.setGeometry(self.rect())
        if self._view is not None and self._settings[0] is not self._look(self._view):
            self.show_view(self._view)
        self._relayout()

    def _relayout(self) -> None:
        if self._view is None:
            return
        surface, stage = self._surface, self._stage
        width, height = self.width(), self.height()
        stage.is_portrait = self._frame_stage.is_portrait = height > width
        key = (width, height, self._view.tools, self._view.bar, self._view.bar_note, surface.band, self._lowered)
        if key != self._layout_key:
            self._layout_key = key
            self._tools.margin = self._bar.margin = self._margin()
            self._lay_out_frame(width, height)
        top, bottom = self._tools.geometry().bottom() + 1, self._bar.y()
        if self._typist.is_open:
            high = self._keyboard.height_for(height)
            if self._keyboard.geometry() != QRect(0, height - high, width, high):
                self._keyboard.setGeometry(0, height - high, width, high)
                self._keyboard.lay_out()
            bottom = height - high
        margin = self._margin()
        self._content.setGeometry(margin, top, width - 2 * margin, bottom - top)
        self._content.lay_out()
        self._show_ring()
        self._pointer.place()

    def _margin(self) -> int:
        look = self._stage.look
        if self._stage.is_portrait:
            return look.space("wide") + look.space("small")
        return look.space("huge") + look.space("medium") if self.width() >= 1600 else look.space("wide")

    @property
    def _lowered(self) -> int:
        """Give how far down everything starts, for who sits; while the keys are open they need the room above them."""
        is_low = self._view is not None and self._view.preferences.is_low and self._stage.is_portrait
        return round(self.height() * _LOW_START) if is_low and not self._typist.is_open else 0

    def _lay_out_frame(self, width: int, height: int) -> None:
        high, bar = self._tools.lay_out(width), self._bar.lay_out(width)
        # Large letters need room: then what is to be read may start above the reach of who sits.
        lowered = min(self._lowered, round(height * (1 - _LOW_ROOM)) - high - bar)
        top = max(self._surface.band_height(), lowered)
        self._tools.setGeometry(0, top, width, high)
        self._bar.setGeometry(0, height - bar, width, bar)

    @property
    def view(self) -> View | None:
        """Give the view that is shown."""
        return self._view

    @property
    def focus_ring(self) -> FocusRing:
        """Give the ring around what has the focus."""
        return self._ring

    # -- what a person does ----------------------------------------------------------------------------------------

    def _send(self, event: Event) -> None:
        if isinstance(event, Pressed) and self._content.handles(event):
            return
        self._listener(event)

    def _may_press(self, item: QWidget) -> bool:
        """Count a press once: not again on the same item, nor on the next screen's, within the time of a double tap."""
        now = self._clock_ms()
        is_soon = now - self._pressed_at_ms < self._double_tap_ms
        is_repeat = is_soon and (item is self._pressed_item or self._pressed_item is None)
        if is_repeat:
            return False
        self._pressed_at_ms, self._pressed_item = now, item
        self._is_by_key = self._keys.is_pressing
        item.destroyed.connect(self._on_item_destroyed)
        return True

    def _on_item_destroyed(self) -> None:
        self._pressed_item = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._touched()
        self._pointed_at = self.childAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say a text that a finger points at, to who has the screen read aloud; the focus stays where it is."""
        text = self.childAt(event.position().toPoint())
        if self._is_read_aloud and isinstance(text, TextBlock) and text is self._pointed_at:
            self._walker.say(text)
        self._pointed_at = None
        super().mouseReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window manager's Alt+F4 does not end a visit; who ends it says so first.
        event.setAccepted(self.may_close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = KEYS.get(event.key())
        if move not in (Move.LOUDER, Move.SOFTER):
            self._touched()  # a voice that is made louder speaks on
        if self._keys.is_trying:
            self._is_by_key = True
            self._keys.try_out(event)
            return
        if move is None:
            super().keyPressEvent(event)
            return
        event.accept()
        self._is_by_key = True
        self._keys.press(move, is_repeat=event.isAutoRepeat())
        self._show_ring()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if KEYS.get(event.key()) is Move.HELP and not event.isAutoRepeat():
            self._keys.let_go_of_help()
            return
        super().keyReleaseEvent(event)

    @property
    def _is_read_aloud(self) -> bool:
        return self._view is not None and self._view.preferences.is_reading

    def _on_curtain_touched(self) -> None:
        self._touched()
        self._listener(Pressed(SCREEN))

    # -- focus -----------------------------------------------------------------------------------------------------

    def focus_order(self) -> list[QWidget]:
        """Give everything to reach by key, in order: parts, up and down, bar, tools."""
        return self._walker.order()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        # Qt also comes here when the widget that had the focus goes away; then the new screen says where it goes.
        if not self._is_arranging and not self._keys.is_trying:
            self._is_by_key = True
            self._walker.walk_by(1 if is_next else -1)
        return True

    def item(self, item_id: str) -> QWidget | None:
        """Find what can be pressed or typed in by its id, for the demo and tests."""
        return self._walker.item(item_id)

    def field_entry(self, field_id: str) -> FieldEntry | None:
        """Find a field by its id."""
        return next((entry for entry in self._typist.entries() if entry.field.id == field_id), None)

    @property
    def is_typing(self) -> bool:
        """Tell whether a field to type in has the focus."""
        entry = self._typist.entry_of(self.focusWidget())
        return entry is not None and entry.editor is not None

    @property
    def typist(self) -> Typist:
        """Give what types."""
        return self._typist

    @property
    def keyboard(self) -> OnScreenKeyboard:
        """Give the keyboard on the screen."""
        return self._keyboard

    def _on_application_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._surface.isAncestorOf(now):
            return
        if self._typist.is_open and self._typist.entry_of(now) is None:
            self.close_keyboard()
        if old is None:
            # The window itself came to the front: the page stays where it is.
            self._show_ring()
        else:
            self._walker.bring_into_view(now)

    def _show_ring(self) -> None:
        """Show the ring for keys always, and for a field whoever chose it."""
        focused = self.focusWidget()
        key = self._keyboard.cursor_key
        if key is not None:
            self._ring.surround(FocusRing.box_of(key, self._surface), self._stage.look.shape("field_radius"))
            return
        entry = self._typist.entry_of(focused)
        is_field = entry is not None and entry.editor is not None
        if not (self._is_by_key or is_field) or not self._surface.isAncestorOf(focused):
            self._ring.hide()
            return
        box, radius = FocusRing.box_of(focused, self._surface), self._stage.look.shape("button_radius")
        if entry is not None and focused is entry.control:
            box = entry.box.translated(FocusRing.box_of(entry, self._surface).topLeft())
            radius = self._stage.look.shape("field_radius")
        elif isinstance(focused.parentWidget(), ChoicesGrid):
            radius = self._stage.look.shape("tile_radius")
        area = self._content.geometry()
        is_inside = self._content.holds(focused)
        if is_inside and not area.intersects(box):
            self._ring.hide()
            return
        self._ring.surround(box, radius, area if is_inside else None)

    # -- typing ----------------------------------------------------------------------------------------------------

    def open_keyboard(self, field_id: str = "") -> None:
        """Show the keys for the field that has the focus, or for `field_id`."""
        if field_id:
            target = self._walker.item(field_id)
            if target is not None:
                target.setFocus()
        entry = self._typist.open(self._view.language) if self._view is not None else None
        if entry is not None:
            self._content.show_area(self._walker.area_of(entry.control))

    def close_keyboard(self) -> None:
        self._typist.close()

    def field_touched(self, editor: QWidget) -> None:
        """Know that a finger chose a field."""
        self._is_by_key = False
        if self._has_touch_screen and (not self._typist.is_open or self._typist.entry_of(editor) is not None):
            self.open_keyboard()

    # -- reading aloud ---------------------------------------------------------------------------------------------

    def highlight(self, part_id: str, start: int, end: int, word_start: int, word_end: int) -> None:
        """Mark a sentence and a word in it, and bring it into view; ids are those of `kiosk.speech.reading`."""
        self._marks.mark(part_id, (start, end), (word_start, word_end))

    def point_at(self, part_id: str) -> bool:
        """Show what a helper points at; False where there is no such thing."""
        return self._pointer.point_at(part_id)

    @property
    def pointer(self) -> Pointer:
        """Give what a helper points with."""
        return self._pointer

    def clear_highlight(self) -> None:
        """Mark nothing any more."""
        self._marks.clear()

    def snapshot(self, path: str) -> None:
        """Keep a picture of the window as it is."""
        self.grab().save(path)
