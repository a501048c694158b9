# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Debts, energy, benefits, help at home, no home: what cannot wait is said at once, and the hall hears nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest

from domain.answers import Answer, AnswerKind, Answers
from domain.case import CaseState
from domain.journey import Ask, Hurry, Journey
from domain.service import LegalEffect, Privacy
from kiosk.filing import receipt_texts
from kiosk.screens.words import Surroundings, Words
from kiosk.speech.privacy import Route, heard
from kiosk.speech.reading import utterances
from kiosk.view import Preferences, View
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

TODAY = date(2026, 11, 21)
PRIVATE = ("schulden", "energie", "toeslag", "wmo", "geen-huis")
SHELTER = Surroundings(
    PLACE.municipality,
    PLACE.phone,
    PLACE.desk,
    service_settings={"geen-huis": {"shelter_phone": "0123 45 67 89", "shelter_address": "Havenkade 3"}},
)


def journey(service_id: str, **given: str | AnswerKind) -> Journey:
    """Give a journey; a date is written as "2026-11-01", several choices with spaces."""
    answers = Answers()
    for name, value in given.items():
        question = library().service(service_id).question(name.replace("_", "-"))
        if isinstance(value, AnswerKind):
            answers = answers.with_answer(Answer(question.id, value))
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            year, month, day = value.split("-")
            answers = answers.with_answer(Answer(question.id, fields={"day": day, "month": month, "year": year}))
        else:
            field = "choices" if question.type.value == "choices" else "choice"
            answers = answers.with_answer(Answer(question.id, fields={field: value}))
    return Journey(library().service(service_id), answers, TODAY)


def words(place: Surroundings = PLACE) -> Words:
    return Words(texts_of("nl"), library(), place, Preferences(), TODAY)


def heard_in_the_hall(view: View) -> str:
    return " ".join(heard(one, Route.LOUDSPEAKER) for one in utterances(view))


URGENT = [
    *(("schulden", "haast", word) for word in ("huis-uit", "energie", "water", "zorg", "eten", "deurwaarder")),
    *(("schulden", "haast", word) for word in ("onveilig", "zwaar")),
    *(("energie", "afgesloten", word) for word in ("dicht", "brief", "bijna-leeg")),
    ("energie", "rondkomen", "nee"),
    *(("toeslag", "woorden", word) for word in ("dwangbevel", "deurwaarder")),
    ("toeslag", "rondkomen", "nee"),
    *(("wmo", "spoed", word) for word in ("alleen", "eten", "helper-weg", "onveilig", "zwaar")),
    *(("geen-huis", "vannacht", word) for word in ("nee", "onveilig", "zwaar")),
    *(("geen-huis", "nodig", word) for word in ("eten", "dokter")),
]


@pytest.mark.parametrize(("service_id", "question_id", "word"), URGENT)
def test_says_at_once_whom_to_call_when_an_answer_cannot_wait(service_id: str, question_id: str, word: str) -> None:
    answered = journey(service_id, **{question_id.replace("-", "_"): word})
    road = answered.steps()
    asked = [step.question.id if isinstance(step, Ask) else "" for step in road]

    assert isinstance(road[asked.index(question_id) + 1], Hurry)
    assert answered.is_urgent
    assert answered.needs_person
    for haste in answered.hastes:
        text = words().service(answered.definition, f"haste.{haste.id}.text")
        assert PLACE.phone in text
        assert "{" not in text


@pytest.mark.parametrize(
    ("service_id", "question_id", "word"),
    [
        ("schulden", "haast", "geen"),
        ("energie", "afgesloten", "aan"),
        ("energie", "rondkomen", "ja"),
        ("toeslag", "woorden", "betalen"),
        ("wmo", "spoed", "nee"),
        ("geen-huis", "vannacht", "ja"),
        ("geen-huis", "nodig", "douche"),
    ],
)
def test_brings_no_haste_when_it_can_wait(service_id: str, question_id: str, word: str) -> None:
    assert not journey(service_id, **{question_id.replace("-", "_"): word}).is_urgent


@pytest.mark.parametrize("service_id", ["schulden", "wmo", "geen-huis"])
def test_explains_how_to_leave_first_when_somebody_is_not_safe(service_id: str) -> None:
    service = library().service(service_id)
    asked = {"schulden": "haast", "wmo": "spoed", "geen-huis": "vannacht"}[service_id]
    answered = journey(service_id, **{asked: "onveilig"})

    assert "Snel weg" in words().service(service, f"question.{asked}.help")
    assert answered.hastes[0].id == "onveilig"
    said = words().service(service, "haste.onveilig.text")
    assert said.index("Snel weg") < said.index("112")


@pytest.mark.parametrize("service_id", ["schulden", "wmo", "geen-huis"])
def test_gives_the_numbers_of_113_to_who_cannot_go_on(service_id: str) -> None:
    said = words().service(library().service(service_id), "haste.zwaar.text")

    assert "Bel 113 of 0800-0113." in said


@pytest.mark.parametrize("service_id", PRIVATE)
def test_keeps_a_private_title_from_the_hall_on_every_screen(service_id: str) -> None:
    service = library().service(service_id)
    assert service.title_privacy is not Privacy.OPEN
    private = {words().service(service, key) for key in ("title", "tile", "event")}
    neutral = words().service(service, "privacy_title")
    assert neutral not in private

    citizen = Citizen()
    seen = [citizen.view]
    if service.tile_place == 0:
        citizen.press("start.more")
        seen.append(citizen.view)
    citizen.open(service_id)
    seen.append(citizen.view)
    citizen.go_on()
    for _ in range(60):
        seen.append(citizen.view)
        if citizen.view.name == f"{service_id}.check":
            break
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()

    assert seen[-1].name == f"{service_id}.check"
    assert neutral in heard_in_the_hall(seen[0] if service.tile_place else seen[1])
    for view in seen:
        heard = heard_in_the_hall(view)
        assert not {title for title in private if title in heard}, view.name


@pytest.mark.parametrize("service_id", PRIVATE)
def test_keeps_a_private_title_off_the_paper(service_id: str) -> None:
    texts = receipt_texts(words(), journey(service_id), CaseState.PENDING)

    assert texts.title == words().service(library().service(service_id), "privacy_title")
    paper = f"{texts.title} {texts.you_do} {texts.we_do} {texts.bring} {texts.advice} {texts.effect}"
    assert words().title(library().service(service_id)) not in paper
    assert "{" not in paper


@pytest.mark.parametrize(
    ("word", "duty", "day"), [("geen", "gesprek", date(2026, 12, 19)), ("water", "gesprek-snel", date(2026, 11, 25))]
)
def test_talks_about_money_within_four_weeks_or_three_working_days(word: str, duty: str, day: date) -> None:
    answered = journey("schulden", haast=word)
    talks = [found for found in answered.duties if found.id.startswith("gesprek")]

    assert [found.id for found in talks] == [duty]
    assert talks[0].term is not None
    assert answered.due(talks[0].term) == day
    assert answered.promised_on == date(2026, 11, 25)


def test_prepares_an_objection_but_never_calls_the_message_one() -> None:
    service = library().service("toeslag")
    answered = journey("toeslag", woorden="besluit", datum="2026-11-10", wens="bezwaar later")
    send = next(duty for duty in answered.duties if duty.id == "sturen")

    assert service.legal_effect is LegalEffect.OBJECTION
    assert words().service(service, "effect").startswith("Dit is nog geen bezwaar.")
    assert send.term is not None
    assert answered.due(send.term) == date(2026, 12, 22)
    assert "sturen" not in [duty.id for duty in journey("toeslag", wens="later").duties]


def test_never_says_that_paying_back_stops() -> None:
    texts = library().dutch("toeslag")

    assert "Vraag of u later mag betalen." in texts["advice.later-betalen.title"]
    assert not [key for key, text in texts.items() if re.search(r"hoeft .*niet te betalen|stopt", text)]


@pytest.mark.parametrize(("day", "is_late"), [("2026-10-08", True), ("2026-10-10", False)])
def test_tells_who_is_late_that_looking_again_is_possible(day: str, *, is_late: bool) -> None:
    found = [advice.id for advice in journey("toeslag", woorden="besluit", datum=day).advice]

    assert ("te-laat" in found) is is_late
    assert "5 jaar na het einde" in library().text("toeslag", "nl", "advice.te-laat.text")[0]


@pytest.mark.parametrize("service_id", PRIVATE)
def test_asks_nobody_for_an_illness_a_handicap_or_a_belief(service_id: str) -> None:
    texts = library().dutch(service_id)
    asked = {key: text for key, text in texts.items() if key.startswith("question.")}

    assert not [key for key, text in asked.items() if re.search(r"ziek|handicap|beperking|geloof|diagnose", text)]


def test_sends_who_has_no_bed_to_the_shelter_of_this_place() -> None:
    service = library().service("geen-huis")
    set_up = words(SHELTER).service(service, "haste.vannacht.text")

    assert "0123 45 67 89" in set_up
    assert "Havenkade 3" in set_up
    assert PLACE.phone in words().service(service, "haste.vannacht.text")


def test_takes_who_does_not_know_where_to_sleep_for_somebody_without_a_bed() -> None:
    assert journey("geen-huis", vannacht=AnswerKind.UNKNOWN).is_urgent


def test_reaches_somebody_without_phone_or_address_at_the_desk() -> None:
    answered = journey("geen-huis", bereiken="ik-kom-hier-terug", terugkomdag="2026-11-24")
    back = next(duty for duty in answered.duties if duty.id == "terugkomen")

    assert back.term is not None
    assert answered.due(back.term) == date(2026, 11, 24)
    assert "telefoon" not in {question.id for question in answered.questions}


def test_promises_no_energy_allowance() -> None:
    texts = library().dutch("energie")
    said = [text for text in texts.values() if "energietoeslag" in text.lower()]

    assert said
    assert all("bestaat niet meer" in text or text == "Is er nog energietoeslag?" for text in said)
