# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mag ik dit? Twelve situations with an answer, in two taps (H05); the card for anger stands first (PEOPLE 7)."""

from __future__ import annotations

from assisted.look_up import LookUpPage, LookUpPorts, LookUpWords
from assisted.pages import DeskPage
from domain.knowledge import EntryKind

_WORDS = LookUpWords("desk.may_i.title", "desk.may_i.field", "desk.may_i.example")


def may_i_page(ports: LookUpPorts) -> DeskPage:
    """Give the page."""
    first = (ports.directory.anger,) if ports.directory.anger is not None else ()
    return DeskPage(
        "may-i",
        "desk.may_i",
        "help-circle-outline",
        lambda office: LookUpPage(office, ports, _WORDS, (EntryKind.MAY_I,), first),
        says="desk.may_i.tile",
    )
