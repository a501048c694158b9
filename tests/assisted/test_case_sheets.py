# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sheets of a case, by keys alone: what each asks, what it refuses, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from assisted.sheet_answer import AnswerSheet
from assisted.sheet_ask import AskSheet
from assisted.sheet_form import SheetForm
from domain.call_attempts import CallAttempt
from domain.case_act import ActKind
from domain.counter import CounterCase, Stage
from domain.errors import StoreFullError
from tests.assisted.desk import OMAR, RIET
from tests.assisted.sheet_desk import REFERENCE, SHIFT, SheetDesk, a_case, call

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | SHIFT
BSN = "111222333"
IBAN = "NL91 ABNA 0417 1643 00"
ENOUGH = (call(20, 8), call(23, 14), call(24, 9))
Opened = Callable[..., SheetDesk]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    made: list[SheetDesk] = []

    def begin(case: CounterCase | None = None, *attempts: CallAttempt) -> SheetDesk:
        made.append(SheetDesk(qtbot, case or a_case(), *attempts))
        return made[-1]

    yield begin
    for desk in made:
        desk.close()


# -- a lock ------------------------------------------------------------------------------------------------------------


def test_what_somebody_writes_is_still_there_after_a_lock_and_gone_for_another(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_N)
    desk.tab_to("Waar")
    desk.type("over de sleutel")
    desk.desk.window.lock()
    assert "over de sleutel" not in desk.said
    desk.desk.sign_in(OMAR)
    assert desk.sheet.was_typed_in
    desk.desk.window.lock()
    desk.desk.sign_in(RIET)
    assert not any(
        "sleutel" in field.toPlainText() for field in QApplication.allWidgets() if isinstance(field, QTextEdit)
    )


# -- one press --------------------------------------------------------------------------------------------------------


def test_takes_a_case_on_with_one_press(opened: Opened) -> None:
    desk = opened(a_case(Stage.NEW, owner=""))
    desk.keys(KEY.Key_O)
    (act,) = desk.kept
    assert (act.header.kind, act.header.reference, act.header.staff_number) == (ActKind.TAKE_ON, REFERENCE, "34")
    assert act.header.based_on == "v1"


def test_says_whose_a_case_is_before_it_is_taken_over(opened: Opened) -> None:
    taken = a_case()
    desk = opened(replace(taken, item=replace(taken.item, owner="78", owner_name="Sanne Visser")))
    desk.keys(KEY.Key_O)
    assert desk.kept == []
    assert "Sanne Visser werkt hieraan" in desk.said
    desk.send()
    assert [act.header.kind for act in desk.kept] == [ActKind.TAKE_ON]


def test_gives_back_only_what_is_mine(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_G)
    assert [act.header.kind for act in desk.kept] == [ActKind.GIVE_BACK]
    other = opened(a_case(Stage.TAKEN, owner="78"))
    other.keys(KEY.Key_G)
    assert other.kept == []


def test_lets_the_term_run_again_when_what_was_missing_came_in(opened: Opened) -> None:
    desk = opened(a_case(Stage.ASKED))
    desk.keys(KEY.Key_R)
    assert [act.header.kind for act in desk.kept] == [ActKind.RESUME]


def test_a_case_that_is_still_here_is_handled_from_list_to_answer(opened: Opened) -> None:
    desk = opened(a_case(Stage.HERE))
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 0)
    desk.tab_to("Antwoord voor de inwoner")
    desk.type(ANSWER)
    desk.send()
    assert [act.header.kind for act in desk.kept] == [ActKind.ANSWER]


def test_nobody_answers_before_somebody_took_it_on(opened: Opened) -> None:
    desk = opened(a_case(Stage.HERE, owner=""))
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    assert not desk.has_sheet


# -- asking -----------------------------------------------------------------------------------------------------------


def test_says_at_once_which_keys_send_and_close(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_M)
    assert "Ctrl+Enter: Stuur het bericht. Esc: terug." in desk.said
    seen = opened()
    seen.keys(KEY.Key_I)
    assert "Ctrl+Enter" not in seen.said, "one press keeps it"


def test_asks_only_after_a_call(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_M)
    desk.pick("Papier", 0)
    assert "06 12345678" in desk.said
    assert "u spreekt met Omar Aydin van de gemeente Voorbeeldstad" in desk.said
    desk.send()
    assert desk.kept == []
    assert "Bel eerst. Kies daarna" in desk.said
    desk.tab_to("Niet opgenomen")
    desk.desk.press(KEY.Key_Return)
    (attempt,) = desk.calls.kept
    assert (attempt.reference, attempt.was_reached) == (REFERENCE, False)
    desk.send()
    (act,) = desk.kept
    assert act.header.kind is ActKind.ASK_MISSING
    assert dict(act.given) == {
        "what": "een papier",
        "kind": "paper",
        "working_days": "10",
        "answer_by": "2026-12-08",
        "called": "yes",
    }
    assert "Wij belden u, maar kregen u niet aan de lijn." in act.text
    assert "Wij missen nog één ding: een papier." in act.text
    assert "dinsdag 8 december 2026" in act.text


def test_words_the_message_by_what_is_missing_the_call_and_the_day(opened: Opened) -> None:
    desk = opened(a_case(), call(24, 8, was_reached=True))
    desk.keys(KEY.Key_M)
    desk.pick("Papier", 5)
    desk.tab_to("Wat precies?")
    desk.type("uw naam onder de brief")
    desk.pick("10 werkdagen", 2)
    desk.send()
    (act,) = desk.kept
    assert "Wij spraken elkaar aan de telefoon." in act.text
    assert "uw naam onder de brief" in act.text
    assert "Kom langs aan de balie" in act.text
    assert (act.given["what"], act.given["kind"]) == ("uw naam onder de brief", "signature")
    assert act.given["answer_by"] == "2026-12-01"


def test_keeps_the_words_that_somebody_changed(opened: Opened) -> None:
    desk = opened(a_case(), call(24, 8))
    desk.keys(KEY.Key_M)
    desk.pick("Papier", 0)
    desk.tab_to("Dit leest de inwoner")
    desk.type("Mijn eigen woorden. ")
    sheet = desk.sheet
    assert isinstance(sheet, AskSheet)
    before = sheet.message.text
    sheet.term.buttons["15"].click()
    assert sheet.message.text == before


def test_does_not_call_who_wants_text_only(opened: Opened) -> None:
    desk = opened(a_case(Stage.TAKEN, "34", "+31612345678", reach="text"))
    desk.keys(KEY.Key_M)
    assert "Bel eerst" not in desk.said
    assert "wordt niet gebeld" in desk.said
    desk.pick("Papier", 0)
    desk.send()
    (act,) = desk.kept
    assert act.given["called"] == "no"
    assert "Wij belden" not in act.text


def test_says_below_a_message_whether_it_is_easy_to_read(opened: Opened) -> None:
    desk = opened(a_case(), call(24, 8))
    desk.keys(KEY.Key_M)
    desk.pick("Papier", 0)
    assert "Leesbaar: ja" in desk.said
    desk.tab_to("Dit leest de inwoner")
    desk.type(
        "Indien u niet aan deze eis voldoet, zullen wij uw aanvraag helaas niet meer in behandeling kunnen nemen. "
    )
    assert "Lange zin: " in desk.said
    assert "Moeilijk woord: “indien”" in desk.said


@pytest.mark.parametrize("number", [BSN, IBAN])
def test_refuses_a_number_that_opens_a_life_in_a_message(opened: Opened, number: str) -> None:
    desk = opened(a_case(), call(24, 8))
    desk.keys(KEY.Key_M)
    desk.pick("Papier", 0)
    desk.tab_to("Dit leest de inwoner")
    desk.type(f"Uw nummer {number} klopt. ")
    desk.send()
    assert desk.kept == []
    assert "Haal het weg" in desk.said


# -- calling back -----------------------------------------------------------------------------------------------------


def test_shows_what_was_promised_tried_and_is_left_to_try(opened: Opened) -> None:
    desk = opened(a_case(), call(23, 8))
    desk.keys(KEY.Key_B)
    assert "Beloofd voor maandag 30 november." in desk.said
    assert "Niet opgenomen: maandag 23 november, 09.00 uur." in desk.said
    assert "Bel nog 2 keer." in desk.said
    assert "Kies een ander deel van de dag." in desk.said


def test_says_that_it_is_late(opened: Opened) -> None:
    late = a_case()
    desk = opened(replace(late, item=replace(late.item, due_on=late.item.submitted_at.date() + timedelta(days=1))))
    desk.keys(KEY.Key_B)
    assert "Te laat. Beloofd voor dinsdag 17 november." in desk.said


def test_keeps_what_a_call_was_about(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_B)
    desk.send()
    assert "Bel eerst. Kies daarna hoe het ging." in desk.said
    desk.tab_to("Opgenomen")
    desk.desk.press(KEY.Key_Return)
    assert [one.was_reached for one in desk.calls.kept] == [True]
    desk.type("De vergunning is voor de blauwe auto.")
    desk.send()
    (act,) = desk.kept
    assert (act.header.kind, act.given["channel"]) == (ActKind.CONTACT, "phone")
    assert act.text == "De vergunning is voor de blauwe auto."


def test_offers_a_card_or_mail_after_three_tries_on_different_parts_of_days(opened: Opened) -> None:
    desk = opened(a_case(), call(20, 8), call(23, 14))
    desk.keys(KEY.Key_B)
    assert "Genoeg gebeld" not in desk.said
    desk.tab_to("Niet opgenomen")
    desk.desk.press(KEY.Key_Return)
    assert "Genoeg gebeld. Stuur nu een kaartje of een mail." in desk.said
    desk.send()
    (act,) = desk.kept
    assert act.given["channel"] == "mail"
    assert "Wij belden een paar keer" in act.text


def test_logs_a_call_once_when_it_is_pressed_twice(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_B)
    sheet = desk.sheet
    sheet.first().click()  # type: ignore[attr-defined]  # the large button
    sheet.first().click()  # type: ignore[attr-defined]
    desk.desk.settle()
    assert len(desk.calls.kept) == 1


def test_sets_a_task_for_a_group_with_part_of_day_and_language(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_T)
    desk.pick("Afdeling", 1)
    desk.send()
    assert "Vul in wie gaat bellen." in desk.said
    desk.type("Team parkeren")
    desk.pick("Maakt niet uit", 2)
    desk.send()
    (act,) = desk.kept
    assert act.header.kind is ActKind.CALL_BACK
    assert dict(act.given) == {
        "to": "groep:Team parkeren",
        "day_part": "afternoon",
        "language": "nl",
        "name": "Fatima Jansen-El Idrissi",
        "phone": "+31612345678",
        "email": "f.jansen@voorbeeld.example",
    }


# -- contact, document, sending on, haste -----------------------------------------------------------------------------


def test_notes_a_contact_with_more_than_one_question_and_nobody_named(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_N)
    desk.pick("Telefoon", 1)
    desk.pick("1", 2)
    desk.tab_to("Waarover ging het?")
    desk.type("De vergunning en de pas")
    desk.tab_to("Anoniem")
    desk.desk.press(KEY.Key_Space)
    desk.send()
    (act,) = desk.kept
    assert dict(act.given) == {"channel": "desk", "questions": "3", "anonymous": "yes"}
    assert act.text == "De vergunning en de pas"


@pytest.mark.parametrize(
    "note", [BSN, IBAN, "Bel 06 12345678", "mail naar noor@voorbeeld.example", "geboren 4 april 1984"]
)
def test_refuses_a_note_that_says_who_somebody_is(opened: Opened, note: str) -> None:
    desk = opened()
    desk.keys(KEY.Key_N)
    desk.tab_to("Waarover ging het?")
    desk.type(note)
    desk.send()
    assert desk.kept == []
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPlainTextEdit)
    assert "weg" in focus.accessibleDescription()


def test_keeps_the_kind_of_a_document_in_one_press_and_has_no_field_for_a_number(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_I)
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox):
        assert desk.sheet.findChildren(kind) == []
    desk.desk.press(KEY.Key_Down)
    desk.desk.press(KEY.Key_Return)
    (act,) = desk.kept
    assert (act.text, dict(act.given)) == ("", {"document": "passport", "role": "balie"})


def test_sends_a_case_on_only_to_somebody(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_S)
    desk.tab_to("Waarom?")
    desk.type("Het gaat om een uitkering")
    desk.send()
    assert desk.kept == []
    assert "Vul in wie het overneemt" in desk.said
    desk.type("UWV Werkplein")
    desk.send()
    (act,) = desk.kept
    assert act.header.kind is ActKind.FORWARD
    assert (act.given["to"], act.given["hop"]) == ("UWV Werkplein", "1")
    assert "UWV Werkplein. Wij sturen uw vraag door." in act.given["letter"]
    assert "Bel gewoon ons: 14 000" in act.given["letter"]


def test_counts_how_often_a_case_was_sent_on(opened: Opened) -> None:
    desk = opened()
    for to in ("UWV", "SVB"):
        desk.keys(KEY.Key_S)
        desk.type(to)
        desk.tab_to("Waarom?")
        desk.type("Niet van ons")
        desk.send()
    assert [act.given["hop"] for act in desk.kept] == ["1", "2"]
    desk.keys(KEY.Key_S)
    assert "al 2 keer doorgestuurd" in desk.said


def test_sets_haste_with_one_press_and_three_working_days(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_H)
    desk.desk.press(KEY.Key_Return)
    (act,) = desk.kept
    assert dict(act.given) == {"flag": "Moet uit huis", "kind": "eviction", "due_on": "2026-11-27"}


def test_says_first_how_to_stay_safe_where_home_is_not(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_H)
    for _ in range(3):
        desk.desk.press(KEY.Key_Down)
    desk.desk.press(KEY.Key_Return)
    assert desk.kept == []
    assert "Snel weg" in desk.said
    assert "Bel of schrijf niet naar huis zonder te vragen." in desk.said
    desk.send()
    (act,) = desk.kept
    assert act.given["kind"] == "violence"
    assert "Bel of schrijf niet naar huis zonder te vragen." in act.text


# -- answering --------------------------------------------------------------------------------------------------------


ANSWER = "U krijgt de vergunning. Hij komt met de post."


def test_answers_and_closes(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 0)
    desk.tab_to("Antwoord voor de inwoner")
    desk.type(ANSWER)
    desk.send()
    (act,) = desk.kept
    assert (act.header.kind, act.text, dict(act.given)) == (ActKind.ANSWER, ANSWER, {"result": "Afgehandeld"})


def test_a_decision_asks_its_rule_and_says_how_to_object(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 2)
    desk.tab_to("Antwoord voor de inwoner")
    desk.type("U krijgt de vergunning niet. De straat is vol.")
    desk.send()
    assert desk.kept == []
    assert "Schrijf welke regel u gebruikte." in desk.said
    desk.type("Parkeerverordening, artikel 4")
    desk.send()
    (act,) = desk.kept
    assert dict(act.given) == {
        "result": "Afgewezen",
        "rule": "Parkeerverordening, artikel 4",
        "object_by": "2027-01-05",
    }
    for said in ("Omar Aydin nam dit besluit", "Parkeerverordening, artikel 4", "tot en met dinsdag 5 januari 2027"):
        assert said in act.text


def test_nothing_is_closed_as_not_received_before_calling_was_tried(opened: Opened) -> None:
    desk = opened(a_case(Stage.ASKED), call(24, 8))
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 4)
    assert "er is te weinig gebeld" in desk.said
    assert "Bel nog 2 keer." in desk.said
    desk.tab_to("Antwoord voor de inwoner")
    desk.type(ANSWER)
    desk.send()
    assert desk.kept == []


def test_closes_as_not_received_after_three_tries(opened: Opened) -> None:
    desk = opened(a_case(Stage.ASKED), *ENOUGH)
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 4)
    desk.tab_to("Antwoord voor de inwoner")
    desk.type(ANSWER)
    desk.send()
    assert [act.given["result"] for act in desk.kept] == ["Niet ontvangen"]


def test_asks_how_somebody_without_a_telephone_was_looked_for(opened: Opened) -> None:
    desk = opened(a_case(Stage.ASKED, phone=""))
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    desk.pick("Klaar", 4)
    desk.tab_to("Antwoord voor de inwoner")
    desk.type(ANSWER)
    desk.send()
    assert desk.kept == []
    assert "Schrijf hoe u de inwoner zocht." in desk.said
    desk.type("Briefje bij de opvang gelegd")
    desk.send()
    assert [act.given["tried"] for act in desk.kept] == ["Briefje bij de opvang gelegd"]


# -- a citizen's own mistake ------------------------------------------------------------------------------------------


def test_treats_a_mistake_kindly_when_nothing_is_said(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_V, CTRL_SHIFT)
    desk.send()
    (act,) = desk.kept
    assert (act.header.kind, act.text, dict(act.given)) == (ActKind.CORRECTION, "", {"route": "lenient"})


def test_the_strict_road_asks_why(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_V, CTRL_SHIFT)
    desk.desk.press(KEY.Key_Right)
    desk.desk.press(KEY.Key_Space)
    desk.send()
    assert desk.kept == []
    assert "Schrijf een reden" in desk.said
    desk.type("Dit is de vierde keer in een maand")
    desk.send()
    assert [dict(act.given) for act in desk.kept] == [{"route": "strict"}]
    assert desk.kept[0].text == "Dit is de vierde keer in een maand"


# -- every sheet ------------------------------------------------------------------------------------------------------

SHEETS = [
    (KEY.Key_M, "Papier"),
    (KEY.Key_B, "Opgenomen"),
    (KEY.Key_N, "Telefoon"),
    (KEY.Key_T, "Afdeling"),
    (KEY.Key_I, "ID-kaart"),
    (KEY.Key_S, "Wie neemt het over?"),
    (KEY.Key_H, "Moet uit huis"),
]


@pytest.mark.parametrize(("key", "first"), SHEETS)
def test_a_sheet_opens_on_its_first_field_and_esc_closes_it(opened: Opened, key: Qt.Key, first: str) -> None:
    desk = opened()
    desk.keys(key)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == first or getattr(focus, "text", lambda: "")() == first
    desk.keys(KEY.Key_Escape, NONE)
    assert not desk.has_sheet
    assert desk.kept == []


def test_esc_asks_before_it_throws_away_what_was_typed(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_S)
    desk.type("UWV")
    desk.keys(KEY.Key_Escape, NONE)
    assert desk.has_sheet
    assert "Weggooien wat u typte?" in desk.said
    desk.desk.press(KEY.Key_Return)  # "Nee, ga door" comes first
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.text() == "UWV"
    desk.keys(KEY.Key_Escape, NONE)
    desk.desk.press(KEY.Key_Right)
    desk.desk.press(KEY.Key_Return)
    assert not desk.has_sheet


def test_keeps_what_was_typed_when_it_cannot_be_kept(opened: Opened) -> None:
    desk = opened()
    desk.room.acts.fails_with = StoreFullError("the disk is full")
    desk.keys(KEY.Key_N)
    desk.tab_to("Waarover ging het?")
    desk.type("De pas")
    desk.send()
    assert desk.has_sheet
    assert "Bewaren lukt nu niet. Wat u typte, staat er nog." in desk.said
    desk.room.acts.fails_with = None
    desk.send()
    assert [act.text for act in desk.kept] == ["De pas"]


def test_an_act_is_kept_once_when_it_is_sent_twice(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_V, CTRL_SHIFT)
    sheet = desk.sheet
    assert isinstance(sheet, SheetForm)
    sheet.send_button.click()
    sheet.send_button.click()
    desk.desk.settle()
    assert len(desk.kept) == 1


def test_hears_nothing_of_the_store_once_it_is_closed(opened: Opened) -> None:
    desk = opened()
    desk.keys(KEY.Key_A, CTRL_SHIFT)
    sheet = desk.sheet
    assert isinstance(sheet, AnswerSheet)
    desk.keys(KEY.Key_Escape, NONE)
    assert sheet.is_left
    assert desk.desk.faults == []
