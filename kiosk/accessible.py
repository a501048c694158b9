# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Roles that Qt Widgets do not give by themselves: our headings are headings to a screen reader."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from kiosk.parts.text_block import HeadingBlock

# Qt keeps only a bare pointer to what the factory gives: one interface a widget, kept as long as the widget lives.
_kept: dict[int, QAccessibleWidget] = {}


class HeadingInterface(QAccessibleWidget):
    """A widget with the role of a heading."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Heading, "")


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, HeadingBlock):
        return None
    interface = HeadingInterface(thing)
    key = id(thing)
    _kept[key] = interface
    thing.destroyed.connect(lambda: _kept.pop(key, None))
    return interface


@cache
def install_roles() -> None:
    """Install them once a process."""
    QAccessible.installFactory(_make)
