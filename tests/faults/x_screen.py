# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at an X11 screen from outside: which windows are seen, from the lowest to the highest, and who has the keys."""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass

_VIEWABLE = 2


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("border_width", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        ("window_class", ctypes.c_int),
        ("bit_gravity", ctypes.c_int),
        ("win_gravity", ctypes.c_int),
        ("backing_store", ctypes.c_int),
        ("backing_planes", ctypes.c_ulong),
        ("backing_pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("all_event_masks", ctypes.c_long),
        ("your_event_mask", ctypes.c_long),
        ("do_not_propagate_mask", ctypes.c_long),
        ("override_redirect", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),  # an event is as large as the largest kind
    )


@dataclass(frozen=True, slots=True)
class SeenWindow:
    """A window of the screen that is seen, with its place."""

    id: int
    x: int
    y: int
    width: int
    height: int

    def covers(self, width: int, height: int) -> bool:
        """Tell whether nothing of a screen of this size is left beside it."""
        return self.x <= 0 and self.y <= 0 and self.x + self.width >= width and self.y + self.height >= height


class XScreen:
    """One connection to a display."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        for name in ("XDefaultRootWindow", "XInternAtom", "XGetSelectionOwner"):
            getattr(self._x, name).restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        # A window may go away while it is looked at; the default answer to that ends the process.
        self._quiet = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)
        self._x.XSetErrorHandler(self._quiet)
        self._root = self._x.XDefaultRootWindow(self._display)

    def close(self) -> None:
        """Hang up."""
        self._x.XCloseDisplay(self._display)

    def windows(self) -> list[SeenWindow]:
        """Give all that is seen, the highest last."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children, number = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(
            self._display,
            ctypes.c_ulong(self._root),
            ctypes.byref(root),
            ctypes.byref(parent),
            ctypes.byref(children),
            ctypes.byref(number),
        )
        found = []
        for index in range(number.value):
            about = _Attributes()
            is_there = self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(children[index]), ctypes.byref(about))
            if is_there and about.map_state == _VIEWABLE and about.x + about.width > 0 and about.y + about.height > 0:
                found.append(SeenWindow(children[index], about.x, about.y, about.width, about.height))
        return found

    def owner(self, selection: str) -> int:
        """Give the window that has something on a clipboard; 0 when nobody has."""
        return int(self._x.XGetSelectionOwner(self._display, ctypes.c_ulong(self._atom(selection))))

    def ask_to_close(self, window: int) -> None:
        """Ask a window to close, itself (WM_DELETE_WINDOW) and by its manager (_NET_CLOSE_WINDOW)."""
        self._send(window, window, "WM_PROTOCOLS", (self._atom("WM_DELETE_WINDOW"), 0), mask=0)
        self._send(self._root, window, "_NET_CLOSE_WINDOW", (0, 2), mask=0x180000)

    def lower(self, window: int) -> None:
        """Put a window under all others, as another program can."""
        self._x.XLowerWindow(self._display, ctypes.c_ulong(window))
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def _send(self, to: int, window: int, kind: str, data: tuple[int, int], *, mask: int) -> None:
        message = _ClientMessage(type=33, send_event=1, window=window, message_type=self._atom(kind), format=32)
        message.data[0], message.data[1] = data
        self._x.XSendEvent(self._display, ctypes.c_ulong(to), 0, ctypes.c_long(mask), ctypes.byref(message))
        self._x.XSync(self._display, 0)

    def focused(self) -> int:
        """Give the window that the keys go to."""
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        self._x.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        return int(window.value)
