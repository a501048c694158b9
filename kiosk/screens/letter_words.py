# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What screens and paper both say of a letter: by when, and what to do with it."""

from __future__ import annotations

from datetime import date

from domain.journey import Journey
from domain.service import Letter
from kiosk.screens.deadlines import line_with_dutch
from kiosk.screens.words import Words


def letter_day(journey: Journey, letter: Letter) -> date | None:
    """Give the last day to send a letter; None where it has none or nobody knows it."""
    return journey.due(letter.term) if letter.term else None


def letter_notice(words: Words, journey: Journey, letter: Letter) -> str:
    """Say what this is not yet, and what to do with the letter (PEOPLE 1)."""
    day, service = letter_day(journey, letter), journey.definition
    if day is None and letter.term is not None and letter.term.after:
        undated = f"letter.{letter.id}.notice_no_date"
        return line_with_dutch(words, service, undated, lambda asked: asked.service(service, undated))
    key = f"letter.{letter.id}.notice"

    def say(asked: Words) -> str:
        return asked.service(service, key, date=asked.counted_day(day, letter.term) if day else "")

    return line_with_dutch(words, service, key, say)
