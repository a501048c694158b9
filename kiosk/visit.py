# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One visit: joins window, navigator, ear, store and printer for one citizen, and ends when the visitor does.

It carries out the navigator's effects and keeps the idle clock. What the screens are is not known here; the process
around it is `commands.visit`'s. Everything runs in the UI thread unless it is handed to `background`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from domain.case import CaseSummary
from domain.receipt import Receipt
from domain.service import Privacy
from kiosk.background import Background, Lane
from kiosk.effects import (
    Effect,
    EndsAt,
    EndVisit,
    FetchPicture,
    FileCase,
    FindPictures,
    Order,
    PlayRecording,
    PrintLetter,
    PrintPaperRoad,
    PrintPhoneCard,
    PrintReceipt,
    PrintStrip,
    SayParts,
    Sheet,
    StartRecording,
    StopRecording,
)
from kiosk.navigator import Navigator
from kiosk.news import news
from kiosk.sync_signals import SyncSignals
from kiosk.tray_work import TrayWork
from kiosk.view import READ, Event, Pressed, Typed, View

WARNS_BEFORE_S = 60
LONGEST_WAIT_S = 900  # a printer or a device that hangs must not keep a visitor's answers on the screen for ever


class Screen(Protocol):
    """Shows views; `kiosk.window.KioskWindow` is the real one."""

    def show_view(self, view: View) -> None:
        """Show this view."""
        ...


class Ear(Protocol):
    """Reads views aloud; `kiosk.ear.ScreenEar` is the real one."""

    @property
    def is_speaking(self) -> bool:
        """Tell whether something is being said."""
        ...

    def read(self, view: View, only: tuple[str, ...] = ()) -> None:
        """Read a view from the top, or only some of its parts."""
        ...

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        """Say a word that is no part of a view; in the hall nothing that is private."""
        ...

    def stop(self) -> None:
        """Fall silent at once."""
        ...


class NoEar:
    """Says nothing: before the voice is ready, and where there is none."""

    is_speaking = False

    def read(self, view: View, only: tuple[str, ...] = ()) -> None:
        """Say nothing."""

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Go on saying nothing."""


class Office(Protocol):
    """Keeps and prints; joined by `commands` so that no window imports the store. Called off the UI thread."""

    def file(self, order: Order) -> Receipt:
        """Keep a case durably; raises StoreError or SealingError when nothing was kept."""
        ...

    def print_receipt(self, receipt: Receipt) -> str:
        """Print; give "printed", "no_printer", "paper_out" or "print_failed"."""
        ...

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        """Print the answers for the counter; outcomes as above."""
        ...

    def print_sheet(self, sheet: Sheet) -> str:
        """Print a letter, the strip of a result or a phone card; outcomes as above."""
        ...


@dataclass(frozen=True, slots=True)
class IdleTimes:
    """How long a visit may lie still, in seconds (PEOPLE 1: 240 at least)."""

    ends_after_s: int = 240
    warns_before_s: int = WARNS_BEFORE_S


class Visit(QObject):
    """One citizen at one kiosk."""

    def __init__(
        self,
        navigator: Navigator,
        screen: Screen,
        ear: Ear,
        office: Office,
        background: Background,
        ended: Callable[[EndsAt], None],
        *,
        idle: IdleTimes | None = None,
        signals: Callable[[], SyncSignals] | None = None,
        failed: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        super().__init__()
        self._navigator = navigator
        self._screen = screen
        self._ear = ear
        self._office = office
        self._background = background
        self._ended = ended
        self._idle = idle or IdleTimes()
        self._signals_of = signals
        self._failed = failed  # told what broke, for who looks after the kiosk
        self._signals: SyncSignals | None = None
        self._is_over = False
        self._shown_last: View | None = None
        self._printing = 0
        self._quiet_timer = QTimer(self)
        self._quiet_timer.setSingleShot(True)
        self._quiet_timer.timeout.connect(self._on_quiet_timer_timeout)
        self._is_warned = False
        self._waited_s = 0
        self._tray_work = TrayWork(navigator.desk, background, self._on_tray_changed)

    def take_tray_work(self, make: Callable[[Callable[[], None]], TrayWork]) -> None:
        """Take pictures and microphone, which are looked for only after the first screen stands."""
        self._tray_work = make(self._on_tray_changed)

    def take_ear(self, ear: Ear) -> None:
        """Take the voice, which is ready only after the first screen stands."""
        self._ear = ear
        if self._navigator.view.preferences.is_reading:
            ear.read(self._navigator.view)

    @property
    def navigator(self) -> Navigator:
        """Give the navigator of this visit."""
        return self._navigator

    def begin(self) -> None:
        """Show the first screen and start the idle clock."""
        self._show()
        self._restart_idle_clock()

    def handle(self, event: Event) -> None:
        """Take an event of the window: speech stops, the navigator answers, the screen follows."""
        if self._is_over:
            return
        self._ear.stop()
        self._tray_work.hush()
        self._restart_idle_clock()
        effects = self._navigator.handle(event)
        if not any(isinstance(effect, EndVisit) for effect in effects):
            self._show(
                asked_to_read=isinstance(event, Pressed) and event.id == READ, is_typing=isinstance(event, Typed)
            )
        for effect in effects:
            self._carry_out(effect)

    def touched(self) -> None:
        """Know that the visitor is there (a touch that hit nothing, a key).

        Speech stops and the idle clock starts again.
        """
        self._ear.stop()
        if not self._is_over:
            self._restart_idle_clock()

    def key_said(self, name: str, privacy: Privacy) -> None:
        """Say a key of the keyboard on the screen to who has the screen read aloud."""
        view = self._navigator.view
        if view.preferences.is_reading and not self._is_over:
            self._ear.say(name, view.language, privacy)

    def walked(self, part_id: str, name: str) -> None:
        """Say what a key came to; where the screen itself does not word it, say its name."""
        view = self._navigator.view
        if not view.preferences.is_reading or self._is_over:
            return
        if part_id:
            self._ear.read(view, (part_id,))
        else:
            self._ear.say(name, view.language, Privacy.OPEN)

    def _show(self, *, asked_to_read: bool = False, is_typing: bool = False) -> None:
        view, before = self._navigator.view, self._shown_last
        self._screen.show_view(view)
        self._shown_last = view
        if not view.preferences.is_reading:
            return
        if before is None or view.name != before.name or asked_to_read:
            self._ear.read(view)
        elif not is_typing and (new := self._worth_saying(news(before, view))):
            self._ear.read(view, new)

    def _worth_saying(self, new: tuple[str, ...]) -> tuple[str, ...]:
        """Let what the visitor asked for interrupt the voice, but not where the case has got to meanwhile."""
        return tuple(part_id for part_id in new if part_id != "status" or not self._ear.is_speaking)

    # -- effects ---------------------------------------------------------------------------------------------------

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case EndVisit():
                self._end(effect.at)
            case SayParts():
                self._ear.read(self._navigator.view, effect.part_ids)
            case FileCase():
                order = effect.order
                self._background.run(lambda: self._office.file(order), self._on_filed, self._on_filing_failed)
            case PrintReceipt():
                receipt = effect.receipt
                self._print(lambda: self._office.print_receipt(receipt))
            case PrintPaperRoad():
                order, is_haste = effect.order, effect.is_haste
                self._print(lambda: self._office.print_paper_road(order, is_haste=is_haste))
            case PrintLetter() | PrintStrip() | PrintPhoneCard():
                self._print_sheet(effect)
            case FindPictures() | FetchPicture() | StartRecording() | StopRecording() | PlayRecording():
                self._tray_work.carry_out(effect)

    def _on_tray_changed(self) -> None:
        if self._is_over:
            return
        self._show()
        if self._tray_work.is_listening:
            self._restart_idle_clock()  # who speaks is there

    def _on_filed(self, receipt: Receipt) -> None:
        effects = self._navigator.filed(receipt)
        if self._is_over:
            return
        # First the receipt; only then whatever else may go wrong.
        self._show()
        self._restart_idle_clock()
        for effect in effects:
            self._carry_out(effect)
        case_id = self._navigator.case_id
        if self._signals_of is not None and case_id is not None:
            self._signals = self._signals_of()
            self._signals.status_changed.connect(self._on_signals_status_changed)
            self._signals.watch(case_id)

    def _on_filing_failed(self, error: Exception) -> None:
        self._failed(error)
        self._navigator.filing_failed()
        if not self._is_over:
            self._show()

    def _on_signals_status_changed(self, summary: CaseSummary) -> None:
        self._navigator.status_changed(summary.state)
        if not self._is_over:
            self._show()

    def _print(self, work: Callable[[], str]) -> None:
        self._printing += 1
        self._background.run(work, self._on_printed, lambda _error: self._on_printed("print_failed"), Lane.DEVICES)

    def _on_printed(self, outcome: str) -> None:
        self._printing -= 1
        self._navigator.printed(outcome)
        if not self._is_over:
            self._show()
            self._restart_idle_clock()

    def _print_sheet(self, sheet: Sheet) -> None:
        self._printing += 1
        self._background.run(
            lambda: self._office.print_sheet(sheet),
            lambda outcome: self._on_sheet_printed(sheet, outcome),
            lambda _error: self._on_sheet_printed(sheet, "print_failed"),
            Lane.DEVICES,
        )

    def _on_sheet_printed(self, sheet: Sheet, outcome: str) -> None:
        self._printing -= 1
        self._navigator.sheet_printed(sheet, outcome)
        if not self._is_over:
            self._show()
            self._restart_idle_clock()

    def _end(self, at: EndsAt) -> None:
        """End at once; a case that is being written is written first, by the process's own end."""
        if self._is_over:
            return
        self._is_over = True
        self._quiet_timer.stop()
        self._ear.stop()
        self._tray_work.hush()
        if self._signals is not None:
            self._signals.stop()
        self._ended(at)

    # -- idle ------------------------------------------------------------------------------------------------------

    def _restart_idle_clock(self) -> None:
        self._is_warned = False
        self._waited_s = 0
        self._quiet_timer.start((self._idle.ends_after_s - self._idle.warns_before_s) * 1000)

    def _on_quiet_timer_timeout(self) -> None:
        """Warn, then end. Time in which Loket speaks or prints does not count (PEOPLE 1)."""
        if self._is_over:
            return
        is_at_work = self._ear.is_speaking or self._printing or self._background.is_busy
        if is_at_work and self._waited_s < LONGEST_WAIT_S:
            wait_s = 1 if self._is_warned else self._idle.ends_after_s - self._idle.warns_before_s
            self._waited_s += wait_s
            self._quiet_timer.start(wait_s * 1000)
            return
        if self._navigator.is_untouched:
            self._restart_idle_clock()
        elif self._is_warned:
            self._end(EndsAt.START)
        else:
            self._navigator.warn_idle(self._idle.warns_before_s)
            self._show()
            self._is_warned = True
            self._quiet_timer.start(self._idle.warns_before_s * 1000)
