# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps a version from being used twice: which content each version of each service has (feature I17).

A case keeps the version that it began with; staff can only tell what was asked when that version never changes.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.content_places import Places
from domain.errors import DefinitionProblem
from domain.service import ServiceDefinition
from resources.service_library import ServiceLibrary

VERSIONS = "versions.toml"
_HEAD = """\
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
# Of each service: its versions, and the sum of service.toml at that version. Made by `loket content versions --write`;
# never by hand. A version in this list keeps its content for good: cases were made with it.
"""
_SUM = re.compile(r"[0-9a-f]{64}")

Recorded = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What writing the list did: which versions are new, and which were kept although their content has changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]


def read_versions(folder: Path) -> Recorded:
    """Read the list beside the services; what is no version or no sum is left out."""
    path = folder / VERSIONS
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        service_id: {int(version): value for version, value in table.items() if _is_entry(version, value)}
        for service_id, table in found.items()
        if isinstance(table, dict)
    }


def check_version(places: Places, recorded: Recorded) -> Iterator[DefinitionProblem]:
    """Say when a version that was recorded has other content now; one that was not is nobody's mistake."""
    service = places.service
    known = recorded.get(service.id, {})
    wanted = known.get(service.version)
    if wanted is not None and wanted != sum_of(places.folder, service.id):
        says = (
            f"you changed service.toml, and version {service.version} stands for what it was: make this "
            f"version = {max(known) + 1}, and run `loket content versions --write`"
        )
        yield places.at_key("version", says)


def renew(folder: Path, *, is_unused: bool) -> Renewal:
    """Write the list anew with the present versions; `is_unused`: put other content under a recorded version."""
    recorded = {service_id: dict(versions) for service_id, versions in read_versions(folder).items()}
    added: list[str] = []
    changed: list[str] = []
    for service in ServiceLibrary.load(folder).services:
        present = sum_of(folder, service.id)
        before = recorded.setdefault(service.id, {}).get(service.version)
        if before == present:
            continue
        (added if before is None else changed).append(_name(service))
        if before is None or is_unused:
            recorded[service.id][service.version] = present
    (folder / VERSIONS).write_text(_written(recorded), encoding="utf-8")
    return Renewal(tuple(added), tuple(changed))


def sum_of(folder: Path, service_id: str) -> str:
    """Give the sum of a definition; the ends of lines do not count, since an editor may change those unasked."""
    text = (folder / service_id / "service.toml").read_text(encoding="utf-8-sig")
    return hashlib.sha256(text.encode()).hexdigest()


def _name(service: ServiceDefinition) -> str:
    return f"{service.id} {service.version}"


def _is_entry(version: str, value: object) -> bool:
    return version.isascii() and version.isdigit() and isinstance(value, str) and bool(_SUM.fullmatch(value))


def _written(recorded: Recorded) -> str:
    tables = [
        "\n".join([f"[{service_id}]", *(f'{version} = "{versions[version]}"' for version in sorted(versions))])
        for service_id, versions in sorted(recorded.items())
    ]
    return "\n\n".join([_HEAD.rstrip(), *tables]) + "\n"
