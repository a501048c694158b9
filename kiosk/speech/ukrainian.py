# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Ukrainian is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, one_few_many, rules

_ABBREVIATIONS = {
    "буд.": "будинок",
    "вул.": "вулиця",
    "грн.": "гривень",
    "кв.": "квартира",
    "напр.": "наприклад",
    "р.": "року",
    "тел.": "телефон",
    "т. д.": "так далі",
    "т.д.": "так далі",
    "ін.": "інше",
}
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS) - {"р.", "т. д.", "т.д.", "ін."}
FORMS = SpokenForms(
    months=(
        *("січня", "лютого", "березня", "квітня", "травня", "червня"),
        *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
    ),
    euros=lambda number: f"{number} євро",
    cents=lambda number: f"{number} {one_few_many(number, 'цент', 'центи', 'центів')}",
    time=lambda hours, minutes: f"{hours} {minutes:02}" if minutes else f"{hours} година",
    plus="плюс",
    percent="відсотків",
    until="до",
    signs={"@": "равлик", ".": "крапка", "-": "дефіс", "_": "підкреслення", "+": "плюс", "/": "скісна риска"},
    words={**_ABBREVIATIONS, "digid": "діджі ді"},
    and_cents=" ",
)
RULES = rules(FORMS)
