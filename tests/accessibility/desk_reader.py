# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A screen reader's road into the desk: AT-SPI, with Debian's own Python, which alone has the bindings.

Runs by path as a program of its own. It opens each page of the list in turn and tells it as a line of
JSON: every node that shows, tables cell by cell.
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

PATIENCE_S = 20.0
MOST_CELLS = 40
PAGES, NEXT, OWN_SIGHT = "Pagina's", "Volgende bezoeker", ("Kleuren", "Vergrendel")
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


def told(node: Any, role: str, name: str) -> dict[str, Any]:
    """Tell one node: what it is, what it is called, what state it is in and what can be done with it."""
    states = node.get_state_set()
    action, table = node.get_action_iface(), node.get_table_iface()
    return {
        "role": role,
        "name": name,
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "editable": states.contains(Atspi.StateType.EDITABLE),
        "actions": Atspi.Action.get_n_actions(action) if action else 0,
        "rows": rows_of(table) if table and role in ("table", "tree table") else [],
    }


def rows_of(table: Any) -> list[list[str]]:
    """Walk a table cell by cell, with the headers of its columns first."""
    columns = range(min(Atspi.Table.get_n_columns(table), MOST_CELLS))
    headers = [table_text(Atspi.Table.get_column_header(table, column)) for column in columns]
    rows = range(min(Atspi.Table.get_n_rows(table), MOST_CELLS))
    cells = [[table_text(Atspi.Table.get_accessible_at(table, row, column)) for column in columns] for row in rows]
    return [headers, *cells]


def table_text(cell: Any) -> str:
    return (cell.get_name() or "") if cell is not None else ""


def tell(page: str) -> None:
    """Tell what shows now, read again where something went while it was read."""
    deadline = time.monotonic() + PATIENCE_S
    nodes = None
    while nodes is None:
        try:
            nodes = [told(node, role, name) for node, role, name, _ in window()]
        except gi.repository.GLib.Error:
            if time.monotonic() > deadline:
                raise
    print(json.dumps({"page": page, "nodes": nodes}), flush=True)


def main() -> None:
    """Tell every page, twice round: the second time every page was thrown away and made anew in between."""
    first = until(lambda found: any(parent == PAGES and name for _, _, name, parent in found))
    pages = [(node, name) for node, role, name, parent in first if parent == PAGES and name and role == "push button"]
    for _ in range(2):
        for node, name in pages:
            Atspi.Action.do_action(node.get_action_iface(), 0)
            if name in OWN_SIGHT:
                continue  # changes what is seen, opens no page
            until(shows(name))
            tell(name)
        anew = next(node for node, _, name, _ in window() if name == NEXT)
        Atspi.Action.do_action(anew.get_action_iface(), 0)


if __name__ == "__main__":
    main()
