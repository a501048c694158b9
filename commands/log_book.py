# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the lines of the log to stderr and to a file a day, and takes away files that are too old (feature I14).

What a line may hold is `domain.log_line`'s. What libraries and Qt have to say is cut down to who said it and how bad
it was: their words may hold an answer, an address or what a server sent back.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command starts before it needs either
    from domain.ports import Clock
    from domain.settings import Settings

FOLDER = "log"
_DAY_FILE = re.compile(r"loket-(\d{4}-\d\d-\d\d)\.log")
_WORD = re.compile(r"[A-Za-z0-9_.]{1,60}")
_PREFIX = "loket: "


class LogBook:
    """The day files of one device; several processes write in them at once, a line at a time."""

    def __init__(self, folder: Path, days: int, clock: Clock) -> None:
        self._folder = folder
        self._days = days
        self._clock = clock
        self._cleared_on = ""

    def write(self, line: str) -> None:
        """Write one line; losing it harms nobody, so it never raises."""
        now = self._clock.now()
        with contextlib.suppress(OSError):
            from sync.shared_folder import fit, make_folder

            make_folder(self._folder)
            path = self._folder / f"loket-{now:%Y-%m-%d}.log"
            text = f"{now:%Y-%m-%dT%H:%M:%SZ} {line}\n".encode(errors="replace")
            descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
            try:
                if not os.fstat(descriptor).st_size:
                    fit(descriptor, self._folder)
                os.write(descriptor, text)
            finally:
                os.close(descriptor)
            if path.name != self._cleared_on:
                self.clear(now)
                self._cleared_on = path.name

    def clear(self, now: datetime) -> int:
        """Take away the files of days that are too long ago, or that only a wrong clock knew; gives how many.

        A clock that is plainly wrong takes nothing away: it would be all there is.
        """
        from domain.clock_doubt import is_plausible

        if not is_plausible(now):
            return 0
        oldest, tomorrow = (f"{now + timedelta(days=days):%Y-%m-%d}" for days in (-self._days, 1))
        gone = 0
        for file in self._folder.glob("loket-*.log"):
            day = _DAY_FILE.fullmatch(file.name)
            if day is not None and not oldest <= day[1] <= tomorrow:
                file.unlink(missing_ok=True)
                gone += 1
        return gone


class _Lines:
    """Where the lines of this process go."""

    book: LogBook | None = None


def open_log(settings: Settings, clock: Clock) -> None:
    """Write to the files of this device from now on, beside stderr."""
    if settings.device.data_dir is not None:
        _Lines.book = LogBook(settings.device.data_dir / FOLDER, settings.retention.log_days, clock)


def close_log() -> None:
    """Write to stderr only."""
    _Lines.book = None


def tell(line: str) -> None:
    """Write one line of ours."""
    with contextlib.suppress(OSError, ValueError):  # nobody may be reading along any more
        print(f"{_PREFIX}{line}", file=sys.stderr)
    if _Lines.book is not None:
        _Lines.book.write(line)


def word(text: str) -> str:
    """Give a name of a library's own (a module, a category), or a question mark when it is more than that."""
    return text if _WORD.fullmatch(text) else "?"


def carry_logging(areas: str = "loket") -> None:
    """Let Python's logging end here: our own lines as they are, those of libraries without their words."""
    import logging

    class Carrier(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            level = word(record.levelname.lower())
            is_ours = record.name.startswith(f"{areas}.") and record.msg == "%s"
            said = record.getMessage() if is_ours else f"library name={word(record.name)}"
            tell(f"{level} {said}")

    root = logging.getLogger()
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
    root.addHandler(Carrier())
    root.setLevel(logging.WARNING)
    logging.getLogger(areas).setLevel(logging.INFO)
    logging.raiseExceptions = False
    logging.captureWarnings(capture=False)


def quiet_qt(install: Callable[[Callable[..., None]], object]) -> None:
    """Let Qt's messages end here, without their words: `install` is `qInstallMessageHandler`."""

    def handler(kind: object, context: object, _message: str) -> None:
        level = str(getattr(kind, "name", "")).removeprefix("Qt").removesuffix("Msg").lower()
        if level in ("debug", "info"):
            return
        category = getattr(context, "category", None) or "default"
        tell(f"qt {word(level)} category={word(str(category))} line={int(getattr(context, 'line', 0) or 0)}")

    install(handler)
