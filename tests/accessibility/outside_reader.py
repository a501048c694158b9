# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A screen reader's road into another process: AT-SPI, with Debian's own Python, which alone has the bindings.

Runs by path as a program of its own and imports nothing of Loket. It knows nothing of screens: it reads what is
showing, answers what is empty, presses the last button of the bar, and tells every screen as a line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any

import gi  # type: ignore[import-not-found,unused-ignore]  # only Debian's own Python has it

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found,unused-ignore]  # noqa: E402

PATIENCE_S = 30.0
MOST_SCREENS = 60
AGAIN_S = 4.0
UNHURRIED_S = 0.5  # two presses within 400 ms count as one (people with tremor tap twice)
KEPT_STATES = ("checked", "editable", "enabled", "focusable", "focused", "pressed", "protected")
_MOMENT = threading.Event()  # never set: waiting for it is letting the other process work


def actions_of(action: Any) -> list[str]:
    """Name what can be done with a control."""
    return (
        [Atspi.Action.get_action_name(action, at) for at in range(Atspi.Action.get_n_actions(action))] if action else []
    )


def showing(node: Any) -> bool:
    """Tell whether a person can see it."""
    return bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def read(node: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read a branch: role, name, description, states, value and actions of everything that is showing."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is None or not showing(child):
            continue
        states = sorted(state.value_nick for state in child.get_state_set().get_states())
        text = child.get_text_iface()
        found.append(
            {
                "role": child.get_role_name(),
                "name": child.get_name(),
                "description": child.get_description(),
                "states": [state for state in states if state in KEPT_STATES],
                "text": Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else "",
                "actions": actions_of(child.get_action_iface()),
                "node": child,
            }
        )
        read(child, found)
    return found


def heading_of(items: list[dict[str, Any]]) -> str:
    """Give the heading of a screen."""
    return next((str(item["name"]) for item in items if item["role"] == "heading"), "")


def is_for_number(item: dict[str, Any]) -> bool:
    """Tell whether a field asks for a telephone number."""
    return any(word in item["name"].lower() for word in ("nummer", "telefoon"))


class Reader:
    """Sits before the window of another process."""

    def __init__(self, application: str) -> None:
        self._name = application
        self._pressed_at = 0.0
        self._declines: tuple[str, ...] = ()
        self._window = self._wait(self._find)

    def _find(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_name() == self._name and application.get_child_count():
                window = application.get_child_at_index(0)
                if window is not None and read(window, []):
                    return window
        return None

    @staticmethod
    def _wait(look: Any) -> Any:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                found = look()
            except gi.repository.GLib.GError:
                found = None  # what was being read has just gone: read again
            if found:
                return found
            _MOMENT.wait(0.02)
        raise SystemExit("the window did not answer")

    def screen(self) -> list[dict[str, Any]]:
        """Read the window as it is; twice the same, so that nothing is half built."""
        seen: list[list[Any]] = [[]]

        def settled() -> Any:
            items = read(self._window, [])
            shape = [(item["role"], item["name"], item["text"], item["states"]) for item in items]
            is_same, seen[0] = shape == seen[0] and bool(items), shape
            return items if is_same else None

        found: list[dict[str, Any]] = self._wait(settled)
        return found

    def tell(self, items: list[dict[str, Any]]) -> str:
        """Tell a screen to the test; gives its heading."""
        kept = [{key: value for key, value in item.items() if key != "node"} for item in items]
        print(json.dumps({"title": self._window.get_name(), "items": kept}), flush=True)
        return heading_of(items)

    def press(self, item: dict[str, Any]) -> None:
        """Do the first action of a control, as a screen reader does, and not quicker than a person after another."""
        _MOMENT.wait(max(0.0, self._pressed_at + UNHURRIED_S - time.monotonic()))
        self._pressed_at = time.monotonic()
        Atspi.Action.do_action(item["node"].get_action_iface(), 0)

    def answer(self, items: list[dict[str, Any]], declines: tuple[str, ...]) -> None:
        """Choose the first of the options, type in every field, or say that one would rather not."""
        fields = [item for item in items if "editable" in item["states"]]
        way_out = next((item for item in items if item["name"] in declines), None)
        if fields and way_out is not None and not any(map(is_for_number, fields)):
            self.press(way_out)
            return
        for item in fields:
            text = "06 12345678" if is_for_number(item) else "Sam Voorbeeld"
            Atspi.EditableText.set_text_contents(item["node"].get_editable_text_iface(), text)
        options = [item for item in items if item["role"] in ("radio button", "check box")]
        if options and not any("checked" in item["states"] for item in options):
            self.press(options[0])

    def walk(self, tile: str, onward: tuple[str, ...], declines: tuple[str, ...], last: str) -> None:
        """Go through a service until a screen has a button named `last`."""
        self._declines = declines
        items = self.screen()
        heading = self.tell(items)
        items = self.go(heading, items, (tile,))
        for _ in range(MOST_SCREENS):
            heading = self.tell(items)
            if any(item["name"] == last for item in items):
                return
            self.answer(items, declines)
            items = self.go(heading, self.screen(), onward)
        raise SystemExit("the service did not come to its end")

    def go(self, heading: str, items: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
        """Press a button and read the screen that comes; press again where nothing does, as a person would.

        On a slow machine two unhurried presses may be worked off so soon after each other that they count as one.
        """
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            button = next((item for item in items if item["name"] in names), None)
            if button is not None:  # "Even geduld" has none: what comes after it comes by itself
                self.press(button)
            patient = time.monotonic() + AGAIN_S
            while time.monotonic() < patient:
                items = self.screen()
                if heading_of(items) != heading:
                    return items
            self.answer(items, self._declines)
            items = self.screen()
        raise SystemExit(f"nothing came after the screen {heading!r}")


if __name__ == "__main__":
    plan = json.loads(sys.argv[1])
    Atspi.init()
    Reader(plan["application"]).walk(plan["tile"], tuple(plan["onward"]), tuple(plan["declines"]), plan["last"])
