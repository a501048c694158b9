# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words of the programme that a municipality says otherwise, laid over the catalogues: one JSON file a language.

A text is a string, or a list of its forms by number. Where the Dutch was changed and a language was not, the old
translation says something else: it is as if there were none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from gettext import NullTranslations
from pathlib import Path

Words = Mapping[str, str | tuple[str, ...]]
DUTCH = "nl"


class LaidTexts:
    """The words of one folder, read when first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._read: dict[str, Words] = {}

    def take(self, folder: Path | None) -> None:
        """Take another folder; None: none."""
        self._folder = folder
        self._read = {}

    def over(self, catalogue: NullTranslations, language: str) -> NullTranslations:
        """Give a catalogue with the words of this folder over it."""
        if self._folder is None:
            return catalogue
        own = self._of(language)
        hidden = frozenset() if language == DUTCH else frozenset(self._of(DUTCH)) - frozenset(own)
        return LaidCatalogue(catalogue, own, hidden) if own or hidden else catalogue

    def _of(self, language: str) -> Words:
        found = self._read.get(language)
        if found is None:
            found = self._read[language] = read_words(self._folder, language) if self._folder is not None else {}
        return found


class LaidCatalogue(NullTranslations):
    """A catalogue under words that go before it."""

    def __init__(self, under: NullTranslations, own: Words, hidden: frozenset[str]) -> None:
        super().__init__()
        self._under = under
        self._own = own
        self._hidden = hidden

    def gettext(self, message: str) -> str:
        """Give a text, or its key where there is none."""
        found = self._own.get(message)
        if found is not None:
            return found if isinstance(found, str) else found[0]
        return message if message in self._hidden else self._under.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Give the form that fits a number, or a key where there is none."""
        found = self._own.get(msgid1)
        if found is not None:
            forms = (found,) if isinstance(found, str) else found
            plural = getattr(self._under, "plural", lambda number: int(number != 1))
            return forms[min(int(plural(n)), len(forms) - 1)]
        return msgid1 if msgid1 in self._hidden else self._under.ngettext(msgid1, msgid2, n)


def read_words(folder: Path, language: str) -> Words:
    """Read the words of a language; none where there is no file, or one that nobody of us made."""
    try:
        found = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value if isinstance(value, str) else tuple(value) for key, value in found.items() if _is_text(value)}


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and bool(value) and all(isinstance(form, str) for form in value)
    )


LAID_TEXTS = LaidTexts()
