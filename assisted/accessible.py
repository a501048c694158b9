# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Qt's own widgets do not say right to a screen reader at the desk: headings, and areas that scroll.

Qt holds a bare pointer to an interface and takes it away with its widget, while Python believes it owns it. So it is
kept here until Qt has taken it away. Each is of Qt's own class, with nothing of Python that Qt would have to ask.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget
from shiboken6 import Shiboken

from assisted.desk_parts import DeskHeading

_kept: list[QAccessibleWidget] = []


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    match thing:
        case DeskHeading():
            return _keep(thing, QAccessible.Role.Heading)
        case QScrollArea():
            # Qt's own for it answers without a look whether there is such a child (6.11): a reader that asks for the
            # scroll bar of a moment ago, which is gone now, ends the program.
            return _keep(thing, QAccessible.Role.Client)
        case _:
            return None


def _keep(widget: QWidget, role: QAccessible.Role) -> QAccessibleInterface:
    _kept[:] = [interface for interface in _kept if Shiboken.isValid(interface)]
    interface = QAccessibleWidget(widget, role, "")
    _kept.append(interface)
    return interface


@cache
def install_desk_roles() -> None:
    """Install them once a process."""
    QAccessible.installFactory(_make)
