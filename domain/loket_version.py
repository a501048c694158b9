# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which Loket this is; the same as in pyproject.toml, which is not there on an installed machine."""

VERSION = "0.1.0"


def as_numbers(version: str) -> tuple[int, ...]:
    """Give a version so that a later one is larger.

    Raises: ValueError when it is none.
    """
    return tuple(int(part) for part in version.split("."))
