# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows still pictures on a start screen that nobody touched for a while, and is gone at the first touch (feature I13).

That touch or key does nothing else. The space bar, and the button that says so, keep the picture still. What is on the
pictures is `kiosk.screens.attract`'s, whether the kiosk is free for them the room's. Lives in the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow

from kiosk.screens.attract import SLIDES
from kiosk.view import View

SLIDE_S = 12  # long enough to read it slowly; each change is one picture for another, far from any flash (WCAG 2.3.1)
_TICK_MS = 1000
_STILL_KEYS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Pause, Qt.Key.Key_MediaPause})
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class Attract(QObject):
    """Counts seconds without a touch. `make` gives a picture: its number, its language, whether it is kept still."""

    def __init__(
        self,
        parent: QObject,
        *,
        after_s: int,
        languages: Sequence[str],
        is_free: Callable[[], bool],
        make: Callable[[int, str, bool], View],
        show: Callable[[View], None],
        ended: Callable[[], None],
        is_still_button: Callable[[QPoint], bool],
        slides: int = len(SLIDES),
        tick_ms: int = _TICK_MS,
    ) -> None:
        super().__init__(parent)
        self._after_s = after_s  # 0: never
        self._languages = languages
        self._is_free = is_free  # the start screen stands, untouched, and nobody has anything to do here
        self._make = make
        self._show = show
        self._ended = ended  # show the start screen
        self._is_still_button = is_still_button
        self._slides = slides  # 1: one picture, that never changes
        self._quiet_s = 0
        self._number: int | None = None  # of the picture, counted on over the languages
        self._is_still = False
        self._is_swallowing = False  # the press that ended it, until it is let go
        self._timer = QTimer(self)
        self._timer.setInterval(tick_ms)
        self._timer.timeout.connect(self.tick)

    @property
    def is_showing(self) -> bool:
        """Tell whether a picture is on the screen."""
        return self._number is not None

    def guard(self, window: QWindow) -> None:
        """Begin; every press comes here first."""
        if self._after_s:
            window.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Know that something else comes on the screen."""
        self._number, self._quiet_s, self._is_still = None, 0, False

    def tick(self) -> None:
        """Count a second."""
        if not self._is_free():
            self.stop()
            return
        self._quiet_s += 1
        if self._number is None:
            if self._quiet_s >= self._after_s:
                self._show_slide(0)
        elif not self._is_still and self._slides > 1 and self._quiet_s >= SLIDE_S:
            self._show_slide(self._number + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give True for a press that ended it, and for all that belongs to it."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            if event.isAutoRepeat():
                return self._is_swallowing or self.is_showing
            return self._pressed(is_still=event.key() in _STILL_KEYS)
        if isinstance(event, QMouseEvent) and kind in _PRESSES:
            return self._pressed(is_still=self.is_showing and self._is_still_button(event.position().toPoint()))
        if kind == QEvent.Type.Wheel:
            return self._pressed(is_still=False, is_held=False)
        if kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.KeyRelease):
            was, self._is_swallowing = self._is_swallowing, False
            return was
        return self._is_swallowing and kind == QEvent.Type.MouseMove

    def _pressed(self, *, is_still: bool, is_held: bool = True) -> bool:
        self._is_swallowing = self.is_showing and is_held
        if self._number is None:
            self._quiet_s = 0
            return False
        if is_still:
            self._is_still = not self._is_still
            self._show_slide(self._number)
            return True
        self.stop()
        self._ended()
        return True

    def _show_slide(self, number: int) -> None:
        self._number, self._quiet_s = number, 0
        turn, slide = divmod(number, self._slides)
        language = self._languages[turn % len(self._languages)]
        self._show(self._make(slide, language, self._is_still))
