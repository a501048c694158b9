# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Decides from what the sound server tells whether somebody wears headphones, and where sound is to go.

How the server is asked is `pulse_server.py`; when it is asked `audio_outputs.py`. Nothing here talks to a device.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_PRIVATE_WORDS = ("headphone", "headset", "earphone", "earpiece")
_PRIVATE_FORMS = frozenset({"headphone", "headset"})  # a handset or a car kit can be heard by others
_OPEN_WORDS = ("speaker", "hdmi", "lineout", "line-out", "spdif", "iec958")


class Plugged(StrEnum):
    """What the server knows of a jack."""

    UNKNOWN = "unknown"
    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Port:
    """One way out of a sink, such as the jack of a sound card."""

    name: str
    description: str = ""
    plugged: Plugged = Plugged.UNKNOWN


@dataclass(frozen=True, slots=True)
class Sink:
    """Something that takes sound, with the port it comes out of now."""

    index: int
    name: str
    description: str = ""
    form_factor: str = ""
    port: Port | None = None

    def is_headphones(self, setting: str = "") -> bool:
        """Tell whether only who wears it hears it. A setting, when there is one, knows better than the hardware.

        Many a kiosk has its loudspeaker on the headphone jack of a small computer: then only the setting knows.
        """
        port = self.port
        if port is not None and port.plugged is Plugged.NO:
            return False
        told = (self.name, self.description, *((port.name, port.description) if port is not None else ()))
        if setting:
            return any(setting.casefold() in text.casefold() for text in told)
        if port is not None:
            name = port.name.casefold()
            if any(word in name for word in _PRIVATE_WORDS):
                return True
            if any(word in name for word in _OPEN_WORDS):
                return False
        return self.form_factor.casefold() in _PRIVATE_FORMS


@dataclass(frozen=True, slots=True)
class Outputs:
    """All sinks of a server at one moment, and the name of the one that it chooses by itself."""

    sinks: tuple[Sink, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class SoundPlace:
    """Where sound goes: to this sink and no other; `sink` is empty where the system has to choose."""

    sink: str = ""
    is_headphones: bool = False
    is_there: bool = False  # there is an output at all, as far as a server told


NOWHERE = SoundPlace()


class Judge:
    """Remembers just enough to be careful: headphones that the system turned away from do not count any more.

    They count again when they are plugged in anew, or chosen anew.
    """

    def __init__(self, setting: str = "") -> None:
        self._setting = setting
        self._before = Outputs()
        self._worn: frozenset[int] = frozenset()
        self._left: frozenset[int] = frozenset()

    def place(self, outputs: Outputs) -> SoundPlace:
        """Say where sound goes now."""
        before, self._before = self._before, outputs
        worn = {sink.index: sink for sink in outputs.sinks if sink.is_headphones(self._setting)}
        chosen = next((sink for sink in outputs.sinks if sink.name == outputs.default), None)
        left = {index for index in self._left if index in worn and index in self._worn}
        if before.default != outputs.default:
            left |= {index for index, sink in worn.items() if sink.name == before.default}
        if chosen is not None:
            left.discard(chosen.index)
        self._worn, self._left = frozenset(worn), frozenset(left)
        for sink in sorted(worn.values(), key=lambda sink: sink is not chosen):
            if sink.index not in left:
                return SoundPlace(sink.name, is_headphones=True, is_there=True)
        # Where the system chose headphones that do not count, or nothing, it is left to choose.
        return SoundPlace(chosen.name if chosen is not None else "", is_there=bool(outputs.sinks))
