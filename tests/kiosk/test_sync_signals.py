# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from domain.case import CaseId, CaseState, CaseSummary
from domain.errors import StoreError
from kiosk.background import Background
from kiosk.sync_signals import SyncSignals
from tests.fakes.case_store import FakeCaseStore
from tests.journeys.citizen import Citizen


class NewsStore(FakeCaseStore):
    """A store whose cases another process changes."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = 0
        self.is_busy = False
        self.asked = 0

    def news_mark(self) -> int:
        self.asked += 1
        if self.is_busy:
            raise StoreError("busy", "wait")
        return self.mark

    def change(self, case_id: CaseId, state: CaseState) -> None:
        self.shared.summaries[case_id] = replace(self.shared.summaries[case_id], state=state)
        self.mark += 1


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close(waits=True)


class Told:
    """What a screen is told about its case; `look` lets a second go by."""

    def __init__(self, qtbot: QtBot, background: Background, case: CaseSummary) -> None:
        self.store = NewsStore()
        self.store.shared.summaries[case.case_id] = case
        self.signals = SyncSignals(self.store, background)
        self.states: list[CaseState] = []
        self.signals.status_changed.connect(self._on_status_changed)
        self._qtbot, self._background = qtbot, background
        self.signals.watch(case.case_id)
        self._settle()
        self.signals._timer.stop()  # the test tells the time

    def _on_status_changed(self, summary: CaseSummary) -> None:
        self.states.append(summary.state)

    def _settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._background.is_busy)

    def look(self) -> None:
        self.signals._timer.timeout.emit()
        self._settle()


@pytest.fixture
def case() -> CaseSummary:
    from domain.intake import Intake
    from kiosk.filing import Filing
    from tests.fakes.sealer import FakeSealer
    from tests.journeys.citizen import PLACE, library, texts_of

    store = FakeCaseStore()
    citizen = Citizen()
    citizen.filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, citizen.clock, "bieb-01")
    citizen.open("bel").go_on().answer_all().go_on()
    return store.summaries()[0]


def test_tells_each_change_once(qtbot: QtBot, background: Background, case: CaseSummary) -> None:
    told = Told(qtbot, background, case)
    told.look()
    told.store.change(case.case_id, CaseState.DELIVERED)
    told.look()
    told.look()

    assert told.states == [CaseState.PENDING, CaseState.DELIVERED]


def test_goes_on_looking_after_the_store_was_busy(qtbot: QtBot, background: Background, case: CaseSummary) -> None:
    told = Told(qtbot, background, case)
    told.store.is_busy = True
    told.look()
    told.store.is_busy = False
    told.store.change(case.case_id, CaseState.DELIVERED)
    told.look()

    assert told.states == [CaseState.PENDING, CaseState.DELIVERED]


def test_follows_nothing_after_the_visit(qtbot: QtBot, background: Background, case: CaseSummary) -> None:
    told = Told(qtbot, background, case)
    told.signals.stop()
    told.store.change(case.case_id, CaseState.DELIVERED)
    asked = told.store.asked
    told.look()

    assert told.states == [CaseState.PENDING]
    assert told.store.asked == asked
