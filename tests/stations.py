# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""All screens of a visit, walked once for all tests of a run: it takes ten seconds."""

from functools import cache

from commands.all_screens import Station
from commands.screen_runs import find_stations


@cache
def all_stations() -> tuple[Station, ...]:
    """Give every screen; who shows one says in what language and size."""
    return tuple(find_stations())
