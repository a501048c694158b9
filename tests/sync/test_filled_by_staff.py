# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case that staff filled in: the citizen is the initiator, the member of staff stands beside (feature S02)."""

from __future__ import annotations

import pytest

from domain.filled_by import FilledBy
from sync.parcel import open_parcel
from sync.practice import Fault, FaultKind
from sync.transport import Transport
from sync.zgw.api import Api, ApiSettings
from sync.zgw.catalogi import CaseType
from sync.zgw.registration import Registration
from tests.fakes.clock import FakeClock
from tests.sync.road import RSIN, Road
from tests.sync.samples import submission

BO = FilledBy("12", "counter", "desk", "Bo Balie")
BOTH = (("klantcontacter", "12"),)


def test_registers_the_citizen_as_initiator_and_the_member_beside(road: Road) -> None:
    made = road.submit(filled_by=BO)
    assert road.sync().delivered == 1
    [case] = road.arrived(made)
    assert case.initiators == (made.initiator.name,)
    assert case.staff == BOTH
    road.recorder.assert_valid()


def test_names_no_member_where_the_citizen_filled_in_alone(road: Road) -> None:
    made = road.submit()
    road.sync()
    [case] = road.arrived(made)
    assert (case.staff, case.rollen) == ((), 1)


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.DROP_AFTER_COMMIT, FaultKind.HTML_500_AFTER_COMMIT])
def test_registers_each_of_them_once_when_an_answer_is_lost(road: Road, kind: FaultKind) -> None:
    for skipped in (0, 1):
        made = road.submit(filled_by=BO)
        if skipped:
            road.back_end.faults.add(Fault(FaultKind.SLOW, "POST", r"/rollen$", seconds=0))
        road.back_end.faults.add(Fault(kind, "POST", r"/rollen$"))
        assert road.sync_until_done().delivered == skipped + 1
        [case] = road.arrived(made)
        assert (case.initiators, case.staff, case.rollen) == ((made.initiator.name,), BOTH, 2)
    assert road.back_end.faults.left() == 0
    road.recorder.assert_valid()


@pytest.mark.parametrize(
    ("role", "steps"), [("", ["initiator"]), ("https://catalogi.example/klantcontacter", ["initiator", "staff"])]
)
def test_leaves_the_member_out_where_the_case_type_has_no_such_role(role: str, steps: list[str]) -> None:
    settings = ApiSettings("https://z", "https://d", "https://c", "loket", "geheim", rsin=RSIN, device_id="balie-01")
    parcel = open_parcel(submission(filled_by=BO, properties={}), "verhuizen")
    case_type = CaseType("https://c/1", "https://c/initiator", "", "", (), contact_role=role)
    registration = Registration(Api(settings, Transport(FakeClock())), parcel, case_type)
    assert [step.name for step in registration.steps_on("https://z/zaken/1")] == steps


def test_keeps_no_citizen_waiting_when_the_member_is_refused(road: Road) -> None:
    road.back_end.faults.add(Fault(FaultKind.SLOW, "POST", r"/rollen$", seconds=0))  # the initiator
    road.back_end.faults.add(Fault(FaultKind.JSON_ERROR, "POST", r"/rollen$", status=400, code="invalid"))
    made = road.submit(filled_by=BO)
    assert road.sync().delivered == 1
    [case] = road.arrived(made)
    assert (case.initiators, case.staff) == ((made.initiator.name,), ())
