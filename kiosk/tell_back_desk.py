# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers during one visit what was asked after the receipt, so that each text is asked about and counted once.

Whether the answer was right is forgotten with the visit; only a count leaves it.
"""

from __future__ import annotations

from domain.journey import Journey
from domain.understanding import Reply, TextVersion
from kiosk.effects import CountReply
from kiosk.screens.tell_back import options_of, promised, reply_of


class TellBackDesk:
    """The question of one visit."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._options: tuple[str, ...] = ()
        self._text: TextVersion | None = None  # what is still to be counted
        self.chosen = ""

    def is_asked_of(self, journey: Journey, language: str, *, is_practice: bool) -> bool:
        """Tell whether to ask about this case; a second time nobody is asked."""
        service = journey.definition
        if promised(journey) is None or service.id in self._asked:
            return False
        self._asked.add(service.id)
        self._options = options_of(journey)
        self._text = None if is_practice else TextVersion(service.id, service.version, language)
        self.chosen = ""
        return True

    def chose(self, option_id: str) -> tuple[CountReply, ...]:
        """Take a choice; there is only one, for that is what the text did."""
        if self.chosen or option_id not in self._options:
            return ()
        self.chosen = option_id
        return self._counted(reply_of(option_id))

    def left(self) -> tuple[CountReply, ...]:
        """Take that the visitor goes on."""
        return self._counted(Reply.SKIPPED)

    def _counted(self, reply: Reply) -> tuple[CountReply, ...]:
        text, self._text = self._text, None
        return (CountReply(text, reply),) if text is not None else ()
