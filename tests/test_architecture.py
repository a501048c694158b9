# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the import contracts in pyproject.toml cannot say, and the proof that those contracts bite."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

FLOORS = ("assisted", "commands", "domain", "i18n", "kiosk", "resources", "sync")

# Data in, data out: no network, no logging, no process, no clock of its own; pathlib because settings name files.
DOMAIN_MAY_IMPORT = {
    "__future__",
    "abc",
    "base64",
    "bisect",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "hmac",
    "itertools",
    "json",
    "math",
    "operator",
    "pathlib",
    "re",
    "secrets",
    "string",
    "tomllib",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}

ONLY_IN_SYNC = {"sqlite3", "sqlite_utils", "requests"}

CUPBOARDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "tools"}

# Each costs tens of milliseconds before the first picture; a visit loads them when it needs them.
NOT_BEFORE_FIRST_PAINT = {
    "sqlite3",
    "sqlite_utils",
    "requests",
    "reportlab",
    "nacl",
    "babel",
    "jwt",
    "cryptography",
    "asn1crypto",
    "ecdsa",
    "sync",
}
NEEDED_FOR_FIRST_PAINT = ("kiosk.window", "kiosk.navigator")

SPDX = "# SPDX-FileCopyrightText: 2026 Loket contributors\n# SPDX-License-Identifier: EUPL-1.2\n"


def _modules(repository: Path, *folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((repository / folder).rglob("*.py"))


def _imports(file: Path) -> set[str]:
    """Give the full names of all that a file imports, wherever in the file it does so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _top(name: str) -> str:
    return name.partition(".")[0]


def test_main_imports_only_the_commands(repository: Path) -> None:
    assert {_top(name) for name in _imports(repository / "main.py")} <= {"sys", "commands"}


def test_domain_imports_only_a_closed_list_of_the_standard_library(repository: Path) -> None:
    for file in _modules(repository, "domain"):
        foreign = {_top(name) for name in _imports(file)} - DOMAIN_MAY_IMPORT - {"domain"}
        assert not foreign, f"{file.relative_to(repository)} imports {sorted(foreign)}"


def test_sql_and_http_stay_in_sync(repository: Path) -> None:
    for file in _modules(repository, *FLOORS):
        if file.is_relative_to(repository / "sync"):
            continue
        foreign = {_top(name) for name in _imports(file)} & ONLY_IN_SYNC
        assert not foreign, f"{file.relative_to(repository)} imports {sorted(foreign)}"


@pytest.mark.parametrize("package", ["devices", "paper"])
def test_devices_and_paper_know_nothing_of_the_kiosk_but_themselves(package: str, repository: Path) -> None:
    for file in _modules(repository, f"kiosk/{package}"):
        foreign = {
            name
            for name in _imports(file)
            if _top(name) == "kiosk" and not name.startswith(("kiosk.devices", "kiosk.paper")) and name != "kiosk"
        }
        assert not foreign, f"{file.relative_to(repository)} imports {sorted(foreign)}"


def test_nothing_imports_the_tests(repository: Path) -> None:
    for file in _modules(repository, *FLOORS):
        assert "tests" not in {_top(name) for name in _imports(file)}, file.relative_to(repository)


def test_no_module_is_a_cupboard(repository: Path) -> None:
    for file in _modules(repository, *FLOORS, "tests"):
        place = file.relative_to(repository)
        assert not CUPBOARDS & {*place.parts[:-1], place.stem}, f"{place}: code without a home is a noun not yet found"


def test_every_file_begins_with_the_two_licence_lines(repository: Path) -> None:
    for file in [repository / "main.py", *_modules(repository, *FLOORS, "tests")]:
        assert file.read_text(encoding="utf-8").startswith(SPDX), file.relative_to(repository)


def test_every_folder_with_code_is_a_package(repository: Path) -> None:
    """Without its `__init__.py` a folder is invisible to the import contracts."""
    for file in _modules(repository, *FLOORS):
        assert (file.parent / "__init__.py").is_file(), file.parent.relative_to(repository)


@pytest.mark.parametrize("module", NEEDED_FOR_FIRST_PAINT)
def test_start_loads_nothing_heavy_before_the_first_picture(module: str, repository: Path) -> None:
    if find_spec(module) is None:
        pytest.skip(f"{module} is not there yet")
    ended = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print(*sys.modules)"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    heavy = NOT_BEFORE_FIRST_PAINT & {_top(name) for name in ended.stdout.split()}
    assert not heavy, f"{module} loads {sorted(heavy)}"


def _lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    # The tree comes first on the path, so that the planted copy is read and not the installed one.
    program = "import sys; sys.path.insert(0, '.'); from importlinter import cli; cli.lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copied_house(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("house")
    for folder in FLOORS:
        shutil.copytree(repository / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(repository / "pyproject.toml", tree)
    return tree


def test_contracts_hold_in_an_untouched_copy(copied_house: Path) -> None:
    ended = _lint_imports(copied_house)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("kiosk/planted.py", "import sync", "The kiosk knows no sync, no desk, no SQL, no HTTP"),
        ("kiosk/planted.py", "def late():\n    import sqlite3", "The kiosk knows no sync, no desk, no SQL, no HTTP"),
        ("kiosk/planted.py", "from assisted import planted", "The kiosk knows no sync, no desk, no SQL, no HTTP"),
        (
            "kiosk/paper/planted.py",
            "from PySide6 import QtGui",
            "Devices and paper know no Qt",
        ),
        ("kiosk/devices/planted.py", "import kiosk.screens", "Devices and paper know no Qt"),
        ("sync/planted.py", "from kiosk import view", "Sync knows no screen, no words, no Qt"),
        ("sync/planted.py", "import i18n", "Sync knows no screen, no words, no Qt"),
        ("sync/planted.py", "import PySide6.QtCore", "Sync knows no screen, no words, no Qt"),
        ("domain/planted.py", "import requests", "The domain imports no one, no Qt, no SQL, no network"),
        ("domain/planted.py", "import resources", "The domain imports no one, no Qt, no SQL, no network"),
        ("assisted/planted.py", "import sync", "The desk knows no sync, no SQL, no HTTP"),
        ("i18n/planted.py", "import PySide6", "Voice, paper and command line use the words without Qt"),
        ("resources/planted.py", "import kiosk", "Words and pictures know no screen, no store"),
        ("kiosk/planted.py", "import commands", "Nothing imports the commands"),
    ],
)
def test_a_planted_import_breaks_its_contract(place: str, line: str, contract: str, copied_house: Path) -> None:
    planted = copied_house / place
    neighbour = copied_house / "assisted" / "planted.py"
    neighbour.touch()
    planted.write_text(f"{line}\n")
    try:
        ended = _lint_imports(copied_house)
    finally:
        planted.unlink()
        neighbour.unlink(missing_ok=True)
    said = " ".join(ended.stdout.split())
    assert ended.returncode == 1, said
    broken = [part for part in said.split(" BROKEN")[:-1] if part.rpartition(" KEPT ")[2].startswith(contract)]
    assert broken, said


def test_a_planted_circle_breaks_its_contract(copied_house: Path) -> None:
    first, second = copied_house / "sync" / "planted_first.py", copied_house / "sync" / "planted_second.py"
    first.write_text("import sync.planted_second\n")
    second.write_text("import sync.planted_first\n")
    try:
        ended = _lint_imports(copied_house)
    finally:
        first.unlink()
        second.unlink()
    assert ended.returncode == 1
    assert "No modules import each other in a circle BROKEN" in ended.stdout


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_qt_gives_none_back_after_a_call_without_a_result() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None a call and aborts after some hundred clicks."""
    from PySide6.QtGui import QImage, QPainter, QPen

    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    pen = QPen()
    counts = []
    for _ in range(2):  # what is loaded at the first calls refers to None too
        for _ in range(200):
            painter.setPen(pen)
        counts.append(sys.getrefcount(None))
    painter.end()
    assert counts[0] - counts[1] < 20
