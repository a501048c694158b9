# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's colours by NL Design System names: taken when everything stands out, else refused by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import ContentThemeError
from resources.colour_pairs import PART_PAIRS, SENDER_ON, TEXT_PAIRS, contrast, faint_pairs
from resources.desk_theme import desk_colours, desk_style_sheet
from resources.laid_over import lay_over
from resources.theme import load_theme, own_colours, theme_names
from resources.theme_tokens import TOKENS

BLUE = '[light]\nutrecht.button.primary-action.background-color = "#154273"\n'


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Path]:
    lay_over(tmp_path)
    yield tmp_path
    lay_over(None)


def colours_of(theme: str) -> dict[str, str]:
    return dict(load_theme(theme, "100", is_roomy=False).colours)


def test_takes_a_token_written_with_dots_or_between_quotes_or_as_tables() -> None:
    quoted = '[light]\n"utrecht.button.primary-action.background-color" = "#154273"\n'
    tables = '[light.utrecht.button.primary-action]\nbackground-color = "#154273"\n'

    assert own_colours(BLUE) == own_colours(quoted) == own_colours(tables) == {"light": {"primary": "#154273"}}


def test_the_token_of_a_component_goes_before_a_general_one_whatever_the_order() -> None:
    found = own_colours(BLUE + 'basis.color.action-1.bg-default = "#00566b"\nloket.tint = "#def"\n')

    assert found["light"] == {"primary": "#154273", "tint": "#ddeeff"}


def test_every_token_stands_for_a_colour_that_every_theme_has() -> None:
    for theme in theme_names():
        assert set(TOKENS.values()) <= set(colours_of(theme))


def test_every_token_is_in_the_manual_with_what_it_colours(repository: Path) -> None:
    text = (repository / "docs/themes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| `([a-z_]+)` \|", text, re.MULTILINE)

    assert dict(rows) == dict(TOKENS)


def test_kiosk_and_desk_show_the_colours_of_the_municipality(over: Path) -> None:
    before = {theme: colours_of(theme) for theme in theme_names()}
    (over / "theme.toml").write_text(BLUE, encoding="utf-8")

    assert colours_of("light") == {**before["light"], "primary": "#154273"}
    assert colours_of("dark") == before["dark"]
    assert desk_colours("light")["primary"] == "#154273"
    assert "#154273" in desk_style_sheet("light")


@pytest.mark.parametrize(("first", "second"), [*TEXT_PAIRS, *PART_PAIRS])
@pytest.mark.parametrize("theme", theme_names())
def test_refuses_a_theme_in_which_this_pair_is_too_faint_and_names_it(theme: str, first: str, second: str) -> None:
    same = colours_of(theme)[second]

    with pytest.raises(ContentThemeError) as caught:
        own_colours(f'[{theme}]\nloket.{first} = "{same}"\n')

    assert f"theme.toml: {theme}: " in caught.value.says
    found = {(pair.first, pair.second) for pair in faint_pairs(theme, {**colours_of(theme), first: same})}
    assert (first, second) in found


def test_says_which_pair_how_far_apart_it_is_and_how_far_it_must_be() -> None:
    with pytest.raises(ContentThemeError) as caught:
        own_colours('[light]\nbasis.color.default.color-subtle = "#808080"\n')

    assert caught.value.says.startswith("theme.toml: light: ink_soft on canvas is 3.5")
    assert "to 1, at least 4.5" in caught.value.says


def test_asks_more_of_the_theme_of_who_sees_badly() -> None:
    grey = "#949494"  # 6.9 to 1 on black
    assert 4.5 < contrast(grey, "#000000") < 7.0

    with pytest.raises(ContentThemeError, match="at least 7"):
        own_colours(f'[yellow]\nloket.human = "{grey}"\n')


@pytest.mark.parametrize("behind", [*SENDER_ON, "on_mark"])
def test_the_colours_of_senders_must_stand_out_too(behind: str) -> None:
    with pytest.raises(ContentThemeError, match="mark_blue"):
        own_colours(f'[light]\nloket.mark_blue = "{colours_of("light")[behind]}"\n')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[light", "no TOML"),
        ("[night]\n", "no theme"),
        ("light = 3\n", "no theme"),
        ('[light]\nutrecht.buton.primary-action.color = "#fff"\n', "no use for"),
        ('[light]\nloket.target = "#fff"\n', "no use for"),
        ('[light]\nbasis.focus.outline-color = "red"\n', "is no colour"),
        ('[light]\nbasis.focus.outline-color = "#12345"\n', "is no colour"),
        ("[light]\nbasis.focus.outline-color = 3\n", "is no colour"),
        ('[light]\nbasis.focus.outline-color = "#fff; color: red"\n', "is no colour"),
    ],
)
def test_refuses_what_is_no_theme_and_says_what(text: str, says: str) -> None:
    with pytest.raises(ContentThemeError, match=says):
        own_colours(text)


def test_colours_that_are_refused_leave_those_of_loket(over: Path) -> None:
    before = colours_of("light")
    (over / "theme.toml").write_text('[light]\nloket.ink = "#ffffff"\n', encoding="utf-8")

    assert colours_of("light") == before
