# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A screen reader's road into the desk: AT-SPI, with Debian's own Python, which alone has the bindings.

Runs by path as a program of its own. It opens each page of the list in turn and tells it as a line of JSON.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import gi  # type: ignore[import-not-found,unused-ignore]  # only Debian's own Python has it

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found,unused-ignore]  # noqa: E402

PATIENCE_S = 30.0
_MOMENT = threading.Event()  # never set: waiting for it is letting the other process work


def walk(node: Any, parent: str = "") -> list[tuple[Any, str, str, str]]:
    """Give every node that shows: itself, its role, its name, and the name of what holds it."""
    try:
        if node is None or not node.get_state_set().contains(Atspi.StateType.SHOWING):
            return []
        role, name = node.get_role_name(), node.get_name() or ""
        found = [(node, role, name, parent)]
        for place in range(node.get_child_count()):
            found += walk(node.get_child_at_index(place), name or parent)
    except gi.repository.GLib.Error:  # it went while it was being read
        return []
    return found


def window() -> list[tuple[Any, str, str, str]]:
    desktop = Atspi.get_desktop(0)
    found: list[tuple[Any, str, str, str]] = []
    for place in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(place)
        for number in range(application.get_child_count() if application else 0):
            found += walk(application.get_child_at_index(number))
    return found


def until(ready: Callable[[list[tuple[Any, str, str, str]]], bool]) -> list[tuple[Any, str, str, str]]:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = window()
        if ready(found):
            return found
        _MOMENT.wait(0.2)
    raise TimeoutError


def shows(page: str) -> Callable[[list[tuple[Any, str, str, str]]], bool]:
    """Tell whether a page is in front."""
    return lambda found: any(name == page and role != "push button" for _, role, name, _ in found)


def main() -> None:
    """Tell every page."""
    nodes = until(lambda found: any(role == "label" and len(found) > 20 for _, role, _, _ in found))
    pages = [(node, name) for node, role, name, parent in nodes if role == "check box" and parent == "Pagina's"]
    pages = pages or [(node, name) for node, role, name, parent in nodes if parent == "Pagina's" and name]
    for node, name in pages:
        action = node.get_action_iface()
        Atspi.Action.do_action(action, 0)
        until(shows(name))
        print(json.dumps({"page": name, "nodes": [(role, said) for _, role, said, _ in window()]}))


if __name__ == "__main__":
    main()
