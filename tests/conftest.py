# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every test stands on: no screen, no outside network, no person's files, a clock in the hand."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fakes.clock import FakeClock
from tests.fakes.network import close_the_border

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

REPOSITORY = Path(__file__).resolve().parent.parent

# Two shared cores: a slow example is no fault. In CI the same examples each time, so that red is red for everyone.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# As in the windows (`kiosk.garbage`): a thread of a test that looked for garbage would take a widget of an earlier one
# away, and Qt ends the process for it, once in some ten thousand tests.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Look for garbage between two tests, in the thread that all widgets live in."""
    gc.disable()  # whatever the test did to it
    for generation, (number, most) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))),
    ):
        if number > most:
            gc.collect(generation)
            break


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the folder with pyproject.toml."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Give the folder with the published API documents and worked examples; skip where it is absent."""
    folder = Path(os.environ.get("LOKET_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"the folder with contracts and vectors is not here: LOKET_SHARED={folder}")
    return folder


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still on a Tuesday morning until the test moves it."""
    return FakeClock()


@pytest.fixture(autouse=True)
def _no_outside_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    attempts = close_the_border(monkeypatch)
    yield
    assert not attempts, f"the test tried to leave the machine: {attempts}"


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep settings, data and caches of the person who runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("LOKET_CONFIG", raising=False)
