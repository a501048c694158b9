# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen service number that is typed reaches no answer, no case and no screen, and the visitor is told why.

Only numbers that were published for testing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.service import ServiceDefinition
from kiosk.view import READ, ErrorText, Field, FieldRow, View
from tests.journeys.citizen import PLACE, Citizen

BSN = "999990019"
SPACED = "999 990 019"


def at(service_id: str, question_id: str, place: Citizen | None = None) -> Citizen:
    """Bring a citizen to a question."""
    citizen = place or Citizen()
    citizen.open(service_id).go_on()
    for _ in range(60):
        name = citizen.view.name.partition(".")[2]
        if name == question_id:
            return citizen
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
    raise AssertionError(citizen.view.name)


def fields(view: View) -> dict[str, str]:
    """Read what stands in the fields."""
    rows = [part.fields for part in view.parts if isinstance(part, FieldRow)]
    singles = [part for part in view.parts if isinstance(part, Field)]
    return {field.id: field.text for field in (*singles, *(each for row in rows for each in row))}


def told(view: View) -> list[str]:
    """Read what the visitor is told about what went wrong."""
    return [part.text for part in view.parts if isinstance(part, ErrorText)]


def keyed(citizen: Citizen, field_id: str, text: str) -> list[str]:
    """Type key by key, each time after what the screen shows; give what it showed."""
    seen = []
    for sign in text:
        citizen.type(field_id, fields(citizen.view)[field_id] + sign)
        seen.append(fields(citizen.view)[field_id])
    return seen


@pytest.mark.parametrize("number", [BSN, SPACED, "9-9-9-9-9-0-0-1-9", "٩٩٩٩٩٠٠١٩"])
def test_a_number_that_is_pasted_or_scanned_is_gone_at_once_and_the_rest_stays(number: str) -> None:
    citizen = at("straat", "meer").type("text", f"Ik ben Jan, {number}, bij de boom.")
    assert fields(citizen.view)["text"] == "Ik ben Jan, , bij de boom."
    assert told(citizen.view)[0].startswith("Dit lijkt een persoonlijk nummer (BSN).")
    assert number not in repr(citizen.view)


def test_a_number_that_is_typed_never_stands_on_the_screen_whole() -> None:
    citizen = at("straat", "meer")
    assert not any(BSN in text for text in keyed(citizen, "text", f"{BSN} dank u"))
    assert fields(citizen.view)["text"] == " dank u"


def test_who_goes_on_with_it_is_told_first_and_then_goes_on() -> None:
    citizen = at("straat", "meer")
    keyed(citizen, "text", f"nummer {BSN}")
    assert told(citizen.view) == []  # it may become a longer number yet
    name = citizen.view.name
    citizen.go_on()
    assert citizen.view.name == name
    assert fields(citizen.view)["text"] == "nummer "
    assert told(citizen.view)
    citizen.go_on()
    assert citizen.view.name != name
    answer = citizen.navigator.journey.answers.get("meer")
    assert answer is not None
    assert answer.fields == {"text": "nummer "}


def test_who_stops_typing_is_told_without_another_key() -> None:
    citizen = at("straat", "meer")
    keyed(citizen, "text", BSN)
    assert citizen.navigator.stopped_typing()
    assert fields(citizen.view)["text"] == ""
    assert told(citizen.view)
    assert not citizen.navigator.stopped_typing()


@pytest.mark.parametrize("button", ["bar.back", READ, "offer.unknown", "bar.stop"])
def test_no_other_button_keeps_it(button: str) -> None:
    citizen = at("straat", "meer")
    keyed(citizen, "text", BSN)
    citizen.press(button)
    assert BSN[:-1] not in repr([*citizen.navigator.journey.answers])
    assert BSN[:-1] not in repr(citizen.view)


def test_a_longer_number_that_is_typed_stays() -> None:
    citizen = at("straat", "meer")
    keyed(citizen, "text", f"kenmerk {BSN}1234567")
    assert fields(citizen.view)["text"] == f"kenmerk {BSN}1234567"
    assert told(citizen.view) == []


def test_a_field_for_a_phone_number_is_read_as_one_first() -> None:
    citizen = at("bel", "telefoon")
    for typed, shown in (("0612345671", "0612345671"), ("612345671", "0612345671"), (BSN, "")):
        citizen.type("phone", typed)
        citizen.navigator.stopped_typing()
        assert fields(citizen.view)["phone"] == shown


def test_what_is_different_is_no_way_around_it() -> None:
    citizen = at("bel", "telefoon").press("offer.different").type("text", BSN)
    assert BSN not in repr(citizen.view)
    assert told(citizen.view)


def test_the_number_of_the_municipality_stays() -> None:
    citizen = at("straat", "meer", Citizen(place=replace(PLACE, rsin="002564440"))).type("text", "002564440")
    assert fields(citizen.view)["text"] == "002564440"


def test_the_screen_that_asks_for_a_reference_takes_none() -> None:
    citizen = Citizen().press("start.status").type("reference", BSN)
    assert fields(citizen.view)["reference"] == ""
    assert told(citizen.view)[0].startswith("Dit lijkt een persoonlijk nummer (BSN).")
    citizen.type("status_code", BSN)
    assert fields(citizen.view)["status_code"] == ""


def test_the_screen_that_asks_for_the_code_of_a_draft_takes_none() -> None:
    citizen = Citizen(place=replace(PLACE, draft_days=7)).press("start.later").type("draft_code", BSN)
    assert fields(citizen.view)["draft_code"] == ""
    assert told(citizen.view)[0].startswith("Dit lijkt een persoonlijk nummer (BSN).")


def with_ground(service: ServiceDefinition, question_id: str) -> ServiceDefinition:
    """Give a service whose question names the law that lets it ask."""
    questions = tuple(
        replace(found, bsn_ground="Wabb art. 10") if found.id == question_id else found for found in service.questions
    )
    return replace(service, questions=questions)


@pytest.mark.parametrize(
    ("may_ask", "has_ground", "stays"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_stays_only_where_the_profile_allows_it_and_the_question_names_its_ground(
    monkeypatch: pytest.MonkeyPatch, *, may_ask: bool, has_ground: bool, stays: bool
) -> None:
    citizen = at("straat", "meer", Citizen(place=replace(PLACE, may_ask_bsn=may_ask)))
    if has_ground:
        case = citizen.navigator._case
        assert case.service is not None
        case.service = with_ground(case.service, "meer")
    citizen.type("text", BSN)
    assert fields(citizen.view)["text"] == (BSN if stays else "")
