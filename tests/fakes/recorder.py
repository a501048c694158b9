# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recorder without a microphone: it hears what the test says."""

from domain.attachment import FileContent, Heard
from kiosk.devices.recording import Recording


class FakeRecorder:
    """Takes the samples of `says`; passes the same contract as the real one."""

    def __init__(self, *, has_microphone: bool = True) -> None:
        self.has_microphone = has_microphone
        self.is_on = False
        self._recording = Recording()

    def start(self) -> bool:
        self._recording = Recording()
        self.is_on = self.has_microphone
        return self.has_microphone

    def says(self, samples: bytes) -> None:
        self._recording.take(samples)

    def heard(self) -> Heard:
        return self._recording.heard()

    def stop(self) -> FileContent | None:
        self.is_on = False
        return self._recording.finish()
