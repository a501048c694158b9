# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of languages: each is written in itself and said by its own voice; no flags, for a flag is no language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from i18n.pseudo import PSEUDO
from i18n.stretches import in_language
from i18n.texts import DUTCH, Texts
from kiosk.screens.frame import forward, page
from kiosk.screens.words import Words
from kiosk.view import Choices, Heading, Option, Paragraph, View

_NAME = "language.name"
UNCHECKED = "language.unchecked"
Names = Sequence[tuple[str, str]]


def names_of(languages: Sequence[str], texts_of: Callable[[str], Texts]) -> Names:
    """Give each language with its name in itself; reads every catalogue, so ask only for the page that shows it."""
    found = {code: texts_of(code) for code in languages}
    return [(code, texts.tr(_NAME)) for code, texts in found.items() if texts.has(_NAME)]


def is_checked(words: Words) -> bool:
    """Tell whether a person has checked every text of the visitor's language; Dutch is the source."""
    return words.language == DUTCH or words.library.checked.of(words.language).is_whole


def language_view(words: Words, names: Names) -> View:
    """Choose a language; each is written in itself."""
    title = words.tr("language.title")
    options = tuple(Option(code, marked_name(name, code, words.language)) for code, name in names)
    parts = (Heading("title", title), Choices("language", options, frozenset({words.language}), label=title))
    unchecked = () if is_checked(words) else (Paragraph("unchecked", words.tr(UNCHECKED), is_soft=True),)
    shown = page(
        words,
        "language",
        (*parts, *unchecked),
        title=title,
        primary=forward(words, "bar.done_choosing", icon="mdi6.check"),
        has_stop=False,
        focus="language",
    )
    return replace(shown, is_aside=True)  # whoever comes back finds focus, scroll place, cursor and keys as they were


def marked_name(name: str, code: str, language: str) -> str:
    """Give the name of a language as its own voice says it."""
    return name if code in (language, PSEUDO) else in_language(name, code)
