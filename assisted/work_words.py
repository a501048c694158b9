# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a line of the work list says: a word and a picture for each thing, so that nothing is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.counter import WorkCounts, WorkItem, WorkNews
from i18n.dates import format_date
from i18n.texts import Texts

HERE = ZoneInfo("Europe/Amsterdam")
_OFFLINE = "unreachable"
_SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A word, its picture, and the colour of both; the word alone is enough."""

    text: str
    icon: str
    colour: str = "ink"


def days_left(texts: Texts, item: WorkItem, today: date) -> Said:
    """Say how many working days are left."""
    left = item.days_left(today)
    if left is None:
        return Said(texts.tr("desk.work.no_day"), "calendar-question-outline", "ink_soft")
    if left < 0:
        return Said(texts.tr_number("desk.work.late", -left), "alert-circle", "danger")
    if left == 0:
        return Said(texts.tr("desk.work.today"), "clock-alert-outline", "warn")
    colour = "warn" if left <= _SOON_DAYS else "ink_soft"
    return Said(texts.tr_number("desk.work.left", left), "calendar-clock-outline", colour)


def owner(texts: Texts, item: WorkItem, member_number: str) -> str:
    """Say who took it on."""
    if not item.owner:
        return texts.tr("desk.work.owner.nobody")
    return texts.tr("desk.work.owner.you") if item.owner == member_number else item.owner_name or item.owner


def stage(texts: Texts, item: WorkItem) -> str:
    """Say how far it is."""
    return texts.tr(f"desk.work.stage.{item.stage.value}")


def marks(texts: Texts, item: WorkItem) -> tuple[Said, ...]:
    """Say what is special about it, what matters most first."""
    known = (
        (item.has_conflict, "conflict", "call-split", "danger"),
        (item.is_urgent, "urgent", "run-fast", "danger"),
        (item.is_withdrawn, "withdrawn", "undo-variant", "warn"),
        (item.asks_call, "call", "phone-outline", "human"),
        (item.acts_waiting > 0, "waiting", "cloud-upload-outline", "ink_soft"),
    )
    return tuple(Said(texts.tr(f"desk.work.mark.{name}"), icon, colour) for is_on, name, icon, colour in known if is_on)


def counts(texts: Texts, found: WorkCounts) -> str:
    """Say how much there is."""
    if not found.cases:
        return texts.tr("desk.work.empty")
    said = [texts.tr_number("desk.work.count.cases", found.cases)]
    if found.late:
        said.append(texts.tr_number("desk.work.count.late", found.late))
    if found.urgent:
        said.append(texts.tr_number("desk.work.count.urgent", found.urgent))
    return " ".join(said)


def waiting(texts: Texts, found: WorkCounts) -> str:
    """Say what of this device is not sent, or was refused; empty when all is."""
    named = (("unsent_cases", found.unsent_cases), ("unsent_acts", found.unsent_acts), ("rejected", found.rejected))
    return " ".join(texts.tr_number(f"desk.work.count.{name}", number) for name, number in named if number)


def news(texts: Texts, found: WorkNews, now: datetime) -> Said:
    """Say how new the list is."""
    if found.is_going_on:
        return Said(texts.tr("desk.work.news.going_on"), "refresh", "ink_soft")
    if found.refreshed_at is None:
        kind = "never" if not found.reason else "never_offline" if found.reason == _OFFLINE else "never_stuck"
        return Said(texts.tr(f"desk.work.news.{kind}"), "cloud-off-outline", "ink_soft" if not found.reason else "warn")
    kind = "new" if not found.reason else "offline" if found.reason == _OFFLINE else "stuck"
    icon = "cloud-check-outline" if kind == "new" else "cloud-off-outline"
    moment = found.refreshed_at.astimezone(HERE)
    said = moment_values(moment, now)
    return Said(texts.tr(f"desk.work.news.{kind}.{said[0]}", **said[1]), icon, "ink_soft" if kind == "new" else "warn")


def moment_values(moment: datetime, now: datetime) -> tuple[str, dict[str, str]]:
    """Give which text fits a moment (today, yesterday, day) and its fields."""
    here, today = moment.astimezone(HERE), now.astimezone(HERE).date()
    values = {"time": f"{here:%H.%M}"}
    if here.date() == today:
        return "today", values
    if here.date() == today - timedelta(days=1):
        return "yesterday", values
    return "day", {"date": format_date(here.date()), **values}


def moment(texts: Texts, at: datetime, now: datetime) -> str:
    """Say when something was: "vandaag 10.05 uur"."""
    kind, values = moment_values(at, now)
    return texts.tr(f"desk.work.moment.{kind}", **values)
