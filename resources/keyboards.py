# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The layouts of the keyboard on the screen, read from `keyboards.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

SCRIPTS = ("latin", "cyrillic", "arabic")

Rows = tuple[tuple[str, ...], ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "keyboards.toml").read_text(encoding="utf-8"))


def script_of(language: str) -> str:
    scripts: dict[str, str] = _data()["scripts"]
    return scripts.get(language, scripts["default"])


def language_of(script: str) -> str:
    """Give a language that is written in this script, to say its letters in."""
    return next((code for code, found in _data()["scripts"].items() if found == script and code != "default"), "nl")


def script_name(script: str) -> str:
    name: str = _data()["names"][script]
    return name


def next_script(script: str) -> str:
    return SCRIPTS[(SCRIPTS.index(script) + 1) % len(SCRIPTS)]


@cache
def rows_of(script: str, kind: str, language: str = "") -> Rows:
    """Give the rows of a script ("latin") for a kind of field ("text"), as a language has them; digits are the same."""
    data = _data()
    own = data[script].get(language) or {}
    rows = (
        data["digits"].get(kind)
        or own.get(kind)
        or data[script].get(kind)
        or data["latin"].get(kind)
        or data[script]["text"]
    )
    return tuple(tuple(row.split()) for row in rows)


def capital_of(key: str, language: str) -> str:
    """Give the capital of a letter: Turkish keeps the dot on its i, and a sharp s has none."""
    if key == "ß":
        return key
    return "İ" if key == "i" and language == "tr" else key.upper()


def face_of(key: str) -> str:
    """Give what stands on a key whose word would be too long for it; empty where the word stands."""
    face: str = _data()["faces"].get(key, "")
    return face


def width_of(key: str) -> float:
    return float(_data()["widths"].get(key, 1))
