# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How French is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, rules

_ABBREVIATIONS = {
    "c.-à-d.": "c'est-à-dire",
    "env.": "environ",
    "etc.": "et cetera",
    "m.": "monsieur",
    "mme": "madame",
    "n°": "numéro",
    "p. ex.": "par exemple",
    "tél.": "téléphone",
}
ABBREVIATIONS_WITH_STOP = frozenset({"c.-à-d.", "env.", "m.", "ex.", "tél."})
FORMS = SpokenForms(
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    date=lambda day, month, year: f"{'premier' if day == 1 else day} {month} {year}",
    euros=lambda number: f"{number} euro" if number <= 1 else f"{number} euros",
    cents=lambda number: f"{number} centime" if number == 1 else f"{number} centimes",
    time=lambda hours, minutes: f"{hours} heures {minutes}" if minutes else f"{hours} heures",
    plus="plus",
    percent="pour cent",
    until="à",
    signs={"@": "arobase", ".": "point", "-": "tiret", "_": "tiret bas", "+": "plus", "/": "barre oblique"},
    words={**_ABBREVIATIONS, "digid": "didji dé"},
    and_cents=" et ",
)
RULES = rules(FORMS)
