# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Photos, papers, recordings and places, told as a visit: from the question to the sealed documents."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from domain.attachment import FileContent, Heard, Loudness, ShelfPicture
from domain.errors import AttachmentError, AttachmentReason
from domain.intake import Intake
from domain.submission import from_bytes
from kiosk.background import Background
from kiosk.effects import FetchPicture, FindPictures, PlayRecording, StartRecording, StopRecording
from kiosk.filing import Filing
from kiosk.navigator import Navigator
from kiosk.screens.asked import Phase
from kiosk.tray_work import TrayWork
from kiosk.view import BACK, HUMAN, ButtonRow, Chose, ErrorText, PlaceMap, Snapshots
from resources.service_library import SERVICES, ServiceLibrary
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.recorder import FakeRecorder
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, texts_of
from tests.kiosk.devices.test_recorder import tone
from tests.kiosk.pictures import PDF

SERVICE = """
id = "melding"
version = 1
owner = "Buitendienst"
case_type = "melding"
legal_effect = "none"
icon = "mdi6.road-variant"

[promise]
working_days = 5

[[question]]
id = "waar"
type = "place"

[[question]]
id = "foto"
type = "photo"
is_optional = true

[[question]]
id = "verhaal"
type = "spoken"
is_optional = true

[[question]]
id = "wanneer"
type = "time_wish"

[[duty]]
id = "u"
side = "citizen"

[[duty]]
id = "wij"
side = "government"
term = { working_days = 5 }

[[channel]]
kind = "phone"
[[channel]]
kind = "desk"
[[channel]]
kind = "post"

[[source]]
fact = "iets"
where = "ergens"
checked_on = 2026-11-01
"""

WORDS = """
title = "Er is iets kapot"
tile = "Kapot"
event = "Er is iets kapot."
what_happens = ["Wij komen kijken."]
how_long = "5 werkdagen."
who = "Iedereen."
phone_card = ["Er is iets kapot bij ..."]
question.waar.title = "Waar is het?"
question.waar.why = "Dan vinden wij het."
question.foto.title = "Hebt u een foto?"
question.foto.why = "Dan zien wij het."
question.verhaal.title = "Wat is er gebeurd?"
question.verhaal.why = "Dan weten wij het."
question.wanneer.title = "Wanneer bent u thuis?"
question.wanneer.why = "Dan komen wij langs."
duty.u = "U doet niets."
duty.wij = "Wij kijken op {date}."
channel.phone = "Bel {phone}"
channel.desk = "Kom langs: {desk}"
channel.post = "Schrijf ons."
"""

PHOTO = FileContent("image/jpeg", b"\xff\xd8\xff foto", b"klein")


@pytest.fixture
def library(tmp_path: Path) -> ServiceLibrary:
    shutil.copytree(SERVICES / "shared", tmp_path / "shared")
    (tmp_path / "melding").mkdir()
    (tmp_path / "melding" / "service.toml").write_text(SERVICE, encoding="utf-8")
    (tmp_path / "melding" / "nl.toml").write_text(WORDS, encoding="utf-8")
    found = ServiceLibrary.load(tmp_path)
    assert found.closed == ()
    return found


@pytest.fixture
def store() -> FakeCaseStore:
    return FakeCaseStore()


@pytest.fixture
def citizen(library: ServiceLibrary, store: FakeCaseStore) -> Citizen:
    place = replace(PLACE, has_pictures=True, has_microphone=True)
    found = Citizen(place=place)
    found.filing = Filing(Intake(store, FakeSealer()), library, texts_of, place, found.clock, "bieb-01")
    found._navigator = Navigator(library, texts_of, place, found.clock)
    return found.open("melding").go_on()


def at(citizen: Citizen, question: str) -> Citizen:
    while not citizen.view.name.endswith(question):
        citizen.dont_know()
    return citizen


def sent(store: FakeCaseStore) -> list[tuple[str, str, bytes]]:
    (sealed,) = store.shared.sealed.values()
    submission = from_bytes(FakeSealer.opened(sealed))
    name = submission.header.reference
    return [(each.file_name.replace(name, "ref"), each.media_type, each.content) for each in submission.documents[1:]]


def test_sends_photo_paper_and_voice_along_sealed_and_in_order(citizen: Citizen, store: FakeCaseStore) -> None:
    desk = at(citizen, "foto").navigator.desk
    citizen.press("photo.choose")
    assert citizen.view.name == "pictures"
    desk.pictures_found((ShelfPicture("p1", "14.20"),))
    citizen.press("photo.take.p1")
    desk.picture_fetched(PHOTO)
    citizen.press("photo.choose").press("photo.take.p2")
    desk.picture_fetched(FileContent("application/pdf", PDF))
    citizen.go_on().press("spoken.start")
    desk.recorded(FileContent("audio/wav", b"RIFF", seconds=3))
    citizen.go_on().answer_all().go_on()

    assert sent(store) == [
        ("ref-1.jpg", "image/jpeg", PHOTO.content),
        ("ref-2.pdf", "application/pdf", PDF),
        ("ref-3.wav", "audio/wav", b"RIFF"),
    ]
    kinds = [type(effect) for effect in citizen.effects]
    assert kinds[:5] == [FindPictures, FetchPicture, FindPictures, FetchPicture, StartRecording]


def test_sends_nothing_that_was_taken_away_or_erased(citizen: Citizen, store: FakeCaseStore) -> None:
    desk = at(citizen, "foto").navigator.desk
    citizen.press("photo.choose").press("photo.take.p1")
    desk.picture_fetched(PHOTO)
    shown = citizen.part("photo.added")
    assert isinstance(shown, Snapshots)
    citizen.press(shown.snapshots[0].id).go_on().press("spoken.start")
    desk.recorded(FileContent("audio/wav", b"RIFF", seconds=3))
    citizen.press("spoken.erase").go_on().answer_all().go_on()

    assert sent(store) == []
    assert dict(desk.beside.attachments) == {}


def test_says_kindly_why_a_photo_is_not_taken_and_goes_on_without(citizen: Citizen) -> None:
    desk = at(citizen, "foto").navigator.desk
    citizen.press("photo.choose").press("photo.take.p1")
    desk.picture_refused(AttachmentReason.TOO_LARGE)

    problem = next(part for part in citizen.view.parts if isinstance(part, ErrorText))
    assert "te groot" in problem.text
    assert citizen.go_on().view.name.endswith("verhaal")


def test_keeps_a_photo_that_arrives_after_the_visitor_went_on(citizen: Citizen, store: FakeCaseStore) -> None:
    desk = at(citizen, "foto").navigator.desk
    citizen.press("photo.choose").press("photo.take.p1").go_on()
    desk.picture_fetched(PHOTO)
    citizen.answer_all().go_on()

    assert sent(store) == [("ref-1.jpg", "image/jpeg", PHOTO.content)]


@pytest.mark.parametrize("button", [BACK, HUMAN])
def test_stops_listening_on_every_other_screen(button: str, citizen: Citizen) -> None:
    at(citizen, "verhaal").press("spoken.start").press(button)

    assert isinstance(citizen.effects[-1], StopRecording)
    citizen.navigator.desk.recorded(FileContent("audio/wav", b"RIFF", seconds=3))
    assert citizen.navigator.desk.beside.phase is Phase.QUIET


def test_shows_how_long_and_how_loud_and_plays_it_back(citizen: Citizen) -> None:
    desk = at(citizen, "verhaal").press("spoken.start").navigator.desk
    desk.heard(Heard(72, Loudness.SOFT))
    assert "1:12" in citizen.notices[0]
    assert "zacht" in citizen.notices[0]
    file = FileContent("audio/wav", b"RIFF", seconds=73)
    desk.recorded(file)
    citizen.press("spoken.play")
    assert citizen.effects[-1] == PlayRecording(file)


def test_offers_typing_where_there_is_no_microphone_and_no_pictures(library: ServiceLibrary) -> None:
    citizen = Citizen(place=PLACE)
    citizen._navigator = Navigator(library, texts_of, PLACE, citizen.clock)
    at(citizen.open("melding").go_on(), "foto")
    assert "photo.choose" not in citizen.buttons()
    citizen.go_on()
    assert "spoken.start" not in citizen.buttons()
    citizen.type("text", "Het gaat om een brief.").go_on()
    assert citizen.view.name.endswith("wanneer")


def test_gives_the_same_place_by_street_and_by_map(citizen: Citizen) -> None:
    citizen.type("street", "ker")
    row = citizen.part("place.streets")
    assert isinstance(row, ButtonRow)
    citizen.press("place.street.Kerkplein")
    assert "vak C4" in str(citizen.part("understood"))
    citizen.type("street", "").press("place.way.square")
    assert isinstance(citizen.part("square"), PlaceMap)
    citizen.navigator.handle(Chose("square", "C4"))
    assert "vak C4" in str(citizen.part("understood"))
    citizen.navigator.handle(Chose("square", "C4"))
    citizen.press("place.way.near").type("near", "Achter de kerk")
    assert citizen.go_on().view.name.endswith("foto")


def test_is_there_always_with_one_button(citizen: Citizen) -> None:
    at(citizen, "wanneer").press("time_wish.always")
    assert "altijd" in str(citizen.part("understood"))
    citizen.press("time_wish.always").go_on()
    assert any(isinstance(part, ErrorText) for part in citizen.view.parts)
    citizen.navigator.handle(Chose("days", "ma"))
    assert not citizen.go_on().view.name.endswith("wanneer")


class Shelf:
    """Pictures of a test."""

    def pictures(self) -> tuple[ShelfPicture, ...]:
        return (ShelfPicture("p1", "14.20"),)

    def fetch(self, picture_id: str) -> FileContent:
        if picture_id != "p1":
            raise AttachmentError(AttachmentReason.GONE)
        return PHOTO


def test_carries_out_what_the_tray_needs_of_devices(citizen: Citizen, qtbot: QtBot) -> None:
    desk = at(citizen, "foto").navigator.desk
    background, recorder = Background(), FakeRecorder()
    played: list[FileContent] = []
    work = TrayWork(desk, background, lambda: None, Shelf(), recorder, played.append)

    citizen.press("photo.choose")
    work.carry_out(FindPictures())
    qtbot.waitUntil(lambda: desk.beside.shelf is not None)
    citizen.press("photo.take.p1")
    work.carry_out(FetchPicture("p1"))
    qtbot.waitUntil(lambda: not desk.beside.is_fetching)
    assert [each.file for each in desk.beside.attachments.values()] == [PHOTO]

    citizen.go_on().press("spoken.start")
    work.carry_out(StartRecording())
    qtbot.waitUntil(lambda: recorder.is_on)
    recorder.says(tone(200))
    qtbot.waitUntil(lambda: not desk.tray.is_recording)  # three minutes are enough
    assert not work.is_listening
    kept = desk.tray.get(desk._screen.fields_of(desk._screen.asked_id)["recording"])
    assert kept is not None
    assert kept.file.seconds == 180
    work.carry_out(PlayRecording(kept.file))
    assert played == [kept.file]
    background.close(waits=True)
