# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of languages in Dutch, for the people of the municipality: they must know in which language to answer."""

from __future__ import annotations


def dutch_name_of(language: str) -> str:
    """Give the Dutch name of a language: "Arabisch"; the code itself where nobody knows it."""
    from babel import Locale  # noqa: PLC0415  only a visit in another language waits for Babel

    return str(Locale("nl").languages.get(language, language))
