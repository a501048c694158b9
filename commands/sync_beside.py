# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the sync service running beside the window.

Started once the window stands, started again when it dies, ended with the kiosk. Where a service runs already, ours
sees that and ends by itself; now and then we look whether the other is still there.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
LOOK_AGAIN_S = 300.0
STOP_TIMEOUT_S = 5.0
TIED = "--tied"
"""The option of `loket sync` by which it ends with who started it."""


class SyncBeside:
    """One child and the thread that watches it; `pause` waits so many seconds and tells whether to stop.

    With `is_tied` the child is told to end when we are gone, however we went: its standard input closes then.
    """

    def __init__(
        self, command: Sequence[str], pause: Callable[[float], bool] | None = None, *, is_tied: bool = False
    ) -> None:
        self._command = [*command, TIED] if is_tied else list(command)
        self._stdin = subprocess.PIPE if is_tied else subprocess.DEVNULL
        self._is_over = threading.Event()
        self._pause = pause or self._is_over.wait
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    @property
    def process_id(self) -> int | None:
        """Give the child's number while there is one."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the service; returns at once."""
        self._thread = threading.Thread(target=self._keep, name="loket-sync-beside", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the service, if it is ours."""
        self._is_over.set()
        with self._lock:
            process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._thread is not None:
            self._thread.join(STOP_TIMEOUT_S)

    def _keep(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._is_over.is_set():
            has_died = self._run_once() != 0
            if self._pause(pause_s if has_died else LOOK_AGAIN_S):
                return
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S) if has_died else FIRST_PAUSE_S

    def _run_once(self) -> int:
        try:
            with self._lock:
                if self._is_over.is_set():
                    return 0
                self._process = subprocess.Popen(self._command, stdin=self._stdin, stdout=subprocess.DEVNULL)
        except OSError as error:
            print(f"loket: sync-not-started: {error.strerror} -> cases wait on this device", file=sys.stderr)
            return 1
        code = self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        with self._lock:
            self._process = None
        if code and not self._is_over.is_set():
            print(f"loket: sync: it ended with {code} -> it is started again", file=sys.stderr)
        return code
