# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Polish is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, one_few_many, rules

_ABBREVIATIONS = {
    "dr": "doktor",
    "godz.": "godzina",
    "itd.": "i tak dalej",
    "itp.": "i tym podobne",
    "m.in.": "między innymi",
    "np.": "na przykład",
    "nr": "numer",
    "ok.": "około",
    "tel.": "telefon",
    "tj.": "to jest",
    "tzn.": "to znaczy",
    "ul.": "ulica",
}
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS) - {"itd.", "itp."}


def _cents(number: int) -> str:
    # Polish says "jeden" for 1 alone: 21, 31 take the last form (CLDR).
    return f"{number} " + ("cent" if number == 1 else one_few_many(number, "centów", "centy", "centów"))


FORMS = SpokenForms(
    months=(
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
        *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
    ),
    euros=lambda number: f"{number} euro",
    cents=_cents,
    time=lambda hours, minutes: f"{hours} {minutes:02}" if minutes else f"godzina {hours}",
    plus="plus",
    percent="procent",
    until="do",
    signs={"@": "małpa", ".": "kropka", "-": "myślnik", "_": "podkreślnik", "+": "plus", "/": "ukośnik"},
    words={**_ABBREVIATIONS, "digid": "didżi de"},
    and_cents=" i ",
)
RULES = rules(FORMS)
