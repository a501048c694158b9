# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words the paper with the code to go on later, the Dutch under the visitor's language.

How it looks is `kiosk.paper`'s.
"""

from __future__ import annotations

from domain.draft import KeptDraft
from kiosk.paper.code_strip import CodeStrip
from kiosk.screens.later import last_day_text
from kiosk.screens.words import Words


def code_paper(own: Words, dutch: Words, kept: KeptDraft) -> CodeStrip:
    """Word the paper; nothing on it tells what it is about."""
    is_dutch = own.language == dutch.language

    def lines(words: Words) -> tuple[str, ...]:
        return (
            last_day_text(words, kept),
            words.tr("later_kept.where"),
            words.tr("later_paper.how"),
            words.tr("later_paper.care"),
            words.tr("receipt.contact"),
        )

    return CodeStrip(
        language=own.language,
        code=kept.code,
        title=own.tr("later_paper.title"),
        lines=tuple(zip(lines(own), [""] * len(lines(own)) if is_dutch else lines(dutch), strict=True)),
        day=own.day(kept.last_day) if kept.last_day else "",
        phone=own.place.phone,
    )
