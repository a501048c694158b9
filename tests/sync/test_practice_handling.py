# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice back end lets a case be handled and closed as Open Zaak does, and refuses what that refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.practice import PracticeBackEnd
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import RSIN, Caller, Json

TYPES = {"VERHUIZING": ("postcode",)}


@pytest.fixture
def caller(clock: FakeClock, tmp_path: Path) -> Iterator[Caller]:
    with PracticeBackEnd(TYPES, clock=clock, journal=tmp_path / "journal") as back_end:
        caller = Caller(back_end)
        yield caller
        caller.close()


def url(caller: Caller, path: str) -> str:
    return caller.back_end.urls.zaken + path


@pytest.fixture
def zaak(caller: Caller) -> Json:
    body = {
        "identificatie": "LK-1",
        "bronorganisatie": RSIN,
        "verantwoordelijkeOrganisatie": RSIN,
        "zaaktype": caller.first("zaaktypen")["url"],
        "startdatum": "2026-11-20",
    }
    made: Json = caller.post(url(caller, "zaken"), body).json()
    return made


def statustype(caller: Caller, name: str) -> str:
    found = caller.get(caller.back_end.urls.catalogi + "statustypen").json()["results"]
    return str(next(item["url"] for item in found if item["omschrijving"] == name))


def set_status(caller: Caller, zaak: Json, name: str, moment: str) -> int:
    body = {"zaak": zaak["url"], "statustype": statustype(caller, name), "datumStatusGezet": moment}
    return caller.post(url(caller, "statussen"), body).status_code


def set_result(caller: Caller, zaak: Json) -> int:
    body = {"zaak": zaak["url"], "resultaattype": caller.first("resultaattypen")["url"], "toelichting": "Klaar."}
    return caller.post(url(caller, "resultaten"), body).status_code


def handler(caller: Caller, zaak: Json) -> Json:
    roltypen = caller.get(caller.back_end.urls.catalogi + "roltypen", {"omschrijvingGeneriek": "behandelaar"}).json()
    return {
        "zaak": zaak["url"],
        "betrokkeneType": "medewerker",
        "roltype": roltypen["results"][0]["url"],
        "roltoelichting": "Loket",
        "betrokkeneIdentificatie": {"identificatie": "12", "achternaam": "Mulder"},
    }


def test_closes_a_case_with_a_result_and_its_end_status_and_not_without(caller: Caller, zaak: Json) -> None:
    assert set_status(caller, zaak, "Afgehandeld", "2026-11-24T09:00:00Z") == 400
    assert set_result(caller, zaak) == 201
    assert set_result(caller, zaak) == 400, "one each"
    assert set_status(caller, zaak, "Afgehandeld", "2026-11-24T09:00:00Z") == 201
    found = caller.get(zaak["url"]).json()
    assert (found["einddatum"], bool(found["resultaat"])) == ("2026-11-24", True)


def test_refuses_to_change_a_closed_case_or_to_open_it_again(caller: Caller, zaak: Json) -> None:
    role = caller.post(url(caller, "rollen"), handler(caller, zaak)).json()["url"]
    document = caller.document()
    set_result(caller, zaak)
    set_status(caller, zaak, "Afgehandeld", "2026-11-24T09:00:00Z")
    assert caller.link(zaak, document).status_code == 403
    assert caller.patch(zaak["url"], {"toelichting": "anders"}).status_code == 403
    assert caller.post(url(caller, "rollen"), handler(caller, zaak)).status_code == 403
    assert caller.session.delete(role, headers=caller.headers(), timeout=5).status_code == 403
    assert set_status(caller, zaak, "In behandeling", "2026-11-24T09:10:00Z") == 403


def test_suspends_a_case_with_a_reason_and_refuses_half_of_it(caller: Caller, zaak: Json) -> None:
    assert caller.patch(zaak["url"], {"opschorting": {"indicatie": True}}).status_code == 400
    assert caller.patch(zaak["url"], {"opschorting": {"indicatie": True, "reden": "x" * 201}}).status_code == 400
    assert caller.patch(zaak["url"], {"verlenging": {"reden": "druk", "duur": "10 dagen"}}).status_code == 400
    body = {"opschorting": {"indicatie": True, "reden": "wacht"}, "uiterlijkeEinddatumAfdoening": "2026-12-31"}
    assert caller.patch(zaak["url"], body).status_code == 200
    found = caller.get(zaak["url"]).json()
    assert (found["opschorting"], found["uiterlijkeEinddatumAfdoening"]) == (body["opschorting"], "2026-12-31")


def test_takes_a_role_away_for_good(caller: Caller, zaak: Json, clock: FakeClock, tmp_path: Path) -> None:
    roles = [caller.post(url(caller, "rollen"), handler(caller, zaak)).json()["url"] for _ in range(2)]
    for expected in (204, 404):
        assert caller.session.delete(roles[0], headers=caller.headers(), timeout=5).status_code == expected
    assert [role["url"] for role in caller.get(url(caller, "rollen")).json()["results"]] == [roles[1]]
    with PracticeBackEnd(TYPES, clock=clock, journal=tmp_path / "journal") as again:
        [case] = again.registered()
        assert case.rollen == 1, "also after a new start"
