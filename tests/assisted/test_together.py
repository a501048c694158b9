# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A helper's real window beside a visitor's real window, over the real line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.flags_page import FlagsPage
from assisted.look_up import LookUpPorts
from assisted.next_time import NextTimeOffer, NextTimePorts
from assisted.pages import DeskOffice
from assisted.progress import Progress
from assisted.together import Together
from assisted.visit_link import VisitLink
from commands.desk_next_time import open_title, words_of
from domain.answers import Origin
from domain.case_act import ActKind
from domain.consent import ConsentKind
from domain.errors import StoreFullError
from domain.help_log import HelpedStep
from domain.knowledge import EntryKind, Hit
from domain.setting_types import DeskSettings, Screens
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from domain.together import HelperTyped, HelpState
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.effects import EndsAt
from kiosk.idle_clock import IdleTimes
from kiosk.navigator import Navigator
from kiosk.paper.paper_size import Paper
from kiosk.printing import PrintOutcome, PrintResult
from kiosk.screens.consent import NO, STOP_HELP, YES
from kiosk.together.host import HelperHost
from kiosk.together.line import NOTE, waiting_visit
from kiosk.together.masking import masked
from kiosk.view import BACK, HUMAN, NEXT, Chose, Event, Field, FieldRow, Pressed, Typed, View
from kiosk.visit import Visit
from kiosk.window import KioskWindow, WindowWords
from resources.directory_book import DirectoryBook
from tests.fakes.act_book import FakeActBook
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_visit import HeldOffice, RememberingEar

SECRET = "Zwartewaterplein"


class NoBook:
    """Nothing is looked up here."""

    def search(self, text: str, kinds: Sequence[EntryKind], most: int = 8) -> tuple[Hit, ...]:
        return ()


@dataclass
class FakePrinter:
    """Keeps what came out."""

    printed: list[bytes] = field(default_factory=list)

    def status(self) -> PrintResult:
        return PrintResult(PrintOutcome.DONE)

    def print_pdf(self, pdf: bytes, paper: Paper) -> PrintResult:
        self.printed.append(pdf)
        return PrintResult(PrintOutcome.DONE)


@dataclass
class Table:
    """A visitor and a helper on two sides of one table."""

    qtbot: QtBot
    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    ear: RememberingEar = field(default_factory=RememberingEar)
    said: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    counted: list[HelpedStep] = field(default_factory=list)
    chimes: int = 0
    screens: int = 0

    def __post_init__(self) -> None:
        self.background = Background()
        self.held = HeldOffice(self.clock)
        self.navigator = Navigator(library(), texts_of, PLACE, self.clock)
        self.window = KioskWindow(self._on_event, has_touch_screen=False)
        self.qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.visit = Visit(
            self.navigator,
            self.window,
            self.ear,
            self.held,
            self.background,
            self._ended,
            idle=IdleTimes(240, 60),
            chime=self._chime,
            failed=self.faults.append,
        )
        self.host = HelperHost(
            self.navigator, self.visit, self.folder, point=self.window.point_at, failed=self.faults.append
        )
        self.visit.take_helper(self.host.shown, self.host.open)
        self.visit.begin()
        self.sit_down()

    def sit_down(self, role: Role = Role.HELPER, settings: Settings | None = None) -> None:
        """Open the helper's window."""
        self.link = VisitLink(self.folder, look_ms=5)
        office = DeskOffice(
            texts=Texts("nl"),
            look=DeskLook(),
            clock=self.clock,
            settings=settings or Settings(),
            member=StaffMember(StaffId("m1"), 11, "Bea", role),
            is_practice=False,
            visit=AssistedVisit(),
            progress=Progress(self.background, self.faults.append),
            go=lambda page_id: None,
            say=self.said.append,
            ring=lambda: None,
            failed=self.faults.append,
        )
        self.office = office
        self.printer = FakePrinter()
        directory = DirectoryBook.load().directory
        ports = NextTimePorts(
            directory, open_title, words_of, lambda step, day: self.counted.append(step), self.printer, Paper.A4
        )
        self.page = Together(office, self.link, lambda language: WindowWords(), self.spoken.append, ports)
        look_up = LookUpPorts(directory, NoBook(), self.printer, Paper.A4, {})
        self.acts = FakeActBook()
        self.flags = FlagsPage(office, look_up, self.link, self.acts)
        self.holder = QWidget()
        self.qtbot.addWidget(self.holder)
        self.page.setParent(self.holder)
        self.flags.setParent(self.holder)
        self.flags.setGeometry(0, 0, 1366, 768)
        self.flags.hide()
        self.page.setGeometry(0, 0, 1366, 768)
        self.holder.resize(1366, 768)
        self.holder.show()
        self.link.shown.connect(self._count)
        self.link.begin()

    def _on_event(self, event: Event) -> None:
        self.visit.handle(event)

    def _count(self, _shown: object) -> None:
        self.screens += 1

    def _chime(self) -> None:
        self.chimes += 1

    def _ended(self, at: EndsAt) -> None:
        self.host.close()

    def do(self, *events: Pressed | Chose | Typed) -> None:
        for event in events:
            self.visit.handle(event)

    def wait(self, condition) -> None:  # type: ignore[no-untyped-def]
        self.qtbot.waitUntil(condition, timeout=10_000)

    def together(self) -> None:
        """Ask for help, and have the helper look along."""
        self.do(Pressed(HUMAN))
        self.wait(lambda: self.link.help is HelpState.CALLED)
        QTest.mouseClick(self.page.come, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.link.help is HelpState.COMING)
        self.do(Pressed(BACK))
        QTest.mouseClick(self.page.join, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.page.mirror is not None)

    def go_to(self, question_id: str) -> None:
        """Be at a question of moving house."""
        self.do(Pressed("service:verhuizen"), Pressed(NEXT))
        for _ in range(60):
            if self.navigator.asked_id == question_id:
                return
            self.do(Pressed("offer.unknown"), Pressed(NEXT))
        raise AssertionError(self.navigator.view.name)

    def _seen(self) -> View | None:
        return self.page._now.view if self.page._now is not None else None

    def sees(self) -> str:
        """Tell which screen the helper sees."""
        mirror = self.page.mirror
        return mirror.view.name if mirror is not None and mirror.view is not None else ""

    def same(self) -> None:
        """Wait until both see the same screen."""
        navigator = self.navigator
        self.wait(lambda: self._seen() == masked(navigator.view, navigator.consent_desk.sight))

    def picture(self) -> QImage:
        """Give the helper's window as it is seen."""
        return self.page.grab().toImage()

    def consent(self, kind: ConsentKind = ConsentKind.IDENTITY) -> None:
        self.wait(self.page.ask.isVisible)
        QTest.mouseClick(self.page.ask, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.navigator.view.name == f"consent.{kind.value}")


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    made = Table(qtbot, tmp_path)
    yield made
    made.link.stop()
    made.host.close()
    made.background.close(waits=True)
    assert not made.faults


def test_shows_nobody_before_the_visitor_asks_for_help(table: Table) -> None:
    table.do(Pressed("service:verhuizen"))
    assert waiting_visit(table.folder) is None
    assert not table.page.join.isVisible()


def test_tells_the_desk_and_the_visitor_when_help_is_asked_and_comes(table: Table) -> None:
    table.together()
    assert "Er komt iemand. U hoeft niets uit te leggen." in table.ear.said
    assert table.page.header.text() == "Voor: bezoeker"
    assert (table.folder / NOTE).stat().st_mode & 0o777 == 0o600


def test_follows_the_visitor_from_screen_to_screen(table: Table) -> None:
    table.page.join.setFocus()
    table.together()
    table.go_to("samen")
    table.same()


def test_refuses_a_hundred_keys_of_a_hundred_in_a_personal_field_and_says_so(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.do(Typed("street", SECRET))
    table.same()
    mirror = table.page.mirror
    assert mirror is not None
    before = dict(table.navigator.fields_of("adres"))
    for number in range(100):
        field_id = ("postcode", "number", "addition", "street", "city")[number % 5]
        entry = mirror.field_entry(field_id)
        assert entry is not None
        assert entry.editor is not None
        entry.editor.setFocus()
        QTest.keyClick(entry.editor, Qt.Key(int(Qt.Key.Key_A) + number % 26))
        table.wait(lambda number=number: len(table.spoken) == number + 1)
    assert table.spoken == ["Dit doet de bezoeker."] * 100
    assert table.said.count("Dit doet de bezoeker.") == 100
    assert dict(table.navigator.fields_of("adres")) == before
    assert all(entry.text == "• • • • •" for entry in _fields(mirror.view))


def test_refuses_in_the_visit_whatever_the_helpers_window_believes(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.link.say(HelperTyped("street", "Elders"))
    table.wait(lambda: bool(table.spoken))
    assert "street" not in table.navigator.fields_of("adres")


def test_shows_no_glyph_of_what_is_private(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.page.resize(1366, 1400)  # all fields are seen
    table.same()
    QApplication.setCursorFlashTime(0)
    pictures, of_visitor = [], []
    for secret in ("Wilgenlaan", "Abcdefghijklmnopqrstuvwxyz straat", ""):
        for name in ("postcode", "number", "addition", "street", "city"):
            before = table.screens
            table.do(Typed(name, secret))
            table.wait(lambda before=before: table.screens > before)
        pictures.append(table.picture())
        of_visitor.append(table.window.grab().toImage())
    assert of_visitor[0] != of_visitor[1] != of_visitor[2]
    assert pictures[0] == pictures[1] == pictures[2]


def test_shows_it_once_the_visitor_says_yes_and_hides_it_when_that_is_taken_back(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.do(Typed("street", SECRET))
    table.same()
    table.consent()
    table.do(Pressed(YES))
    table.wait(lambda: any(found.text == SECRET for found in _fields(table.page.mirror.view)))  # type: ignore[union-attr]
    entry = table.page.mirror.field_entry("city")  # type: ignore[union-attr]
    assert entry is not None
    assert entry.editor is not None
    entry.editor.setFocus()
    QTest.keyClicks(entry.editor, "Delft")
    table.wait(lambda: table.navigator.fields_of("adres").get("city") == "Delft")
    assert table.navigator._question.on_screen.origin is Origin.HELPER
    assert not table.spoken
    table.do(Pressed(STOP_HELP))
    table.wait(lambda: table.page.mirror is None)
    assert "city" not in table.navigator.fields_of("adres")


def test_goes_on_helping_when_the_visitor_says_no(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.same()
    table.consent()
    table.do(Pressed(NO))
    table.same()
    assert table.sees() == "verhuizen.adres"
    assert not table.navigator.consent_desk.may_type


def test_points_with_a_ring_and_a_word_and_presses_nothing(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.same()
    name = table.navigator.view.name
    mirror = table.page.mirror
    assert mirror is not None
    button = mirror.item(NEXT)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    table.wait(table.window.pointer.ring.isVisible)
    assert table.navigator.view.name == name
    table.navigator.preferences = table.navigator.preferences.__class__(is_reading=True)
    mirror.item("offer.unknown").click()  # type: ignore[union-attr]
    table.wait(lambda: any(said.startswith("De helper wijst dit aan:") for said in table.ear.said))


def test_forgets_the_visitor_when_the_line_breaks_and_the_visit_goes_on(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.do(Typed("street", SECRET))
    table.same()
    table.host._line.close()  # type: ignore[union-attr]
    table.wait(lambda: table.page.mirror is None)
    assert table.page.state.text().startswith("De verbinding is weg.")
    assert table.navigator.fields_of("adres")["street"] == SECRET


def test_turns_one_screen_and_shows_nothing_of_the_visit_while_the_visitor_looks(table: Table) -> None:
    table.link.stop()
    table.page.left()
    table.sit_down(settings=replace(Settings(), desk=DeskSettings(screens=Screens.TURN)))
    table.together()
    table.go_to("adres")
    table.same()
    assert table.page.turn.text() == "Draai het scherm naar de bezoeker"
    QTest.mouseClick(table.page.turn, Qt.MouseButton.LeftButton)
    mirror = table.page.mirror
    assert mirror is not None
    assert not mirror.isVisibleTo(table.page)
    table.do(Typed("street", SECRET))
    assert table.page.turn.text() == "Draai het scherm naar u"
    table.page.turn.click()
    assert mirror.isVisibleTo(table.page)


def test_asks_with_a_no_as_large_as_the_yes(table: Table) -> None:
    table.together()
    table.go_to("adres")
    for number in range(2):
        table.same()
        table.consent()
        yes, no = table.window.item(YES), table.window.item(NO)
        assert yes is not None
        assert no is not None
        assert abs(yes.width() - no.width()) <= 1
        assert abs(yes.height() - no.height()) <= 1
        assert (no.x() < yes.x()) is (number == 0)
        table.do(Pressed(NO))


def test_answers_the_question_by_keys_alone(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.same()
    table.consent()
    focused = table.window.focusWidget()
    assert focused is table.window.item(NO)
    QTest.keyClick(table.window.focusWidget(), Qt.Key.Key_Right)
    assert table.window.focusWidget() is table.window.item(YES)
    QTest.keyClick(table.window.focusWidget(), Qt.Key.Key_Return)
    table.wait(lambda: table.navigator.consent_desk.asking is None)
    assert table.navigator.consent_desk.consents.held == (ConsentKind.IDENTITY,)


def test_knows_where_the_helper_stepped_in_and_offers_those_steps_on_paper_afterwards(table: Table) -> None:
    table.together()
    table.go_to("datum")
    table.same()
    offer = table.page.next_time
    assert offer is not None
    assert paper_of(offer) == ()
    for _ in range(2):  # twice at one step is one
        table.page.mirror.item("offer.unknown").click()  # type: ignore[union-attr]
    table.wait(lambda: len(table.counted) == 1)
    table.go_to("adres")
    table.same()
    table.consent()
    table.do(Pressed(YES))
    table.wait(lambda: table.page._now is not None and table.page._now.may_type)
    table.link.say(HelperTyped("city", "Delft"))
    table.wait(lambda: len(table.counted) == 2)
    assert table.counted == [HelpedStep("verhuizen", "datum"), HelpedStep("verhuizen", "adres")]
    assert table.office.visit.done.service_id == "verhuizen"
    assert not offer.isVisible()
    table.page.leave.setFocus()
    table.page.leave.click()
    table.wait(offer.isVisible)
    assert offer.button.hasFocus()
    assert [line.split("?")[0] for line in paper_of(offer)] == [
        "Op welke dag gaat u verhuizen",
        "Wat is uw nieuwe adres",
    ]
    assert "Delft" not in repr(offer.page)
    offer.button.click()
    table.wait(lambda: len(table.printer.printed) == 1)
    assert table.printer.printed[0].startswith(b"%PDF")
    table.office.visit.end()
    assert paper_of(offer) == ()


def paper_of(offer: NextTimeOffer) -> tuple[str, ...]:
    """Give the steps on the page for the next time."""
    page = offer.page
    return page.sections[0].lines if page is not None else ()


def test_a_tap_on_a_flag_makes_the_visit_urgent_and_shows_whom_to_call(table: Table) -> None:
    table.together()
    table.go_to("adres")
    table.same()
    flags = {
        flag.id: button for flag, button in zip(table.flags._ports.directory.flags, table.flags.buttons, strict=True)
    }
    table.flags.show()
    flags["ontruiming"].click()
    table.wait(lambda: table.navigator.consent_desk.flag == "ontruiming")
    table.wait(lambda: table.flags.told.text().startswith("Dit bezoek gaat nu voor."))
    table.wait(lambda: "Dit bezoek gaat voor." in table.page.state.text())
    said = [label.text() for label in table.flags.findChildren(QLabel) if label.isVisible()]
    assert "0800-8020" in said
    assert "Denkt u aan zelfmoord? Bel 113 of 0800-0113." in said
    assert table.navigator.new_order().flag == "ontruiming"


def test_a_tap_on_a_flag_makes_urgent_what_the_visit_sent_already(table: Table) -> None:
    table.together()
    table.navigator.consent_desk._case.receipt = SimpleNamespace(reference="LK-7KQ2-M4PX")  # type: ignore[assignment]
    table.host.shown(table.navigator.view)
    table.wait(lambda: table.link.sent == "LK-7KQ2-M4PX")
    [violence] = [flag for flag in table.flags._ports.directory.flags if flag.id == "geweld"]
    table.flags.show()
    for _ in range(2):
        table.flags._raise(violence)
        table.wait(lambda: table.flags.told.text().startswith("Nummer LK-7KQ2-M4PX gaat nu voor."))
    [act] = table.acts.recorded
    assert (act.header.kind, act.header.reference) == (ActKind.URGENT, "LK-7KQ2-M4PX")
    assert (act.header.staff_number, act.staff_name) == ("11", "Bea")
    assert (act.given["flag"], act.given["kind"]) == (violence.title, "geweld")
    assert "Bel of schrijf niet naar huis zonder te vragen." in act.text
    assert table.navigator.consent_desk.flag == ""


def test_tells_to_call_where_an_act_cannot_be_kept(table: Table) -> None:
    table.together()
    table.navigator.consent_desk._case.receipt = SimpleNamespace(reference="LK-7KQ2-M4PX")  # type: ignore[assignment]
    table.host.shown(table.navigator.view)
    table.wait(lambda: table.link.sent == "LK-7KQ2-M4PX")
    table.acts.fails_with = StoreFullError("no room")
    table.flags.show()
    table.flags.buttons[2].click()
    table.wait(lambda: table.flags.told.text() == "Er is al iets verstuurd. Bel zelf, nu meteen.")
    assert [type(fault) for fault in table.faults] == [StoreFullError]
    table.faults.clear()


def test_shows_the_way_out_first_where_somebody_is_not_safe_at_home(table: Table) -> None:
    [violence] = [flag for flag in table.flags._ports.directory.flags if flag.id == "geweld"]
    table.flags.show()
    table.flags._raise(violence)
    assert table.flags.told.text().startswith("Er is nu geen bezoek waar u meekijkt.")
    sheet = table.flags.sheet
    assert sheet is not None
    said = [label.text() for label in sheet.findChildren(QLabel)]
    way_out = next(place for place, text in enumerate(said) if "Snel weg" in text)
    assert way_out < said.index("0800-2000") < next(place for place, text in enumerate(said) if "Praat ergens" in text)
    assert table.navigator.consent_desk.flag == ""


def _fields(view) -> list[Field]:  # type: ignore[no-untyped-def]
    rows = [part.fields for part in view.parts if isinstance(part, FieldRow)]
    return [found for row in rows for found in row]
