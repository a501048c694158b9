# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes the pictures of README and manuals anew, of the real windows and the real receipt: `make pictures`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtWidgets import QApplication

from commands.visit_room import texts_of
from commands.window_words import window_words
from domain.consent import ConsentKind
from domain.intake import Intake
from domain.setting_types import LANGUAGES
from domain.staff import Role
from kiosk.filing import Filing
from kiosk.navigator import Navigator
from kiosk.paper.paper_size import Paper
from kiosk.paper.receipt_page import receipt_pdf
from kiosk.screens.consent import NO
from kiosk.view import HUMAN, Event, TextSize, ThemeName, View
from kiosk.window import KioskWindow
from tests.desk_pictures import take_desk
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (1920, 1080)
WIDTH = 960
COLOURS = 64
ANSWERS = {
    "voor-wie": {"choice": "mijzelf"},
    "nieuw": {"choice": "nee"},
    "datum": {"day": "14", "month": "12", "year": "2026"},
    "adres": {"postcode": "1234 ab", "number": "12", "street": "Dorpsstraat", "city": "Voorbeeldstad"},
    "inwonen": {"choice": "nee"},
    "samen": {"choice": "nee"},
    "naam": {"text": "Fatima Jansen"},
    "bereiken": {"choice": "telefoon"},
    "telefoon": {"phone": "0612345678"},
}


class Camera:
    """The real window, showing what the citizen sees."""

    def __init__(self) -> None:
        self._window = KioskWindow(_nobody, words=window_words(texts_of))
        self._window.resize(*SIZE)
        self._window.show()

    def take(self, name: str, view: View, marked: tuple[str, int, int, int, int] | None = None) -> None:
        self._window.show_view(view)
        QApplication.processEvents()
        if marked is not None:
            self._window.highlight(*marked)
        QApplication.processEvents()
        path = FOLDER / f"{name}.png"
        self._window.snapshot(str(path))
        shrink(path)


def _nobody(_event: Event) -> None:
    """Nobody touches a picture."""


def shrink(path: Path, width: int = WIDTH) -> None:
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize(
            (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
        )
    small.quantize(COLOURS).save(path, optimize=True)


def main() -> int:
    application = QApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    camera, clock = Camera(), FakeClock()
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    place = replace(PLACE, languages=LANGUAGES)
    citizen = Citizen(filing=filing, clock=clock, place=place)
    camera.take("start", citizen.view)
    citizen.open("verhuizen").go_on().choose("mijzelf").go_on().choose("nee").go_on()
    for field_id, text in ANSWERS["datum"].items():
        citizen.type(field_id, text)
    title = citizen.heading
    word = title.index("dag")
    camera.take("question", citizen.view, ("title", 0, len(title), word, word + len("dag")))
    citizen.answer_all(ANSWERS)
    camera.take("check", citizen.view)
    citizen.go_on()
    camera.take("confirmation", citizen.view)
    yellow = Navigator(library(), texts_of, place, clock)
    yellow.preferences = replace(yellow.preferences, theme=ThemeName.YELLOW, text_size=TextSize.LARGE)
    camera.take("yellow", yellow.view)
    arabic = Navigator(library(), texts_of, place, clock)
    arabic.preferences = replace(arabic.preferences, language="ar")
    camera.take("arabic", arabic.view)
    with_helper = Citizen(filing=filing, clock=clock, place=place).open("verhuizen").go_on().press(HUMAN).go_back()
    desk = with_helper.navigator.consent_desk
    desk.joined(Role.HELPER)
    for _ in range(20):
        if with_helper.navigator.asked_id == "adres":
            break
        with_helper = with_helper.dont_know() if "offer.unknown" in with_helper.buttons() else with_helper.go_on()
    for field_id, text in ANSWERS["adres"].items():
        with_helper.type(field_id, text)
    asked = with_helper.view
    desk.ask(ConsentKind.IDENTITY)
    camera.take("consent", with_helper.view)
    with_helper.press(NO)
    take_desk(FOLDER, shrink, asked, desk)
    assert citizen.receipt is not None
    pages = pypdfium2.PdfDocument(receipt_pdf(citizen.receipt, Paper.A4))
    receipt = FOLDER / "receipt.png"
    pages[0].render(scale=2).to_pil().crop((0, 0, 1190, 900)).save(receipt)
    shrink(receipt, 640)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
