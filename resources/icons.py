# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures: glyphs of the Material Design Icons font that QtAwesome carries, painted straight from the font.

Importing qtawesome costs 120 ms, too much before the first paint; its font and its list of names are all we need.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter

_FONT = "materialdesignicons6-webfont-*.ttf"
_NAMES = "materialdesignicons6-webfont-charmap-*.json"


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome")
    return Path(spec.origin).parent / "fonts"


@cache
def _codes() -> dict[str, str]:
    # Seven thousand names, of which a screen shows ten: a code becomes a character when it is asked for.
    codes: dict[str, str] = json.loads(next(_folder().glob(_NAMES)).read_text(encoding="utf-8"))
    return codes


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob(_FONT))))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _font(px: int) -> QFont:
    font = QFont(_family())
    font.setPixelSize(px)
    return font


@cache
def _data() -> tuple[frozenset[str], dict[str, str]]:
    data = tomllib.loads((Path(__file__).parent / "icons.toml").read_text(encoding="utf-8"))
    return frozenset(data["mirrored"]), data["signs"]


def _bare(name: str) -> str:
    return name.rpartition(".")[2]


def has_icon(name: str) -> bool:
    return _bare(name) in _codes()


def sign(meaning: str) -> str:
    """Name the picture for a meaning the window draws itself, such as "error"."""
    return _data()[1][meaning]


def is_mirrored(name: str) -> bool:
    return _bare(name) in _data()[0]


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor, *, is_rtl: bool = False) -> None:
    """Paint picture `name` to fill `rect`; an unknown name paints the question mark, never nothing."""
    code = _codes().get(_bare(name)) or _codes()[sign("unknown")]
    painter.save()
    if is_rtl and is_mirrored(name):
        painter.translate(2 * rect.center().x(), 0)
        painter.scale(-1, 1)
    painter.setFont(_font(round(rect.height())))
    painter.setPen(colour)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), chr(int(code, 16)))
    painter.restore()
