# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knows at every moment where sound goes, and tells at once when headphones go in or out.

A thread of its own listens to the sound server; without one it tries again calmly. What counts as headphones is
`sound_place.py`; what is to happen then is not known here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from kiosk.devices.sound_place import NOWHERE, Judge, Outputs, SoundPlace

TRY_AGAIN_S = 2.0  # a server that restarts is back within a second; without one this costs nothing
_WAIT_S = 0.5  # how long closing may take; news is never waited for


class SoundServer(Protocol):
    """A connection to a sound server; any method raises OSError when it is gone. `PulseServer` is the real one."""

    def look(self) -> Outputs:
        """Give what there is now."""
        ...

    def wait(self, longest_s: float) -> bool:
        """Wait for news; False when there was none."""
        ...

    def close(self) -> None:
        """Let the server go."""
        ...


def _connect() -> SoundServer:
    from kiosk.devices.pulse_server import PulseServer  # noqa: PLC0415 - it loads a library of the system

    return PulseServer()


class AudioOutputs:
    """The outputs of this machine. `now` may be asked by any thread and never waits."""

    def __init__(
        self,
        headphones: str = "",
        connect: Callable[[], SoundServer] = _connect,
        try_again_s: float = TRY_AGAIN_S,
    ) -> None:
        self._setting = headphones
        self._connect = connect
        self._try_again_s = try_again_s
        self._now = NOWHERE
        self._changed: Callable[[SoundPlace, SoundPlace], None] = lambda before, after: None
        self._looked = threading.Event()
        self._is_over = threading.Event()
        self._server: SoundServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def now(self) -> SoundPlace:
        """Give where sound goes now."""
        return self._now

    def start(self, changed: Callable[[SoundPlace, SoundPlace], None]) -> None:
        """Begin to listen; `changed` is called on the thread of the outputs, and must be quick: silence waits for it.

        `now` has the new place already when `changed` is called.
        """
        self._changed = changed
        self._thread = threading.Thread(target=self._run, name="audio-outputs", daemon=True)
        self._thread.start()

    def wait_until_known(self, longest_s: float) -> bool:
        """Wait until the server was asked once, or could not be."""
        return self._looked.wait(longest_s)

    def close(self) -> None:
        """End the thread."""
        self._is_over.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(_WAIT_S * 4)

    def _run(self) -> None:
        while not self._is_over.is_set():
            try:
                self._server = self._connect()
            except (ImportError, OSError):
                self._server = None
                self._set(NOWHERE)
            if self._server is not None:
                self._listen(self._server)
            self._is_over.wait(self._try_again_s)

    def _listen(self, server: SoundServer) -> None:
        judge = Judge(self._setting)
        try:
            while not self._is_over.is_set():
                self._set(judge.place(server.look()))
                while not (server.wait(_WAIT_S) or self._is_over.is_set()):
                    pass
        except OSError:
            self._set(NOWHERE)
        finally:
            self._server = None
            server.close()

    def _set(self, place: SoundPlace) -> None:
        before, self._now = self._now, place
        self._looked.set()
        if place != before:
            self._changed(before, place)
