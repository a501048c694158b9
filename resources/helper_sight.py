# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads `helper_sight.toml`: which answers are about health, so that no helper sees them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from domain.consent import HelperSight


@cache
def helper_sight() -> HelperSight:
    """Give what is hidden from every helper."""
    found = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return HelperSight(
        frozenset(found["services"]), {service: frozenset(ids) for service, ids in found["questions"].items()}
    )
