# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real `loket desk` of a counter in a process of its own, whose hands do what its input says, with keys only.

`sign_in NUMBER PIN`, `list N` (wait until it has so many lines), `case REFERENCE STEP...`,
`conflicts REFERENCE=CHOICE...`, `fetch`, `deliveries`, `look`, `stop`.
Tells "did ..." after each and "kept STEP" after each act of a case.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from assisted.conflict_page import ConflictPane
from assisted.deliveries import DELIVERIES, DeliveriesPage
from assisted.work_page import WORK, WorkPage
from commands.configuration import load_settings
from commands.desk_room import DeskRoom
from commands.log_book import open_log
from commands.system_clock import SystemClock
from domain.case_act import ConflictChoice
from tests.assisted.desk import seen
from tests.assisted.sheet_desk import name_of

PATIENCE_MS = 100_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
CHOICES = {ConflictChoice.MINE: KEY.Key_1, ConflictChoice.THEIRS: KEY.Key_2, ConflictChoice.BOTH: KEY.Key_3}
ANSWER = "Uw vraag is klaar. U hoeft niets meer te doen. Zaak {reference}."


class Input(QObject):
    """Reads what to do on a thread of its own."""

    asked = Signal(str)
    over = Signal()

    def listen(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line.strip())
        self.over.emit()


class CounterHands:
    """Somebody at the counter, with a keyboard."""

    def __init__(self, config: Path) -> None:
        settings, clock = load_settings(config), SystemClock()
        open_log(settings, clock)
        arguments = argparse.Namespace(practice=False, role="counter", config=config, theme="light", lang="nl")
        self.room = DeskRoom(settings, clock, arguments)
        self.input = Input()
        self.input.asked.connect(self.do, Qt.ConnectionType.QueuedConnection)
        self.input.over.connect(self.room.window.close, Qt.ConnectionType.QueuedConnection)
        self._steps: dict[str, Callable[[str], None]] = {
            "take_on": lambda _reference: self.press(KEY.Key_O, CONTROL),
            "resume": lambda _reference: self.press(KEY.Key_R, CONTROL),
            "ask": self._ask,
            "seen": self._seen,
            "contact": self._contact,
            "called": self._called,
            "forward": self._forward,
            "answer": self._answer,
            "granted": self._granted,
        }

    def do(self, asked: str) -> None:
        try:
            self._do(*asked.split())
        except BaseException:  # noqa: BLE001  the door of a slot, in which Qt would go on
            traceback.print_exc()
            os._exit(1)  # else the test waits in vain

    def _do(self, word: str, *rest: str) -> None:
        match word:
            case "sign_in":
                self._sign_in(*rest)
            case "list":
                self.until(lambda: len(self.page.list.model.items) == int(rest[0]), f"{rest[0]} lines")
            case "case":
                self._case(rest[0], list(rest[1:]))
            case "conflicts":
                self._conflicts(dict(choice.split("=", 1) for choice in rest))
            case "fetch":
                self.press(KEY.Key_F5)
                self.until(lambda: not self.page.list.news.text().startswith("Wordt"), "fetched")
            case "deliveries":
                self._deliveries()
            case "look":
                tell(f"looks {' | '.join(seen(self.room.window))!r}")
            case "stop":
                self.room.window.close()
            case _:
                raise AssertionError(word)
        tell(f"did {word}")

    # -- keys ----------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> WorkPage:
        shell = self.room.window.shell
        assert shell is not None
        assert isinstance(shell.page, WorkPage), "not at work"
        return shell.page

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not is_so():
            if deadline.hasExpired():
                raise AssertionError(f"never: {what}; seen: {' | '.join(seen(self.room.window))}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self) -> None:
        # The key of a button shows it pressed for a moment before it acts.
        find = self.room.window.findChildren
        self.until(lambda: not any(button.isDown() for button in find(QPushButton)), "buttons up")
        self.until(lambda: not self.room._background.is_busy, "idle")
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.room.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)
        self.settle()

    def send(self) -> None:
        self.press(KEY.Key_Return, CONTROL)

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if name_of(QApplication.focusWidget()).startswith(name):
                return
            self.press(KEY.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}")

    def pick(self, name: str, steps: int = 0) -> None:
        self.tab_to(name)
        for _ in range(steps):
            self.press(KEY.Key_Right)
        self.press(KEY.Key_Space)

    # -- what is done --------------------------------------------------------------------------------------------------

    def _sign_in(self, number: str, pin: str) -> None:
        window = self.room.window
        self.until(window.sign_in.number.hasFocus, "the field for a number")
        self.type(number)
        self.press(KEY.Key_Return)
        self.type(pin)
        self.press(KEY.Key_Return)
        self.until(lambda: window.shell is not None and isinstance(window.shell.page, WorkPage), "signed in")
        self.settle()

    def _case(self, reference: str, steps: list[str]) -> None:
        self.page.list.table.setFocus()  # where a keyboard is after Esc
        self.press(KEY.Key_Slash)
        self.type(reference)
        self.until(lambda: [item.reference for item in self.page.list.model.items] == [reference], "found")
        self.press(KEY.Key_Return)
        self.press(KEY.Key_Return)
        self._shown(reference)
        for step in steps:
            before = self.page.case
            self._steps[step](reference)
            self.until(lambda before=before: self.page.case is not before, f"{step} kept")  # type: ignore[misc]
            self._shown(reference)
            tell(f"kept {step}")
        self.press(KEY.Key_Escape)
        self.press(KEY.Key_Escape)

    def _shown(self, reference: str) -> None:
        def is_shown() -> bool:
            view = self.page.case
            return view is not None and view is self.page.front and view.case.item.reference == reference

        self.until(is_shown, f"{reference} open")
        self.settle()

    def _miss_a_call(self) -> None:
        self.tab_to("Niet opgenomen")
        self.press(KEY.Key_Return)

    def _ask(self, _reference: str) -> None:
        self.press(KEY.Key_M, CONTROL)
        self.pick("Papier")
        self._miss_a_call()
        self.send()

    def _seen(self, _reference: str) -> None:
        self.press(KEY.Key_I, CONTROL)
        self.press(KEY.Key_Return)

    def _contact(self, _reference: str) -> None:
        self.press(KEY.Key_N, CONTROL)
        self.pick("Telefoon", 1)
        self.tab_to("Waarover ging het?")
        self.type("Wanneer is het klaar?")
        self.send()

    def _called(self, _reference: str) -> None:
        self.press(KEY.Key_B, CONTROL)
        self.tab_to("Opgenomen")
        self.press(KEY.Key_Return)
        self.type("De inwoner wacht op een brief.")
        self.send()

    def _forward(self, _reference: str) -> None:
        self.press(KEY.Key_S, CONTROL)
        self.type("Groen en wegen")
        self.tab_to("Waarom?")
        self.type("Dit gaat over een boom")
        self.send()

    def _answer(self, reference: str) -> None:
        self.press(KEY.Key_A, CONTROL | SHIFT)
        self.pick("Klaar")
        self.tab_to("Antwoord voor de inwoner")
        self.type(ANSWER.format(reference=reference))
        self.send()

    def _granted(self, reference: str) -> None:
        self.press(KEY.Key_A, CONTROL | SHIFT)
        self.pick("Klaar", 1)
        self.tab_to("Antwoord voor de inwoner")
        self.type(ANSWER.format(reference=reference))
        self.tab_to("Welke regel")
        self.type("Parkeerverordening, artikel 4")
        self.send()

    def _conflicts(self, choices: dict[str, str]) -> None:
        while choices:
            if self.page.front is self.page.list:
                # Of a line with the mark its own, of any other all there are.
                self.until(self.page.list.conflicts.isVisible, "conflicts in the list")
                self.page.list.table.setFocus()
                self.press(KEY.Key_F8)
                self.until(lambda: isinstance(self.page.front, ConflictPane), "conflicts")
                self.settle()
            pane = self.page.front
            assert isinstance(pane, ConflictPane)
            shown = pane.conflict
            assert shown is not None
            reference = shown.mine.header.reference
            tell(f"conflict {reference} {shown.their_who}, {shown.their_device}: {shown.their_what}")
            self.press(CHOICES[ConflictChoice(choices.pop(reference))])
        self.until(lambda: self.page.front is self.page.list, "all solved")
        self.settle()

    def _deliveries(self) -> None:
        self.room.window._go(DELIVERIES)
        self.settle()
        shell = self.room.window.shell
        assert shell is not None
        assert isinstance(shell.page, DeliveriesPage)
        tell(f"waits {shell.page.summary.text()}")
        self.room.window._go(WORK)
        self.settle()


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(config: Path) -> None:
    hands = CounterHands(config)
    hands.input.listen()
    hands.room.run()
    os._exit(0)  # a thread still reads what comes in


if __name__ == "__main__":
    main(Path(sys.argv[1]))
