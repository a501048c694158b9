# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Arabic is said: dates, times, amounts, signs and abbreviations.

Numbers are left in figures for the voice, in Western digits as on the screen.
"""

from __future__ import annotations

from kiosk.speech.spoken_forms import SpokenForms, rules

ABBREVIATIONS_WITH_STOP: frozenset[str] = frozenset()
FORMS = SpokenForms(
    months=(
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    euros=lambda number: f"{number} يورو",
    cents=lambda number: f"{number} سنت",
    time=lambda hours, minutes: f"الساعة {hours} و {minutes} دقيقة" if minutes else f"الساعة {hours}",
    plus="زائد",
    percent="بالمئة",
    until="إلى",
    signs={"@": "آت", ".": "نقطة", "-": "شرطة", "_": "شرطة سفلية", "+": "زائد", "/": "شرطة مائلة"},
    words={"digid": "ديجي دي"},
    and_cents=" و ",
)
RULES = rules(FORMS)
