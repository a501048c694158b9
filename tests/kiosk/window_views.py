# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A frame and a few screens in the shape of the real ones, for the tests of the window and its parts."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from kiosk.parts.text_block import TextBlock
from kiosk.view import (
    BACK,
    COLOURS,
    HUMAN,
    LANGUAGE,
    LEAVE,
    NEXT,
    READ,
    SIZE,
    SOUND,
    STOP,
    Button,
    Choices,
    Direction,
    Event,
    Field,
    Heading,
    Keyboard,
    Option,
    Paragraph,
    Part,
    Preferences,
    TextSize,
    ThemeName,
    Tile,
    Tiles,
    Tone,
    View,
    Weight,
)
from kiosk.window import KioskWindow, WindowWords

TOOLS = (
    Button(READ, "Lees voor", "ear-hearing", Weight.QUIET),
    Button(SOUND, "Geluid", "volume-high", Weight.QUIET),
    Button(SIZE, "Grotere letters", "format-size", Weight.QUIET),
    Button(COLOURS, "Kleuren", "circle-half-full", Weight.QUIET),
    Button(LANGUAGE, "Taal", "earth", Weight.QUIET),
    Button(LEAVE, "Snel weg", "exit-run", Weight.QUIET, Tone.WARN),
)
HELP = Button(HUMAN, "Hulp van een mens", "account-voice", tone=Tone.HUMAN)
BAR = (
    Button(BACK, "Terug", "arrow-left"),
    HELP,
    Button(STOP, "Stoppen", "close-circle-outline", Weight.QUIET),
    Button(NEXT, "Verder", "arrow-right", Weight.PRIMARY, icon_after=True),
)
WORDS = WindowWords(
    {
        "keyboard.space": "Spatie",
        "keyboard.done": "Klaar met typen",
        "keyboard.accents": "Letters met een teken",
        "keyboard.letters": "Letters",
        "keyboard.shift": "Hoofdletter",
        "keyboard.delete": "Wissen",
        "typed.opens": "Loop langs de letters.",
        "typed.deleted": "{sign} is weg",
        "typed.nothing": "Er staat nog niets",
        "typed.so_far": "U typte: {text}",
        "typed.secret": "Dat zeg ik niet.",
        "window.dark": "Dit scherm is uit.",
        "window.scroll_up": "Omhoog",
        "window.scroll_down": "Omlaag",
        "window.practice": "Oefenen. Niets wordt echt verstuurd.",
    },
    {
        READ: ("Lees voor", "Stop voorlezen"),
        BACK: ("Terug",),
        HUMAN: ("Hulp van een mens",),
        STOP: ("Stoppen",),
        NEXT: ("Verder", "Ik ben klaar"),
    },
)
SENDERS = Choices(
    "sender", (Option("city", "De gemeente", "earth"), Option("tax", "De Belastingdienst"), Option("uwv", "Het UWV"))
)
LANDSCAPE, PORTRAIT, LAPTOP = (1920, 1080), (1080, 1920), (1366, 768)
WINDOW_SIZES = (LANDSCAPE, PORTRAIT, LAPTOP)


def view_of(
    parts: Sequence[Part],
    *,
    name: str = "screen",
    size: TextSize = TextSize.NORMAL,
    theme: ThemeName = ThemeName.LIGHT,
    direction: Direction = Direction.LEFT_TO_RIGHT,
    bar: tuple[Button, ...] = BAR,
    focus: str = "",
    is_wide: bool = False,
) -> View:
    preferences = Preferences(text_size=size, theme=theme)
    return View(
        name,
        "Loket",
        tuple(parts),
        TOOLS,
        bar,
        direction=direction,
        preferences=preferences,
        focus=focus,
        is_wide=is_wide,
    )


def start_view() -> View:
    tiles = tuple(Tile(f"tile.{number}", f"Tegel {number}", "earth") for number in range(8))
    return view_of(
        (Heading("heading", "Waarmee kunnen wij u helpen?"), Tiles("tiles", tiles)),
        name="start",
        bar=(HELP,),
        is_wide=True,
    )


def choice_view(name: str = "choice") -> View:
    return view_of((Heading("heading", "Van wie is de brief?"), SENDERS), name=name)


def field_view(text: str = "", keyboard: Keyboard = Keyboard.NAME) -> View:
    parts = (Heading("heading", "Hoe heet u?"), Field("name", "Uw naam", text, keyboard))
    return view_of(parts, name="name")


def long_view() -> View:
    lines = tuple(Paragraph(f"line.{number}", f"Regel {number} van een lange bladzijde.") for number in range(40))
    return view_of((Heading("heading", "Lang"), *lines), name="long")


class Clock:
    """A clock in milliseconds that the test moves."""

    def __init__(self) -> None:
        self.now_ms = 10_000

    def __call__(self) -> int:
        return self.now_ms


class Page:
    """The window as a test plays with it."""

    def __init__(
        self, size: tuple[int, int] = LANDSCAPE, words: Callable[[str], WindowWords] = lambda _language: WORDS
    ) -> None:
        self.events: list[Event] = []
        self.clock = Clock()
        self.window = KioskWindow(self.events.append, words=words, clock_ms=self.clock)
        self.window.resize(*size)
        self.window.show()

    def show(self, view: View) -> None:
        self.window.show_view(view)

    def item(self, item_id: str) -> QWidget:
        found = self.window.item(item_id)
        assert found is not None
        return found

    def texts(self) -> list[TextBlock]:
        return self.window.findChildren(TextBlock)

    def rect(self, item_id: str) -> tuple[int, int, int, int]:
        item = self.item(item_id)
        corner = item.mapTo(self.window, item.rect().topLeft())
        return corner.x(), corner.y(), item.width(), item.height()


def in_size(view: View, size: TextSize) -> View:
    return replace(view, preferences=replace(view.preferences, text_size=size))
