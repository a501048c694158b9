# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written when something breaks that nobody caught: which kind, and where; never a message or a variable (I14).

For every process of Loket, in all its threads. What an `ExpectedError` says is ours and may be read; of any other error
only the kind is, for its words may hold what somebody typed.
"""

from __future__ import annotations

import contextlib
import faulthandler
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import TextIO

from commands.log_book import tell, word
from domain.errors import ExpectedError

_MOST_PLACES = 12


def install_hooks() -> None:
    """Take over what Python would print by itself."""
    sys.excepthook = on_fault
    threading.excepthook = _on_thread_fault
    sys.unraisablehook = _on_unraisable
    warnings.showwarning = _on_warning
    with contextlib.suppress(OSError, ValueError, AttributeError):  # no stderr that has a number
        faulthandler.enable(all_threads=True)  # files, lines and functions; it knows no variables


def on_fault(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Write what kind of fault it is, and where; what came before it, too."""
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    if isinstance(error, ExpectedError):
        tell(str(error))
        return
    before = _earlier(error)
    after = f" after {' '.join(before)}" if before else ""
    tell(f"fault: {_name(kind)}{_at(trace)}{after} -> tell the makers of Loket")


def places(trace: TracebackType | None) -> str:
    """Give the files and lines of a trace, the last one last."""
    found = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False, capture_locals=False)
    return " ".join(f"{word(Path(frame.filename).name)}:{frame.lineno}" for frame in found[-_MOST_PLACES:])


def _at(trace: TracebackType | None) -> str:
    found = places(trace)
    return f" at {found}" if found else ""


def _earlier(error: BaseException | None) -> list[str]:
    found: list[str] = []
    while error is not None and len(found) < _MOST_PLACES:
        error = error.__cause__ or error.__context__
        if error is not None:
            found.append(_name(type(error)))
    return found


def _name(kind: type[BaseException]) -> str:
    return word(kind.__name__)


def _on_thread_fault(fault: threading.ExceptHookArgs, /) -> None:
    on_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)


def _on_unraisable(fault: sys.UnraisableHookArgs, /) -> None:
    on_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)


def _on_warning(
    message: Warning | str,  # noqa: ARG001  its words are not ours
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001  the source line
) -> None:
    tell(f"warning: {_name(category)} at {word(Path(filename).name)}:{lineno}")
