# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is new on a screen that stays: what somebody who cannot see it must be told.

An option that was chosen, an answer that was not understood, a paper that is ready. How it is said is for
`kiosk.speech.reading`; that a whole new screen is read from the top is for `kiosk.visit`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.view import ButtonRow, Choices, ErrorText, Notice, Part, Understood, View


def news(before: View, after: View) -> tuple[str, ...]:
    """Give the ids to read, in order; nothing where only typing or a button went on."""
    known = {part.id: part for part in before.parts}
    return tuple(new for part in after.parts for new in _new(known.get(part.id), part))


def _new(before: Part | None, after: Part) -> Iterator[str]:
    if after == before:
        return
    match after:
        case Notice() | ErrorText() | Understood():
            yield after.id
        case Choices():
            chosen = before.chosen if isinstance(before, Choices) else after.chosen
            yield from (f"{after.id}.{option.id}" for option in after.options if option.id in after.chosen - chosen)
        case ButtonRow():
            was_on = (
                {button.id for button in before.buttons if button.is_on} if isinstance(before, ButtonRow) else set()
            )
            yield from (button.id for button in after.buttons if button.is_on and button.id not in was_on)
        case _:
            return
