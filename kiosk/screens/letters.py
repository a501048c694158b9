# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letters on a screen: what a message is not yet, what to do with the letter, and the button that prints it."""

from __future__ import annotations

from collections.abc import Mapping

from domain.journey import Journey
from domain.text_privacy import of_text
from kiosk.screens.letter_words import letter_notice
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Notice, Part, Tone

PRINT_LETTER = "letter.print:"  # + letter id
LETTER = "letter:"  # + letter id: what became of it


def letter_parts(words: Words, journey: Journey, states: Mapping[str, str]) -> tuple[Part, ...]:
    """Give for each letter its notice, what became of it, and its button; nothing where there is no letter."""
    parts: list[Part] = []
    for letter in journey.letters:
        title = words.service(journey.definition, f"letter.{letter.id}.title")
        notice = letter_notice(words, journey, letter)
        privacy = of_text(journey.definition, letter.term)
        sign = "mdi6.file-sign"
        parts.append(Notice(f"letter.{letter.id}", title, notice, tone=Tone.WARN, icon=sign, privacy=privacy))
        if state := states.get(LETTER + letter.id):
            tone = Tone.GOOD if state == "printed" else Tone.INFO
            text = words.tr(f"sheet.{state}")
            parts.append(Notice(f"letter_state.{letter.id}", text, tone=tone, icon="mdi6.printer-outline"))
        if words.place.has_printer:
            button = Button(PRINT_LETTER + letter.id, words.tr("letter.print"), icon="mdi6.printer-outline")
            parts.append(ButtonRow(f"letter_buttons.{letter.id}", (button,)))
        else:
            parts.append(Notice(f"letter_no_printer.{letter.id}", words.tr("letter.no_printer")))
    return tuple(parts)
