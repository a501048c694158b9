# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen adds to a case becomes a sealed follow-up in Dutch, kept durably before the screen says so (U07).

A mistake that somebody tells himself is no offence: each correction carries the line that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.follow_up import FollowUp, FollowUpHeader, to_bytes
from domain.intake import STRICTEST, BsnRules
from domain.ports import Clock, Sealer, StatusBook
from i18n.dates import format_date
from i18n.texts import DUTCH, Texts
from kiosk.effects import AddToCase

_HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Adding:
    """Keeps additions of one device; used on the store's lane."""

    book: StatusBook
    sealer: Sealer
    texts_of: Callable[[str], Texts]
    clock: Clock
    bsn_rules: BsnRules = STRICTEST

    def add(self, added: AddToCase) -> None:
        """Keep it; when this returns it is safe. The same addition twice is one.

        Raises: BsnRefusedError, SealingError, StoreError and its kinds; then nothing was kept.
        """
        if not self.bsn_rules.may_be_asked:  # else the door at the field knows which question may
            self.bsn_rules.refuse_texts(line.answer for line in added.lines)
        now = self.clock.now()
        dutch = self.texts_of(DUTCH)
        header = FollowUpHeader(added.follow_up_id, added.case.case_id, added.kind, now, self.sealer.key_id)
        day = format_date(now.astimezone(_HERE).date(), DUTCH)
        is_sure = added.case.is_promise_sure
        promised = format_date(added.case.promised_on, DUTCH) if is_sure else dutch.tr("clock.day")
        follow_up = FollowUp(
            header,
            title=dutch.tr(f"follow_up.{added.kind.value}.title"),
            text=dutch.tr(f"follow_up.{added.kind.value}.text", date=day, promised=promised),
            lines=added.lines,
        )
        self.book.add(header, self.sealer.seal(to_bytes(follow_up)))
