# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second door before what is added to a case."""

from datetime import date, datetime

import pytest

from domain.case import CaseId, CaseState
from domain.errors import BsnRefusedError
from domain.follow_up import ChangedLine, FollowUpHeader, FollowUpKind
from domain.intake import BsnRules
from domain.status_check import FoundCase, StatusReply
from kiosk.adding import Adding
from kiosk.effects import AddToCase
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import texts_of

BSN = "999990019"  # published for testing


class Book:
    """Keeps what is added."""

    def __init__(self) -> None:
        self.kept: list[FollowUpHeader] = []

    def look_up(self, reference: str, status_code: str, now: datetime) -> StatusReply:
        raise NotImplementedError

    def add(self, header: FollowUpHeader, sealed: bytes) -> bool:
        self.kept.append(header)
        return True


CASE = FoundCase(
    case_id=CaseId("00000000-0000-4000-8000-000000000001"),
    reference="K473-93FM-0X52-P8",
    service_id="bel",
    service_version=1,
    state=CaseState.PENDING,
    promised_on=date(2026, 12, 1),
)


@pytest.mark.parametrize(
    ("answer", "may_be_asked", "is_kept"), [(BSN, False, False), (BSN, True, True), ("06 12345678", False, True)]
)
def test_keeps_no_correction_with_a_bsn_in_it(answer: str, may_be_asked: bool, is_kept: bool) -> None:
    book = Book()
    adding = Adding(book, FakeSealer(), texts_of, FakeClock(), BsnRules(may_be_asked=may_be_asked))
    added = AddToCase(FollowUpKind.CORRECTION, CASE, "id", (ChangedLine("naam", "Naam", answer),))
    try:
        adding.add(added)
    except BsnRefusedError:
        assert not is_kept
    assert bool(book.kept) is is_kept
