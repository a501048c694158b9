# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Uitleg: knowledge cards by what people say (H13)."""

from __future__ import annotations

from assisted.look_up import LookUpPage, LookUpPorts, LookUpWords
from assisted.pages import DeskPage
from domain.knowledge import EntryKind

_WORDS = LookUpWords("desk.know.title", "desk.know.field", "desk.know.example")


def knowledge_page(ports: LookUpPorts) -> DeskPage:
    """Give the page; in the list, not on home, which has five things (PEOPLE 7)."""
    return DeskPage(
        "knowledge",
        "desk.know",
        "lightbulb-outline",
        lambda office: LookUpPage(office, ports, _WORDS, (EntryKind.CARD,)),
        says="desk.know.tile",
        is_on_home=False,
    )
