# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Random visits with a helper, one after another at one desk: nothing of one for the next, and no helper applies.

H06: no value of visitor n is in anything that the desk is sent or shows for n+1. H07: whatever the helper's window
sends, no case is made by it, and no case is the helper's.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.pages import DeskOffice
from assisted.progress import Progress
from assisted.together import Together
from assisted.visit_link import VisitLink
from domain.answers import Origin
from domain.consent import ConsentKind, Decision
from domain.service import Privacy
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from domain.submission import from_bytes
from domain.together import AskConsent, HelperChose, HelperTyped, HelpState, Point
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.idle_clock import IdleTimes
from kiosk.navigator import Navigator
from kiosk.screens.consent import NO, STOP_HELP, YES
from kiosk.together.host import HelperHost
from kiosk.together.messages import Shown
from kiosk.together.wire import written
from kiosk.view import BACK, HUMAN, NEXT, Choices, Chose, Field, FieldRow, Pressed, Typed
from kiosk.visit import Visit
from kiosk.window import WindowWords
from resources.helper_sight import helper_sight
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.faults.figures import count
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_visit import HeldOffice, RememberingEar, RememberingScreen

HELPER_NAME = "Helperina Vrijwillig"
STEPS = 24


@dataclass
class Desk:
    """One desk for all visitors, and what it was sent."""

    qtbot: QtBot
    folder: Path
    chance: random.Random
    clock: FakeClock = field(default_factory=FakeClock)
    said: list[str] = field(default_factory=list)
    sent: list[tuple[bool, str]] = field(default_factory=list)  # whether anything was allowed then, and what
    marks: list[str] = field(default_factory=list)  # of all visitors before
    filed: int = 0
    _over: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.background = Background()
        self.link = VisitLink(self.folder, look_ms=1)
        self.link.shown.connect(self._on_shown)
        self.member = StaffMember(StaffId("staff-7f3a9c1e"), 11, HELPER_NAME, Role.HELPER)
        self.page = Together(self._office(), self.link, lambda language: WindowWords(), self.said.append)
        self.holder = QWidget()
        self.page.setParent(self.holder)
        self.qtbot.addWidget(self.holder)
        self.link.begin()

    def _office(self) -> DeskOffice:
        return DeskOffice(
            texts=Texts("nl"),
            look=DeskLook(),
            clock=self.clock,
            settings=Settings(),
            member=self.member,
            is_practice=False,
            visit=AssistedVisit(),
            progress=Progress(self.background, _fail),
            go=lambda page_id: None,
            say=self.said.append,
            ring=lambda: None,
            failed=_fail,
        )

    def _on_shown(self, shown: Shown) -> None:
        self.sent.append((bool(shown.held), written(shown).decode(errors="replace")))

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def one_visit(self, number: int) -> None:
        """Let one visitor come, do anything with the helper, and leave."""
        mark = f"Zq{number}xw"
        screen, office = RememberingScreen(), HeldOffice(self.clock)
        navigator = Navigator(library(), texts_of, PLACE, self.clock)
        navigator.consent_desk.hidden = helper_sight()
        visit = Visit(
            navigator,
            screen,
            RememberingEar(),
            office,
            self.background,
            lambda at: host.close(),
            idle=IdleTimes(240, 60),
            failed=_fail,
        )
        host = HelperHost(navigator, visit, self.folder, point=lambda part_id: True, failed=_fail)
        visit.take_helper(host.shown, host.open)
        visit.begin()
        self.sent.clear()
        visit.handle(Pressed(f"service:{self.chance.choice(library().services).id}"))
        visit.handle(Pressed(NEXT))
        visit.handle(Pressed(HUMAN))
        self.wait(lambda: self.link.help is HelpState.CALLED)
        visit.handle(Pressed(BACK))
        self.page.join.click()
        self.wait(lambda: self.page.mirror is not None)
        for _ in range(STEPS):
            self._helper_does(number)
            self._visitor_does(visit, navigator, mark)
            QApplication.processEvents()
            was_allowed = any(found.decision is Decision.GIVEN for found in navigator.consent_desk.consents)
            typed = repr(dict(navigator.fields_of(navigator.asked_id)))
            assert was_allowed or HELPER_NAME not in typed
        self._look(mark)
        visit.handle(Pressed("tool.leave"))
        self.wait(lambda: self.page.mirror is None and self.link.help is HelpState.NONE and self.link._line is None)
        self.wait(lambda: not self.background.is_busy)
        self._look_after(office, mark)
        self.marks.append(mark)
        self.said.clear()
        screen.views.clear()
        self._over.append((visit, host))  # in a kiosk each is a process; here no thread may find them as garbage

    def _helper_does(self, number: int) -> None:
        wish = self.chance.choice(
            (
                Point("title"),
                HelperTyped(self.chance.choice(("text", "street", "phone", "number")), HELPER_NAME),
                HelperChose("answer", "ja"),
                AskConsent(self.chance.choice(tuple(ConsentKind))),
                Pressed(NEXT),  # no wish that a visit knows
                Pressed("bar.send"),
            )
        )
        self.link.say(wish)  # type: ignore[arg-type]  # a window gone mad may send anything

    def _visitor_does(self, visit: Visit, navigator: Navigator, mark: str) -> None:
        view = navigator.view
        if view.name.startswith("consent."):
            visit.handle(Pressed(self.chance.choice((YES, NO))))
            return
        fields = [part for part in view.parts if isinstance(part, Field)]
        fields += [found for part in view.parts if isinstance(part, FieldRow) for found in part.fields]
        for found in fields:
            # What the definition calls open, such as the street of a broken lamp, a helper may see.
            visit.handle(Typed(found.id, "Marktplein" if found.privacy is Privacy.OPEN else f"{mark} {found.id}"))
        for part in view.parts:
            if isinstance(part, Choices) and part.options and self.chance.random() < 0.7:
                visit.handle(Chose(part.id, self.chance.choice(part.options).id))
        if self.chance.random() < 0.03:
            visit.handle(Pressed(STOP_HELP))
            visit.handle(Pressed(HUMAN))
            visit.handle(Pressed(BACK))
            self.page.join.click()
        before = navigator.view.name
        visit.handle(Pressed(NEXT))
        if navigator.view.name == before and not navigator.view.name.startswith("consent."):
            visit.handle(Pressed("offer.unknown"))
            visit.handle(Pressed(NEXT))

    def _look(self, mark: str) -> None:
        sent = "\n".join(text for _allowed, text in self.sent)
        assert not [old for old in self.marks if old in sent]
        unasked = "\n".join(text for is_allowed, text in self.sent if not is_allowed)
        assert mark not in unasked, "what is private was sent, and nobody had allowed it"

    def _look_after(self, office: HeldOffice, mark: str) -> None:
        # What a window throws away is gone after one turn of its loop, long before the next visitor sits down.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        texts = [*self.said, QApplication.clipboard().text()]
        for widget in self.holder.findChildren(QWidget):
            texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QLineEdit):
                texts.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                texts.append(widget.toPlainText())
        assert not [text for text in texts if mark in text]
        assert self.page._now is None
        assert self.page._late is None
        assert self.page.header.text() == "Voor: bezoeker"
        for sealed in office.store.shared.sealed.values():
            self.filed += 1
            submission = from_bytes(FakeSealer.opened(sealed))
            for line in submission.lines:
                if HELPER_NAME in line.answer:
                    assert line.origin in (Origin.HELPER.value, Origin.TOGETHER.value)
            assert self.member.staff_id not in sealed.decode(errors="replace")


def _fail(error: Exception) -> None:
    raise error


def prove(qtbot: QtBot, folder: Path, visits: int, seed: int) -> Desk:
    desk = Desk(qtbot, folder, random.Random(seed))
    for number in range(visits):
        desk.one_visit(number)
    desk.link.stop()
    desk.background.close(waits=True)
    count(visits_with_a_helper=visits, values_of_another_visitor=0)
    return desk


def test_keeps_visitors_apart_at_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    prove(qtbot, tmp_path, visits=8, seed=6)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_keeps_a_thousand_visitors_apart_at_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    assert prove(qtbot, tmp_path, visits=1000, seed=7).filed > 0
