# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The six visits of PEOPLE 4 again, now with a helper: two real windows, from the call for help to what was sent.

On every screen what the visitor answered is dots for the helper as long as nobody said yes, and each answer that is
sent tells whose hand it was. The visits without a helper are `tests.journeys.test_six_visits`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assisted.knowledge import knowledge_page
from assisted.look_up import LookUpPage, LookUpPorts
from assisted.may_i import may_i_page
from assisted.pages import DeskPage
from assisted.referrals import referrals_page
from assisted.tally import TallyPage
from commands.desk_knowledge import search_words
from domain.answers import Origin
from domain.consent import ConsentKind, Decision, Way, kind_of
from domain.service import Privacy
from domain.submission import Submission, from_bytes
from domain.tally import Deed, Organisation, TallyDraft, Theme
from kiosk.paper.paper_size import Paper
from kiosk.screens.consent import NO, STOP_HELP, YES
from kiosk.together.masking import DOTS
from kiosk.view import NEXT, READ, Choices, Chose, Field, FieldRow, Pressed, Typed, View
from resources.directory_book import DirectoryBook
from resources.helper_sight import helper_sight
from sync.knowledge import SqliteKnowledgeBook
from tests.assisted.desk import FakeTallyBook
from tests.assisted.test_together import FakePrinter, Table
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import library

Given = dict[str, dict[str, str]]
AtStep = Callable[[], None]


@dataclass
class Sitting:
    """A visitor and a helper at one table, and what each of them does."""

    table: Table

    # -- the visitor -------------------------------------------------------------------------------------------------

    def begins(self, service_id: str) -> None:
        """The helper comes, sits down beside the visitor, and the visitor opens a service."""
        self.table.navigator.consent_desk.hidden = helper_sight()
        self.table.together()
        self.table.do(Pressed(f"service:{service_id}"))
        self.table.same()
        self.table.do(Pressed(NEXT))

    def walks(self, given: Given, at: dict[str, AtStep] | None = None) -> Submission:
        """The visitor answers everything and sends it; at some steps the helper does something after the answer."""
        steps, done = at or {}, set[str]()
        for _ in range(80):
            name = self.screen
            self.table.same()
            if name == "check":
                break
            for field_id, text in given.get(name, {}).items():
                self.table.do(Chose("answer", text) if field_id == "choice" else Typed(field_id, text))
            self.table.same()
            self.keeps_private(given)
            if name in steps and name not in done:
                done.add(name)
                steps[name]()
                assert self.screen == name
            buttons = {button.id for part in self.view.parts for button in getattr(part, "buttons", ())}
            if name not in given and "offer.unknown" in buttons:
                self.table.do(Pressed("offer.unknown"))
            self.table.do(Pressed(NEXT))
        assert self.screen == "check", self.screen
        assert done == set(steps)
        self.keeps_private(given)
        self.table.do(Pressed(NEXT))
        sealed = self.table.held.store.shared.sealed
        self.table.wait(lambda: len(sealed) == 1)
        self.table.wait(lambda: not self.table.background.is_busy)
        self.table.same()
        self.keeps_private(given)
        [only] = sealed.values()
        return from_bytes(FakeSealer.opened(only))

    @property
    def view(self) -> View:
        return self.table.navigator.view

    @property
    def screen(self) -> str:
        return self.view.name.partition(".")[2]

    # -- the helper --------------------------------------------------------------------------------------------------

    def points(self, part_id: str) -> None:
        """The helper clicks something, and the visitor sees a ring there."""
        mirror = self.table.page.mirror
        assert mirror is not None
        item = mirror.item(part_id)
        assert item is not None
        before = self.view.name
        QTest.mouseClick(item, Qt.MouseButton.LeftButton)
        self.table.wait(self.table.window.pointer.ring.isVisible)
        assert self.view.name == before

    def asks(self, kind: ConsentKind, answer: str) -> None:
        """The helper asks, and the visitor says yes or no with a button."""
        self.table.consent(kind)
        self.table.do(Pressed(answer))
        self.table.same()

    def types(self, field_id: str, text: str) -> None:
        """The helper's real keys in a field of the mirror."""
        mirror = self.table.page.mirror
        assert mirror is not None
        entry = mirror.field_entry(field_id)
        assert entry is not None
        assert entry.editor is not None
        entry.editor.setFocus()
        if isinstance(entry.editor, QLineEdit):
            entry.editor.selectAll()
        QTest.keyClicks(entry.editor, text)

    def is_refused(self, field_id: str) -> None:
        """What the helper types is refused, in words, and changes nothing."""
        told, before = len(self.table.spoken), dict(self.table.navigator.fields_of(self.screen))
        self.types(field_id, "x")
        self.table.wait(lambda: len(self.table.spoken) > told)
        assert self.table.spoken[-1] == "Dit doet de bezoeker."
        assert dict(self.table.navigator.fields_of(self.screen)) == before

    def fills_in(self, field_id: str, text: str) -> None:
        """What the helper types comes to the visitor's window."""
        self.types(field_id, text)
        self.table.wait(lambda: self.table.navigator.fields_of(self.screen).get(field_id) == text)
        self.table.same()

    def keeps_private(self, given: Given) -> None:
        """Nothing of what was answered stands in the helper's window, but for what is open or allowed."""
        desk, page = self.table.navigator.consent_desk, self.table.page
        shown = page._now
        assert shown is not None
        service = next((one for one in library().services if one.id == shown.service_id), None)
        asked = {question.id: question for question in service.questions} if service is not None else {}
        question = asked.get(self.screen)
        if question is not None and question.privacy is not Privacy.OPEN and not desk.sight.sees_answer:
            fields = [part for part in shown.view.parts if isinstance(part, Field)]
            fields += [one for part in shown.view.parts if isinstance(part, FieldRow) for one in part.fields]
            assert all(one.text == DOTS for one in fields)
            assert not any(part.chosen for part in shown.view.parts if isinstance(part, Choices))
        hidden = [
            text
            for name, fields_of in given.items()
            if name in asked and asked[name].privacy is not Privacy.OPEN
            if desk.hidden.hides(shown.service_id, asked[name]) or not desk.consents.holds(kind_of(asked[name]))
            for field_id, text in fields_of.items()
            if field_id != "choice" and len(text) > 4
        ]
        on_screen = "\n".join((*words_on(page), *self.table.said, repr(shown)))
        assert [text for text in hidden if text in on_screen] == []

    def looks_up(self, page: DeskPage, words: str) -> LookUpPage:
        """The helper searches beside the visit."""
        made = page.make(self.table.office)
        assert isinstance(made, LookUpPage)
        made.setParent(self.table.holder)
        made.opened()
        made.field.setText(words)
        return made

    def ports(self) -> LookUpPorts:
        directory = DirectoryBook.load().directory
        return LookUpPorts(directory, SqliteKnowledgeBook(directory, search_words()), FakePrinter(), Paper.A4, {})

    def tally(self) -> TallyDraft:
        """What "Tellen" has filled in already when the helper opens it."""
        page = TallyPage(self.table.office, FakeTallyBook())
        page.setParent(self.table.holder)
        page.opened()
        return page.draft

    def flags(self, flag_id: str) -> list[str]:
        """The helper taps a red flag; give what stands on its sheet."""
        flags = self.table.flags
        place = [flag.id for flag in flags._ports.directory.flags].index(flag_id)
        flags.show()
        flags.buttons[place].click()
        self.table.wait(lambda: self.table.navigator.consent_desk.flag == flag_id)
        said = [each.text() for each in flags.findChildren(QWidget) if isinstance(each, QLabel | QPushButton)]
        flags.hide()
        return said


def words_on(widget: QWidget) -> list[str]:
    """Everything that eye and screen reader find in a window."""
    found: list[str] = []
    for each in widget.findChildren(QWidget):
        found += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        if isinstance(each, QLabel | QLineEdit):
            found.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
    return found


def origins(sent: Submission) -> dict[str, str]:
    return {line.question_id: line.origin for line in sent.lines if line.kind == "given"}


def decisions(sitting: Sitting) -> list[tuple[ConsentKind, Decision]]:
    return [(found.kind, found.decision) for found in sitting.table.navigator.consent_desk.consents]


def titles(page: LookUpPage) -> Sequence[str]:
    return [page.results.item(row).text() for row in range(page.results.count())]


@pytest.fixture
def sitting(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    table = Table(qtbot, tmp_path)
    yield Sitting(table)
    table.link.stop()
    table.host.close()
    table.background.close(waits=True)
    assert not table.faults


def test_the_woman_of_74_says_no_and_still_gets_all_the_help_there_is(sitting: Sitting) -> None:
    table = sitting.table
    letter = table.navigator.today - timedelta(days=19)
    sitting.begins("brief")
    table.do(Pressed(READ))

    def at_the_day() -> None:
        sitting.points(NEXT)
        table.wait(lambda: any(said.startswith("De helper wijst dit aan:") for said in table.ear.said))

    def at_her_name() -> None:
        sitting.is_refused("text")
        sitting.asks(ConsentKind.IDENTITY, NO)
        sitting.is_refused("text")

    given: Given = {
        "voor-wie": {"choice": "mijzelf"},
        "meelezen": {"choice": "ja"},
        "afzender": {"choice": "belastingdienst"},
        "woorden": {"choice": "besluit"},
        "datum": {"day": str(letter.day), "month": str(letter.month), "year": str(letter.year)},
        "laatste-dag-bekend": {"choice": "nee"},
        "wens": {"choice": "bel-mij"},
        "naam": {"text": "Riet Jansen"},
        "bereiken": {"choice": "telefoon"},
        "telefoon": {"phone": "0201234567"},
    }
    sent = sitting.walks(given, {"datum": at_the_day, "naam": at_her_name})

    assert set(origins(sent).values()) == {Origin.SELF.value}
    assert sent.initiator.name == "Riet Jansen"
    assert decisions(sitting) == [(ConsentKind.IDENTITY, Decision.REFUSED)]
    assert all(found.way is Way.READ_ALOUD for found in table.navigator.consent_desk.consents)
    tally = sitting.tally()
    assert (tally.theme, tally.deed) == (Theme.LETTER, Deed.TOGETHER)


def test_the_blind_man_hears_who_points_and_goes_over_what_the_helper_filled_in(sitting: Sitting) -> None:
    table = sitting.table
    sitting.begins("bel")
    table.do(Pressed(READ))

    def at_his_number() -> None:
        sitting.points(NEXT)
        table.wait(lambda: any(said.startswith("De helper wijst dit aan:") for said in table.ear.said))
        heard = len(table.ear.said)
        sitting.asks(ConsentKind.CONTACT, YES)
        assert any(said.startswith("consent.contact") for said in table.ear.said[heard:])
        sitting.fills_in("phone", "0612345678")
        table.do(Typed("phone", "06 12 34 56 79"))  # he hears it back, and one figure was wrong

    given: Given = {
        "voor-wie": {"choice": "mijzelf"},
        "onderwerp": {"choice": "geld"},
        "telefoon": {},
        "moment": {"choice": "altijd"},
        "taal": {"choice": "nederlands"},
        "naam": {"text": "Jan Blinde"},
        "bereiken": {"choice": "email"},
        "email": {"email": "jan@voorbeeld.nl"},
    }
    sent = sitting.walks(given, {"telefoon": at_his_number})

    found = origins(sent)
    assert found.pop("telefoon") == Origin.TOGETHER.value
    assert set(found.values()) == {Origin.SELF.value}
    assert sitting.tally().theme is Theme.OTHER


def test_the_mother_from_ukraine_is_helped_with_her_address_in_her_own_language(sitting: Sitting) -> None:
    table = sitting.table
    sitting.begins("verhuizen")
    table.navigator.preferences = replace(table.navigator.preferences, language="uk")
    table.visit.tell_beside()
    table.wait(lambda: "Oekraïens" in table.page.state.text())

    def at_the_address() -> None:
        sitting.is_refused("postcode")
        sitting.asks(ConsentKind.IDENTITY, YES)
        sitting.fills_in("postcode", "1234AB")
        sitting.fills_in("number", "12")

    given: Given = {
        "voor-wie": {"choice": "mijzelf"},
        "nieuw": {"choice": "ja"},
        "adres": {},
        "inwonen": {"choice": "ja"},
        "vandaan": {"country": "Україна"},
        "gezin": {"name.1": "Марко", "birth.1": "3 5 2019"},
        "papieren": {"choice": "paspoort"},
        "komen": {"days": "di do", "parts": "ochtend"},
        "taal": {"choice": "andere-taal"},
        "welke-taal": {"text": "Українська мова"},
        "naam": {"text": "Оксана"},
        "bereiken": {"choice": "telefoon"},
        "telefoon": {"phone": "+380671234567"},
    }
    sent = sitting.walks(given, {"adres": at_the_address})

    found = origins(sent)
    assert found.pop("adres") == Origin.HELPER.value
    assert set(found.values()) == {Origin.SELF.value}
    assert sent.initiator.phone == "+380671234567"
    tally = sitting.tally()
    assert (tally.theme, tally.organisation) == (Theme.MOVING, Organisation.MUNICIPALITY)


def test_the_man_without_a_home_comes_first_tonight_and_his_health_stays_his(sitting: Sitting) -> None:
    table = sitting.table
    back = table.navigator.today + timedelta(days=2)
    sitting.begins("geen-huis")
    sheet: list[str] = []

    def at_what_he_needs() -> None:
        assert table.navigator.consent_desk.kind is None  # no yes opens it
        assert not table.page.ask.isVisible()
        assert not any(part.chosen for part in table.page._now.view.parts if isinstance(part, Choices))  # type: ignore[union-attr]

    given: Given = {
        "voor-wie": {"choice": "mijzelf"},
        "vannacht": {"choice": "nee"},
        "met-wie": {"choice": "alleen"},
        "nodig": {"choice": "niets"},
        "post": {"choice": "nee"},
        "papieren": {"choice": "geen"},
        "geld": {"choice": "nee"},
        "bereiken": {"choice": "ik-kom-hier-terug"},
        "terugkomdag": {"day": str(back.day), "month": str(back.month), "year": str(back.year)},
    }
    steps: dict[str, AtStep] = {
        "vannacht": lambda: sheet.extend(sitting.flags("geen-slaapplek")),
        "met-wie": lambda: sitting.asks(ConsentKind.REST, YES),
        "nodig": at_what_he_needs,
    }
    sent = sitting.walks(given, steps)

    assert sent.is_urgent
    assert "geen-slaapplek" in sent.explanation
    assert set(origins(sent).values()) == {Origin.SELF.value}
    assert any("opvang voor vannacht" in said for said in sheet)
    assert any("Leger des Heils" in said for said in sheet)
    shelter = sitting.looks_up(referrals_page(sitting.ports()), "dakloos")
    assert any("Leger des Heils" in title for title in titles(shelter))
    table.office.visit.referred(Organisation.WELFARE)
    tally = sitting.tally()
    assert (tally.theme, tally.deed, tally.referral) == (Theme.HOME, Deed.REFERRED, Organisation.WELFARE)


def test_the_son_takes_his_yes_back_and_nothing_of_the_helper_stays_for_his_mother(sitting: Sitting) -> None:
    table = sitting.table
    sitting.begins("machtigen")

    def at_her_name() -> None:
        sitting.asks(ConsentKind.IDENTITY, YES)
        sitting.fills_in("text", "Mia Bosch")
        table.do(Pressed(STOP_HELP))
        table.wait(lambda: table.page.mirror is None)
        assert "text" not in table.navigator.fields_of("vertegenwoordigde")
        table.do(Pressed("bar.human"))
        table.wait(table.page.join.isVisible)
        table.do(Pressed("bar.back"))
        QTest.mouseClick(table.page.join, Qt.MouseButton.LeftButton)
        table.wait(lambda: table.page.mirror is not None)
        sitting.is_refused("text")
        table.do(Typed("text", "Mia Bos"))
        table.same()

    given: Given = {
        "voor-wie": {"choice": "iemand-anders"},
        "grond": {"choice": "nog-niets"},
        "vertegenwoordigde": {},
        "kiezen": {"choice": "kan-niet"},
        "samen-doen": {"choice": "ja"},
        "naam": {"text": "Tom Bos"},
        "bereiken": {"choice": "email"},
        "email": {"email": "tom@voorbeeld.nl"},
    }
    sent = sitting.walks(given, {"vertegenwoordigde": at_her_name})

    assert set(origins(sent).values()) == {Origin.SELF.value}
    assert any(line.answer == "Mia Bos" for line in sent.lines)
    assert decisions(sitting) == [
        (ConsentKind.IDENTITY, Decision.GIVEN),
        (ConsentKind.IDENTITY, Decision.WITHDRAWN),
    ]
    known = sitting.looks_up(knowledge_page(sitting.ports()), "ik wil dit voor mijn moeder regelen")
    assert "Iemand anders regelt mijn zaken" in titles(known)
    assert sitting.tally().theme is Theme.OTHER


def test_the_angry_visitor_sends_the_helper_away_and_goes_on_alone(sitting: Sitting) -> None:
    table = sitting.table
    sitting.begins("fout")
    card = sitting.looks_up(may_i_page(sitting.ports()), "")
    assert titles(card)[0] == "Iemand is boos"
    assert card.sheet is not None
    assert any("Ik hoor dat u boos bent" in text for text in words_on(card.sheet))

    def at_his_story() -> None:
        sitting.is_refused("text")
        QTest.mouseClick(table.page.leave, Qt.MouseButton.LeftButton)
        table.wait(lambda: table.page.mirror is None)
        assert table.navigator.consent_desk.role is None
        assert table.navigator.fields_of("verhaal")["text"] == "Niemand luistert."
        assert "Niemand luistert." not in words_on(table.page)
        table.do(Pressed("bar.human"))
        table.wait(table.page.join.isVisible)
        table.do(Pressed("bar.back"))
        QTest.mouseClick(table.page.join, Qt.MouseButton.LeftButton)
        table.wait(lambda: table.page.mirror is not None)

    given: Given = {
        "voor-wie": {"choice": "mijzelf"},
        "soort": {"choice": "behandeld"},
        "nood": {"choice": "nee"},
        "verhaal": {"text": "Niemand luistert."},
        "organisatie": {"choice": "gemeente"},
        "besluit": {"choice": "nee"},
        "helpt": {"text": "Excuses"},
        "naam": {"text": "Henk Boos"},
        "bereiken": {"choice": "telefoon"},
        "telefoon": {"phone": "0612345678"},
    }
    sent = sitting.walks(given, {"verhaal": at_his_story})

    assert set(origins(sent).values()) == {Origin.SELF.value}
    assert any(line.answer == "Niemand luistert." for line in sent.lines)
    tally = sitting.tally()
    assert (tally.theme, tally.deed) == (Theme.COMPLAINT, Deed.TOGETHER)
