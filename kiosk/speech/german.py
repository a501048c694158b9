# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How German is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, rules

_ABBREVIATIONS = {
    "bzw.": "beziehungsweise",
    "ca.": "ungefähr",
    "d.h.": "das heißt",
    "d. h.": "das heißt",
    "evtl.": "eventuell",
    "inkl.": "inklusive",
    "nr.": "Nummer",
    "str.": "Straße",
    "tel.": "Telefon",
    "u.a.": "unter anderem",
    "usw.": "und so weiter",
    "z.b.": "zum Beispiel",
    "z. b.": "zum Beispiel",
}
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS) - {"usw."}
FORMS = SpokenForms(
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    date=lambda day, month, year: f"{day}. {month} {year}",
    euros=lambda number: f"{number} Euro",
    cents=lambda number: f"{number} Cent",
    time=lambda hours, minutes: f"{hours} Uhr {minutes}" if minutes else f"{hours} Uhr",
    plus="plus",
    percent="Prozent",
    until="bis",
    signs={"@": "ät", ".": "Punkt", "-": "Strich", "_": "Unterstrich", "+": "plus", "/": "Schrägstrich"},
    words={**_ABBREVIATIONS, "digid": "Didschi De"},
    and_cents=" und ",
)
RULES = rules(FORMS)
