# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Turkish is said: dates, times, amounts, signs and abbreviations."""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, rules

_ABBREVIATIONS = {
    "dr.": "doktor",
    "mah.": "mahalle",
    "no.": "numara",
    "örn.": "örneğin",
    "sok.": "sokak",
    "tel.": "telefon",
    "vb.": "ve benzeri",
    "vs.": "vesaire",
}
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS) - {"vb.", "vs."}
FORMS = SpokenForms(
    months=(
        *("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran"),
        *("Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"),
    ),
    euros=lambda number: f"{number} avro",
    cents=lambda number: f"{number} sent",
    time=lambda hours, minutes: f"saat {hours} {minutes:02}" if minutes else f"saat {hours}",
    plus="artı",
    percent="yüzde",
    until="ile",
    signs={"@": "et işareti", ".": "nokta", "-": "tire", "_": "alt çizgi", "+": "artı", "/": "eğik çizgi"},
    words={**_ABBREVIATIONS, "digid": "digi de"},
)
RULES = rules(FORMS)
