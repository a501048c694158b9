# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the programme by key: one catalogue a language, marked Dutch where a language has no word yet.

Works without Qt, and without Babel as long as the compiled catalogue is there and newer than its source.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from i18n.dates import month_name
from i18n.laid_texts import LAID_TEXTS
from i18n.pseudo import PSEUDO, pseudo
from i18n.stretches import RIGHT_TO_LEFT, only_dutch

FOLDER = Path(__file__).parent
DUTCH = "nl"
_FAR_DAYS = 366  # 27,000 days since a birth tells nobody anything
_FIELD = re.compile(r"\{([a-z_]+)\}")


class MissingTextError(KeyError):
    """A key that even Dutch does not have; raised only where `is_strict` asks for it, as tests do."""


class Texts:
    """The programme texts in one language."""

    def __init__(self, language: str = DUTCH, *, folder: Path = FOLDER, is_strict: bool = False) -> None:
        self.language = language
        self._is_strict = is_strict
        self._folder = folder
        self._dutch = _in_force(folder, DUTCH)
        self._own = self._dutch if language in (DUTCH, PSEUDO) else _in_force(folder, language)

    @property
    def direction(self) -> str:
        """Tell which way the language runs: "ltr" or "rtl"."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def dutch(self) -> Texts:
        """Give the same texts in Dutch."""
        return self if self.language == DUTCH else Texts(DUTCH, folder=self._folder, is_strict=self._is_strict)

    def tr(self, key: str, **values: str) -> str:
        """Give a text with its fields filled in; a key that nobody wrote shows itself.

        Raises: MissingTextError when this is strict and Dutch has no such key.
        """
        return self._finished(key, self._own.gettext(key), self._dutch.gettext, values)

    def tr_number(self, key: str, number: int, **values: str) -> str:
        """Give a text in the form that fits a number; the number stands in it as {number}."""
        found = self._own.ngettext(key, key, number)
        values = {"number": str(number), **values}
        return self._finished(key, found, lambda wanted: self._dutch.ngettext(wanted, wanted, number), values)

    def has(self, key: str) -> bool:
        """Tell whether this language has a text of its own for a key."""
        return self._own.gettext(key) != key

    def fill(self, text: str, values: Mapping[str, str]) -> str:
        """Put values in the place of {name}; what a value holds is never looked at again."""
        return _FIELD.sub(
            lambda found: self.isolated(values[found.group(1)]) if found.group(1) in values else found.group(0), text
        )

    def isolated(self, value: str) -> str:
        """Keep a value in its own order inside right-to-left words: a telephone number is not turned round."""
        return f"\u2068{value}\u2069" if value and self.direction == "rtl" else value

    def month(self, number: int) -> str:
        """Give the name of a month, 1 to 12."""
        return month_name(number, self.language)

    def days_from(self, today: date, day: date) -> str:
        """Say how far a day is away: "Dat is over 23 dagen."; nothing for a day more than a year away."""
        days = (day - today).days
        if abs(days) > _FAR_DAYS:
            return ""
        near = {0: "understood.days_today", 1: "understood.days_tomorrow", -1: "understood.days_yesterday"}
        if days in near:
            return self.tr(near[days])
        return self.tr_number("understood.days_ahead" if days > 0 else "understood.days_ago", abs(days))

    def _finished(self, key: str, text: str, dutch: Callable[[str], str], values: Mapping[str, str]) -> str:
        is_missing = text == key
        if is_missing:
            text = dutch(key)
        if text == key and self._is_strict:
            raise MissingTextError(key)
        if self.language == PSEUDO:
            return self.fill(pseudo(text), values)
        said = self.fill(text, values)
        return only_dutch(said) if is_missing and text != key and self.language != DUTCH else said


def _in_force(folder: Path, language: str) -> NullTranslations:
    """Give a catalogue, with what a municipality says otherwise over that of Loket."""
    found = _catalogue(folder, language)
    return LAID_TEXTS.over(found, language) if folder == FOLDER else found


@cache
def _catalogue(folder: Path, language: str) -> NullTranslations:
    """Read the compiled catalogue; from its source where that is newer or alone; nothing where there is neither."""
    source, compiled = folder / f"{language}.po", folder / f"{language}.mo"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    return _from_source(source) if source.exists() else NullTranslations()


def _from_source(source: Path) -> NullTranslations:
    # Babel costs 50 ms: only a developer who did not compile yet pays for it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.stem)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return GNUTranslations(buffer)
