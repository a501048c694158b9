# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a part's widget promises the window: a height at a width, its texts to mark, its items to reach by key."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.readable import Readable
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock


class PartWidget(QWidget):
    """One part on the screen. Subclasses build their children once and place them in `lay_out`."""

    is_wide = False  # may use the whole column instead of a line of reading
    is_full = False  # may use the whole window, beyond the column
    stretches = False  # may take the height that is left on a wide screen

    def __init__(self, stage: Stage, parent: QWidget, part_id: str) -> None:
        super().__init__(parent)
        self.stage = stage
        self.part_id = part_id

    def lay_out(self, width: int, least_height: int = 0) -> int:
        """Place the children for `width` and give the height that takes."""
        raise NotImplementedError

    def readables(self) -> dict[str, Readable]:
        """Give what can be marked while it is read aloud, by the id the voice uses."""
        found: dict[str, Readable] = {block.reading_id: block for block in self.findChildren(TextBlock)}
        found.update({button.button_id: button for button in self.findChildren(ActionButton)})
        return found

    def items(self) -> list[QWidget]:
        """Give what can be focused, in order."""
        return []

    def item(self, item_id: str) -> QWidget | None:
        """Give the item with this id, to focus or to mark."""
        return None

    def takes(self, part: object) -> bool:
        """Take over a new part of the same id, keeping cursor and focus; False where it must be built anew."""
        return False
