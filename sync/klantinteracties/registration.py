# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The remote steps that tell of a visit: the contact, how to reach the citizen, and a task for who has to call back.

Each number follows from the case and the step, so that every attempt tries the same one, also from a store that knows
nothing of an earlier one. Ten digits are few: where a number is somebody else's, the next is derived from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import RejectedError
from sync.klantinteracties import bodies
from sync.klantinteracties.api import ContactApi, uuid_of
from sync.parcel import Parcel
from sync.remote_step import RemoteStep
from sync.transport import RefusedError

_NUMBERS = 4
_TAKEN = frozenset({"unique"})
_ANYBODY = "afdeling:Klantcontactcentrum"
"""Who has to look where the settings name nobody."""

Do = Callable[[RemoteStep], str | None]


class NumbersTakenError(RejectedError):
    """All numbers that belong to a step are somebody else's; with ten digits that does not happen by chance."""

    slug = "contact-number-taken"


@dataclass(frozen=True, slots=True)
class ContactRegistration:
    """Makes the steps of one parcel."""

    api: ContactApi
    parcel: Parcel

    def walk(self, case: str, do: Do) -> None:
        """Do every step in order; `do` gives the address of what was made, None where that has to wait."""
        contact = do(self._visit(case))
        if contact is None:
            return
        contact_uuid = _last(contact)
        if self.parcel.initiator is not None:
            for kind, value in bodies.addresses(self.parcel.initiator).items():
                do(self.address(contact_uuid, kind, value))
        setting = self.api.settings.tasks.get(self.parcel.service_id, "")
        if setting:
            actor = do(self.actor(bodies.assignee_of(setting)))
            if actor is not None:
                explanation = bodies.call_back_explanation(self.parcel)
                do(self.task("contact-task", bodies.CALL_BACK, explanation, contact_uuid, _last(actor)))

    def walk_added(self, case: str, number: int, do: Do) -> None:
        """Tell of what came after the visit, and ask somebody to look at it."""
        contact = do(self._visit(case, f"contact-{number}"))
        setting = self.api.settings.tasks.get(self.parcel.service_id, "")
        if contact is None or not setting:
            return
        actor = do(self.actor(bodies.assignee_of(setting), f"contact-actor-{number}"))
        if actor is not None:
            explanation = f"{self.parcel.explanation} {bodies.ownership(self.parcel.reference)}"
            step = f"contact-task-{number}"
            do(self.task(step, self.parcel.title, explanation, _last(contact), _last(actor)))

    def walk_closed(self, case: str, number: int, told: str, do: Do) -> None:
        """Tell a person what came when the case was closed already: nothing of it is in the case."""
        contact = do(self._visit(case, f"contact-{number}"))
        if contact is None:
            return
        who = bodies.assignee_of(self.api.settings.tasks.get(self.parcel.service_id, "") or _ANYBODY)
        actor = do(self.actor(who, f"contact-actor-{number}"))
        if actor is not None:
            explanation = f"{bodies.ownership(self.parcel.reference)} {bodies.CAME_TOO_LATE} {told}"
            step = f"contact-task-{number}"
            do(self.task(step, bodies.CLOSED, explanation, _last(contact), _last(actor)))

    def _visit(self, case: str, name: str = "contact") -> RemoteStep:
        def make(number: str) -> Mapping[str, Any]:
            body = bodies.visit(self.parcel, number, _last(case), self.api.transport.server_now())
            made = self.api.make("maak-klantcontact", body).get("klantcontact")
            return made if isinstance(made, dict) else {}

        return self.numbered(name, "klantcontacten", make, self._is_our_contact)

    def _is_our_contact(self, item: Mapping[str, Any]) -> bool:
        return str(item.get("inhoud", "")).startswith(bodies.ownership(self.parcel.reference))

    def address(self, contact_uuid: str, kind: str, value: str) -> RemoteStep:
        """Keep how the citizen of a contact can be reached."""

        def citizen() -> str:
            found = self.api.find("betrokkenen", {"hadKlantcontact__uuid": contact_uuid})
            return uuid_of(found[0] if found else None)

        def send(_identifier: str) -> str:
            return uuid_of(self.api.make("digitaleadressen", bodies.address(citizen(), kind, value)))

        def find(_identifier: str) -> str | None:
            known = self.api.find("digitaleadressen", {"verstrektDoorBetrokkene__uuid": citizen()})
            return next((uuid_of(item) for item in known if item.get("soortDigitaalAdres") == kind), None)

        # Optional: the rol of the zaak has it too.
        return RemoteStep(f"contact-{kind}", kind, send, find, is_optional=True)

    def actor(self, who: bodies.Assignee, name: str = "contact-actor") -> RemoteStep:
        """Find who takes on tasks, or make them known."""

        def find(_identifier: str) -> str | None:
            known = self.api.find("actoren", {"naam": who.name, "soortActor": who.kind})
            return next((uuid_of(item) for item in known if _code_of(item) in ("", who.code)), None)

        def send(identifier: str) -> str:
            # Looked up each time, for many cases have the same one.
            return find(identifier) or uuid_of(self.api.make("actoren", bodies.actor(who)))

        return RemoteStep(name, f"{who.code}:{who.name}"[:200], send, find)

    def task(self, name: str, action: str, explanation: str, contact_uuid: str, actor_uuid: str) -> RemoteStep:
        """Give a person something to do."""

        def make(number: str) -> Mapping[str, Any]:
            return self.api.make("internetaken", bodies.task(action, explanation, number, contact_uuid, actor_uuid))

        def is_ours(item: Mapping[str, Any]) -> bool:
            given = item.get("aanleidinggevendKlantcontact")
            return isinstance(given, dict) and given.get("uuid") == contact_uuid

        return self.numbered(name, "internetaken", make, is_ours)

    def numbered(
        self,
        name: str,
        path: str,
        make: Callable[[str], Mapping[str, Any]],
        is_ours: Callable[[Mapping[str, Any]], bool],
    ) -> RemoteStep:
        """Make a step of a record of this case that is known by a number of ten digits."""
        return numbered(self.api, self.parcel.case_id, name, path, make, is_ours)


def numbered(
    api: ContactApi,
    owner: str,
    name: str,
    path: str,
    make: Callable[[str], object],
    is_ours: Callable[[Mapping[str, Any]], bool],
) -> RemoteStep:
    """Make a step of a record that is known by a number of ten digits, which follows from its owner and its name."""

    def look(number: str) -> tuple[str | None, bool]:
        known = api.find(path, {"referentienummer": number})
        return next((uuid_of(item) for item in known if is_ours(item)), None), bool(known)

    def find(identifier: str) -> str | None:
        return next((found for number in _numbers(identifier) if (found := look(number)[0])), None)

    def send(identifier: str) -> str:
        for number in _numbers(identifier):
            try:
                return uuid_of(make(number))
            except RefusedError as error:
                if not error.codes & _TAKEN:
                    raise
                found, is_taken = look(number)
                if found is not None:
                    return found
                if not is_taken:
                    raise
        raise NumbersTakenError(f"{name}: every number is taken", "a person must look")

    # From the case and the step, so that another store, which never saw the first one, looks for the same numbers.
    return RemoteStep(name, _first_number(owner, name), send, find)


def _numbers(first: str) -> list[str]:
    found = [first]
    for _ in range(_NUMBERS - 1):
        found.append(_digits(found[-1]))
    return found


def _first_number(case_id: str, step: str) -> str:
    return _digits(f"{case_id}:{step}")


def _digits(text: str) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest) % 10**10:010d}"


def _code_of(actor: Mapping[str, Any]) -> str:
    identifier = actor.get("actoridentificator")
    return str(identifier.get("codeObjecttype") or "") if isinstance(identifier, dict) else ""


def _last(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]
