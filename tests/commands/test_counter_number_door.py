# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A BSN at the counter: a member of staff may type one only where a signed town hall has a question that names its law.

No service asks for one today, so nowhere. Only numbers that were published for testing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.practice_room import practice_settings
from commands.profile_standing import profile_standing
from domain.errors import BsnRefusedError
from domain.filled_by import FilledBy
from domain.intake import BsnRules, Intake
from domain.profile import Standing
from kiosk.filing import Filing
from tests.commands.test_profile import Desk as Device
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of
from tests.journeys.test_number_door import BSN, at, fields, told, with_ground

BO = FilledBy("12", "counter", "desk", "Bo de Balie")
PROFILES = ("library", "practice", "unsigned town hall", "town hall")


def standing_of(profile: str, folder: Path) -> Standing:
    device = Device(folder)
    match profile:
        case "library":
            device.write(profile="bibliotheek")
            device.sign("--profile", "bibliotheek")
        case "practice":
            settings = practice_settings(load_settings(folder / "loket.toml"))
            return profile_standing(settings, FakeClock())
        case "town hall":
            device.sign()
        case _:
            pass
    return device.standing


@pytest.fixture(params=PROFILES)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def standing(profile: str, tmp_path: Path) -> Standing:
    return standing_of(profile, tmp_path)


def counter(standing: Standing) -> Citizen:
    place = replace(PLACE, filled_by=BO, may_ask_bsn=standing.may_ask_bsn)
    rules = BsnRules(may_be_asked=standing.may_ask_bsn)
    intake = Intake(FakeCaseStore(), FakeSealer(), rules)
    return Citizen(Filing(intake, library(), texts_of, place, FakeClock(), "balie-01"), place=place)


def test_takes_a_bsn_out_of_every_question_there_is_in_every_profile(standing: Standing) -> None:
    citizen = at("straat", "meer", counter(standing)).type("text", f"Het gaat om {BSN}.")
    assert BSN not in fields(citizen.view)["text"]
    assert told(citizen.view)
    citizen = at("bel", "naam", counter(standing)).type("text", BSN)
    assert BSN not in fields(citizen.view)["text"]


def test_leaves_one_only_at_a_signed_town_hall_under_a_question_that_names_its_law(
    standing: Standing, profile: str
) -> None:
    citizen = at("straat", "meer", counter(standing))
    case = citizen.navigator._case
    assert case.service is not None
    case.service = with_ground(case.service, "meer")
    citizen.type("text", BSN)
    assert (BSN in fields(citizen.view)["text"]) is (profile == "town hall")


def test_keeps_no_case_with_one_whatever_the_screens_let_through(standing: Standing) -> None:
    citizen = counter(standing).open("bel").go_on().answer_all({"naam": {"text": "Anna Voorbeeld"}})
    citizen.navigator.put("naam", {"text": f"Anna {BSN}"})
    order = citizen.navigator.new_order()
    assert citizen.filing is not None
    with pytest.raises(BsnRefusedError):
        citizen.filing.file(order)


def test_finds_no_service_that_asks_for_one() -> None:
    assert not [question.id for service in library().services for question in service.questions if question.bsn_ground]
