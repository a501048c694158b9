# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the Noto fonts on this machine, loads each once, and says which font can draw a character.

Noto Sans must be there; the other scripts are loaded when a text first needs them.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from domain.errors import PaperError

MAIN = "NotoSans"
# In the order in which a character is looked for. Hebrew and symbols are for answers, which may hold anything.
FAMILIES = (MAIN, "NotoSansArabic", "NotoSansEthiopic", "NotoSansHebrew", "NotoSansMath", "NotoSansSymbols2")
SHAPED = ("NotoSansArabic", "NotoSansHebrew")  # right to left, placed by HarfBuzz
# Shown for a character that no font has, best first.
BOXES = ("\u25af", "\u25a1", "\ufffd")

# reportlab's fonts belong to one document at a time.
one_at_a_time = Lock()


def font_folders() -> tuple[Path, ...]:
    """Give the places where this kind of system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        return (Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/Library/Fonts"), home / "Library/Fonts", Path("/System/Library/Fonts/Supplemental"))
    shared = Path("/usr/share/fonts")
    return (
        shared / "truetype/noto",
        shared / "noto",
        shared / "google-noto",
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
    )


def find_font(file_name: str, folders: tuple[Path, ...]) -> Path | None:
    """Give the first folder's file of this name, or None."""
    return next((folder / file_name for folder in folders if (folder / file_name).is_file()), None)


class Fonts:
    """The loaded fonts, and the answer to "which one draws this character?"."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._loaded: dict[str, TTFont | None] = {}
        self._chosen: dict[tuple[str, bool], tuple[TTFont, str]] = {}
        self._main = {bold: self._needed(bold) for bold in (False, True)}

    def main(self, *, bold: bool) -> TTFont:
        """Give Noto Sans."""
        return self._main[bold]

    def _needed(self, bold: bool) -> TTFont:
        font = self._load(MAIN, bold)
        if font is None:
            remedy = "install the package fonts-noto-core (Debian) or the font Noto Sans, regular and bold"
            raise PaperError("the font Noto Sans is not on this machine", remedy)
        return font

    def choose(self, character: str, *, bold: bool) -> tuple[TTFont, str]:
        """Give a font and what to draw with it: the character, or a visible box when no font has it."""
        known = self._chosen.get((character, bold))
        if known is None:
            known = self._chosen[(character, bold)] = self._search(character, bold)
        return known

    def _search(self, character: str, bold: bool) -> tuple[TTFont, str]:
        for shown in (character, *BOXES):
            for family in FAMILIES:
                # A family without a bold cut (symbols) lends its regular one.
                font = self._load(family, bold) or self._load(family, False)
                if font is not None and ord(shown) in font.face.charToGlyph:
                    return font, shown
        return self.main(bold=bold), "?"

    def _load(self, family: str, bold: bool) -> TTFont | None:
        name = f"{family}-{'Bold' if bold else 'Regular'}"
        if name not in self._loaded:
            path = find_font(f"{name}.ttf", self._folders)
            self._loaded[name] = None if path is None else _register(name, path)
        return self._loaded[name]


def _register(name: str, path: Path) -> TTFont:
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise PaperError(
            f"the font file {path.name} cannot be read", "install the package fonts-noto-core again"
        ) from error
    pdfmetrics.registerFont(font)
    if name.startswith(SHAPED):
        _name_every_glyph(font)
    return font


def _name_every_glyph(font: TTFont) -> None:
    """Give joined glyphs their private code now, in the font's order.

    Given when first met, the same page would differ with what was made before it.
    """
    setting = font.hbFont()
    for glyph in range(setting.face.glyph_count):
        if glyph not in font.face.glyphToChar:
            advance = font.pdfScale(setting.get_glyph_h_advance(glyph))
            font.hbAddPrivate(setting.glyph_to_string(glyph), glyph, advance)


@cache
def installed() -> Fonts:
    """Give the fonts of this machine, loaded once a process.

    Raises: PaperError when Noto Sans is not installed.
    """
    return Fonts(font_folders())
