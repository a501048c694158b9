# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a line of what waits says: what it is, how it stands and why, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from assisted import fault_words
from assisted.lines_table import Cell, Line
from domain.deliveries import DeliveryKind, DeliveryState, WaitingDelivery
from i18n.texts import Texts

TitleOf = Callable[[str], str]
"""Gives the title of a service, for people."""

_ICONS = {
    DeliveryState.WAITING: ("clock-outline", "ink"),
    DeliveryState.RETRYING: ("cloud-sync-outline", "ink"),
    DeliveryState.REJECTED: ("close-octagon-outline", "danger"),
    DeliveryState.CONFLICT: ("call-split", "danger"),
    DeliveryState.STILL_OPEN: ("account-alert-outline", "danger"),
}
_BY_ITSELF = frozenset({DeliveryState.WAITING, DeliveryState.RETRYING})


def line(texts: Texts, key: str, one: WaitingDelivery, title_of: TitleOf) -> Line:
    """Give its line of the table."""
    icon, colour = ("clock-alert-outline", "danger") if _is_slow(one) else _ICONS[one.state]
    cells = (
        Cell(title(texts, one, title_of), is_strong=True),
        Cell(one.reference),
        Cell(fault_words.moment(one.since, texts)),
        Cell(state(texts, one), icon, colour, is_strong=one.needs_person),
    )
    return Line(key, cells)


def title(texts: Texts, one: WaitingDelivery, title_of: TitleOf) -> str:
    """Say what it is."""
    if one.kind is DeliveryKind.ACT:
        return texts.tr(f"desk.deliveries.act.{one.about}")
    found = title_of(one.about)
    return found if one.kind is DeliveryKind.CASE else texts.tr("desk.deliveries.added", title=found)


def state(texts: Texts, one: WaitingDelivery) -> str:
    """Say how it stands, and why."""
    said = texts.tr(f"desk.deliveries.state.{'late' if _is_slow(one) else one.state.value}")
    if one.state is DeliveryState.CONFLICT:
        return said
    return " ".join(filter(None, (said, fault_words.reason(texts, one.reason))))


def history(texts: Texts, one: WaitingDelivery) -> str:
    """Say since when it waits, how often it was tried, and how it stands."""
    since = texts.tr("desk.deliveries.since", date=fault_words.moment(one.since, texts))
    tries = texts.tr_number("desk.deliveries.tries", one.attempts) if one.attempts else ""
    return " ".join(filter(None, (since, tries, state(texts, one))))


def what_to_do(texts: Texts, one: WaitingDelivery) -> str:
    """Say what to do about it."""
    if one.state is DeliveryState.CONFLICT:
        return texts.tr("desk.deliveries.conflict.do")
    return fault_words.what_to_do(texts, one.reason) if one.reason else texts.tr("desk.deliveries.waiting.do")


def _is_slow(one: WaitingDelivery) -> bool:
    return one.is_late and one.state in _BY_ITSELF
