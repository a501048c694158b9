# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look as data: colours, sizes and distances read once from `theme.toml`, with a municipality's colours over them.

Knows no Qt; `kiosk.parts.look` turns the names into fonts and colours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import ContentThemeError
from resources.laid_over import THEME, laid_over
from resources.theme_tokens import Colours, check_colours, parse_tokens


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """A way to write: pixels, line height and weight."""

    px: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One colour theme at one text size."""

    name: str
    colours: Mapping[str, str]
    types: Mapping[str, TypeStyle]
    space: Mapping[str, int]
    shape: Mapping[str, int]
    reading_em: float
    is_roomy: bool


@cache
def _tokens() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "theme.toml").read_text(encoding="utf-8"))


def theme_names() -> tuple[str, ...]:
    return tuple(_tokens()["colour"])


def size_names() -> tuple[str, ...]:
    return tuple(_tokens()["sizes"])


def roomy_from() -> int:
    """Give the shorter side of a window from which the roomy values hold."""
    return int(_tokens()["shape"]["roomy_from"])


def _grown(styles: Mapping[str, Mapping[str, int]], factor: float, least_px: int) -> dict[str, TypeStyle]:
    """Give these styles larger by a factor, and by more where that would leave them too small."""
    grown = {}
    for key, style in styles.items():
        px = max(round(style["px"] * factor), least_px)
        grown[key] = TypeStyle(px, round(style["line"] * px / style["px"]), style["weight"])
    return grown


def own_colours(text: str) -> Colours:
    """Give the colours that a municipality chose, when everything stands out with them.

    Raises: ContentThemeError that names the token, or the pair.
    """
    built_in: Colours = _tokens()["colour"]
    own = parse_tokens(text, built_in)
    check_colours(built_in, own)
    return own


@cache
def _laid_colours(file: Path) -> Colours:
    try:
        return own_colours(file.read_text(encoding="utf-8-sig"))
    except (ContentThemeError, OSError, UnicodeDecodeError):
        return {}  # the device has said why (`commands.content_in_force`); Loket's own colours can be read


def load_theme(name: str, size: str, *, is_roomy: bool, least_px: int = 0) -> Theme:
    """Give the tokens of theme `name` ("light") at text size `size` ("130"), for a large or a small screen.

    No letters are smaller than `least_px`.
    """
    return _load(name, size, is_roomy, least_px, laid_over(THEME))


@cache
def _load(name: str, size: str, is_roomy: bool, least_px: int, over: Path | None) -> Theme:
    tokens = _tokens()
    more: dict[str, dict[str, Any]] = tokens["roomy"] if is_roomy else {}
    factor = float(tokens["sizes"][size])
    types = _grown({**tokens["type"], **more.get("type", {})}, factor, least_px)
    types.update(_grown(tokens["frame_type"], float(tokens["frame_sizes"][size]), least_px))
    shape = {key: value for key, value in tokens["shape"].items() if isinstance(value, int)}
    shape.update(more.get("shape", {}))
    shape.update(tokens["shape"].get(name, {}))
    for key in tokens["shape"]["grows"]:
        shape[key] = round(shape[key] * min(factor, tokens["shape"]["grows_to"]))
    space = {**tokens["space"], **more.get("space", {})}
    colours = tokens["colour"][name]
    if over is not None:
        colours = {**colours, **_laid_colours(over).get(name, {})}
    return Theme(name, colours, types, space, shape, tokens["shape"]["reading_em"], is_roomy)
