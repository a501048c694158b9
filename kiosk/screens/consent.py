# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks whether a helper may see and fill in one kind of answers: three pictures, and two buttons of one size (U14).

Which of the two stands first, and so is read first, changes each time. Saying no is nothing to explain.
"""

from __future__ import annotations

from dataclasses import replace

from domain.consent import ConsentKind
from domain.staff import Role
from kiosk.screens.frame import page
from kiosk.screens.words import Words
from kiosk.view import LEAVE, Button, ButtonRow, Heading, Paragraph, Picture, Pictures, Tone, View

YES, NO = "consent.yes", "consent.no"
STOP_HELP = "consent.stop"
ANSWER = "consent"
ICONS = {
    ConsentKind.IDENTITY: "mdi6.card-account-details-outline",
    ConsentKind.CONTACT: "mdi6.phone-message-outline",
    ConsentKind.REST: "mdi6.clipboard-text-outline",
}


def consent_view(words: Words, kind: ConsentKind, role: Role, *, is_no_first: bool) -> View:
    """Ask for one kind."""
    title = words.tr(f"consent.title.{kind.value}")
    pictures = Pictures(
        "about",
        "",
        (
            Picture("what", ICONS[kind], words.tr(f"consent.what.{kind.value}")),
            Picture("whom", "mdi6.account-heart-outline", words.tr(f"consent.whom.{role.value}")),
            Picture("long", "mdi6.timer-sand", words.tr("consent.long")),
        ),
    )
    yes = Button(YES, words.tr("consent.yes"), icon="mdi6.thumb-up-outline")
    no = Button(NO, words.tr("consent.no"), icon="mdi6.thumb-down-outline")
    buttons = (no, yes) if is_no_first else (yes, no)
    view = page(
        words,
        f"consent.{kind.value}",
        (
            Heading("title", title),
            pictures,
            ButtonRow(ANSWER, buttons, fills=True),
            Paragraph("free", words.tr("consent.free"), is_soft=True),
        ),
        title=title,
        has_back=False,
        has_stop=False,
        focus=buttons[0].id,
    )
    return replace(view, is_aside=True)


def with_stop(words: Words, view: View) -> View:
    """Put the button that ends it all among the tools, as long as a helper is there."""
    button = Button(STOP_HELP, words.tr("consent.stop"), icon="mdi6.hand-back-left-off-outline", tone=Tone.HUMAN)
    at = next((number for number, tool in enumerate(view.tools) if tool.id == LEAVE), len(view.tools))
    return replace(view, tools=(*view.tools[:at], button, *view.tools[at:]))
