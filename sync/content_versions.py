# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps a version of a service from being used twice on a device, whatever packages come (feature I17).

A case keeps the version that it began with; staff can only tell what was asked when that version never changes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from domain.errors import ContentProblemsError, DefinitionProblem

Versions = Mapping[str, Mapping[str, str]]


def versions_in(content: Path) -> Versions:
    """Give the version and the sum of every whole service of some content; what cannot be read, the check tells."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(content.glob("services/*/service.toml")):
        try:
            text = path.read_text(encoding="utf-8-sig")
            version = tomllib.loads(text).get("version")
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(version, int):
            found[path.parent.name] = {str(version): hashlib.sha256(text.encode()).hexdigest()}
    return found


def check_versions(new: Versions, before: Versions) -> None:
    """See to it that no version that was here comes back as something else.

    Raises: ContentProblemsError.
    """
    problems = tuple(
        DefinitionProblem(
            f"{service}/service.toml", 1, f"version {version} was another one here: make it {version} + 1"
        )
        for service, versions in new.items()
        for version, value in versions.items()
        if before.get(service, {}).get(version, value) != value
    )
    if problems:
        raise ContentProblemsError(problems)


def joined(new: Versions, before: Versions) -> Versions:
    """Give both."""
    return {name: {**before.get(name, {}), **new.get(name, {})} for name in sorted({*new, *before})}


def read_versions(note: object) -> Versions:
    """Read what was noted down; what is no such note is none."""
    if not isinstance(note, dict):
        return {}
    return {
        str(name): {str(version): str(value) for version, value in versions.items()}
        for name, versions in note.items()
        if isinstance(versions, dict)
    }
