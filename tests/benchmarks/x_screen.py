# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's eye and finger on an X screen, from outside the program that is measured.

The eye wakes when anything is drawn (DAMAGE) and looks at some columns of pixels; the finger is XTEST. Both
are the X libraries themselves through ctypes: no process a look, so a look costs about a millisecond.
"""

from __future__ import annotations

import ctypes
import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

_ALL_PLANES = ctypes.c_ulong(-1)
_Z_PIXMAP = 2
_RAW_RECTANGLES = 0
_LONGEST_EVENT = 256
COLUMNS = 24  # closer than any word is wide


class _Image(ctypes.Structure):
    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_char)),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    )


def now_ms() -> float:
    """Give the monotonic clock, which every process of this machine shares."""
    return time.monotonic_ns() / 1e6


@dataclass(frozen=True, slots=True)
class Glance:
    """What the eye saw, and when it had seen it."""

    at_ms: float
    picture: bytes

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing to read: a screen with words has many shades."""
        pixels = {self.picture[at : at + 3] for at in range(0, len(self.picture), 4)}
        return len(pixels) < 12


class Screen:
    """One X display, looked at and touched; for one thread."""

    def __init__(self, display: str) -> None:
        self._x = _library("libX11.so.6")
        self._test = _library("libXtst.so.6")
        damage = _library("libXdamage.so.1")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        opened = self._x.XOpenDisplay(display.encode())
        if not opened:
            raise OSError(f"no display {display}")
        self._display = ctypes.c_void_p(opened)
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self.width: int = self._x.XDisplayWidth(self._display, 0)
        self.height: int = self._x.XDisplayHeight(self._display, 0)
        first_event, first_error = ctypes.c_int(), ctypes.c_int()
        damage.XDamageQueryExtension(self._display, ctypes.byref(first_event), ctypes.byref(first_error))
        damage.XDamageCreate(self._display, self._root, _RAW_RECTANGLES)
        self._event = ctypes.create_string_buffer(_LONGEST_EVENT)
        self._x.XSync(self._display, 0)
        self._poll = select.poll()
        self._poll.register(self._x.XConnectionNumber(self._display), select.POLLIN)
        self._columns = [int(self.width * (number + 0.5) / COLUMNS) for number in range(COLUMNS)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.XCloseDisplay(self._display)

    def look(self) -> Glance:
        """Look at the columns now; the time is that of the end of the look, so never too early."""
        columns = []
        for left in self._columns:
            image = self._x.XGetImage(self._display, self._root, left, 0, 1, self.height, _ALL_PLANES, _Z_PIXMAP)
            columns.append(ctypes.string_at(image.contents.data, image.contents.bytes_per_line * self.height))
            self._x.XDestroyImage(image)
        return Glance(now_ms(), b"".join(columns))

    def wait_for_drawing(self, timeout_ms: float) -> bool:
        """Wait until something is drawn; False when nothing was."""
        deadline = now_ms() + timeout_ms
        while not self._x.XPending(self._display):
            left = deadline - now_ms()
            if left <= 0:
                return False
            self._poll.poll(left)
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, self._event)
        return True

    def watch(
        self, is_done: Callable[[list[Glance]], bool], *, quiet_ms: float = 150.0, patience_ms: float = 15_000.0
    ) -> list[Glance]:
        """Watch until nothing has changed for `quiet_ms` and it is done; give each different picture.

        Raises: TimeoutError.
        """
        seen = [self.look()]
        deadline = now_ms() + patience_ms
        while True:
            self.wait_for_drawing(min(quiet_ms, max(1.0, deadline - now_ms())))
            glance = self.look()  # also when nothing was told: no end may be missed
            if glance.picture != seen[-1].picture:
                seen.append(glance)
                continue
            still_ms = now_ms() - seen[-1].at_ms
            if still_ms >= quiet_ms and is_done(seen):
                return seen
            if now_ms() > deadline:
                raise TimeoutError("the screen did not come to what was expected")

    def press(self, x: int, y: int) -> None:
        """Put a finger on the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._test.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x.XFlush(self._display)

    def lift(self) -> float:
        """Lift the finger; give when."""
        at_ms = now_ms()
        self._test.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x.XFlush(self._display)
        return at_ms

    def press_key(self, name: str) -> float:
        """Press a key and keep it down; give when."""
        at_ms = now_ms()
        self._test.XTestFakeKeyEvent(self._display, self._keycode(name), 1, 0)
        self._x.XFlush(self._display)
        return at_ms

    def lift_key(self, name: str) -> None:
        """Let go of a key."""
        self._test.XTestFakeKeyEvent(self._display, self._keycode(name), 0, 0)
        self._x.XFlush(self._display)

    def _keycode(self, name: str) -> int:
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        keysym = ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
        return int(self._x.XKeysymToKeycode(self._display, keysym))

    def tap(self, x: int, y: int, *, held_ms: float = 70.0) -> float:
        """Tap as a person does, the finger down long enough for the button to show it; give when it was lifted."""
        self.press(x, y)
        until = now_ms() + held_ms
        while now_ms() < until:
            self.wait_for_drawing(until - now_ms())
        return self.lift()


def settled_at(seen: list[Glance], alike: float = 1.0) -> Glance:
    """Give the first glance that shows what was there in the end, in that share of its pixels."""
    last = seen[-1].picture
    return next(glance for glance in seen if likeness(glance.picture, last) >= alike)


def likeness(one: bytes, other: bytes) -> float:
    """Give the share of pixels that are the same."""
    if one == other:
        return 1.0
    ones, others = memoryview(one).cast("I"), memoryview(other).cast("I")
    return sum(mine == theirs for mine, theirs in zip(ones, others, strict=True)) / len(ones)


def _library(name: str) -> Any:
    return ctypes.CDLL(name)
