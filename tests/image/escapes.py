# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways out of the kiosk that need a keyboard, each as keys that are pressed together, one after another.

Those that only a window manager or a mouse knows are tried on a faster screen by tests/faults/test_escapes.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Escape:
    """One way out. `may_walk`: a key of Loket is among them, which may show another page of Loket."""

    name: str
    chords: tuple[tuple[str, ...], ...]
    hold_ms: int = 80
    may_walk: bool = False


def _chord(name: str, *chords: str, hold_ms: int = 80, may_walk: bool = False) -> Escape:
    return Escape(name, tuple(tuple(chord.split("+")) for chord in chords), hold_ms, may_walk)


_SYSRQ = "alt+sysrq"
ESCAPES = (
    *(_chord(f"console {number}", f"ctrl+alt+f{number}") for number in range(1, 13)),
    _chord("next console", "alt+right", "alt+left"),
    _chord("start the machine again", "ctrl+alt+delete"),
    _chord("start it again, seven times fast", *("ctrl+alt+delete",) * 8, hold_ms=30),
    _chord("end the compositor", "ctrl+alt+backspace"),
    _chord("the compositor's own way out", "alt+esc", "alt+shift+esc", may_walk=True),
    _chord("SysRq: kill all of this console", f"{_SYSRQ}+k"),
    _chord("SysRq: kill every program", f"{_SYSRQ}+e", f"{_SYSRQ}+i"),
    _chord("SysRq: start again", f"{_SYSRQ}+b"),
    _chord("SysRq: crash", f"{_SYSRQ}+c"),
    _chord("SysRq: give the keyboard back", f"{_SYSRQ}+r", "ctrl+alt+f2"),
    _chord("SysRq: show tasks and the kernel's words", f"{_SYSRQ}+t", f"{_SYSRQ}+9", f"{_SYSRQ}+h"),
    _chord("SysRq: mount for reading only, turn off", f"{_SYSRQ}+u", f"{_SYSRQ}+o"),
    _chord("close the window", "alt+f4"),
    _chord("the window's menu", "alt+spc", "c"),
    _chord("another window", "alt+tab", "alt+tab", "alt+shift+tab"),
    _chord("the system's menu", "meta_l", "meta_r"),
    _chord("the system's programs", "meta_l+r", "meta_l+e", "meta_l+d", "meta_l+l"),
    _chord("another desktop", "ctrl+alt+right", "ctrl+alt+left"),
    _chord("a terminal", "ctrl+alt+t"),
    _chord("the task manager", "ctrl+shift+esc", may_walk=True),
    _chord("print", "ctrl+p", "print", "shift+print"),
    _chord("open a file", "ctrl+o", "ctrl+n", "ctrl+t"),
    _chord("keep as a file", "ctrl+s", "ctrl+shift+s"),
    _chord("end the program", "ctrl+q", "ctrl+w", "ctrl+f4"),
    _chord("end it as in a terminal", "ctrl+c", "ctrl+z", "ctrl+d", "ctrl+backslash"),
    _chord("leave the whole screen", "f11", "alt+ret"),
    _chord("tools of a developer", "f12", "ctrl+shift+i", "ctrl+u"),
    _chord("a field's menu", "shift+f10", "menu", "compose"),
    _chord("type a sign by its number", "ctrl+shift+u"),
    _chord("zoom", "ctrl+equal", "ctrl+minus", "ctrl+0"),
    _chord("sleep and turn off by the keyboard", "sleep", "power", "wake"),
    _chord(
        "keys of media, mail and the web", "mail", "ac_home", "ac_bookmarks", "calculator", "computer", "mediaselect"
    ),
    _chord("hold Ctrl and Alt and Delete", "ctrl+alt+delete", hold_ms=4000),
    _chord("hold the help key", "f1", hold_ms=4000, may_walk=True),
    _chord("hold all modifiers with a letter", "ctrl+alt+shift+meta_l+x", hold_ms=2500),
    _chord("many letters at once", "q+w+e+r+t+y+u+i+o+p"),
)
