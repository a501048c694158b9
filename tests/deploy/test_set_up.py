# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set-up with packages that are what was pinned, and with packages that are not: the real script, in another folder."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

SHELL_FILES = (
    "Makefile",
    "deploy/setup.sh",
    "deploy/audit.sh",
    "deploy/fuzz.sh",
    "deploy/lock.sh",
    "deploy/package.sh",
    "deploy/package_test.sh",
    ".ci/run",
)
# What a machine runs when the package comes or goes, or from then on: it installs nothing.
PACKED = ("launcher", "nightly", "postinst", "postrm", "preinst", "prerm", "when-free", "window")
PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "practice"
version = "1"
[project.scripts]
loket = "main:main"
[tool.setuptools]
py-modules = ["main"]
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder with the real set-up script, one wheel to install, and no registry."""

    root: Path
    wheel: Path

    def pin(self, line: str) -> None:
        (self.root / "requirements.txt").write_text(line + "\n", encoding="utf-8")

    def sha256(self) -> str:
        return hashlib.sha256(self.wheel.read_bytes()).hexdigest()

    def set_up(self, **more: str) -> subprocess.CompletedProcess[str]:
        folder = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheel.parent), "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(
            ["deploy/setup.sh", "run"],
            cwd=self.root,
            env={**os.environ, "PYTHON": sys.executable, **folder, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def has_it(self) -> bool:
        return any(self.root.glob(".venv/lib/python*/site-packages/parcel.py"))


def _make_wheel(path: Path, code: str) -> None:
    info = "parcel-1.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("parcel.py", code)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: parcel\nVersion: 1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "parcel.py,,\n")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    repository = Path(__file__).parents[2]
    root = tmp_path_factory.mktemp("machine")
    (root / "deploy").mkdir()
    shutil.copy(repository / "deploy/setup.sh", root / "deploy/setup.sh")
    (root / "deploy/apt-run.txt").write_text("# nothing\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "main.py").write_text("def main() -> None: ...\n", encoding="utf-8")
    wheel = root / "wheels/parcel-1-py3-none-any.whl"
    wheel.parent.mkdir()
    _make_wheel(wheel, "honest = True\n")
    return Machine(root, wheel)


def test_set_up_refuses_a_package_that_was_changed(machine: Machine) -> None:
    machine.pin(f"parcel==1 --hash=sha256:{machine.sha256()}")
    honest = machine.wheel.read_bytes()
    _make_wheel(machine.wheel, "honest = False\n")
    try:
        done = machine.set_up()
    finally:
        machine.wheel.write_bytes(honest)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not machine.has_it()


def test_set_up_refuses_a_package_without_a_hash_whatever_the_machine_asks(machine: Machine) -> None:
    machine.pin("parcel==1")
    done = machine.set_up(PIP_REQUIRE_HASHES="0")
    assert done.returncode != 0
    assert "--require-hashes mode" in done.stderr
    assert not machine.has_it()


def test_set_up_installs_what_was_pinned(machine: Machine) -> None:
    machine.pin(f"parcel==1 --hash=sha256:{machine.sha256()}")
    done = machine.set_up()
    # The folder has no setuptools of its own to build with on every Python; what was pinned is in before that.
    assert machine.has_it(), done.stderr


@pytest.mark.parametrize("name", SHELL_FILES)
def test_pip_never_fetches_without_hashes(name: str, repository: Path) -> None:
    text = (repository / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"pip install[^\n]*", text):
        assert "--require-hashes" in line or "--no-index" in line, line
        assert "--only-binary :all:" in line or "--no-index" in line, line
        assert "trusted-host" not in line


def test_apt_takes_only_what_debian_signed(repository: Path) -> None:
    text = (repository / "deploy/setup.sh").read_text(encoding="utf-8").replace("\\\n", " ")
    calls = [line for line in re.findall(r"apt-get -q[^\n]*", text) if "DPkg" in line or "download" in line]
    assert len(calls) == 3
    assert all("$signed" in line for line in calls)
    for refused in (
        "Acquire::AllowInsecureRepositories=false",
        "Acquire::AllowDowngradeToInsecureRepositories=false",
        "APT::Get::AllowUnauthenticated=false",
    ):
        assert refused in text
    assert not re.search(r"allow-unauthenticated|force-yes|allow-insecure|trusted=yes", text)


def test_no_other_file_of_set_up_installs_anything(repository: Path) -> None:
    scripts = {path.relative_to(repository).as_posix() for path in (repository / "deploy").glob("*.sh")}
    packed = {f"deploy/package-{name}.sh" for name in PACKED}
    assert scripts <= set(SHELL_FILES) | packed
    for name in packed:
        assert not re.search(r"\b(pip|apt|apt-get|curl|wget)\b +\S", (repository / name).read_text(encoding="utf-8"))
