# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing moves on a citizen's screen by itself, so there is no motion to switch off (WCAG 2.2.2, 2.3.3)."""

import ast
from pathlib import Path

import pytest

import kiosk

MOVERS = ("Animation", "QTimeLine", "QMovie", "QGraphicsEffect", "QGraphicsOpacityEffect", "QScroller")


def movers_in(source: str) -> set[str]:
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    names |= {
        alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return {name for name in names if name.endswith(MOVERS)}


def test_no_module_of_the_window_moves_anything() -> None:
    folder = Path(kiosk.__file__).parent
    found = {path.name: movers_in(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")}

    assert len(found) > 50
    assert {name: movers for name, movers in found.items() if movers} == {}


@pytest.mark.parametrize("name", ["QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie"])
def test_finds_a_planted_motion(name: str) -> None:
    assert movers_in(f"from PySide6.QtCore import {name}\n") == {name}
