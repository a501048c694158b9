# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts that hold a day or a term: in a translation that nobody checked, the Dutch stands beside them (PEOPLE 3).

A wrong day costs somebody a right. Whoever reads both, or shows the screen to somebody, has the text that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.service import ServiceDefinition
from kiosk.screens.words import Words

Say = Callable[[Words], tuple[str, str]]


def with_dutch(words: Words, service: ServiceDefinition, keys: Sequence[str], say: Say) -> tuple[str, str]:
    """Give title and text as `say` words them, with the Dutch of both under the text where it is needed."""
    title, text = say(words)
    if not words.needs_dutch(service, *keys):
        return title, text
    return title, words.beside(text, " ".join(filter(None, say(words.dutch))))


def line_with_dutch(words: Words, service: ServiceDefinition, key: str, say: Callable[[Words], str]) -> str:
    """Give one text, with the Dutch under it where it is needed."""
    return with_dutch(words, service, (key,), lambda asked: ("", say(asked)))[1]
