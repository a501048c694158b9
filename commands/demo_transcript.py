# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was said on every screen of a visit, held against what stands on it, and written down to be read.

A text that was not said, or not in its turn, is told with the id of its part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commands.view_texts import ShownText, texts_of_view
from kiosk.speech.reader import Reader, Spoken
from kiosk.view import View

_STOPS = frozenset(".,:;!?؟،؛")


def unspoken(view: View, said: Iterable[Spoken]) -> tuple[ShownText, ...]:
    """Give the texts of a view that were not said in their turn."""
    heard = _plain("".join(spoken.text for spoken in said))
    missing: list[ShownText] = []
    at = 0
    for shown in texts_of_view(view):
        wanted = _plain(shown.text)
        found = heard.find(wanted, at)
        if found < 0:
            missing.append(shown)
        else:
            at = found + len(wanted)
    return tuple(missing)


def _plain(text: str) -> str:
    """Take out spaces, for a text is said sentence by sentence, and the signs that only steer how it is set.

    A full stop that stands alone after a piece in another language is said by nobody.
    """
    return "".join(sign for sign in text if not sign.isspace() and sign.isprintable() and sign not in _STOPS)


@dataclass(frozen=True, slots=True)
class ScreenHeard:
    """One screen as somebody heard it who sees nothing."""

    name: str
    said: tuple[Spoken, ...]
    texts: int
    missing: tuple[ShownText, ...]

    def plain(self) -> dict[str, object]:
        """Give it as `transcript.json` holds it."""
        return {
            "screen": self.name,
            "texts": self.texts,
            "unspoken": [{"part": text.part_id, "text": text.text} for text in self.missing],
            "said": [{"part": said.part_id, "text": said.text, "said": said.said} for said in self.said],
        }


@dataclass(slots=True)
class Listener:
    """Writes down what a reader says, screen by screen."""

    reader: Reader
    screens: list[ScreenHeard] = field(default_factory=list)
    _last: Spoken | None = None
    _steps: list[tuple[str, tuple[Spoken, ...]]] = field(default_factory=list)

    def heard(self) -> tuple[Spoken, ...]:
        """Give what was said since the last time this was asked."""
        spoken = self.reader.spoken
        number = next((n for n in range(len(spoken) - 1, -1, -1) if spoken[n] is self._last), -1)
        self._last = spoken[-1] if spoken else self._last
        return spoken[number + 1 :]

    def take_screen(self, view: View) -> None:
        """Know that this screen was listened to, to its end."""
        said = self.heard()
        self.screens.append(ScreenHeard(view.name, said, len(texts_of_view(view)), unspoken(view, said)))
        self._steps.append((view.name, said))

    def take_steps(self) -> None:
        """Write down what was said on the way over this screen, key by key."""
        said = self.heard()
        if said:
            self._steps.append(("", said))

    @property
    def missing(self) -> tuple[tuple[str, ShownText], ...]:
        """Give what was shown and not said, with the name of its screen."""
        return tuple((screen.name, text) for screen in self.screens for text in screen.missing)

    def write(self, folder: Path) -> None:
        """Write the transcript: for people, and for programs."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "transcript.txt").write_text("".join(self._lines()), encoding="utf-8")
        found = json.dumps([screen.plain() for screen in self.screens], indent=2, ensure_ascii=False)
        (folder / "transcript.json").write_text(found + "\n", encoding="utf-8")

    def _lines(self) -> Sequence[str]:
        lines: list[str] = []
        for name, said in self._steps:
            lines.append(f"\n== {name} ==\n" if name else "  -- with the keys --\n")
            lines += [f"{'' if name else '  '}{spoken.said}\n" for spoken in said]
        return lines
