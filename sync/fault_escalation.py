# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes one task in Klantinteracties of a fault that nobody had for two working days (L04).

Its numbers follow from the device and the fault, so that a restart, or an answer that was lost, makes no second one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import DeliveryError
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.system_fault import FaultGroup, FaultSource
from sync.event_log import EventLog
from sync.fault_book import SqliteFaultBook
from sync.klantinteracties import bodies
from sync.klantinteracties.api import ContactApi, uuid_of
from sync.klantinteracties.registration import numbered
from sync.remote_step import RemoteStep
from sync.zgw.bodies import SOURCE

_log = EventLog("loket.faults")

SUBJECT = "Fout zonder eigenaar"
ACTION = "Geef deze fout een eigenaar"
_HERE = ZoneInfo("Europe/Amsterdam")
_SAYS = {
    FaultSource.REPORTED: "Inwoners melden een fout",
    FaultSource.DELIVERY: "Vragen komen niet aan",
    FaultSource.ACT: "Wat de balie deed, komt niet aan",
    FaultSource.PROGRAM: "Er is een fout in Loket",
    FaultSource.DEVICE: "Er is iets stuk aan het apparaat",
    FaultSource.CONTENT: "Een bericht of dienst is geweigerd",
}


class FaultEscalation:
    """Tells who the settings name; for one thread of one process."""

    def __init__(self, book: SqliteFaultBook, api: ContactApi, who: str, device_id: str, clock: Clock) -> None:
        self._book = book
        self._api = api
        self._who = bodies.assignee_of(who)
        self._device_id = device_id
        self._clock = clock

    def tell(self) -> int:
        """Tell of each fault once; give of how many. What fails now is told the next time.

        Raises: StoreError and its kinds.
        """
        told = 0
        try:
            for group in self._book.not_escalated(self._clock.now()):
                self._tell_of(group)
                self._book.escalated(group.number, self._clock.now())
                told += 1
        except DeliveryError as error:
            _log.warning(LogEvent.ROUND_FAILED, error=error)
        finally:
            self._api.transport.rest()
        return told

    def _tell_of(self, group: FaultGroup) -> None:
        name = f"{SOURCE} {self._device_id} fout {group.number} van {group.opened_at:%Y%m%d%H%M%S}."
        contact = _do(
            numbered(self._api, name, "fault-contact", "klantcontacten", self._contact(name, group), _of(name))
        )
        actor = self._actor()

        def task(number: str) -> Mapping[str, Any]:
            return self._api.make("internetaken", bodies.task(ACTION, f"{name} {says(group)}", number, contact, actor))

        _do(numbered(self._api, name, "fault-task", "internetaken", task, _told_by(contact)))

    def _contact(self, name: str, group: FaultGroup) -> Callable[[str], Mapping[str, Any]]:
        def make(number: str) -> Mapping[str, Any]:
            now = self._api.transport.server_now()
            body = bodies.contact(SUBJECT, f"{name} {says(group)}", number, "nl", self._clock.now(), now)
            return self._api.make("klantcontacten", body)

        return make

    def _actor(self) -> str:
        known = self._api.find("actoren", {"naam": self._who.name, "soortActor": self._who.kind})
        return uuid_of(known[0] if known else self._api.make("actoren", bodies.actor(self._who)))


def says(group: FaultGroup) -> str:
    """Say what it is, in words for staff; the page Fouten of the desk has the rest."""
    day = group.opened_at.astimezone(_HERE)
    return (
        f"{_SAYS[group.key.source]}: {group.key.about}, {group.key.kind}. {group.count} keer sinds {day:%d-%m-%Y}."
        " Niemand heeft deze fout. Zie de pagina Fouten van Loket."
    )


def _do(step: RemoteStep) -> str:
    return step.find(step.identifier) or step.send(step.identifier)


def _of(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda item: str(item.get("inhoud", "")).startswith(name)


def _told_by(contact: str) -> Callable[[Mapping[str, Any]], bool]:
    def is_ours(item: Mapping[str, Any]) -> bool:
        given = item.get("aanleidinggevendKlantcontact")
        return isinstance(given, dict) and given.get("uuid") == contact

    return is_ours
