# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which Dutch words few people use, by how often they occur in books, news and talk.

Measured with wordfreq, which only those who check texts install; without it no word is called rare.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

LEAST_ZIPF = 3.0
"""Once in a million words; a hundred times rarer than "fiets"."""


def is_rare(word: str) -> bool:
    """Tell whether a word is rare; numbers and single letters never are."""
    return len(word) > 1 and word[0].isalpha() and _zipf(word.lower()) < LEAST_ZIPF


@cache
def _zipf(word: str) -> float:
    frequency = _frequency()
    return LEAST_ZIPF if frequency is None else frequency(word, "nl")


@cache
def _frequency() -> Callable[[str, str], float] | None:
    try:
        from wordfreq import zipf_frequency  # noqa: PLC0415  only where texts are checked, never on a kiosk
    except ImportError:
        return None
    return zipf_frequency
