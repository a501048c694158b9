# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a start screen shows that nobody touched for a while: three still pictures, one after the other (feature I13).

No sound, nothing that moves or flashes, and nothing to press but what keeps the picture still: when they change and go
is `kiosk.attract`'s.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.screens.language import Names, marked_name
from kiosk.screens.start import person
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Heading, Paragraph, Part, Picture, Pictures, TextSize, View, Weight

STILL = "attract.still"
SLIDES = ("ask", "languages", "listen")
_BETWEEN = "\u2003"


def attract_view(words: Words, slide: int, names: Names, *, is_still: bool, may_change: bool) -> View:
    """Give one picture; `names` are the languages in themselves."""
    name = SLIDES[slide]
    title = words.tr(f"attract.{name}.title")
    parts: list[Part] = [Heading("title", title), Paragraph("text", words.tr(f"attract.{name}.text"))]
    if name == "languages":
        said = [marked_name(own_name, code, words.language) for code, own_name in names]
        parts.append(Paragraph("names", _BETWEEN.join(said), is_strong=True))
    elif name == "listen":
        parts += [_pictures(words, (("headphones", "mdi6.headphones"), ("read", "mdi6.ear-hearing"))), person(words)]
    else:
        parts.append(_pictures(words, (("touch", "mdi6.gesture-tap"), ("keys", "mdi6.gesture-tap-button"))))
    if may_change:
        parts.append(_still(words, is_still=is_still))
    return View(
        name=f"attract-{name}",
        title=title,
        parts=tuple(parts),
        bar_note=words.tr("attract.touch"),
        direction=words.direction,
        language=words.language,
        preferences=replace(words.preferences, text_size=TextSize.LARGEST),  # seen from some metres
        focus=STILL if may_change else "",
        is_wide=True,
        is_practice=words.place.is_practice,
    )


def _still(words: Words, *, is_still: bool) -> ButtonRow:
    key, icon = ("attract.go", "mdi6.play") if is_still else ("attract.still", "mdi6.pause")
    return ButtonRow("still", (Button(STILL, words.tr(key), icon=icon, weight=Weight.QUIET),))


def _pictures(words: Words, found: tuple[tuple[str, str], ...]) -> Pictures:
    return Pictures("how", "", tuple(Picture(name, icon, words.tr(f"attract.{name}")) for name, icon in found))
