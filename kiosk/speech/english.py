# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How English is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, rules

_ABBREVIATIONS = {"e.g.": "for example", "i.e.": "that is", "mr.": "mister", "mrs.": "missis", "no.": "number"}
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS)
FORMS = SpokenForms(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    euros=lambda number: f"{number} euro" if number == 1 else f"{number} euros",
    cents=lambda number: f"{number} cent" if number == 1 else f"{number} cents",
    time=lambda hours, minutes: f"{hours} {minutes:02}" if minutes else f"{hours} o'clock",
    plus="plus",
    percent="percent",
    until="to",
    signs={"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus", "/": "slash"},
    words={**_ABBREVIATIONS, "digid": "dee gee dee"},
    and_cents=" and ",
)
RULES = rules(FORMS)
