# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a screen is: a frozen, ordered list of parts, with a frame of tools and a bar.

The renderer (`kiosk.parts`), the voice (`kiosk.speech.reading`), the six keys and the accessibility tree all read
this one list; no screen has code of its own for any of them. All text in it is already in the visitor's language. No
Qt here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.service import Privacy


class Direction(StrEnum):
    """Which way the language runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class TextSize(StrEnum):
    """The three sizes, in percent of the base."""

    NORMAL = "100"
    LARGE = "130"
    LARGEST = "170"


class ThemeName(StrEnum):
    """The three colour themes of LOOK."""

    LIGHT = "light"
    DARK = "dark"
    YELLOW = "yellow"


class Tone(StrEnum):
    """What a notice or button is about; shown by colour, sign and words together."""

    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"
    HUMAN = "human"


class Weight(StrEnum):
    """How loud a button is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"


class Keyboard(StrEnum):
    """Which keys the on-screen keyboard offers."""

    TEXT = "text"
    NAME = "name"
    DIGITS = "digits"
    AMOUNT = "amount"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Where:
    """The small line above the heading: "Ik ga verhuizen · vraag 3"."""

    id: str
    text: str
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Heading:
    """The one heading of a screen; `instead` is what the hall hears when it is private."""

    id: str
    text: str
    privacy: Privacy = Privacy.OPEN
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading over a group further down."""

    id: str
    text: str
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `is_soft` for help and small print, `is_strong` for an answer."""

    id: str
    text: str
    is_soft: bool = False
    is_strong: bool = False
    privacy: Privacy = Privacy.OPEN
    instead: str = ""  # what the hall hears when it is private


@dataclass(frozen=True, slots=True)
class Notice:
    """A box with a sign: status, haste, legal effect, a good outcome."""

    id: str
    title: str
    text: str = ""
    tone: Tone = Tone.INFO
    icon: str = ""
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What to do about a field, beside it; the same words are spoken."""

    id: str
    text: str
    about: str  # id of the part it belongs to
    privacy: Privacy = Privacy.OPEN  # it says what to do, never what was typed


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. Pressing sends `Pressed(id)`."""

    id: str
    text: str
    icon: str = ""
    weight: Weight = Weight.SECONDARY
    tone: Tone = Tone.PLAIN
    is_on: bool | None = None  # a tool that is switched on or off
    icon_after: bool = False  # "Verder >"
    spoken: str = ""  # said instead of the text, when the text alone is not enough
    privacy: Privacy = Privacy.OPEN
    instead: str = ""  # what the hall hears when it is private


@dataclass(frozen=True, slots=True)
class ButtonRow:
    """Buttons side by side that wrap where there is no room."""

    id: str
    buttons: tuple[Button, ...]
    fills: bool = False  # equal shares of the whole width


@dataclass(frozen=True, slots=True)
class Tile:
    """A service on the start screen: picture and word."""

    id: str
    text: str
    icon: str
    spoken: str = ""
    privacy: Privacy = Privacy.OPEN
    instead: str = ""  # what the hall hears when it is private


@dataclass(frozen=True, slots=True)
class Tiles:
    """At most eight tiles, 4x2 or 2x4."""

    id: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice with its picture."""

    id: str
    text: str
    icon: str = ""
    help: str = ""
    colour: str = ""  # a `SenderColour`: the shape behind the picture; never the only sign
    privacy: Privacy = Privacy.OPEN  # what there is to choose is the same for everybody


@dataclass(frozen=True, slots=True)
class Choices:
    """Choose one, or several. Choosing sends `Chose(id, option id)` and never moves on by itself."""

    id: str
    options: tuple[Option, ...]
    chosen: frozenset[str] = frozenset()
    is_multiple: bool = False
    label: str = ""  # read before the options: the question
    is_compact: bool = False  # three beside each other where they fit: days, parts of the day
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Field:
    """One field to type in. Typing sends `Typed(id, text)`; the text is kept as typed."""

    id: str
    label: str
    text: str = ""
    keyboard: Keyboard = Keyboard.TEXT
    width: int = 24  # in characters, for the eye; not a limit
    lines: int = 1
    example: str = ""
    error: str = ""  # the same words as the ErrorText beside it; marks the field
    privacy: Privacy = Privacy.PERSONAL
    picks: tuple[Option, ...] = ()  # a field to choose from a list instead of typing, such as the month


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Fields side by side: day, month, year."""

    id: str
    fields: tuple[Field, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What an answer was understood as, shown back: "Maandag 14 december 2026. Dat is over 23 dagen."."""

    id: str
    strong: str
    text: str = ""
    privacy: Privacy = Privacy.PERSONAL


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card; `date` is the date in it, shown bold where it stands."""

    text: str
    icon: str = ""
    strong: str = ""  # a piece of `text` to show bold
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Card:
    """A box with a title, a picture and lines."""

    id: str
    title: str
    icon: str
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Two cards side by side, one under the other where there is no room: the deal."""

    id: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A thing with its picture and what to do without it ("Hebt u dit niet?")."""

    id: str
    icon: str
    text: str
    otherwise: str = ""
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Pictures:
    """What to bring."""

    id: str
    title: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The reference, very large, in groups; `is_whole_screen` for 20 mm digits when there is no printer."""

    id: str
    text: str
    label: str = ""
    is_whole_screen: bool = False
    privacy: Privacy = Privacy.OPEN  # without the code beside it, it opens nothing


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question (small), its answer (large) and the button to change it; pressing sends `Pressed(id)`."""

    id: str
    question: str
    answer: str
    change: str = ""  # the button's word; empty: no button
    change_spoken: str = ""
    privacy: Privacy = Privacy.PERSONAL


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """Check answers, and the overview after four questions."""

    id: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class MapSquare:
    """One square of the map: what lies there, and a name and picture where everybody knows something there."""

    id: str  # "B3"
    spoken: str  # "Vak B3, station"
    ground: str = "houses"  # houses, park, water, centre or business
    name: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A schematic map of squares in equal rows. Choosing one sends `Chose(id, square id)`; no dragging, no zooming."""

    id: str
    label: str
    columns: int
    squares: tuple[MapSquare, ...]
    chosen: str = ""
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A photo or paper: its picture (encoded) or a sign in its place, its name, and what pressing its button does."""

    id: str  # pressing sends `Pressed(id)`
    text: str
    action: str
    picture: bytes = b""
    icon: str = ""
    action_icon: str = ""
    spoken: str = ""  # said instead of the button's word


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Photos and papers beside each other: to choose from, or as they were added."""

    id: str
    snapshots: tuple[Snapshot, ...]
    privacy: Privacy = Privacy.PERSONAL


class Sketch(StrEnum):
    """What a drawing shows."""

    CARD_NUMBER = "card_number"  # where the six digits stand
    PASSPORT_PAGE = "passport_page"  # where number and dates stand
    CARD_DATA = "card_data"  # the same on a card
    CARD_ON_READER = "card_on_reader"
    PASSPORT_ON_READER = "passport_on_reader"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in the colours of the theme; `text` says what it shows, under it and to the ear."""

    id: str
    sketch: Sketch
    text: str = ""
    step: int = 0  # how far it is, of `steps`; 0 steps: no line under it
    steps: int = 0
    privacy: Privacy = Privacy.OPEN


Part = (
    Where
    | Heading
    | Subheading
    | Paragraph
    | Notice
    | ErrorText
    | Button
    | ButtonRow
    | Tiles
    | Choices
    | Field
    | FieldRow
    | Understood
    | Columns
    | Pictures
    | BigNumber
    | AnswerRows
    | PlaceMap
    | Snapshots
    | Drawing
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this visitor wants to see and hear; gone with the visit."""

    language: str = "nl"
    text_size: TextSize = TextSize.NORMAL
    theme: ThemeName = ThemeName.LIGHT
    speech_rate: int = 3  # 1 slowest .. 5 fastest
    is_reading: bool = False
    is_spaced: bool = False  # lines, words and letters wide apart (WCAG 1.4.12)
    is_low: bool = False  # portrait, seated: content and buttons in the lower part
    is_screen_off: bool = False  # nothing to see, everything by ear and keys


@dataclass(frozen=True, slots=True)
class View:
    """One screen: its name (for pictures and tests), its parts in order, and the frame.

    `tools` stand above (Snel weg last, at the far end), `bar` below (the primary button last, at the far end).
    Reading order: parts, then bar, then tools. `wide` lets content use the whole width (start screen).
    """

    name: str
    title: str  # the window's title for assistive technology; never a private one
    parts: tuple[Part, ...]
    tools: tuple[Button, ...] = ()
    bar: tuple[Button, ...] = ()
    bar_note: str = ""  # quiet words in the bar of the start screen
    direction: Direction = Direction.LEFT_TO_RIGHT
    language: str = "nl"
    preferences: Preferences = Preferences()
    focus: str = ""  # part that takes the focus first; empty: the heading is read, the first answer part is focused
    is_wide: bool = False
    is_practice: bool = False
    is_unsigned: bool = False  # nobody signed for what this device may do
    is_for_citizen: bool = False  # a member of staff fills in: a band above says for whom
    is_trying_keys: bool = False  # keys are told (`TRIED`) and do nothing
    is_over: bool = False  # stands over another screen, which comes back exactly as it was
    is_aside: bool = False  # a page of its own, after which the screen before comes back exactly as it was


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, tile or "Aanpassen" was pressed."""

    id: str


@dataclass(frozen=True, slots=True)
class Chose:
    """An option was chosen, or chosen off."""

    part_id: str
    option_id: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A field's text is now this."""

    field_id: str
    text: str


Event = Pressed | Chose | Typed
Listener = Callable[[Event], None]

# Ids of the frame's buttons, the same on every screen.
READ = "tool.read"
SIZE = "tool.size"
COLOURS = "tool.colours"
LANGUAGE = "tool.language"
LEAVE = "tool.leave"  # Snel weg
SOUND = "tool.sound"  # where am I, louder, slower: also what the Help key opens
LOW = "bar.low"  # everything within reach of who sits, and back
BACK = "bar.back"
HUMAN = "bar.human"
STOP = "bar.stop"
NEXT = "bar.next"

# What a key of a keypad, or a button of the page about sound, asks of the voice.
EAR = "sound.ear"  # read this screen from the top
AGAIN = "sound.again"  # the last piece once more
EARLIER = "sound.earlier"
FURTHER = "sound.further"
LOUDER = "sound.louder"
SOFTER = "sound.softer"
SLOWER = "sound.slower"
FASTER = "sound.faster"
SCREEN = "sound.screen"  # off or on
PRACTISE = "sound.practise"
TRIED = "tried."  # + the name of a key, while keys are only practised
