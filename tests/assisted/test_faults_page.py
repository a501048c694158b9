# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of faults by keys alone: who owns one, the answer, and the alarm on top of every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from assisted.desk_parts import DeskButton
from assisted.faults import FaultsPage
from domain.staff import Role, StaffMember
from domain.system_fault import FaultOwner
from tests.assisted.desk import OMAR, RIET, Desk
from tests.assisted.fault_desk import FakeFaultBook

ENTER, ESC, TAB, DOWN, SPACE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Down,
    Qt.Key.Key_Space,
)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def book() -> FakeFaultBook:
    return FakeFaultBook()


@pytest.fixture
def desk(qtbot: QtBot, book: FakeFaultBook) -> Iterator[Desk]:
    found = Desk(qtbot, more=(book.page,))
    found.sign_in(OMAR)
    found.window._go("faults")
    found.settle()
    yield found
    found.close()


def page_of(desk: Desk) -> FaultsPage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, FaultsPage)
    return page


def read(desk: Desk, row: int) -> list[str]:
    """Give what a screen reader says of a line."""
    model = page_of(desk).table.model()
    return [str(model.index(row, column, QModelIndex()).data(ACCESSIBLE)) for column in range(model.columnCount())]


def test_every_fault_stands_there_in_words_that_a_reader_says_by_column(desk: Desk) -> None:
    assert read(desk, 0) == [
        "Wat: Gemeente: Mijn gegevens kloppen niet",
        "Hoe vaak: 3 keer",
        "Sinds: 19 november 2026",
        "Van wie: Niemand",
        "Hoe staat het?: Al 3 werkdagen van niemand",
    ]
    assert read(desk, 1)[0] == "Wat: Vragen zijn geweigerd. Het zaaksysteem kent dit soort vraag niet."
    assert read(desk, 2)[0] == "Wat: De printer doet het niet"
    assert read(desk, 3)[4] == "Hoe staat het?: 1 van 2 inwoners hebben het antwoord"
    assert "3 fouten staan open. 1 fout heeft te lang geen eigenaar." in desk.said
    assert page_of(desk).table.accessibleName() == "Fouten en wie ze uitzoekt"


def test_the_focus_is_in_the_table_and_arrows_show_each_fault(desk: Desk) -> None:
    assert QApplication.focusWidget() is page_of(desk).table
    assert "3 inwoners wachten op een antwoord." in desk.said
    desk.press(DOWN)
    assert "Vraag beheer om het zaaktype te maken." in desk.said


def test_one_press_takes_a_fault_on(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F2)
    assert book.number(1).owner == FaultOwner(OMAR.name, "34")
    assert "Deze fout is nu van Omar Aydin." in desk.said
    assert not page_of(desk).own.isVisible()
    assert QApplication.focusWidget() is page_of(desk).table


def test_a_fault_is_given_to_a_colleague_by_keys(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F3)
    desk.type("noor bakker")
    desk.press(ENTER)
    assert book.number(1).owner == FaultOwner("Noor Bakker", "56")


def test_a_fault_is_given_to_a_department_that_is_typed(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F3)
    desk.press(ENTER)
    assert "Kies een naam, of schrijf een afdeling op." in desk.said
    desk.type("Team Post")
    desk.press(ENTER)
    assert book.number(1).owner == FaultOwner("Team Post")


def test_an_answer_goes_to_the_citizens(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F4)
    assert "Dit gaat naar 3 inwoners." in desk.said
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    desk.type("Uw gegevens kloppen nu. Sorry dat het zo lang duurde.")
    assert "Langste zin: 6 woorden. Dat is goed." in desk.said
    for _ in range(2):
        desk.press(TAB)
    desk.press(SPACE)
    answer = book.number(1).answer
    assert answer is not None
    assert (answer.text, answer.by.staff_number) == ("Uw gegevens kloppen nu. Sorry dat het zo lang duurde.", "34")
    assert answer.closes_cases
    assert "Het gaat nu naar de inwoners." in desk.said


def test_the_cases_stay_open_where_staff_say_that_there_is_more(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.type("Wij zoeken uit wat er fout ging bij u.")
    for key in (TAB, SPACE, TAB, ENTER):
        desk.press(key)
    answer = book.number(1).answer
    assert answer is not None
    assert not answer.closes_cases


def test_an_answer_of_our_own_mistake_says_so_first_and_closes_nothing(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(DOWN)
    desk.press(Qt.Key.Key_F4)
    form = page_of(desk)._answer_form
    assert form.text.toPlainText().startswith("Er ging iets mis bij ons. Dat was onze fout. Sorry.")
    assert not form.closes.isVisible()
    desk.type("Uw vraag is nu wel aangekomen.")
    desk.press(TAB)
    desk.press(ENTER)
    answer = book.number(2).answer
    assert answer is not None
    assert answer.text.endswith("Sorry. Uw vraag is nu wel aangekomen.")
    assert not answer.closes_cases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Klaar.", "Schrijf in een paar zinnen wat er is gedaan."),
        ("De gegevens van burger 999990019 zijn nu weer goed.", "Hier staat een nummer (BSN). Haal het weg."),
        ("Bel mij maar op 06 12345678 als er iets is.", "Hier staat een telefoonnummer."),
        ("woord " * 200, "Dit is te lang. Maak het korter."),
    ],
)
def test_an_answer_that_is_short_long_or_names_somebody_is_refused(
    desk: Desk, book: FakeFaultBook, text: str, said: str
) -> None:
    desk.press(Qt.Key.Key_F4)
    page_of(desk)._answer_form.text.setPlainText(text)
    for key in (TAB, TAB, ENTER):
        desk.press(key)
    assert book.number(1).answer is None
    assert said in desk.said


def test_hard_dutch_is_told_beside_the_text_and_not_refused(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.type("Indien u nog vragen heeft dan kunt u deze altijd stellen aan de balie van onze gemeente vandaag.")
    assert "Maak er twee zinnen van." in desk.said
    assert "Zeg dit anders: indien." in desk.said


def test_what_was_typed_stays_when_somebody_looks_at_another_fault(desk: Desk, book: FakeFaultBook) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.type("Uw gegevens kloppen nu weer.")
    page_of(desk).table.setFocus()
    desk.press(DOWN)
    assert "Uw gegevens kloppen nu weer." in desk.said
    page_of(desk)._answer_form._on_answered()
    desk.settle()
    assert book.number(1).answer is not None
    assert book.number(2).answer is None


def test_esc_leaves_a_form_and_then_the_page(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F3)
    desk.press(ESC)
    assert QApplication.focusWidget() is page_of(desk).table
    desk.press(ESC)
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "home"


def test_somebody_who_was_first_is_told(desk: Desk, book: FakeFaultBook) -> None:
    book.answer(1, book.number(4).answer)  # type: ignore[arg-type]
    desk.press(Qt.Key.Key_F2)
    assert "Iemand anders was u voor." in desk.said


def test_an_answered_fault_shows_who_answered_what_and_offers_nothing(desk: Desk) -> None:
    for _ in range(3):
        desk.press(DOWN)
    assert "Antwoord van Noor Bakker, 23 november 2026:" in desk.said
    assert "De brief is opnieuw gestuurd." in desk.said
    page = page_of(desk)
    assert not any(button.isVisible() for button in (page.own, page.give, page.answer))


def test_nothing_wrong_is_said(qtbot: QtBot) -> None:
    desk = Desk(qtbot, more=(FakeFaultBook([]).page,))
    desk.sign_in(OMAR)
    desk.window._go("faults")
    desk.settle()
    assert "Er staat geen fout open." in desk.said
    assert not page_of(desk).table.isVisible()
    assert QApplication.focusWidget() is page_of(desk)
    desk.close()


def test_every_control_has_a_name_for_a_reader(desk: Desk) -> None:
    for key in (None, Qt.Key.Key_F3, ESC, Qt.Key.Key_F4):
        if key is not None:
            desk.press(key)
        for kind in (DeskButton, QLineEdit, QPlainTextEdit):
            for item in page_of(desk).findChildren(kind):
                assert not item.isVisible() or item.accessibleName(), item


# -- the alarm -------------------------------------------------------------------------------------------------------


def alarmed(qtbot: QtBot, number: int, member: StaffMember) -> Desk:
    desk = Desk(qtbot, more=(FakeFaultBook().page,), alarm=lambda: number)
    desk.sign_in(member)
    desk.settle()
    return desk


def test_a_fault_without_an_owner_stands_on_top_of_every_page_and_leads_there(qtbot: QtBot) -> None:
    desk = alarmed(qtbot, 2, OMAR)
    shell = desk.window.shell
    assert shell is not None
    for page_id in ("home", "tally", "colleague"):
        desk.window._go(page_id)
        desk.settle()
        assert shell.alarm.isVisible()
        assert "2 fouten hebben te lang geen eigenaar." in desk.said
    for _ in range(2):
        desk.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is shell.alarm.button
    desk.press(ENTER)
    assert shell.page_id == "faults"
    desk.close()


def test_a_helper_reads_it_too_and_is_told_whom_to_tell(qtbot: QtBot) -> None:
    desk = alarmed(qtbot, 1, RIET)
    assert "1 fout heeft te lang geen eigenaar. Vertel het aan een collega van de balie." in desk.said
    assert desk.window.shell is not None
    assert not desk.window.shell.alarm.button.isVisible()
    assert "faults" not in desk.window.shell.nav
    desk.close()


def test_no_fault_is_no_band(qtbot: QtBot) -> None:
    desk = alarmed(qtbot, 0, OMAR)
    assert desk.window.shell is not None
    assert not desk.window.shell.alarm.isVisible()
    desk.close()


def test_the_page_is_for_counter_and_it() -> None:
    assert FakeFaultBook().page.roles == {Role.COUNTER, Role.IT}
