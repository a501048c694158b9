# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a person is found in a municipality, as its content says; the settings of one machine go before it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from domain.errors import DefinitionError, DefinitionProblem
from resources.laid_over import HELP

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class OwnHelp:
    """A number and a place; empty: as the settings say."""

    phone: str = ""
    desk: str = ""


def read_help(content: Path) -> OwnHelp:
    """Read where a person is found.

    Raises: DefinitionError.
    """
    path = content / HELP
    if not path.exists():
        return OwnHelp()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise DefinitionError((DefinitionProblem(HELP, 1, 'this is no TOML: write phone = "..."'),)) from None
    problems = tuple(
        DefinitionProblem(HELP, 1, f'"{key[:40]}" cannot be so: write phone and desk, each a text')
        for key, value in found.items()
        if key not in ("phone", "desk") or not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST
    )
    if problems:
        raise DefinitionError(problems)
    return OwnHelp(**found)
