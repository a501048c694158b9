# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.parts.look import look_for
from kiosk.parts.text_block import HeadingBlock, TextBlock
from kiosk.view import (
    BACK,
    HUMAN,
    LEAVE,
    NEXT,
    READ,
    SOUND,
    STOP,
    Button,
    Choices,
    Chose,
    Direction,
    ErrorText,
    Field,
    Heading,
    Keyboard,
    Option,
    Paragraph,
    Preferences,
    Pressed,
    TextSize,
    ThemeName,
    Typed,
    View,
)
from kiosk.window import KioskWindow
from tests.kiosk.window_views import (
    HELP,
    PORTRAIT,
    TOOLS,
    WINDOW_SIZES,
    Page,
    choice_view,
    field_view,
    in_size,
    long_view,
    start_view,
    view_of,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made.window)
    return made


def tap(item: QWidget) -> None:
    QTest.mouseClick(item, LEFT, Qt.KeyboardModifier.NoModifier, item.rect().center())


def press(page: Page, key: Qt.Key) -> None:
    focused: QWidget | None = page.window.focusWidget()
    QTest.keyClick(page.window if focused is None else focused, key)


def pump() -> None:
    QGuiApplication.processEvents()
    QGuiApplication.sendPostedEvents(None, 52)  # deleteLater


def test_tells_what_was_pressed_when_the_finger_lifts(page: Page) -> None:
    page.show(start_view())
    tile = page.item("tile.3")

    QTest.mousePress(tile, LEFT, Qt.KeyboardModifier.NoModifier, tile.rect().center())
    assert page.events == []
    QTest.mouseRelease(tile, LEFT, Qt.KeyboardModifier.NoModifier, tile.rect().center())

    assert page.events == [Pressed("tile.3")]


def test_tells_nothing_when_the_finger_slides_off_before_it_lifts(page: Page) -> None:
    page.show(start_view())
    tile = page.item("tile.3")

    QTest.mousePress(tile, LEFT, Qt.KeyboardModifier.NoModifier, tile.rect().center())
    QTest.mouseRelease(tile, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(-50, -50))

    assert page.events == []


def test_counts_a_double_tap_once(page: Page) -> None:
    page.show(choice_view())
    tap(page.item(NEXT))
    page.clock.now_ms += 399
    tap(page.item(NEXT))

    assert page.events == [Pressed(NEXT)]


def test_counts_the_second_tap_of_a_double_tap_not_on_the_next_screen(page: Page) -> None:
    page.show(start_view())
    tap(page.item("tile.0"))
    page.show(choice_view())
    pump()
    page.clock.now_ms += 200
    tap(page.item("city"))

    assert page.events == [Pressed("tile.0")]
    chosen = page.item("city")
    assert isinstance(chosen, QAbstractButton)
    assert not chosen.isChecked()


def test_counts_two_slow_taps_twice(page: Page) -> None:
    page.show(choice_view())
    tap(page.item(NEXT))
    page.clock.now_ms += 400
    tap(page.item(NEXT))

    assert page.events == [Pressed(NEXT), Pressed(NEXT)]


def test_choosing_tells_and_shows_but_does_not_move_on(page: Page) -> None:
    page.show(choice_view())
    tap(page.item("tax"))
    page.clock.now_ms += 1000
    tap(page.item("city"))

    assert page.events == [Chose("sender", "tax"), Chose("sender", "city")]
    states = {name: page.item(name) for name in ("city", "tax")}
    assert all(isinstance(item, QAbstractButton) for item in states.values())
    assert [name for name, item in states.items() if isinstance(item, QAbstractButton) and item.isChecked()] == ["city"]


@pytest.mark.parametrize("size", WINDOW_SIZES)
@pytest.mark.parametrize("letters", list(TextSize))
def test_the_frame_stands_still_from_screen_to_screen(qtbot: QtBot, size: tuple[int, int], letters: TextSize) -> None:
    page = Page(size)
    qtbot.addWidget(page.window)
    page.show(in_size(choice_view(), letters))
    before = {name: page.rect(name) for name in (READ, LEAVE, BACK, HUMAN, STOP, NEXT)}
    for view in (start_view(), field_view(), long_view()):
        page.show(in_size(view, letters))
        shown = {button.id for button in (*view.tools, *view.bar)}
        assert {name: page.rect(name) for name in before if name in shown} == {
            name: rect for name, rect in before.items() if name in shown
        }


def test_the_tools_stand_still_when_reading_starts(page: Page) -> None:
    page.show(choice_view())
    before = [page.rect(button.id) for button in TOOLS]
    reading = replace(TOOLS[0], text="Stop voorlezen", icon="stop-circle-outline", is_on=True)
    page.show(replace(choice_view(), tools=(reading, *TOOLS[1:])))

    assert [page.rect(button.id) for button in TOOLS] == before


def test_mirrors_everything_where_the_language_runs_from_right_to_left(page: Page) -> None:
    parts = choice_view().parts
    page.show(view_of(parts))
    plain = {name: page.rect(name) for name in (READ, LEAVE, BACK, NEXT, "city", "tax")}
    page.show(view_of(parts, direction=Direction.RIGHT_TO_LEFT))

    for name, (left, top, width, height) in plain.items():
        assert page.rect(name) == (page.window.width() - left - width, top, width, height), name


def test_every_item_is_reached_by_tab_and_by_arrows(page: Page) -> None:
    page.show(start_view())
    order = page.window.focus_order()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Down):
        seen = set()
        for _ in range(len(order) * 3):
            seen.add(page.window.focusWidget())
            press(page, key)
        if key is not Qt.Key.Key_Down:
            assert seen == set(order), key
        assert len(seen) > 2


def test_down_in_a_grid_goes_to_the_tile_below(page: Page) -> None:
    page.show(start_view())
    page.item("tile.1").setFocus()
    press(page, Qt.Key.Key_Down)

    assert page.window.focusWidget() is page.item("tile.5")


def test_arrows_follow_the_eye_in_a_mirrored_screen(page: Page) -> None:
    page.show(view_of(choice_view().parts, direction=Direction.RIGHT_TO_LEFT))
    page.item("city").setFocus()
    press(page, Qt.Key.Key_Left)

    assert page.window.focusWidget() is page.item("tax")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_what_has_the_focus(page: Page, key: Qt.Key) -> None:
    page.show(choice_view())
    page.item(STOP).setFocus()
    press(page, key)

    assert page.events == [Pressed(STOP)]


def test_escape_goes_back_and_f1_asks_where_one_is(page: Page) -> None:
    page.show(choice_view())
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_F1)

    assert page.events == [Pressed(BACK), Pressed(SOUND)]


def test_holding_help_leaves_at_once(page: Page, qtbot: QtBot) -> None:
    page.show(choice_view())
    focused = page.window.focusWidget()
    QTest.keyPress(focused, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(page.events), timeout=4000)
    QTest.keyRelease(focused, Qt.Key.Key_F1)

    assert page.events == [Pressed(LEAVE)]


def test_keeps_the_focus_on_a_button_that_is_drawn_anew(page: Page) -> None:
    def view(word: str) -> View:
        return view_of((Heading("heading", "Klopt dit?"), Button("why", word)), name="why")

    page.show(view("Waarom vragen wij dit?"))
    page.item("why").setFocus()
    press(page, Qt.Key.Key_Return)
    page.show(view("Sluit de uitleg"))

    assert page.window.focusWidget() is page.item("why")
    assert page.window.focusWidget().accessibleName() == "Sluit de uitleg"


def test_a_finger_sees_no_ring_on_the_next_screen(page: Page) -> None:
    page.show(start_view())
    tap(page.item("tile.0"))
    page.show(choice_view())
    assert not page.window.focus_ring.isVisible()
    press(page, Qt.Key.Key_Down)

    assert page.window.focus_ring.isVisible()


def test_the_focus_starts_where_the_view_says(page: Page) -> None:
    view = choice_view()
    page.show(view_of(view.parts, focus="tax"))

    assert page.window.focusWidget() is page.item("tax")


def test_typing_tells_each_state_of_the_field(page: Page) -> None:
    page.show(field_view())
    QTest.keyClicks(page.item("name"), "Jo")

    assert page.events == [Typed("name", "J"), Typed("name", "Jo")]


def test_keeps_cursor_and_focus_when_the_same_screen_is_shown_again(page: Page) -> None:
    page.show(field_view("Jan"))
    line = page.item("name")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.setCursorPosition(1)
    view = field_view("Jan")
    page.show(view_of((*view.parts, Paragraph("more", "Goed zo.")), name="name"))

    assert page.item("name") is line
    assert line.cursorPosition() == 1
    assert page.window.focusWidget() is line


def test_keeps_all_of_a_very_long_text_and_shows_markup_as_text(page: Page) -> None:
    story = "<b>x</b>\u202e & \U0001f642" * 8000
    page.show(view_of((Heading("heading", "Lang"), Field("name", "Verhaal", story))))
    line = page.item("name")
    assert isinstance(line, QLineEdit)

    assert len(story) > 100_000 or line.text() == story
    assert line.text() == story


def test_an_error_stands_between_label_and_field(page: Page) -> None:
    error = "Schrijf uw naam op."
    field = Field("name", "Uw naam", error=error)
    page.show(view_of((Heading("heading", "Hoe heet u?"), ErrorText("problem", error, "name"), field)))

    tops = {
        block.accessibleName(): block.mapTo(page.window, QPoint(0, 0)).y()
        for block in page.window.findChildren(TextBlock)
    }
    assert tops["Uw naam"] < tops[error] < page.rect("name")[1]
    assert [block.accessibleName() for block in page.window.findChildren(TextBlock)].count(error) == 1


def test_a_slip_brings_the_focus_to_the_only_field_where_it_is_mended(page: Page) -> None:
    error, heading = "Schrijf uw naam op.", Heading("heading", "Hoe heet u?")
    page.show(replace(view_of((heading, Field("name", "Uw naam"))), focus="name"))
    page.item(NEXT).setFocus()
    wrong = view_of((heading, ErrorText("problem", error, "name"), Field("name", "Uw naam", error=error)))
    page.show(replace(wrong, focus="name"))
    assert page.window.focusWidget() is page.item("name")

    page.item(STOP).setFocus()
    page.show(replace(wrong, focus="name", is_practice=True))
    assert page.window.focusWidget() is page.item(STOP)


def test_who_comes_back_to_a_field_by_key_types_on_and_wipes_nothing(page: Page) -> None:
    page.show(field_view("Jan"))
    page.item(NEXT).setFocus()
    page.item("name").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(page.item("name"), "a")

    assert page.events == [Typed("name", "Jana")]


def test_a_finger_that_trembles_selects_no_word_to_be_typed_over(page: Page) -> None:
    page.show(field_view("Jan"))
    QTest.mouseDClick(page.item("name"), Qt.MouseButton.LeftButton)
    line = page.item("name")
    assert isinstance(line, QLineEdit)

    assert not line.hasSelectedText()


def test_the_keyboard_opens_for_a_tapped_field_only_and_leaves_it_in_view(page: Page) -> None:
    page.show(field_view())
    assert page.window.keyboard.isHidden()
    tap(page.item("name"))

    assert not page.window.keyboard.isHidden()
    _left, top, _width, height = page.rect("name")
    assert top + height <= page.window.keyboard.y()


def key_of(page: Page, wanted: str) -> QWidget | None:
    keys = page.window.keyboard.keys()
    return next((key for key in keys if wanted in (key.key, key.text_on_key)), None)


def tap_key(page: Page, wanted: str) -> None:
    key = key_of(page, wanted)
    assert key is not None, wanted
    tap(key)


def test_keys_of_the_screen_type_into_the_field(page: Page) -> None:
    page.show(field_view())
    tap(page.item("name"))
    for wanted in ("J", "o", "<accents>", "é", "<delete>"):
        tap_key(page, wanted)

    assert page.events[-2:] == [Typed("name", "Joé"), Typed("name", "Jo")]
    tap_key(page, "<done>")
    assert page.window.keyboard.isHidden()


def test_six_keys_can_type(page: Page) -> None:
    page.show(field_view(keyboard=Keyboard.DIGITS))
    page.item("name").setFocus()
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)

    assert page.events == [Typed("name", "1"), Typed("name", "15")]
    press(page, Qt.Key.Key_Escape)
    assert page.window.keyboard.isHidden()


def test_nothing_typed_reaches_the_clipboard(page: Page) -> None:
    QGuiApplication.clipboard().setText("from before")
    page.show(field_view("geheim"))
    line = page.item("name")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "from before"
    assert line.text() == "geheim"


def test_a_long_page_moves_by_large_buttons_and_starts_at_its_heading(page: Page) -> None:
    page.show(long_view())
    down = next(item for item in page.window.focus_order() if item.accessibleName() == "Omlaag")
    heading = next(iter(page.window.findChildren(HeadingBlock)))
    before = heading.mapTo(page.window, QPoint(0, 0)).y()
    assert before > 0
    tap(down)

    assert heading.mapTo(page.window, QPoint(0, 0)).y() < before
    assert page.events == []


def test_a_short_page_has_no_buttons_to_move_it(page: Page) -> None:
    page.show(choice_view())

    assert not [item for item in page.window.focus_order() if item.accessibleName() in ("Omhoog", "Omlaag")]


def test_marks_a_sentence_and_brings_it_into_view(page: Page) -> None:
    page.show(long_view())
    clean = page.window.grab().toImage()
    page.window.highlight("line.39", 0, 10, 0, 5)
    block = next(found for found in page.window.findChildren(TextBlock) if found.reading_id == "line.39")
    top = block.mapTo(page.window, QPoint(0, 0)).y()

    assert 0 < top < page.rect(NEXT)[1]
    assert page.window.grab().toImage() != clean
    colour = page.window.grab().toImage().pixelColor(block.mapTo(page.window, QPoint(8, 6)))
    assert colour.name().upper() == "#FFB800"


def test_marking_what_is_not_there_marks_nothing(page: Page) -> None:
    page.show(choice_view())
    clean = page.window.grab().toImage()
    page.window.highlight("nowhere", 0, 10, 0, 5)
    page.window.highlight("heading", 500, 900, 600, 700)

    assert page.window.grab().toImage() == clean


def test_clearing_takes_the_mark_away(page: Page) -> None:
    page.show(choice_view())
    clean = page.window.grab().toImage()
    for marked in ("heading", "sender.city", NEXT, READ):
        page.window.highlight(marked, 0, 5, 0, 3)
        assert page.window.grab().toImage() != clean, marked
        page.window.clear_highlight()
        assert page.window.grab().toImage() == clean, marked


def test_theme_and_size_change_while_the_screen_stays(page: Page) -> None:
    page.show(choice_view())
    small = page.rect("city")
    page.show(view_of(choice_view().parts, name="choice", size=TextSize.LARGEST, theme=ThemeName.YELLOW))

    assert page.rect("city")[3] > small[3]
    assert (
        page.window.grab().toImage().pixelColor(page.window.width() // 2, page.rect(NEXT)[1] - 40).name() == "#000000"
    )


def test_a_screen_reader_is_told_headings_radio_buttons_and_names(page: Page) -> None:
    QAccessible.setActive(True)
    page.show(choice_view())
    heading = next(iter(page.window.findChildren(HeadingBlock)))

    def told(thing: QWidget) -> tuple[QAccessible.Role, str]:
        interface = QAccessible.queryAccessibleInterface(thing)
        assert interface is not None
        return interface.role(), interface.text(QAccessible.Text.Name)

    assert told(heading) == (QAccessible.Role.Heading, "Van wie is de brief?")
    assert told(page.item("city")) == (QAccessible.Role.RadioButton, "De gemeente")
    assert told(page.item(NEXT)) == (QAccessible.Role.Button, "Verder")
    assert told(page.window)[0] == QAccessible.Role.Window
    assert page.window.windowTitle() == "Loket"


def test_in_portrait_the_heading_starts_where_seated_people_reach(qtbot: QtBot) -> None:
    page = Page(PORTRAIT)
    qtbot.addWidget(page.window)
    page.show(choice_view())
    heading = next(iter(page.window.findChildren(HeadingBlock)))
    normal = heading.mapTo(page.window, QPoint(0, 0)).y()
    page.show(replace(choice_view("low"), preferences=Preferences(is_low=True)))
    low = next(iter(page.window.findChildren(HeadingBlock))).mapTo(page.window, QPoint(0, 0)).y()

    assert 300 < normal < low
    assert low > 0.4 * page.window.height()


def test_a_screen_with_nothing_to_answer_still_has_help(page: Page) -> None:
    page.show(view_of((Heading("heading", "Klaar"),), bar=(HELP,)))

    assert page.item(HUMAN) in page.window.focus_order()


@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_word_that_is_said_can_be_read_in_every_theme(page: Page, theme: ThemeName) -> None:
    look = look_for(Preferences(theme=theme), 92.0, 1080)
    page.show(view_of((Heading("heading", "MMMM MMMM MMMM"),), theme=theme))
    block = next(iter(page.window.findChildren(HeadingBlock)))
    page.window.highlight("heading", 0, 14, 5, 9)
    picture = block.grab().toImage()
    word = look.colour("read_word").rgb()
    row = picture.height() // 4
    marked = [x for x in range(picture.width()) if picture.pixel(x, row) == word]
    inside = {picture.pixel(x, y) for x in range(marked[0], marked[-1]) for y in range(8, picture.height() - 8)}

    assert look.colour("on_read_word").rgb() in inside
    assert look.colour("ink").rgb() not in inside or look.colour("ink") == look.colour("on_read_word")


def test_tells_what_a_key_came_to_by_the_name_the_voice_knows(qtbot: QtBot) -> None:
    came_to: list[tuple[str, str]] = []
    window = KioskWindow(lambda event: None, walked=lambda part_id, name: came_to.append((part_id, name)))
    qtbot.addWidget(window)
    options = (Option("yes", "Ja"), Option("no", "Nee"))
    bar = (Button(NEXT, "Verder"),)
    window.show_view(View("q", "Vraag", (Heading("title", "Vraag"), Choices("answer", options)), bar=bar))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(window.focusWidget(), key)
    assert [part_id for part_id, _ in came_to] == ["answer.no", NEXT]


def test_every_button_has_its_place_when_the_screen_changes_while_the_keys_are_open(page: Page) -> None:
    page.show(field_view())
    page.window.open_keyboard("name")
    changed = view_of(choice_view().parts)
    page.show(replace(changed, name="other", bar=(*changed.bar[:-1], replace(changed.bar[-1], text="Bewaar en stuur"))))

    left, _, _width, height = page.rect(changed.bar[-1].id)
    assert height > 40
    assert left > page.window.width() / 2


def test_a_choice_made_with_a_key_counts_once(page: Page, qtbot: QtBot) -> None:
    days = Choices("days", (Option("mon", "Maandag"), Option("tue", "Dinsdag")), is_multiple=True)
    page.show(view_of((Heading("heading", "Wanneer?"), days)))
    press(page, Qt.Key.Key_Return)
    after: list[bool] = []
    QTimer.singleShot(0, lambda: after.append(True))  # behind whatever the press put off
    qtbot.waitUntil(lambda: bool(after))

    assert [type(event) for event in page.events] == [Chose]
