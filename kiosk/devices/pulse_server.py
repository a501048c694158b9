# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks PulseAudio, or PipeWire in its voice, which outputs there are. Imported late: it loads the system's library.

Used by one thread, for the library allows no more. What the outputs mean is `sound_place.py`.
"""

from __future__ import annotations

from typing import Any

import pulsectl

from kiosk.devices.sound_place import Outputs, Plugged, Port, Sink

# Three families of one library: a refused question, a lost connection, a call that the C side turned down.
_GONE = (pulsectl.PulseError, pulsectl.PulseDisconnected, pulsectl._pulsectl.LibPulse.CallError)  # noqa: SLF001
_WATCHED = ("sink", "server", "card")  # a jack tells of itself through its card first


class ServerGoneError(OSError):
    """There is no sound server, or it went away."""


class PulseServer:
    """One connection; each method may raise ServerGoneError."""

    def __init__(self) -> None:
        self._has_news = True
        self._pulse = pulsectl.Pulse("Loket", connect=False)
        try:
            self._pulse.connect(autospawn=False)  # with a timeout it always waits that long
            self._pulse.event_callback_set(self._on_event)
            self._pulse.event_mask_set(*_WATCHED)
        except _GONE as error:
            self._pulse.close()
            raise ServerGoneError(str(error)) from None

    def look(self) -> Outputs:
        """Give what there is now."""
        self._has_news = False
        try:
            default = self._pulse.server_info().default_sink_name or ""
            return Outputs(tuple(_sink(found) for found in self._pulse.sink_list()), default)
        except _GONE as error:
            raise ServerGoneError(str(error)) from None

    def wait(self, longest_s: float) -> bool:
        """Wait until something changed since the last look began; False when nothing did for so long."""
        # What came in while `look` asked its questions stopped no waiting: it is remembered here instead.
        if not self._has_news:
            try:
                self._pulse.event_listen(timeout=longest_s)
            except _GONE as error:
                raise ServerGoneError(str(error)) from None
        return self._has_news

    def close(self) -> None:
        """Let the server go."""
        self._pulse.close()

    def _on_event(self, _event: object) -> None:
        self._has_news = True
        raise pulsectl.PulseLoopStop


def _sink(found: Any) -> Sink:
    port = found.port_active
    return Sink(
        found.index,
        found.name,
        found.description or "",
        found.proplist.get("device.form_factor", ""),
        None if port is None else Port(port.name, port.description or "", _plugged(port.available)),
    )


def _plugged(told: object) -> Plugged:
    # The library gives its own enumeration; a state it does not know yet is one that we do not know.
    try:
        return Plugged(str(getattr(told, "_value", told)))
    except ValueError:
        return Plugged.UNKNOWN
