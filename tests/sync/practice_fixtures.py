# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running practice back end and a caller of it, for the tests that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.practice import PracticeBackEnd
from tests.contracts.openapi_contracts import Recorder
from tests.fakes.clock import FakeClock
from tests.sync.practice_caller import Caller

CASE_TYPES = {"VERHUIZING": ("postcode", "huisnummer"), "BRIEF": ()}


@pytest.fixture
def back_end(clock: FakeClock) -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=clock, concepts=("NOG-NIET",)) as running:
        yield running


@pytest.fixture
def caller(back_end: PracticeBackEnd) -> Iterator[Caller]:
    caller = Caller(back_end)
    yield caller
    caller.close()


@pytest.fixture
def valid_caller(caller: Caller, recorder: Recorder) -> Caller:
    """A caller whose every request must be valid for both document sets."""
    recorder.watch(caller.session)
    return caller
