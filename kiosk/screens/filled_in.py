# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on the screens of a visit in which a member of staff fills in for a citizen (features S02, H07).

Nothing of it is there where the citizen does it; `kiosk.screens.words.Surroundings.filled_by` tells.
"""

from __future__ import annotations

from domain.answers import Origin
from domain.filled_by import How
from domain.receipt import Receipt
from domain.service import Privacy
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Notice, Paragraph, Part

NAMESAKE = "fill.namesake"
_ICONS = {
    How.DESK: "mdi6.printer-outline",
    How.PHONE: "mdi6.phone",
    How.PAPER: "mdi6.email-outline",
}


def by_staff(words: Words) -> tuple[Part, ...]:
    """Say above all answers that a member of staff filled them in, and that the citizen has to agree."""
    if not words.place.filled_by.is_somebody:
        return ()
    return (Notice("by_staff", words.tr("fill.by_staff"), words.tr("fill.check"), icon="mdi6.account-tie-outline"),)


def origin_key(words: Words, origin: Origin) -> str:
    """Give the key of what stands beside an answer of this origin."""
    is_now = origin is Origin.TAKEN_OVER and words.place.filled_by.is_somebody
    return "check.origin.staff" if is_now else f"check.origin.{origin.value}"


def namesake(words: Words) -> ButtonRow:
    """Let a member say that the citizen only has the same name; else the name has to change."""
    return ButtonRow("namesake", (Button(NAMESAKE, words.tr("fill.namesake"), icon="mdi6.account-multiple-outline"),))


def given_along(words: Words, receipt: Receipt) -> tuple[Part, ...]:
    """Say how the receipt comes to who is not at this screen: on paper, by post, or said twice on the phone."""
    filled_by = words.place.filled_by
    if not filled_by.is_somebody:
        return ()
    how = How(filled_by.how)
    key = f"fill.give.{how.value}"
    found: list[Part] = [Notice("give", words.tr(f"{key}.title"), words.tr(f"{key}.text"), icon=_ICONS[how])]
    if how is How.PHONE:
        number, code = spelled(receipt.reference), spelled(receipt.status_code)
        twice = (("say.first", "fill.say.first"), ("say.again", "fill.say.again"))
        found += [
            Paragraph(
                part_id,
                words.tr(key, number=number, code=code),
                is_strong=True,
                privacy=Privacy.PERSONAL,
                instead=words.tr("voice.private_code"),
            )
            for part_id, key in twice
        ]
    found.append(Notice("by_staff", words.tr("fill.by_staff"), icon="mdi6.account-tie-outline"))
    return tuple(found)


def spelled(said: str) -> str:
    """Write a number so that it is read out sign by sign, with a rest after each group."""
    return ", ".join("\u00a0".join(group) for group in said.split("-"))
