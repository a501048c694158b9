# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at the outage switch: can services be closed from afar, what is closed, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from commands.doctor_check import Check, broken_by, fine, warning
from commands.joining import data_dir, open_outages
from commands.outage_rounds import fetched
from domain.errors import ExpectedError
from domain.ports import Clock
from domain.settings import Settings
from sync.outages import DROPPED, Outages


def check_outages(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Look at the key, at what is closed, and at both roads by which a message comes; nothing is taken or changed."""
    try:
        outages = open_outages(settings)
    except ExpectedError as error:
        yield broken_by("outages", error)
        return
    if outages is None:
        yield _without_key(settings)
        return
    yield _closed(outages, clock)
    try:
        found = outages.dropped()
        if found is not None:
            yield _judged("outages.file", outages, clock, lambda: found)
    except ExpectedError as error:
        yield _refused("outages.file", error)
    if settings.outages.url:
        yield _judged("outages.url", outages, clock, lambda: fetched(settings, clock))


def _without_key(settings: Settings) -> Check:
    if settings.outages.url or (data_dir(settings) / DROPPED).exists():
        says = "a message that closes services would not be believed: there is no key"
        return warning("outages", says, "name public_key_file in [outages]")
    return fine("outages", "services are not closed from afar here: [outages] is empty")


def _closed(outages: Outages, clock: Clock) -> Check:
    try:
        last = outages.last()
    except ExpectedError as error:
        return _refused("outages", error)
    if last is None:
        return fine("outages", "no service was closed from afar yet")
    closed = sorted(outages.outages(clock.now()))
    names = ", ".join(closed) if closed else "no service"
    until = f" until {last.message.expires_at:%Y-%m-%d %H:%M} UTC" if closed else ""
    return fine("outages", f"closed: {names}{until}; last heard {last.heard_at:%Y-%m-%d %H:%M} UTC")


def _judged(check_id: str, outages: Outages, clock: Clock, get: Callable[[], object]) -> Check:
    try:
        message = outages.judged(get(), clock.now())
    except ExpectedError as error:
        return _refused(check_id, error)
    return fine(check_id, f"message {message.id} would be taken")


def _refused(check_id: str, error: ExpectedError) -> Check:
    # The last good word still holds, so nothing is broken for a visitor.
    return warning(check_id, f"{error.slug}: {error.says}", error.remedy)
