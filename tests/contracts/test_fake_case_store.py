# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fake store keeps the promises of the real one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.errors import StoreFullError
from domain.ports import CaseStore
from tests.contracts.case_store_contract import CaseStoreContract
from tests.fakes.case_store import FakeCaseStore


class FakeBench:
    def __init__(self) -> None:
        self.store = FakeCaseStore()

    def another(self) -> CaseStore:
        return FakeCaseStore(self.store.shared)

    @contextmanager
    def failing(self) -> Iterator[None]:
        self.store.fails_with = StoreFullError("no room")
        yield
        self.store.fails_with = None


class TestFakeCaseStore(CaseStoreContract):
    @pytest.fixture
    def bench(self) -> FakeBench:
        return FakeBench()
