# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The square code on a receipt: the reference and nothing else, so that a camera finds the case."""

from __future__ import annotations

import segno

_PREFIX = "LOKET:"


def reference_modules(reference: str) -> tuple[bytes, ...]:
    """Give the rows of the code, one byte a module, 1 for dark; without the white edge, which the page leaves."""
    code = segno.make(_PREFIX + reference, error="m", micro=False, boost_error=False)
    return tuple(bytes(row) for row in code.matrix)
