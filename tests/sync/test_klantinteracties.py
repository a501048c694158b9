# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visit becomes one contact about its case, and a call-back one task for somebody, whatever answers are lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from domain.errors import SettingsError
from domain.submission import Initiator
from sync.klantinteracties.bodies import assignee_of
from sync.klantinteracties.registration import _numbers
from sync.practice import Fault, FaultKind
from tests.sync.road import Road
from tests.sync.samples import MARK

CALLS = {
    "contact": r"/maak-klantcontact$",
    "address": r"/digitaleadressen$",
    "actor": r"/actoren$",
    "task": r"/internetaken$",
}
TROUBLES = {
    "dropped before handling": Fault(FaultKind.DROP),
    "dropped after commit": Fault(FaultKind.DROP_AFTER_COMMIT),
    "crash": Fault(FaultKind.HTML_500),
    "crash after commit": Fault(FaultKind.HTML_500_AFTER_COMMIT),
    "held after commit": Fault(FaultKind.HOLD_AFTER_COMMIT, seconds=1.2),
    "half an answer": Fault(FaultKind.TRUNCATED),
    "nonsense": Fault(FaultKind.GARBAGE),
    "no end": Fault(FaultKind.ENDLESS),
    "busy": Fault(FaultKind.JSON_ERROR, status=503, code="throttled"),
    "forbidden": Fault(FaultKind.JSON_ERROR, status=403, code="permission_denied"),
}
CALLER = Initiator(f"Anna {MARK}", "1951-03-09", "+31612345678", "anna@voorbeeld.example", "", "phone", "uk")


@pytest.fixture
def klant(road: Road) -> Road:
    road.tasks = {"bel": "groep:Klantcontact"}
    return road


def listed(road: Road, name: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Token {road.back_end.klantinteracties_token}"}
    found = requests.get(road.back_end.urls.klantinteracties + name, headers=headers, timeout=5).json()
    return list(found["results"])


def call_back(road: Road) -> Any:
    return road.submit(service_id="bel", initiator=CALLER, language="uk", properties={"belmoment": "ochtend"})


def assert_one_of_each(road: Road, number: int = 1, tasks: int = 1) -> None:
    assert [len(listed(road, name)) for name in ("klantcontacten", "betrokkenen", "onderwerpobjecten")] == [number] * 3
    assert len(listed(road, "internetaken")) == tasks
    assert len(listed(road, "actoren")) == min(tasks, 1)
    assert len(listed(road, "digitaleadressen")) == 2 * number


def test_a_visit_is_a_contact_about_its_case_as_kiss_knows_it(klant: Road, shared_dir: Path) -> None:
    made = klant.submit()
    assert klant.sync().delivered == 1

    assert_one_of_each(klant, tasks=0)
    [contact], [about] = listed(klant, "klantcontacten"), listed(klant, "onderwerpobjecten")
    identificator = about["onderwerpobjectidentificator"]
    assert (identificator["codeRegister"], identificator["codeObjecttype"]) == ("openzaak", "zgw-Zaak")
    steps = klant.database.row("SELECT result FROM delivery_steps WHERE step = 'case'")
    assert steps is not None
    assert str(steps["result"]).endswith(identificator["objectId"])
    assert contact["referentienummer"].isdigit()
    assert len(contact["referentienummer"]) == 10
    assert made.header.reference in contact["inhoud"]
    klant.recorder.assert_valid()


def test_a_call_back_is_a_task_with_part_of_day_and_language(klant: Road, shared_dir: Path) -> None:
    call_back(klant)
    klant.sync()

    assert_one_of_each(klant)
    [task], [actor], [contact] = (listed(klant, name) for name in ("internetaken", "actoren", "klantcontacten"))
    assert task["toegewezenAanActoren"][0]["uuid"] == actor["uuid"]
    assert (actor["naam"], actor["actoridentificator"]["codeObjecttype"]) == ("Klantcontact", "grp")
    assert task["aanleidinggevendKlantcontact"]["uuid"] == contact["uuid"]
    assert "ochtend" in task["toelichting"]
    assert "ukr" in task["toelichting"]
    assert contact["taal"] == "ukr"
    klant.recorder.assert_valid()


def test_who_says_no_name_is_a_contact_all_the_same(klant: Road, shared_dir: Path) -> None:
    klant.submit(initiator=Initiator())
    assert klant.sync().delivered == 1

    [citizen] = listed(klant, "betrokkenen")
    assert citizen["contactnaam"]["achternaam"] == ""
    assert listed(klant, "digitaleadressen") == []
    klant.recorder.assert_valid()


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("call", CALLS)
def test_makes_each_once_when_a_call_meets_trouble(klant: Road, call: str, trouble: str) -> None:
    klant.read_timeout_s = 0.3
    call_back(klant)
    fault = TROUBLES[trouble]
    klant.back_end.faults.add(
        Fault(fault.kind, "POST", CALLS[call], 1, fault.status, fault.code, fault.param, fault.seconds)
    )
    assert klant.sync_until_done().delivered == 1

    assert klant.back_end.faults.left() == 0, "the trouble came"
    assert_one_of_each(klant)
    assert klant.back_end.totals().zaken == 1


@pytest.mark.parametrize("call", CALLS)
def test_makes_each_once_when_the_answer_is_lost_three_times(klant: Road, call: str) -> None:
    call_back(klant)
    klant.back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", CALLS[call], 3))
    assert klant.sync_until_done().delivered == 1

    assert_one_of_each(klant)


def test_two_cases_are_two_contacts_with_one_actor(klant: Road) -> None:
    call_back(klant)
    call_back(klant)
    assert klant.sync().delivered == 2

    assert_one_of_each(klant, number=2, tasks=2)


def test_a_number_of_somebody_else_is_left_alone_and_the_next_is_taken(
    klant: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.klantinteracties.registration._first_number", lambda _case, _step: "0000004711")
    first, second = call_back(klant), None
    klant.sync()
    second = call_back(klant)
    assert klant.sync().delivered == 2

    numbers = {item["referentienummer"]: item["inhoud"] for item in listed(klant, "klantcontacten")}
    assert list(numbers) == _numbers("0000004711")[:2]
    assert first.header.reference in numbers["0000004711"]
    assert second.header.reference in numbers[_numbers("0000004711")[1]]
    assert_one_of_each(klant, number=2, tasks=2)


def test_nothing_is_told_where_nothing_is_set(road: Road) -> None:
    call_back(road)
    road.sync()

    assert listed(road, "klantcontacten") == []


def test_a_wrong_token_loses_nothing_and_the_case_is_there_already(klant: Road) -> None:
    call_back(klant)
    klant.contact_token = "x" * 40
    counts = klant.sync()
    assert (counts.delivered, counts.retrying) == (0, 1)
    assert klant.back_end.totals().zaken == 1
    klant.contact_token = ""
    assert klant.sync_until_done().delivered == 1
    assert_one_of_each(klant)


@pytest.mark.parametrize("setting", ["", "Burgerzaken", "afdeling:", "team:x"])
def test_refuses_a_setting_that_does_not_say_who(setting: str) -> None:
    with pytest.raises(SettingsError):
        assignee_of(setting)
