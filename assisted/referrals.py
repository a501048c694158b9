# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waarheen? Organisations that help, courses, and the hours of help here (H10, H11, H12, H19)."""

from __future__ import annotations

from assisted.entry_sheet import Entry, HelpHours
from assisted.look_up import LookUpPage, LookUpPorts, LookUpWords
from assisted.pages import DeskPage
from domain.knowledge import EntryKind

_WORDS = LookUpWords("desk.referral.title", "desk.referral.field", "desk.referral.example")


def referrals_page(ports: LookUpPorts) -> DeskPage:
    """Give the page."""
    first: tuple[Entry, ...] = (HelpHours(ports.directory.slots),) if ports.directory.slots else ()
    kinds = (EntryKind.REFERRAL, EntryKind.COURSE)
    return DeskPage(
        "referrals",
        "desk.referral",
        "sign-direction",
        lambda office: LookUpPage(office, ports, _WORDS, kinds, first),
        says="desk.referral.tile",
    )
