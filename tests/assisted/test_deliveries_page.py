# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of what waits, by keys alone: why, what to do, send again, on paper, away, and the cases of libraries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

import sync
from assisted import fault_words
from assisted.deliveries import MOST_LINES, DeliveriesPage
from assisted.desk_parts import DeskButton
from domain.case_act import ActKind, GiveUpReason
from domain.deliveries import DeleteReason, DeliveryKind, DeliveryState, WaitingDelivery
from domain.errors import DeliveryError, ExpectedError, SealingError, SettingsError, TamperedError
from i18n.texts import Texts
from tests.assisted.desk import OMAR, Desk
from tests.assisted.fault_desk import AWAY, FULL, FakeDeliveries, some_deliveries
from tests.fakes.clock import TUESDAY

ENTER, ESC, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def waiting() -> FakeDeliveries:
    return FakeDeliveries()


@pytest.fixture
def desk(qtbot: QtBot, waiting: FakeDeliveries) -> Iterator[Desk]:
    found = Desk(qtbot, more=(waiting.page,))
    found.sign_in(OMAR)
    found.window._go("deliveries")
    found.settle()
    yield found
    found.close()


def page_of(desk: Desk) -> DeliveriesPage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, DeliveriesPage)
    return page


def read(desk: Desk, row: int) -> list[str]:
    model = page_of(desk).table.model()
    return [str(model.index(row, column, QModelIndex()).data(ACCESSIBLE)) for column in range(model.columnCount())]


def reasons() -> set[str]:
    """Give every slug that sending can leave behind."""
    for module in walk_packages(sync.__path__, "sync."):
        if not module.name.startswith("sync.practice"):
            import_module(module.name)

    def below(kind: type[ExpectedError]) -> set[str]:
        ours = {kind.slug} if kind.__module__.split(".")[0] in ("domain", "sync") else set()
        return ours.union(*(below(each) for each in kind.__subclasses__()))

    practice = {"practice-refusal", "practice-crash", "practice-broken", "practice-refused"}
    return below(DeliveryError).union(*map(below, (SealingError, TamperedError, SettingsError))) - practice


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_that_sending_can_leave_behind_has_a_sentence_and_a_remedy(language: str) -> None:
    texts = Texts(language, is_strict=True)
    for slug in sorted(reasons() | {"not-tried", "mistake", "other"}):
        assert texts.has(f"desk.reason.{slug}"), slug
        assert texts.has(f"desk.reason.{slug}.do"), slug
    assert fault_words.reason(texts, "mistake-KeyError") == texts.tr("desk.reason.mistake")
    assert fault_words.reason(texts, "nobody-knows") == texts.tr("desk.reason.other")
    assert fault_words.reason(texts, "") == ""


@pytest.mark.parametrize("kind", ActKind)
def test_every_act_of_staff_has_words(kind: ActKind) -> None:
    assert Texts("nl").has(f"desk.deliveries.act.{kind.value}")
    assert Texts("en").has(f"desk.deliveries.act.{kind.value}")


def test_what_waits_stands_there_in_words_that_a_reader_says_by_column(desk: Desk) -> None:
    assert read(desk, 0) == [
        "Wat: Verhuizen",
        "Nummer: LK-1",
        "Sinds: 23 november 2026, 10.30 uur",
        "Hoe staat het?: Geweigerd. Het zaaksysteem kent dit soort vraag niet.",
    ]
    assert read(desk, 1)[0] == "Wat: Balie: antwoord gegeven"
    assert read(desk, 2)[3] == "Hoe staat het?: Wacht te lang. Het zaaksysteem geeft geen antwoord."
    assert read(desk, 3)[0] == "Wat: Aanvulling: Bel mij terug"
    assert read(desk, 4)[3] == "Hoe staat het?: Gaat zo weg."
    assert "5 wachten. Bij 3 is een mens nodig." in desk.said


def test_each_line_says_what_to_do(desk: Desk) -> None:
    assert "Vraag beheer om het zaaktype te maken. Verstuur daarna opnieuw." in desk.said
    assert "3 keer geprobeerd." in desk.said
    desk.press(DOWN)
    assert "Open de zaak en kies wat blijft." in desk.said
    for _ in range(3):
        desk.press(DOWN)
    assert "U hoeft niets te doen." in desk.said


def test_what_was_refused_is_given_up_after_why_and_a_second_yes(desk: Desk, waiting: FakeDeliveries) -> None:
    waiting.kept = [
        WaitingDelivery(DeliveryKind.ACT, "a-1", "LK-7", "contact", DeliveryState.REJECTED, TUESDAY, 1, "rejected"),
        WaitingDelivery(DeliveryKind.CASE, "LK-4", "LK-4", "brief", DeliveryState.REJECTED, TUESDAY, 1, "catalogue"),
    ]
    page_of(desk)._read()
    desk.settle()
    desk.press(Qt.Key.Key_F10)
    assert "Dit bij LK-7 gaat nooit meer weg. Wat erna kwam, gaat wel." in desk.said
    page = page_of(desk)
    assert QApplication.focusWidget() is page.give_up_form.why
    page.give_up_form.yes.click()
    assert waiting.given_up == [], "not without a reason"
    desk.press(DOWN)
    desk.press(TAB)
    assert QApplication.focusWidget() is page.give_up_form.no, "the no comes first"
    desk.press(TAB)
    desk.press(ENTER)
    assert waiting.given_up == [("a-1", "34", GiveUpReason.TOLD)]
    assert "Dit gaat niet meer weg." in desk.said
    desk.press(Qt.Key.Key_F10)
    assert len(waiting.given_up) == 1, "a case is taken away, with its own question"
    assert not page.give_up_form.isVisible()


def test_an_answer_that_left_its_case_open_says_so_and_cannot_be_sent_again(
    desk: Desk, waiting: FakeDeliveries
) -> None:
    waiting.kept = [
        WaitingDelivery(
            DeliveryKind.ACT, "a-1", "LK-7", "answer", DeliveryState.STILL_OPEN, TUESDAY, reason="no-result-type"
        )
    ]
    page_of(desk)._read()
    desk.settle()
    assert "De zaak is nog open. Het zaaksysteem kent deze uitkomst niet." in desk.said
    assert "Sluit de zaak zelf in het zaaksysteem." in desk.said
    desk.press(Qt.Key.Key_F2)
    assert waiting.retried == []


def test_one_is_sent_again_by_one_key(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F2)
    assert waiting.retried == ["LK-1"]
    assert "Loket probeert het nu weer." in desk.said
    assert QApplication.focusWidget() is page_of(desk).table


def test_what_goes_by_itself_is_said_so(desk: Desk, waiting: FakeDeliveries) -> None:
    for _ in range(4):
        desk.press(DOWN)
    desk.press(Qt.Key.Key_F2)
    assert "Dit gaat al vanzelf." in desk.said


def test_a_conflict_is_not_sent_again_and_an_act_is_neither_paper_nor_taken_away(
    desk: Desk, waiting: FakeDeliveries
) -> None:
    desk.press(DOWN)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F7):
        desk.press(key)
    assert (waiting.retried, waiting.written, waiting.deleted) == ([], [], [])
    assert not page_of(desk).export.isVisible()
    assert not page_of(desk).delete.isVisible()


def test_all_are_sent_again(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F3)
    assert len(waiting.retried) == 5
    assert "Loket probeert er 5 weer." in desk.said


def test_a_case_is_put_on_paper_in_a_folder_that_staff_choose(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F4)
    assert "Op dit papier staan namen." in desk.said
    focused = QApplication.focusWidget()
    assert isinstance(focused, QComboBox) or focused is page_of(desk).export_form.folder.lineEdit()
    desk.press(ENTER)
    assert waiting.written == [("LK-1", Path("/media/stick"))]
    assert "Het bestand is er: LK-1.pdf. Print het." in desk.said


def test_a_folder_that_is_half_a_name_is_asked_again(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F4)
    page_of(desk).export_form.folder.setEditText("stick")
    desk.press(ENTER)
    assert waiting.written == []
    assert "Kies een map, of schrijf hem helemaal op." in desk.said


def test_a_case_that_cannot_be_opened_is_written_sealed_and_said_so(desk: Desk, waiting: FakeDeliveries) -> None:
    waiting.has_key = False
    desk.press(Qt.Key.Key_F4)
    desk.press(ENTER)
    assert "Het is op slot." in desk.said


def test_a_disk_that_is_full_is_said_and_nothing_is_lost(desk: Desk, waiting: FakeDeliveries) -> None:
    waiting.fails_with = FULL
    desk.press(Qt.Key.Key_F4)
    desk.press(ENTER)
    assert desk.faults == [FULL]
    assert "Dit lukt nu niet" in desk.said


def test_taking_away_asks_why_and_once_more(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F7)
    assert "Vraag LK-1 gaat weg. Dat kan niet terug." in desk.said
    form = page_of(desk).delete_form
    assert QApplication.focusWidget() is form.why
    form.yes.setFocus()
    desk.press(ENTER)
    assert waiting.deleted == []
    assert "Kies eerst waarom." in desk.said
    for _ in range(4):
        desk.press(DOWN)
    form.yes.setFocus()
    desk.press(ENTER)
    assert waiting.deleted == [("LK-1", DeleteReason.DONE_ON_PAPER)]
    assert "De vraag is weg." in desk.said


def test_no_leaves_it(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F7)
    desk.press(DOWN)
    desk.press(TAB)
    assert QApplication.focusWidget() is page_of(desk).delete_form.no
    desk.press(ENTER)
    assert waiting.deleted == []
    assert QApplication.focusWidget() is page_of(desk).table
    desk.press(Qt.Key.Key_F7)
    desk.press(ESC)
    assert QApplication.focusWidget() is page_of(desk).table


def test_the_cases_of_libraries_are_opened_with_the_outcome_in_words(desk: Desk, waiting: FakeDeliveries) -> None:
    desk.press(Qt.Key.Key_F8)
    assert waiting.taken_in == 1
    assert "2 vragen zijn geopend en compleet. 1 vraag ging niet open." in desk.said
    waiting.outcome = (0, 0)
    desk.press(Qt.Key.Key_F8)
    assert "Er was niets om te openen." in desk.said


def test_a_service_that_is_away_is_said(desk: Desk, waiting: FakeDeliveries) -> None:
    waiting.fails_with = AWAY
    desk.press(Qt.Key.Key_F8)
    assert "Dit lukt nu niet. Log opnieuw in, of bel beheer." in desk.said
    assert page_of(desk).library.isEnabled()


def test_without_a_key_there_is_no_button_for_libraries(qtbot: QtBot) -> None:
    waiting = FakeDeliveries(has_key=False)
    desk = Desk(qtbot, more=(waiting.page,))
    desk.sign_in(OMAR)
    desk.window._go("deliveries")
    desk.settle()
    assert not page_of(desk).library.isVisible()
    desk.press(Qt.Key.Key_F8)
    assert waiting.taken_in == 0
    desk.close()


def test_nothing_that_waits_is_said(qtbot: QtBot) -> None:
    waiting = FakeDeliveries([])
    desk = Desk(qtbot, more=(waiting.page,))
    desk.sign_in(OMAR)
    desk.window._go("deliveries")
    desk.settle()
    page = page_of(desk)
    assert "Alles is verstuurd." in desk.said
    assert not page.table.isVisible()
    assert QApplication.focusWidget() is page
    waiting.kept = some_deliveries()
    page.opened()
    desk.settle()
    assert QApplication.focusWidget() is page.table
    desk.close()


def test_ten_thousand_are_shown_in_part_and_counted_whole(desk: Desk, waiting: FakeDeliveries) -> None:
    one = WaitingDelivery(DeliveryKind.CASE, "", "", "bel", DeliveryState.WAITING, TUESDAY)
    waiting.kept = [replace(one, key=f"LK-{number}", reference=f"LK-{number}") for number in range(10_000)]
    page_of(desk).opened()
    desk.settle()
    assert page_of(desk).table.model().rowCount() == MOST_LINES
    assert "10000 wachten. U ziet de eerste 500." in desk.said


def test_every_control_has_a_name_for_a_reader(desk: Desk) -> None:
    for key in (None, Qt.Key.Key_F4, ESC, Qt.Key.Key_F7):
        if key is not None:
            desk.press(key)
        page = page_of(desk)
        for kind in (DeskButton, QComboBox):
            for item in page.findChildren(kind):
                assert not item.isVisible() or item.accessibleName(), item
        assert page.table.accessibleName()


def test_what_needs_a_person_is_known() -> None:
    assert [one.needs_person for one in some_deliveries()] == [True, True, True, False, False]
