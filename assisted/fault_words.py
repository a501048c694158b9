# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a fault or a failed delivery is in words: for each word of a list a sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.system_fault import FaultGroup, FaultKey, FaultSource
from i18n.dates import format_date
from i18n.texts import Texts

HERE = ZoneInfo("Europe/Amsterdam")
_REASON = "desk.reason."
_MISTAKE = "mistake-"
_UNSAID = frozenset({"unknown", "declined", "different"})

ChoiceText = Callable[[str, str], str]
"""Gives the words of a choice of the service `fout`: question and choice."""


def reason(texts: Texts, slug: str) -> str:
    """Say why something does not arrive; empty where nothing is known."""
    return texts.tr(f"{_REASON}{_known(texts, slug)}") if slug else ""


def what_to_do(texts: Texts, slug: str) -> str:
    """Say what to do about it."""
    return texts.tr(f"{_REASON}{_known(texts, slug)}.do") if slug else ""


def _known(texts: Texts, slug: str) -> str:
    if slug.startswith(_MISTAKE):
        return "mistake"
    return slug if texts.dutch.has(f"{_REASON}{slug}") else "other"


def what(texts: Texts, key: FaultKey, choice: ChoiceText) -> str:
    """Say which fault it is, in one line."""
    match key.source:
        case FaultSource.REPORTED:
            about, kind = (
                texts.tr(f"desk.faults.unsaid.{question}") if word in _UNSAID else choice(question, word)
                for question, word in (("organisatie", key.about), ("soort", key.kind))
            )
            return f"{about}: {kind}"
        case FaultSource.DELIVERY | FaultSource.ACT:
            return f"{texts.tr(f'desk.faults.{key.source.value}.{key.about}')} {reason(texts, key.kind)}"
        case FaultSource.PROGRAM:
            return texts.tr("desk.faults.program", kind=key.about, place=key.kind)
        case FaultSource.DEVICE:
            named = f"desk.faults.device.{key.about}"
            return texts.tr(named) if texts.dutch.has(named) else texts.tr("desk.faults.device", what=key.about)
        case FaultSource.CONTENT:
            is_service = key.kind == "definition"
            return texts.tr(f"desk.faults.content.{'service' if is_service else 'message'}", what=key.about)


def without_owner(texts: Texts, group: FaultGroup, now: datetime) -> str:
    """Say how long nobody has had it."""
    days = group.days_without_owner(now.astimezone(HERE).date())
    return texts.tr_number("desk.faults.days", days) if days else texts.tr("desk.faults.days.today")


def day(moment: datetime, texts: Texts) -> str:
    """Say a day: "24 november 2026"."""
    return format_date(moment.astimezone(HERE).date(), texts.language)


def moment(at: datetime, texts: Texts) -> str:
    """Say a day and a time: "24 november 2026, 10.30 uur"."""
    return texts.tr("desk.deliveries.moment", date=day(at, texts), time=f"{at.astimezone(HERE):%H.%M}")


def told(texts: Texts, group: FaultGroup) -> str:
    """Say how many citizens have the answer; nothing where nobody waits."""
    if not group.citizens:
        return texts.tr("desk.faults.told.nobody")
    if group.told >= group.citizens:
        return texts.tr_number("desk.faults.told.all", group.citizens)
    return texts.tr("desk.faults.told.some", told=str(group.told), citizens=str(group.citizens))
