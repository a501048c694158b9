# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The office keeps answers under a code, prints it, and lets them go with their case (feature C25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.joining import open_drafts, open_store
from commands.office import KioskOffice
from commands.visit_room import texts_of
from domain.draft import DraftOutcome, draft_of
from domain.settings import Settings
from kiosk.effects import ForgetDraft, KeepDraft, OpenDraft, PrintDraftCode
from kiosk.printing import SimulatedPrinter
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, Citizen, library
from tests.kiosk.paper.reading import page_texts


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\nid = "kiosk-07"\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return load_settings(file)


def office_of(settings: Settings, clock: FakeClock, tmp_path: Path) -> tuple[KioskOffice, SimulatedPrinter]:
    printer = SimulatedPrinter(tmp_path / "paper")
    return KioskOffice(settings, library(), texts_of, PLACE, clock, printer), printer


def answered() -> Citizen:
    return Citizen(place=PLACE).open("bel").go_on().answer_all({"telefoon": {"phone": "0612345678"}})


def kept_by(citizen: Citizen) -> KeepDraft:
    journey = citizen.navigator.journey
    return KeepDraft(draft_of(journey.definition, journey.answers, "nl", ("check", "")))


def drafts_in(settings: Settings) -> int:
    file = open_drafts(settings)
    found = len(file.rows("SELECT 1 FROM drafts"))
    file.close()
    return found


def test_keeps_opens_and_forgets(settings: Settings, tmp_path: Path) -> None:
    office, _ = office_of(settings, FakeClock(), tmp_path)
    asked = kept_by(answered())
    kept = office.keep_draft(asked)

    assert kept.last_day == FakeClock().now().date() + timedelta(days=7)
    reply = office.open_draft(OpenDraft(kept.code))
    assert (reply.outcome, reply.draft) == (DraftOutcome.OPENED, asked.draft)
    office.forget_draft(ForgetDraft(kept.draft_id))
    assert office.open_draft(OpenDraft(kept.code)).outcome is DraftOutcome.WRONG_CODE


def test_lets_the_draft_go_once_the_case_is_kept(settings: Settings, tmp_path: Path) -> None:
    office, _ = office_of(settings, FakeClock(), tmp_path)
    citizen = answered()
    kept = office.keep_draft(kept_by(citizen))
    receipt = office.file(replace(citizen.navigator.new_order(), draft_id=kept.draft_id))

    assert [case.reference for case in open_store(settings).summaries()] == [receipt.reference]
    assert drafts_in(settings) == 0


def test_keeps_the_case_also_when_its_draft_cannot_go(settings: Settings, tmp_path: Path) -> None:
    office, _ = office_of(settings, FakeClock(), tmp_path)
    (tmp_path / "data" / "drafts.db").mkdir(parents=True)

    receipt = office.file(replace(answered().navigator.new_order(), draft_id="00" * 16))
    assert receipt.reference


def test_promises_no_day_with_a_clock_that_cannot_be_right(settings: Settings, tmp_path: Path) -> None:
    clock = FakeClock()
    clock.advance(timedelta(days=-12_000))
    office, _ = office_of(settings, clock, tmp_path)

    kept = office.keep_draft(kept_by(answered()))
    assert (kept.last_day, kept.days) == (None, 7)


@pytest.mark.parametrize("language", ["nl", "qps"])
def test_prints_the_code_and_nothing_of_what_it_is_about(settings: Settings, tmp_path: Path, language: str) -> None:
    office, printer = office_of(settings, FakeClock(), tmp_path)
    kept = office.keep_draft(kept_by(answered()))

    assert office.print_sheet(PrintDraftCode(kept, language, FakeClock().now().date())) == "printed"
    text = " ".join(page_texts(printer.printed[0].read_bytes()))
    assert kept.code in text
    assert "1 december" in text
    for private in ("Bel mij", "0612345678", "06 12345678"):
        assert private not in text
