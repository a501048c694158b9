# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line between the supervisor and a visit: one word a line on the child's standard input and output.

To the visit: `show start`, `show neutral`; `cleared gone`, `cleared kept` (with a language to say it aloud in),
`cleared left`: what is true now of the visit before; `ask`: does it answer; `renew`: give way to the one behind, if
nobody is at the kiosk. From the visit: `ready`, `shown`, `ended start kept nl`, `ended start renewed`, `ended neutral`,
`ended staff gone`, `ended closed gone`, `ended again gone`; `here`, by the UI thread, as the answer to `ask`, and
`here free` when nobody is at the kiosk. When the input closes, the supervisor is gone or wants an end, and the visit
ends.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Channel(QObject):
    """Reads the supervisor's words on a thread of its own and hands them to the UI thread."""

    show_asked = Signal(str)  # Emitted when the visit is to be shown, with what it begins at.
    cleared = Signal(str)  # Emitted when the visit before is gone, with what is true of it.
    renewal_asked = Signal()  # Emitted when the visit is to give way, if nobody is there.
    closed = Signal()  # Emitted when the supervisor let go.
    _word_read = Signal(str)
    _input_ended = Signal()

    def __init__(self, is_free: Callable[[], bool] = lambda: False) -> None:
        super().__init__()
        self._is_free = is_free  # nobody is at the kiosk; asked in the UI thread
        self._word_read.connect(self._on_word_read, Qt.ConnectionType.QueuedConnection)
        self._input_ended.connect(self.closed, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._listen, name="loket-channel", daemon=True).start()

    @staticmethod
    def tell(word: str) -> None:
        """Say a word to the supervisor; nobody listening is no error here, the closed input ends the visit."""
        try:
            sys.stdout.write(word + "\n")
            sys.stdout.flush()
        except OSError:
            return

    def _listen(self) -> None:
        for line in sys.stdin:
            self._word_read.emit(line.strip())
        self._input_ended.emit()

    def _on_word_read(self, word: str) -> None:
        if word == "ask":
            self.tell("here free" if self._is_free() else "here")
        elif word == "renew":
            self.renewal_asked.emit()
        elif word.startswith("show "):
            self.show_asked.emit(word.removeprefix("show "))
        elif word.startswith("cleared "):
            self.cleared.emit(word.removeprefix("cleared "))
