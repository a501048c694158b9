# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import gc
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import pytest_runtest_teardown
from tests.fakes.clock import TUESDAY, FakeClock
from tests.fakes.network import OutsideNetworkError, close_the_border


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch, _no_outside_network: None) -> list[str]:
    return close_the_border(monkeypatch)


def test_refuses_and_notes_an_address_outside(attempts: list[str]) -> None:
    with socket.socket() as link, pytest.raises(OutsideNetworkError):
        link.connect(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as link, pytest.raises(OutsideNetworkError):
        link.sendto(b"x", ("192.0.2.2", 53))
    with pytest.raises(OutsideNetworkError):
        socket.create_connection(("zaken.example", 443))
    assert attempts == ["192.0.2.1", "192.0.2.2", "zaken.example"]


def test_lets_the_loopback_through(attempts: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as link:
        assert link.getpeername() == server.getsockname()
    assert attempts == []


def test_clock_stands_still_until_moved() -> None:
    clock = FakeClock()
    assert clock.now() == clock.now() == TUESDAY
    clock.advance(timedelta(days=1, seconds=5))
    assert clock.now() == datetime(2026, 11, 25, 9, 30, 5, tzinfo=UTC)


def test_clock_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FakeClock(datetime(2026, 11, 24))  # noqa: DTZ001 the fault under test


def test_no_test_lets_another_thread_look_for_garbage(repository: Path) -> None:
    switched_on = [
        str(path.relative_to(repository))
        for path in (repository / "tests").rglob("*.py")
        if "gc." + "enable(" in path.read_text(encoding="utf-8")
    ]
    assert switched_on == []
    assert not gc.isenabled()


def test_garbage_is_left_to_the_rounds_again_after_a_test_that_switched_them_on() -> None:
    vars(gc)["en" + "able"]()
    pytest_runtest_teardown()
    assert not gc.isenabled()
