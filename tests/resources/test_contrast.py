# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every pair of colours that Loket puts together, computed: 4.5 to 1 for text, 3 to 1 for what shows a control."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from commands.all_screens import Station
from commands.contrast import Pair, pairs_of
from commands.screen_runs import texts_of
from commands.window_words import window_words
from domain.service import SenderColour
from kiosk.parts.catalogue import EXAMPLES
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.look import Look
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.readable import MarkedWhole
from kiosk.view import Preferences, ThemeName, View
from kiosk.window import KioskWindow
from resources.colour_pairs import PART_PAIRS, TEXT_PAIRS, contrast
from resources.theme import load_theme, theme_names
from tests.stations import all_stations


def test_measures_black_on_white_as_21() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("text", "behind"), TEXT_PAIRS)
def test_text_stands_out_from_what_is_behind_it(theme: str, text: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert contrast(colours[text], colours[behind]) >= 4.5


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("part", "behind"), PART_PAIRS)
def test_the_edge_of_a_control_stands_out_from_what_is_behind_it(theme: str, part: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert contrast(colours[part], colours[behind]) >= 3.0


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("behind", ["canvas", "paper", "primary", "tint"])
def test_one_of_the_two_lines_of_the_focus_ring_stands_out_everywhere(theme: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert max(contrast(colours[line], colours[behind]) for line in ("focus", "focus_edge")) >= 3.0


@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_names_the_same_colours(theme: str) -> None:
    first = load_theme(theme_names()[0], "100", is_roomy=False).colours

    assert load_theme(theme, "100", is_roomy=False).colours.keys() == first.keys()


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("colour", list(SenderColour))
def test_the_coloured_shape_of_a_sender_stands_out_and_so_does_the_picture_on_it(
    theme: str, colour: SenderColour
) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours
    shape = colours[f"mark_{colour}"]

    assert contrast(colours["on_mark"], shape) >= 4.5
    assert min(contrast(shape, colours[behind]) for behind in ("paper", "tint", "read_sentence")) >= 3.0


# What the window really paints: the lists above say what we mean to use, this what is used.


def kinds(view: View) -> set[str]:
    """Name what of a view can have a colour of its own; its words cannot."""
    names = ("tone", "weight", "is_on", "colour", "is_soft", "is_strong")
    items = []
    for part in (*view.parts, *view.bar):
        items += [part, *getattr(part, "buttons", ()), *getattr(part, "options", ())]
    return {
        f"{type(item).__name__} {bool(getattr(item, 'error', ''))} {bool(getattr(item, 'chosen', ''))}"
        f" {[str(getattr(item, name, '')) for name in names]}"
        for item in items
    }


@pytest.fixture(scope="module")
def stations() -> list[Station]:
    """Give screens that together hold everything that can have a colour of its own."""
    found, seen = [], set[str]()
    for station in all_stations():
        new = kinds(station.view(Preferences())) - seen
        if new:
            seen |= new
            found.append(station)
    return found


def window_of(qtbot: QtBot) -> KioskWindow:
    window = KioskWindow(lambda _event: None, words=window_words(texts_of))
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    window.show()
    return window


def pairs_in_every_state(window: KioskWindow) -> set[Pair]:
    """Look at a screen as it is, with everything pressed, and with everything being read aloud."""
    found = pairs_of(window)
    for button in window.findChildren(QAbstractButton):
        button.setDown(True)
    found |= pairs_of(window)
    for button in window.findChildren(QAbstractButton):
        button.setDown(False)
    # A sentence is painted over itself within a clip: its colours are in the lists above.
    every = [text for part in window.findChildren(PartWidget) for text in part.readables().values()]
    texts = [text for text in every if isinstance(text, MarkedWhole)]
    for text in texts:
        text.mark((0, 12), (2, 6))
    found |= pairs_of(window)
    for text in texts:
        text.unmark()
    return found


def too_faint(pairs: set[Pair]) -> list[str]:
    return sorted(
        f"{pair.what}: {pair.ink} on {pair.ground}, {contrast(pair.ink, pair.ground):.2f}"
        for pair in pairs
        if not pair.is_enough
    )


@pytest.mark.parametrize("theme", list(ThemeName))
def test_everything_that_is_painted_on_any_screen_stands_out(
    qtbot: QtBot, stations: list[Station], theme: ThemeName
) -> None:
    window = window_of(qtbot)
    pairs: set[Pair] = set()
    for station in stations:
        window.show_view(station.view(Preferences(theme=theme), is_portrait=True))
        pairs |= pairs_in_every_state(window)
        entry = next((found for found in window.findChildren(FieldEntry) if found.editor is not None), None)
        if entry is not None:
            window.open_keyboard(entry.field.id)
            pairs |= pairs_of(window)
            window.close_keyboard()

    assert len(stations) > 15
    assert {pair.what for pair in pairs} == {"text", "picture", "control"}
    assert len(pairs) > (4 if theme is ThemeName.YELLOW else 20)
    assert too_faint(pairs) == []


@pytest.mark.parametrize("theme", list(ThemeName))
def test_everything_in_the_examples_of_every_part_stands_out(qtbot: QtBot, theme: ThemeName) -> None:
    window = window_of(qtbot)
    pairs: set[Pair] = set()
    for example in EXAMPLES:
        window.show_view(View(example.id, "", (example,), preferences=Preferences(theme=theme)))
        pairs |= pairs_in_every_state(window)

    assert too_faint(pairs) == []


def test_every_pair_of_colours_that_is_painted_is_in_the_list(
    qtbot: QtBot, stations: list[Station], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give each colour a value that no other has, and see which of them meet."""
    window = window_of(qtbot)
    plain = load_theme("light", "100", is_roomy=True)
    named = {name: f"#{40 + at:02x}{at:02x}{200 - at:02x}" for at, name in enumerate(plain.colours)}
    names = {colour: name for name, colour in named.items()}
    look = Look(replace(plain, colours=named), 92.0)
    monkeypatch.setattr("kiosk.window.look_for", lambda *_of: look)
    met: set[tuple[str, str]] = set()
    views = [station.view(Preferences(), is_portrait=True) for station in stations]
    for view in (*views, *(View(example.id, "", (example,), preferences=Preferences()) for example in EXAMPLES)):
        window.show_view(view)
        # Which edge of a control stands out most cannot be told from such colours.
        pairs = {pair for pair in pairs_in_every_state(window) if pair.what != "control"}
        met |= {(names[pair.ink.lower()], names[pair.ground.lower()]) for pair in pairs if pair.ink.lower() in names}

    known = {*TEXT_PAIRS, *PART_PAIRS, *(("on_mark", name) for name in plain.colours if name.startswith("mark_"))}
    assert len(met) > 20
    assert sorted(met - known) == []


@pytest.mark.parametrize(("name", "faint"), [("ink_soft", "#B0B0B0"), ("edge", "#E8E4DA"), ("primary", "#9FD0DC")])
def test_a_planted_faint_colour_is_found(
    qtbot: QtBot, stations: list[Station], monkeypatch: pytest.MonkeyPatch, name: str, faint: str
) -> None:
    window = window_of(qtbot)
    plain = load_theme("light", "100", is_roomy=True)
    tokens = replace(plain, colours={**plain.colours, name: faint})
    look = Look(tokens, 92.0)
    monkeypatch.setattr("kiosk.window.look_for", lambda *_of: look)
    pairs: set[Pair] = set()
    for station in stations[:12]:
        window.show_view(station.view(Preferences(), is_portrait=True))
        pairs |= pairs_of(window)

    assert any(faint.lower() in found for found in too_faint(pairs))
