# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice case that came into a real store all the same is never sent, whoever asks and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import CaseState
from domain.errors import PracticeError
from domain.practice import new_practice_case_id
from domain.submission import Submission
from sync.engine import sealed_pack
from sync.parcel import open_parcel, sealed_parcel
from tests.sync.road import Road
from tests.sync.samples import submission


def practised() -> Submission:
    plain = submission()
    return replace(plain, header=replace(plain.header, case_id=new_practice_case_id()))


@pytest.mark.parametrize("is_library", [False, True])
def test_sends_nothing_of_a_practice_case_however_often_somebody_tries(road: Road, is_library: bool) -> None:
    if is_library:
        road.pack = sealed_pack({})
    key_id = road.submit().header.key_id
    assert road.sync().delivered == 1
    calls = len(road.back_end.registered())
    plain = practised()
    header = replace(plain.header, key_id=key_id)
    made = road.submit(header=header)
    for _ in range(3):
        assert road.sync().rejected == 1
        found = road.outbox.find(made.header.reference)
        assert found is not None
        assert (found.state, found.reason) == (CaseState.REJECTED, "practice")
        road.outbox.retry(made.header.case_id, road.clock.now())
        road.clock.advance(timedelta(days=1))
    assert len(road.back_end.registered()) == calls
    assert road.back_end.totals().documenten == 2 - is_library


def test_makes_no_parcel_of_a_practice_case() -> None:
    made = practised()
    with pytest.raises(PracticeError):
        open_parcel(made, "VERHUIZING")
    with pytest.raises(PracticeError):
        sealed_parcel(made.header, b"closed", "intake")
