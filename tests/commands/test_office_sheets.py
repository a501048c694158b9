# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The office prints letters, strips and phone cards, with a store that was never opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.office import KioskOffice
from commands.visit_room import texts_of
from domain.answers import Answer, Answers
from domain.case import CaseId
from domain.settings import defaults
from kiosk.effects import Order, PrintLetter, PrintPhoneCard, PrintStrip, Sheet
from kiosk.printing import SimulatedPrinter
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library
from tests.kiosk.paper.reading import page_texts

NINTH = {"day": "9", "month": "11", "year": "2026"}


def order() -> Order:
    answers = Answers()
    for question, fields in (
        ("afzender", {"choice": "gemeente"}),
        ("woorden", {"choices": "besluit"}),
        ("datum", NINTH),
        ("bezwaar-maken", {"choice": "ja"}),
        ("wens", {"choice": "zelf"}),
    ):
        answers = answers.with_answer(Answer(question, fields=fields))
    today = FakeClock().now().date()
    return Order(CaseId("case"), "REFERENCE", "1234", library().service("brief"), answers, today, "qps")


SHEETS: dict[str, Sheet] = {
    "letter": PrintLetter(order(), "bezwaar"),
    "strip": PrintStrip(order()),
    "card": PrintPhoneCard(library().service("bel"), "qps", FakeClock().now().date()),
}


def office(printer: SimulatedPrinter, folder: Path) -> KioskOffice:
    settings = defaults()
    settings = replace(settings, device=replace(settings.device, data_dir=folder / "never-made"))
    return KioskOffice(settings, library(), texts_of, PLACE, FakeClock(), printer)


@pytest.mark.parametrize(
    ("name", "said"),
    [("letter", "bezwaar tegen uw besluit van 9 november 2026"), ("strip", "21"), ("card", "Goedemorgen.")],
)
def test_prints_a_sheet_without_opening_the_store(name: str, said: str, tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path / "paper")

    assert office(printer, tmp_path).print_sheet(SHEETS[name]) == "printed"
    (page,) = printer.printed
    assert said in " ".join(page_texts(page.read_bytes()))
    assert not (tmp_path / "never-made").exists()


@pytest.mark.parametrize("name", list(SHEETS))
def test_says_truthfully_that_there_is_no_paper(name: str, tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path / "paper")
    printer.has_paper = False

    assert office(printer, tmp_path).print_sheet(SHEETS[name]) == "paper_out"
