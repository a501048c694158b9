# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What arrived at the practice back end, readable at a glance: for the demo, and for tests that say "exactly once"."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sync.practice.catalogus import Catalogus
from sync.practice.documenten import Documenten
from sync.practice.exchange import Body
from sync.practice.store import Store
from sync.practice.timestamps import set_at


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A document that a zaak is linked to."""

    identificatie: str
    title: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """A zaak with all that hangs on it; `kenmerken` are (bron, kenmerk), `eigenschappen` are (naam, waarde)."""

    identificatie: str
    kenmerken: tuple[tuple[str, str], ...]
    zaaktype: str
    initiators: tuple[str, ...]
    rollen: int
    statuses: tuple[str, ...]
    eigenschappen: tuple[tuple[str, str], ...]
    documents: tuple[RegisteredDocument, ...]
    links: int
    contacts: int
    staff: tuple[tuple[str, str], ...]  # (kind of role, identificatie) of its medewerkers

    @property
    def initiator(self) -> str:
        """Give the name of the initiator, or an empty text."""
        return self.initiators[0] if self.initiators else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of each kind; documents that no zaak knows count too."""

    zaken: int
    rollen: int
    statussen: int
    eigenschappen: int
    documenten: int
    links: int
    klantcontacten: int


def registered(store: Store, catalogus: Catalogus, documenten: Documenten) -> list[RegisteredCase]:
    """Give every zaak, oldest first."""
    with store.lock:
        return [_registered(store, catalogus, documenten, zaak) for zaak in store.select("zaken")]


def totals(store: Store) -> Totals:
    """Count everything."""
    kinds = (
        "zaken",
        "rollen",
        "statussen",
        "zaakeigenschappen",
        "documenten",
        "zaakinformatieobjecten",
        "klantcontacten",
    )
    return Totals(*(len(store.select(kind)) for kind in kinds))


def _registered(store: Store, catalogus: Catalogus, documenten: Documenten, zaak: Body) -> RegisteredCase:
    here = {"zaak": zaak["url"]}
    rollen = store.select("rollen", here)
    statussen = sorted(store.select("statussen", here), key=set_at)
    links = store.select("zaakinformatieobjecten", here)
    documents = []
    for link in links:
        document = documenten.documenten.find(store, link["informatieobject"])
        if document is not None:
            content = documenten.content(document["url"])
            digest = hashlib.sha256(content).hexdigest()
            documents.append(RegisteredDocument(document["identificatie"], document["titel"], len(content), digest))
    contacts = [
        subject
        for subject in store.select("onderwerpobjecten")
        if (subject.get("onderwerpobjectidentificator") or {}).get("objectId")
        in (zaak["uuid"], zaak["url"], zaak["identificatie"])
    ]
    return RegisteredCase(
        identificatie=zaak["identificatie"],
        kenmerken=tuple((mark["bron"], mark["kenmerk"]) for mark in zaak["kenmerken"]),
        zaaktype=(catalogus.zaaktypen.find(store, zaak["zaaktype"]) or {}).get("identificatie", ""),
        initiators=tuple(_name(rol) for rol in rollen if rol["omschrijvingGeneriek"] == "initiator"),
        rollen=len(rollen),
        statuses=tuple(
            (catalogus.statustypen.find(store, status["statustype"]) or {}).get("omschrijving", "")
            for status in statussen
        ),
        eigenschappen=tuple((record["naam"], record["waarde"]) for record in store.select("zaakeigenschappen", here)),
        documents=tuple(documents),
        links=len(links),
        contacts=len(contacts),
        staff=tuple(
            (rol["omschrijvingGeneriek"], (rol.get("betrokkeneIdentificatie") or {}).get("identificatie", ""))
            for rol in rollen
            if rol["betrokkeneType"] == "medewerker"
        ),
    )


def _name(rol: Body) -> str:
    who = rol.get("betrokkeneIdentificatie") or {}
    parts = (
        who.get("voornamen") or who.get("voorletters"),
        who.get("voorvoegselGeslachtsnaam"),
        who.get("geslachtsnaam"),
    )
    name = " ".join(part for part in parts if part)
    return (
        name
        or who.get("naam")
        or rol["afwijkendeNaamBetrokkene"]
        or (rol.get("contactpersoonRol") or {}).get("naam", "")
    )
