# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of the desk as data: its sizes, and its style sheet with the colours of a theme filled in.

Knows no Qt; `assisted.desk_look` turns it into fonts, colours and pictures.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from resources.theme import load_theme

DESK_THEMES = ("light", "dark", "yellow")
_TOKEN = re.compile(r"@([a-z_]+)|\$([a-z_]+?)px\b")


@cache
def desk_px() -> dict[str, int]:
    """Give the sizes by name."""
    text = (Path(__file__).parent / "desk.toml").read_text(encoding="utf-8")
    sizes: dict[str, int] = tomllib.loads(text)["px"]
    return sizes


def desk_colours(theme: str) -> dict[str, str]:
    """Give the colours by name."""
    return dict(load_theme(theme, "100", is_roomy=False).colours)


def desk_style_sheet(theme: str) -> str:
    """Give the style sheet of the desk in a theme.

    Raises: KeyError when it asks for a colour or size that nobody wrote.
    """
    colours, sizes = desk_colours(theme), desk_px()
    source = (Path(__file__).parent / "desk.qss").read_text(encoding="utf-8")
    body = source[source.index("*/") + 2 :]
    return _TOKEN.sub(lambda found: colours[found[1]] if found[1] else f"{sizes[found[2]]}px", body)
