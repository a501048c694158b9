# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our screens as web pages: the same words, sizes, colours and places, for the browser that is measured beside us."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.processes import REPOSITORY

Data = Mapping[str, Any]

# One drawing for every icon: a browser needs no icon font for it, so this is the cheapest page it could get.
_ICON = '<svg viewBox="0 0 24 24"><path d="M12 2 2 11h3v10h5v-6h4v6h5V11h3z"/></svg>'
_STYLE = """
* { box-sizing: border-box; margin: 0; font-family: "Noto Sans", sans-serif; }
body { background: CANVAS; color: INK; overflow: hidden; user-select: none; }
.page { position: absolute; inset: 0; display: none; flex-direction: column; }
.page.on { display: flex; }
.tools, .bar { display: flex; gap: 16px; padding: 8px 32px; align-items: center; }
.content { flex: 1; padding: 16px 32px; overflow: hidden; }
h1 { font-size: 44px; line-height: 54px; } h2 { font-size: 32px; line-height: 42px; }
p, li { font-size: 28px; line-height: 40px; } .soft { color: SOFT; font-size: 24px; line-height: 34px; }
button { font-size: 28px; min-height: 72px; padding: 8px 24px; border: 2px solid EDGE; border-radius: 12px;
  background: PAPER; color: INK; display: inline-flex; gap: 12px; align-items: center; justify-content: center; }
button:active { background: PRESSED; color: PAPER; }
button.primary { background: PRIMARY; color: PAPER; position: fixed; }
svg { width: 40px; height: 40px; fill: currentColor; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 16px; margin: 16px 0; }
.tiles button { flex-direction: column; min-height: 200px; border-radius: 16px; }
.tiles svg { width: 96px; height: 96px; }
.row { display: flex; gap: 16px; margin: 16px 0; flex-wrap: wrap; }
.choices { display: grid; grid-template-columns: repeat(2, 1fr); gap: 16px; margin: 16px 0; }
.choices button { justify-content: flex-start; } .choices svg { width: 64px; height: 64px; }
.box { background: PAPER; border: 2px solid LINE; border-radius: 16px; padding: 16px; margin: 8px 0; }
.columns { display: grid; grid-template-columns: repeat(2, 1fr); gap: 16px; }
input { font-size: 36px; min-height: 72px; border: 2px solid EDGE; border-radius: 8px; padding: 8px; width: 60%; }
"""
_SCRIPT = """
const pages = [...document.querySelectorAll('.page')]; let at = 0;
const show = (next) => { pages[at].classList.remove('on'); at = next % pages.length; pages[at].classList.add('on'); };
document.addEventListener('click', () => show(at + 1)); show(0);
"""


def write_pages(views: Sequence[Data], spots: Sequence[Sequence[int] | None], path: Path) -> Path:
    """Write one document that shows the views one after another; a tap anywhere goes to the next, in the same frame.

    It asks not to be translated, or the browser would lay its own bar over it.
    """
    pages = "".join(_page(view, spot) for view, spot in zip(views, spots, strict=True))
    document = (
        '<!doctype html><html lang="nl" translate="no"><meta charset="utf-8"><title>Loket</title>'
        f"<style>{_style()}</style><body>{pages}<script>{_SCRIPT}</script></body></html>"
    )
    path.write_text(document, encoding="utf-8")
    return path


def _style() -> str:
    theme = tomllib.loads((REPOSITORY / "resources" / "theme.toml").read_text(encoding="utf-8"))["colour"]["light"]
    names = {"CANVAS": "canvas", "PAPER": "paper", "PRESSED": "primary_pressed", "PRIMARY": "primary"}
    names |= {"SOFT": "ink_soft", "INK": "ink", "LINE": "line", "EDGE": "edge"}
    style = _STYLE
    for word, name in names.items():
        style = style.replace(word, theme[name])
    return style


def _page(view: Data, spot: Sequence[int] | None) -> str:
    content = "".join(_part(part) for part in view["parts"])
    tools = "".join(_button(button) for button in view["tools"])
    bar = "".join(_button(button, spot if button["weight"] == "primary" else None) for button in view["bar"])
    note = f"<p class=soft>{_text(view['bar_note'])}</p>" if view["bar_note"] else ""
    frame = (("tools", tools), ("content", content), ("bar", bar + note))
    return f"<div class=page>{''.join(f'<div class={name}>{inner}</div>' for name, inner in frame)}</div>"


def _part(part: Data) -> str:
    match part["kind"]:
        case "Heading":
            return f"<h1>{_text(part['text'])}</h1>"
        case "Subheading":
            return f"<h2>{_text(part['text'])}</h2>"
        case "Where":
            return f"<p class=soft>{_text(part['text'])}</p>"
        case "Tiles":
            return f"<div class=tiles>{''.join(_button(tile) for tile in part['tiles'])}</div>"
        case "ButtonRow":
            return f"<div class=row>{''.join(_button(button) for button in part['buttons'])}</div>"
        case "Choices":
            return f"<div class=choices>{''.join(_button(option) for option in part['options'])}</div>"
        case "Field":
            return _field(part)
        case "FieldRow":
            return f"<div class=row>{''.join(_field(field) for field in part['fields'])}</div>"
        case "Button":
            return _button(part)
        case _:
            return f"<div class=box>{_words(part)}</div>"


def _field(field: Data) -> str:
    return f"<div><p>{_text(field['label'])}</p><input value='{_text(field['text'])}'></div>"


def _button(button: Data, spot: Sequence[int] | None = None) -> str:
    icon = _ICON if button.get("icon") else ""
    if spot is None:
        return f"<button>{icon}<span>{_text(button['text'])}</span></button>"
    _, _, left, top, width, height = spot
    place = f"left:{left}px;top:{top}px;width:{width}px;height:{height}px"
    return f'<button class=primary style="{place}">{icon}<span>{_text(button["text"])}</span></button>'


def _words(part: Data) -> str:
    """Give every word of a part that has no page of its own kind: notices, cards, answers."""
    found = []
    for name, value in part.items():
        if isinstance(value, str) and value and name in ("title", "text", "question", "answer", "otherwise", "strong"):
            found.append(f"<p>{_text(value)}</p>")
        elif name == "icon" and value:
            found.append(_ICON)
        elif isinstance(value, list):
            found.extend(f"<div>{_words(each)}</div>" for each in value if isinstance(each, dict))
    return "".join(found)


def _text(text: str) -> str:
    return html.escape(text, quote=True)
