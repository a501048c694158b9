# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import tomllib
from pathlib import Path

import resources.icons as icons_module
from kiosk.parts.catalogue import EXAMPLES
from kiosk.view import ButtonRow, Choices, Columns, Notice, Pictures, Tiles
from resources.icons import has_icon, is_mirrored


def _data() -> dict[str, object]:
    return tomllib.loads((Path(icons_module.__file__).parent / "icons.toml").read_text(encoding="utf-8"))


def test_every_name_in_the_list_is_a_picture_of_the_font() -> None:
    data = _data()
    mirrored, signs = data["mirrored"], data["signs"]
    assert isinstance(mirrored, list)
    assert isinstance(signs, dict)

    assert [name for name in (*mirrored, *signs.values()) if not has_icon(name)] == []


def test_every_picture_of_the_examples_exists() -> None:
    names: list[str] = []
    for part in EXAMPLES:
        match part:
            case Tiles():
                names += [tile.icon for tile in part.tiles]
            case Choices():
                names += [option.icon for option in part.options]
            case ButtonRow():
                names += [button.icon for button in part.buttons]
            case Columns():
                names += [card.icon for card in part.cards]
            case Pictures():
                names += [picture.icon for picture in part.pictures]
            case Notice():
                names.append(part.icon)
            case _:
                pass

    assert [name for name in names if name and not has_icon(name)] == []


def test_knows_a_picture_with_or_without_the_prefix_of_its_family() -> None:
    assert has_icon("mdi6.arrow-left")
    assert has_icon("arrow-left")
    assert is_mirrored("mdi6.arrow-left")
    assert not is_mirrored("check")
