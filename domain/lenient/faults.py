# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reader gives back when it cannot read: the code of the text that says how to mend it, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip, before it is known which question it belongs to; `field` is a field name of `domain.answers.Answer`."""

    code: str
    field: str = ""
