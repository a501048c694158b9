# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the print system how a printer and a job are doing, and makes it forget a job: CUPS on Linux and macOS.

Qt hands a page over and knows no more; whether paper came out, only the queue can say. Elsewhere there is no such queue
and `system_queue` gives None.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol


class JobState(IntEnum):
    """The states of a job in IPP (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Job:
    """One job in a queue."""

    id: int
    state: JobState


class PrintQueue(Protocol):
    """What printing needs to know of the print system; each call takes some milliseconds, so never on the UI thread."""

    def reasons(self, printer: str) -> frozenset[str] | None:
        """Give its complaints, without the severity ("media-empty"); None when there is no such printer."""
        ...

    def job(self, printer: str, title: str) -> Job | None:
        """Find a job of ours by its title."""
        ...

    def forget(self, printer: str, job: Job) -> bool:
        """Stop a job, and remove its file and its trace from the print system; tell whether that was done."""
        ...


class _Option(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Destination(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("num_options", ctypes.c_int),
        ("options", ctypes.POINTER(_Option)),
    )


class _Job(ctypes.Structure):
    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


_SEVERITIES = ("-report", "-warning", "-error")
_ALL_JOBS = -1
_WAITING_JOBS = 0
_LAST_GOOD_STATUS = 0x00FF  # IPP status codes below this are successes


class CupsQueue:
    """The queue of the CUPS that this machine uses, through libcups; Qt's printing needs that library too."""

    def __init__(self, library: Any) -> None:
        self._cups = library
        library.cupsGetNamedDest.restype = ctypes.POINTER(_Destination)
        library.cupsGetNamedDest.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
        library.cupsGetOption.restype = ctypes.c_char_p
        library.cupsGetOption.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(_Option))
        library.cupsFreeDests.argtypes = (ctypes.c_int, ctypes.POINTER(_Destination))
        jobs = ctypes.POINTER(_Job)
        library.cupsGetJobs2.argtypes = (
            ctypes.c_void_p,
            ctypes.POINTER(jobs),
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_int,
        )
        library.cupsFreeJobs.argtypes = (ctypes.c_int, jobs)
        library.cupsCancelJob2.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)

    def reasons(self, printer: str) -> frozenset[str] | None:
        """Give what the printer complains of; None when there is no such printer."""
        found = self._cups.cupsGetNamedDest(None, printer.encode(), None)
        if not found:
            return None
        try:
            destination = found.contents
            text = self._cups.cupsGetOption(b"printer-state-reasons", destination.num_options, destination.options)
        finally:
            self._cups.cupsFreeDests(1, found)
        words = (text or b"none").decode(errors="replace").split(",")
        return frozenset(_without_severity(word) for word in words if word != "none")

    def job(self, printer: str, title: str) -> Job | None:
        """Find a job of ours by its title."""
        with self._jobs(printer) as jobs:
            return next((Job(job.id, JobState(job.state)) for job in jobs if job.title == title.encode()), None)

    def waiting_titles(self) -> tuple[str, ...]:
        """Give what our jobs are called that no printer has finished, on all printers."""
        with self._jobs(None, _WAITING_JOBS) as jobs:
            return tuple((job.title or b"").decode(errors="replace") for job in jobs)

    def forget(self, printer: str, job: Job) -> bool:
        """Cancel and purge; CUPS otherwise keeps the file of a finished job for a day."""
        return bool(self._cups.cupsCancelJob2(None, printer.encode(), job.id, 1) <= _LAST_GOOD_STATUS)

    @contextmanager
    def _jobs(self, printer: str | None, which: int = _ALL_JOBS) -> Iterator[list[_Job]]:
        first = ctypes.POINTER(_Job)()
        name = None if printer is None else printer.encode()
        count = self._cups.cupsGetJobs2(None, ctypes.byref(first), name, 1, which)
        try:
            yield [first[number] for number in range(max(count, 0))]
        finally:
            if count > 0:
                self._cups.cupsFreeJobs(count, first)


def _without_severity(reason: str) -> str:
    ending = next((severity for severity in _SEVERITIES if reason.endswith(severity)), "")
    return reason.removesuffix(ending)


def system_queue() -> CupsQueue | None:
    """Give this machine's print queue, or None where there is no CUPS."""
    if sys.platform == "win32":
        return None
    try:
        return CupsQueue(ctypes.CDLL(ctypes.util.find_library("cups") or "libcups.so.2"))
    except OSError:
        return None
