# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One thing to be made at the case system: how to ask for it, and how to find it when an answer was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RemoteStep:
    """A step of a delivery. Both callables get the identifier that was written down before the first send."""

    name: str
    identifier: str
    send: Callable[[str], str]
    """Make it and give its address."""
    find: Callable[[str], str | None]
    """Give the address of what is there already and is ours."""
    is_optional: bool = False
    """The case is whole without it: a refusal is noted and no more."""
