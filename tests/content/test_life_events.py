# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Birth, death, papers and the street: what must be said at once, and what nobody is asked."""

from __future__ import annotations

import re
from datetime import date

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.journey import Hurry, Journey
from domain.service import AnswerType
from i18n.texts import Texts
from kiosk.screens.pauses import haste_view
from kiosk.screens.words import Surroundings, Words
from kiosk.speech.reading import utterances
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary

LIBRARY = ServiceLibrary.load()
TODAY = date(2026, 11, 21)
MINE = ["idbewijs", "geboorte", "overlijden", "parkeren", "afvalpas"]

Given = str | AnswerKind | date


def journey(service_id: str, **given: Given) -> Journey:
    service = LIBRARY.service(service_id)
    answers = Answers()
    for name, value in given.items():
        question = service.question(name.replace("_", "-"))
        answers = answers.with_answer(_answer(question.id, question.type, value))
    return Journey(service, answers, TODAY)


def _answer(question_id: str, kind: AnswerType, value: Given) -> Answer:
    if isinstance(value, AnswerKind):
        return Answer(question_id, value)
    if isinstance(value, date):
        fields = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return Answer(question_id, fields=fields)
    return Answer(question_id, fields={"choices" if kind is AnswerType.CHOICES else "choice": value} if value else {})


def words(**settings: str) -> Words:
    place = Surroundings("Voorbeeldstad", "14 000", "balie 1", service_settings=dict.fromkeys(MINE, settings))
    return Words(Texts("nl"), LIBRARY, place, Preferences(), TODAY)


def hurried(found: Journey) -> list[str]:
    return [haste.id for haste in found.hastes]


def advised(found: Journey) -> list[str]:
    return [advice.id for advice in found.advice]


ANYBODY = ["mijzelf", "mijn-kind", "iemand-anders", "", *(kind for kind in AnswerKind if kind is not AnswerKind.GIVEN)]


@pytest.mark.parametrize("for_whom", ANYBODY)
def test_a_death_is_haste_right_after_the_first_question_whatever_the_answer(for_whom: Given) -> None:
    steps = journey("overlijden", voor_wie=for_whom).steps()

    assert isinstance(steps[1], Hurry)
    assert journey("overlijden", voor_wie=for_whom).is_urgent


def test_above_a_condolence_nobody_shouts() -> None:
    answered = journey("overlijden", voor_wie="mijzelf")
    hurry = answered.steps()[1]
    assert isinstance(hurry, Hurry)
    view = haste_view(words(), answered, hurry)
    said = [utterance.text for utterance in utterances(view)]

    assert "Wij helpen u meteen." in said
    assert "Wij leven met u mee." in said
    assert "Er is haast. Wacht niet op ons." not in said
    assert any("Bel nu 14 000" in text for text in said)


def test_a_death_and_a_birth_name_a_number_before_anything_is_asked() -> None:
    for service_id in ("overlijden", "geboorte"):
        assert "14 000" in words().service(LIBRARY.service(service_id), "event")


@pytest.mark.parametrize(("answer", "calls"), [("nee", True), (AnswerKind.UNKNOWN, True), ("ja", False)])
def test_a_doctor_comes_first_when_nobody_came_yet(answer: Given, *, calls: bool) -> None:
    assert ("dokter" in hurried(journey("overlijden", voor_wie="mijzelf", dokter=answer))) is calls


def test_a_funeral_is_on_the_sixth_working_day_at_the_latest() -> None:
    found = journey("overlijden", datum=date(2026, 5, 22))  # a Friday, with Pinksteren after it
    duty = next(duty for duty in found.duties if duty.id == "uitvaart")

    assert duty.term is not None
    assert found.due(duty.term) == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("born", "last_day"),
    [
        (date(2026, 11, 16), date(2026, 11, 19)),  # Monday: Thursday
        (date(2026, 11, 18), date(2026, 11, 23)),  # the third day is a Saturday
        (date(2026, 11, 19), date(2026, 11, 23)),  # the third day is a Sunday
        (date(2026, 11, 20), date(2026, 11, 24)),  # Friday: two working days at least
        (date(2026, 11, 21), date(2026, 11, 24)),
        (date(2026, 11, 15), date(2026, 11, 18)),
    ],
)
def test_the_third_day_after_a_birth_moves_past_a_weekend(born: date, last_day: date) -> None:
    found = journey("geboorte", situatie="geboren", datum=born)
    duty = next(duty for duty in found.duties if duty.id == "drie-dagen")

    assert duty.term is not None
    assert found.due(duty.term) == last_day


@pytest.mark.parametrize("answer", ["geboren", *(kind for kind in AnswerKind if kind is not AnswerKind.GIVEN)])
def test_a_birth_does_not_wait_for_us(answer: Given) -> None:
    assert hurried(journey("geboorte", situatie=answer)) == ["aangifte"]


def test_a_baby_that_is_still_to_come_is_no_haste() -> None:
    found = journey("geboorte", situatie="nog-niet")

    assert not found.is_urgent
    assert "datum" not in [question.id for question in found.questions]


def test_parents_who_lost_their_child_are_asked_nothing_about_the_birth_and_not_congratulated() -> None:
    found = journey("geboorte", situatie="overleden")
    own = [question.id for question in found.questions if not question.is_shared]

    assert own == ["situatie", "praten"]
    assert hurried(found) == ["overleden"]
    assert found.needs_person
    assert not {"gefeliciteerd", "kinderbijslag", "niet-getrouwd"} & set(advised(found))
    assert not {"drie-dagen", "tekenen", "akte"} & {duty.id for duty in found.duties}


@pytest.mark.parametrize("service_id", ["geboorte", "overlijden"])
def test_the_paper_does_not_tell_strangers_what_happened(service_id: str) -> None:
    said = words().service(LIBRARY.service(service_id), "privacy_title")

    assert not re.search(r"geboren|overleden|baby", said)


@pytest.mark.parametrize(
    ("what", "age", "wanted"),
    [
        ("paspoort", "onder-12", {"gezag"}),
        ("paspoort", "van-12-tot-18", {"gezag"}),
        ("paspoort", "vanaf-18", set()),
        ("allebei", "van-12-tot-18", {"gezag"}),
        ("id-kaart", "onder-12", {"gezag-kaart"}),
        ("id-kaart", "van-12-tot-18", set()),
        ("id-kaart", AnswerKind.UNKNOWN, {"gezag-kaart"}),
    ],
)
def test_parents_say_yes_to_a_passport_until_18_and_to_an_id_card_until_12(
    what: str, age: Given, wanted: set[str]
) -> None:
    found = journey("idbewijs", voor_wie="mijn-kind", wat=what, leeftijd=age)

    assert {"gezag", "gezag-kaart"} & set(advised(found)) == wanted
    assert any(item.id.startswith("toestemming") for item in found.bring) is bool(wanted)


def test_a_grown_up_is_not_asked_for_the_yes_of_parents() -> None:
    found = journey("idbewijs", voor_wie="mijzelf", wat="paspoort")

    assert "leeftijd" not in [question.id for question in found.questions]
    assert not {"gezag", "gezag-kaart"} & set(advised(found))


@pytest.mark.parametrize(("day", "is_urgent"), [(date(2026, 11, 28), True), (date(2026, 11, 29), False)])
def test_a_passport_needed_within_a_week_is_haste(day: date, *, is_urgent: bool) -> None:
    assert journey("idbewijs", snel="ja", nodig_op=day).is_urgent is is_urgent


def test_somebody_who_cannot_come_gets_a_person_and_says_no_reason() -> None:
    found = journey("idbewijs", langskomen="lukt-niet")

    assert found.needs_person
    assert "komen" not in [question.id for question in found.questions]


@pytest.mark.parametrize("service_id", ["idbewijs", "geboorte", "overlijden"])
def test_a_wish_for_an_appointment_is_called_a_request(service_id: str) -> None:
    effect = words().service(LIBRARY.service(service_id), "effect")

    assert effect.startswith("Dit is een verzoek om een afspraak.")


@pytest.mark.parametrize("service_id", ["parkeren", "idbewijs", "afvalpas", "geboorte", "overlijden"])
def test_no_question_is_about_a_handicap_an_illness_or_a_belief(service_id: str) -> None:
    asked = [text for key, text in LIBRARY.dutch(service_id).items() if key.startswith("question.")]

    assert not [text for text in asked if re.search(r"handicap|ziek\b|ziekte|geloof|godsdienst", text, re.IGNORECASE)]


def test_who_parks_can_read_about_the_card_for_a_handicap_without_being_asked() -> None:
    said = advised(journey("parkeren"))

    assert "gehandicaptenparkeerkaart" in said


def test_a_price_shows_when_the_settings_hold_it() -> None:
    service = LIBRARY.service("parkeren")

    assert "€ 12" in words(price_permit="€ 12 per maand").service(service, "advice.kosten.text")


@pytest.mark.parametrize("service_id", MINE)
def test_no_brace_shows_where_the_settings_hold_no_price(service_id: str) -> None:
    service = LIBRARY.service(service_id)
    shown = {key: words(price_permit=" ").service(service, key) for key in LIBRARY.dutch(service_id)}

    named = {key for key, text in shown.items() for name in service.settings if f"{{{name}}}" in text}
    assert not named


def test_a_linked_visit_asks_for_the_address_by_the_same_name() -> None:
    kinds = {LIBRARY.service(name).question("adres").type for name in ("verhuizen", "parkeren", "afvalpas")}

    assert kinds == {AnswerType.ADDRESS}
