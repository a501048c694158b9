# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether everything that runs in a kiosk has a licence that we may use, and that we tell of: `make licences`.

Each pin of requirements.txt: what the installed wheel itself says, held against deploy/licences.toml and against the
table of docs/licences.md. Each Debian package of deploy/apt-run.txt: whether docs/licences.md tells of it. Debian's
main section holds free software only; its licences are written down there and not judged here.
"""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from deploy.sbom import debian_names, pins, plain_name

RULES = Path("deploy/licences.toml")
TOLD = Path("docs/licences.md")
_NOTHING = ("", "UNKNOWN")


@dataclass(frozen=True, slots=True)
class Rules:
    """What deploy/licences.toml allows and how it reads a wheel that says it in words of its own."""

    allowed: frozenset[str]
    alone: Mapping[str, str]
    read: Mapping[str, tuple[str, str]]


def rules(document: Mapping[str, Any]) -> Rules:
    return Rules(
        allowed=frozenset(document["allowed"]),
        alone={name: entry["licence"] for name, entry in document.get("alone", {}).items()},
        read={name: (entry["says"], entry["is"]) for name, entry in document.get("read", {}).items()},
    )


def words_of(all_of: Callable[[str], list[str] | None]) -> str:
    """Read what the wheel says itself: the field made for it, else the older field, else its classifier."""
    for field in ("License-Expression", "License"):
        words = " ".join(all_of(field) or ()).strip()
        if words not in _NOTHING:
            return words
    said = [words for words in all_of("Classifier") or () if words.startswith("License :: ")]
    return ", ".join(words.rsplit(" :: ", 1)[1] for words in said)


def told(page: str, heading: str) -> dict[str, str]:
    """Read the table below a heading of docs/licences.md: package to the words of its licence column."""
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows: dict[str, str] = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 3 or cells[0] == "package" or set(cells[0]) <= {"-"}:
            continue
        for name in cells[0].replace("**", "").split(","):
            # One package may stand in two rows, under two uses.
            rows[name.strip()] = f"{rows.get(name.strip(), '')} {cells[2]}".strip()
    return rows


def problem(name: str, words: str, rows: Mapping[str, str], given: Rules) -> str | None:
    """Tell what is wrong with one package, or nothing."""
    licence = words
    if name in given.read:
        expected, licence = given.read[name]
        if words != expected:
            return f"{name}: its wheel now says '{words}', deploy/licences.toml was written for '{expected}'"
    choices = [choice.split(" AND ") for choice in licence.split(" OR ")]
    may = given.allowed | ({given.alone[name]} if name in given.alone else set())
    fitting = [parts for parts in choices if may.issuperset(parts)]
    if not fitting:
        return f"{name}: '{licence or 'no licence'}' is not allowed in deploy/licences.toml"
    row = {plain_name(package): column for package, column in rows.items()}.get(name)
    if row is None:
        return f"{name}: docs/licences.md does not tell of it"
    if not any(all(_stands(part, row) for part in parts) for parts in fitting):
        return f"{name}: docs/licences.md says '{row}', its wheel says '{licence}'"
    return None


def _stands(licence: str, row: str) -> bool:
    # MIT is not told by MIT-0.
    return re.search(rf"(?<![\w.-]){re.escape(licence)}(?![\w-])", row) is not None


def debian_problem(name: str, rows: Mapping[str, str]) -> str | None:
    if any(fnmatchcase(name, pattern) for pattern in rows):
        return None
    return f"{name}: docs/licences.md does not tell of this Debian package"


def problems(root: Path) -> tuple[list[str], int]:
    """All that is wrong, and how many packages were looked at."""
    given = rules(tomllib.loads((root / RULES).read_text(encoding="utf-8")))
    page = (root / TOLD).read_text(encoding="utf-8")
    packages, debian = told(page, "In the program"), told(page, "From Debian")
    names = pins((root / "requirements.txt").read_text(encoding="utf-8"))
    system = debian_names((root / "deploy/apt-run.txt").read_text(encoding="utf-8"))
    found: list[str | None] = []
    for name, version in names.items():
        try:
            installed = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name}: pinned and not installed")
            continue
        if installed.version != version:
            found.append(f"{name}: {version} is pinned, {installed.version} is installed")
        found.append(problem(name, words_of(installed.metadata.get_all), packages, given))
    found += [debian_problem(name, debian) for name in system]
    found += [f"{name}: docs/licences.md tells of it, nothing needs it" for name in _left_over(packages, names)]
    return [said for said in found if said is not None], len(names) + len(system)


def _left_over(rows: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    return sorted(name for name in rows if plain_name(name) not in names)


def main() -> int:
    found, looked_at = problems(Path())
    for said in found:
        print(f"licences: {said}", file=sys.stderr)
    if found:
        return 1
    print(f"licences: {looked_at} packages have a licence that is allowed and told in {TOLD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
