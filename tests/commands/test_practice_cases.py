# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented cases for practising: complete, of ten kinds, some late and urgent, and never taken for real ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from commands.desk_counter import open_work_list
from commands.joining import open_store
from commands.practice_cases import answers_of, file_practice_cases, practice_cases
from domain.errors import PracticeError
from domain.journey import Journey
from domain.practice import is_practice_case
from domain.settings import DeviceSettings, Settings
from resources.service_library import ServiceLibrary
from tests.fakes.clock import TUESDAY, FakeClock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "practice"
    folder.mkdir(mode=0o700)
    return Settings(device=DeviceSettings(data_dir=folder, is_practice=True))


def test_each_case_is_answered_to_the_end_with_the_words_of_its_file() -> None:
    known = {service.id: service for service in ServiceLibrary.load().services}
    for case in practice_cases():
        today = (TUESDAY - timedelta(days=case.days_ago)).date()
        answers = answers_of(known[case.service], case, today)
        journey = Journey(known[case.service], answers, today)
        assert journey.is_complete, case.service
        asked = {question.id for question in journey.questions}
        assert set(case.answers) | case.unknown | case.different <= asked, case.service


def test_files_cases_of_ten_kinds_of_which_some_are_late_and_some_urgent(settings: Settings) -> None:
    assert file_practice_cases(settings, FakeClock()) == 20
    found = open_work_list(settings)
    items = found.page(100)
    counts = found.counts(TUESDAY.date())
    assert len({item.service_id for item in items}) >= 10
    assert counts.late >= 4
    assert counts.urgent >= 3
    assert sum(item.asks_call for item in items) >= 2
    assert len({case.language for case in practice_cases()}) >= 5


def test_every_case_is_marked_as_practice(settings: Settings) -> None:
    file_practice_cases(settings, FakeClock())
    assert all(is_practice_case(summary.case_id) for summary in open_store(settings).summaries())


def test_files_nothing_among_real_cases(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir(mode=0o700)
    settings = Settings(device=DeviceSettings(data_dir=folder))
    with pytest.raises(PracticeError):
        file_practice_cases(settings, FakeClock())
    assert open_store(settings).summaries() == []
