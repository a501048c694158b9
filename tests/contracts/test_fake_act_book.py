# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fake act book keeps the promises of the real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.case_act import ActState
from domain.errors import StoreFullError
from tests.contracts.act_book_contract import ActBookContract
from tests.fakes.act_book import FakeActBook


class FakeBench:
    def __init__(self) -> None:
        self.book = FakeActBook()

    def settle(self, act_id: str, state: ActState, reason: str = "") -> None:
        self.book.settle(act_id, state, reason)

    @contextmanager
    def failing(self) -> Iterator[None]:
        self.book.fails_with = StoreFullError("no room")
        yield
        self.book.fails_with = None


class TestFakeActBook(ActBookContract):
    @pytest.fixture
    def bench(self) -> FakeBench:
        return FakeBench()
