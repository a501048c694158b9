# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hears now and then which services the municipality closed: from its address, and from the file put in the folder."""

from __future__ import annotations

from collections.abc import Callable

from commands.joining import build_transport, open_outages
from domain.errors import ExpectedError
from domain.log_line import LogEvent, OutageSource, Slug
from domain.ports import Clock
from domain.settings import Settings
from sync.event_log import EventLog
from sync.outages import LARGEST
from sync.transport import check_address

_log = EventLog("loket.outages")

_FETCH_TIMEOUT_S = 10.0  # the next round comes soon, and the heartbeat waits for this one


def fetched(settings: Settings, clock: Clock) -> object:
    """Get what stands at the address.

    Raises: SettingsError, DeliveryError.
    """
    check_address("outages.url", settings.outages.url)
    transport = build_transport(settings, clock, _FETCH_TIMEOUT_S, LARGEST)
    try:
        return transport.call("GET", settings.outages.url, lambda _now: {"Accept": "application/json"}).data
    finally:
        transport.rest()


class OutageRounds:
    """Goes round for one device; what is refused is told once by its slug, and what was heard before stays."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._told: dict[str, str] = {}

    def round(self) -> None:
        """Hear both, as far as they are there."""
        self._try("key", lambda: open_outages(self._settings))
        if self._told.get("key") or self._settings.outages.public_key_file is None:
            return
        self._try("file", self._hear_dropped)
        if self._settings.outages.url:
            self._try("url", self._hear_fetched)

    def _hear_dropped(self) -> None:
        outages = open_outages(self._settings)
        if outages is not None:
            outages.hear_dropped(self._clock.now())

    def _hear_fetched(self) -> None:
        outages = open_outages(self._settings)
        if outages is not None:
            outages.hear(fetched(self._settings, self._clock), self._clock.now())

    def _try(self, source: str, work: Callable[[], object]) -> None:
        try:
            work()
            slug = ""
        except ExpectedError as error:
            slug = error.slug
        except OSError:
            slug = "outage-not-kept"
        if slug and slug != self._told.get(source):
            _log.warning(LogEvent.OUTAGE_REFUSED, source=OutageSource(source), slug=Slug(slug))
        self._told[source] = slug
