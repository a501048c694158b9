# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The run of a demo: visits on the real window, one after another, then the cable comes back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from commands.card_room import longest_s, make_reader
from commands.demo_card import READING, CardFixture, CardVisitor, SteppedReader
from commands.demo_case import CONFIGURED, SIZES, DemoCase, spread
from commands.demo_hands import DemoError, Hand, KeyHand, Taps, TouchHand
from commands.demo_transcript import Listener
from commands.demo_visitor import DemoVisitor, Script, read_scripts
from commands.joining import build_engine, configured_api, open_database, practice_api, practice_back_end
from commands.office import KioskOffice
from commands.visit_room import languages_of, place_of, texts_of
from commands.window_words import window_words
from domain.case import CaseState
from domain.ports import Clock
from domain.settings import Settings
from kiosk.background import Background
from kiosk.card_work import CardWork
from kiosk.devices.id_reader_port import IdReaderPort
from kiosk.ear import ScreenEar
from kiosk.navigator import Navigator
from kiosk.printing import SimulatedPrinter
from kiosk.screens.ending import PRINT
from kiosk.screens.letters import PRINT_LETTER
from kiosk.speech.playback import SilentOutput
from kiosk.speech.privacy import Route
from kiosk.speech.reader import Reader
from kiosk.speech.voice import EspeakVoice
from kiosk.sync_signals import SyncSignals
from kiosk.view import Event, Notice, Preferences, Pressed, TextSize, ThemeName, View
from kiosk.visit import Visit
from kiosk.visit_ports import NoEar
from kiosk.window import KioskWindow
from resources.service_library import ServiceLibrary
from sync.practice import PracticeBackEnd

PATIENCE_MS = 60_000
MOST_SCREENS = 120


def _by_headphones() -> Route:
    return Route.HEADPHONES


class DemoRun:
    """One demo: the same window, navigator, store and engine as in a library, with an invented visitor."""

    def __init__(
        self, settings: Settings, clock: Clock, arguments: argparse.Namespace, card: CardFixture | None = None
    ) -> None:
        self._card = card
        self._reader = self._make_reader(settings, clock, card)
        self._app = QApplication.instance() or QApplication(sys.argv[:1])
        self._settings = settings
        self._clock = clock
        self._arguments = arguments
        self._out: Path = arguments.out
        self._library = ServiceLibrary.load()
        # A demo shows the language it is asked for, also one that this device does not offer.
        wide, high = SIZES[arguments.size]
        place = replace(
            place_of(settings), has_printer=True, is_portrait=high > wide, has_id_reader=self._reader is not None
        )
        self._place = replace(place, languages=tuple(dict.fromkeys((*languages_of(settings), arguments.lang))))
        self._printer = SimulatedPrinter(self._out / "receipts")
        self._background = Background()
        self._office = KioskOffice(settings, self._library, texts_of, self._place, clock, self._printer)
        self._scripts = {service.id: cycle(self._scripts_for(service.id)) for service in self._library.services}
        self._voice = EspeakVoice() if arguments.audio_only else None
        self._listener: Listener | None = None
        self._window: KioskWindow | None = None

    def run(self) -> list[DemoCase]:
        """Do the visits, then bring the cable back; give what became of each."""
        wanted = self._arguments.service or [service.id for service in self._library.services]
        unknown = [service_id for service_id in wanted if service_id not in self._scripts]
        if unknown:
            raise DemoError(f"there is no service {unknown[0]}", "`loket content check` lists the services")
        cases = []
        visits = spread(wanted, self._arguments.count)
        for number, service_id in enumerate(visits, start=1):
            self._say(f"[{number}/{len(visits)}] {service_id}: without a network")
            cases.append(self._visit(number, service_id))
        if not self._arguments.offline:
            self._bring_cable_back(cases)
        self._background.close(waits=True)
        if self._reader is not None:
            self._reader.close()
        if self._listener is not None:
            self._listener.reader.close()
        self._say(f"pictures: {self._out / 'screens'}  receipts: {self._out / 'receipts'}")
        return cases

    # -- one visit -------------------------------------------------------------------------------------------------

    def _visit(self, number: int, service_id: str) -> DemoCase:
        case = DemoCase(service_id)
        folder = self._out / "screens" / f"{number:02}-{service_id}"
        folder.mkdir(parents=True, exist_ok=True)
        navigator = Navigator(self._library, texts_of, self._place, self._clock, self._preferences())
        visit = self._begin(navigator)
        window = self._shown
        hand: Hand = KeyHand(window) if self._arguments.keys_only else TouchHand(window)
        usual = DemoVisitor(Script(service_id, next(self._scripts[service_id]).answers), navigator.today)
        visitor = usual if self._card is None else CardVisitor(usual, self._card)
        for _ in range(MOST_SCREENS):
            self._listen(navigator)
            if navigator.view.name == READING:
                self._read_card(case, navigator, folder)
                continue
            acts = visitor.acts(navigator.view)
            for act in acts[:-1]:
                self._do(hand, act)
            if self._listener is not None:
                self._listener.take_steps()
            case.screens += 1
            self._picture(folder / f"{case.screens:02}-{navigator.view.name}.png")
            if not acts:
                break
            self._do(hand, acts[-1])
            self._wait(lambda: navigator.view.name != "keeping")
        else:
            raise DemoError(f"{service_id} does not end")
        if not navigator.is_kept:
            raise DemoError(f"{service_id} ended at {navigator.view.name} without a kept case")
        self._finish(case, navigator, hand, folder)
        visit.deleteLater()
        return case

    def _read_card(self, case: DemoCase, navigator: Navigator, folder: Path) -> None:
        """See and hear each step of a reading; then the screen is another one."""
        while (seen := navigator.view).name == READING:
            case.screens += 1
            self._picture(folder / f"{case.screens:02}-{seen.name}.png")
            if isinstance(self._reader, SteppedReader):
                self._reader.go_on()
            self._wait(lambda: navigator.view != seen, longest_s(self._settings) * 1000)
            now = navigator.view
            if now.name == READING:
                told = tuple(part for part in now.parts if isinstance(part, Notice) and part not in seen.parts)
                self._listen(navigator, replace(now, parts=told, bar=(), tools=()))

    def _begin(self, navigator: Navigator) -> Visit:
        if self._window is not None:
            self._window.may_close = True
            self._window.close()
            self._window.deleteLater()
        events: list[Visit] = []

        def on_event(event: Event) -> None:
            events[0].handle(event)

        self._window = KioskWindow(
            on_event,
            words=window_words(texts_of),
            dpi=self._settings.kiosk.screen_dpi,
            distance_mm=self._settings.kiosk.viewing_distance_mm,
            clock_ms=Taps(),
        )
        if self._listener is not None:
            self._listener.reader.close()
        ear = self._make_ear(self._voice) if self._voice is not None else NoEar()
        if isinstance(ear, ScreenEar):
            ear.attach(self._window)
            self._listener = Listener(ear.reader)
        visit = Visit(
            navigator,
            self._window,
            ear,
            self._office,
            self._background,
            lambda _at: None,
            hears_alone=lambda: self._voice is not None,
            signals=lambda: SyncSignals(self._office.store, self._background),
        )
        if self._reader is not None:
            reader, wait_s = self._reader, longest_s(self._settings)
            visit.take_card_work(lambda changed: CardWork(navigator.card_desk, reader, changed, longest_s=wait_s))
        events.append(visit)
        self._window.resize(*SIZES[self._arguments.size])
        self._window.show()
        visit.begin()
        return visit

    def _finish(self, case: DemoCase, navigator: Navigator, hand: Hand, folder: Path) -> None:
        case_id = navigator.case_id
        summary = self._office.store.summary(case_id) if case_id else None
        if summary is None:
            raise DemoError("a case whose receipt was shown is not in the store")
        case.reference = summary.reference
        case.states.append(summary.state.value)
        before = len(self._printer.printed)
        self._print(hand, PRINT)
        for letter in navigator.journey.letters:
            self._print(hand, PRINT_LETTER + letter.id)
        if self._listener is not None:
            self._listener.take_steps()
            self._listener.write(self._out / "spoken" / folder.name)
            case.spoken_screens = len(self._listener.screens)
            case.spoken_texts = sum(screen.texts for screen in self._listener.screens)
            case.unspoken = [f"{name}: {text.part_id}: {text.text}" for name, text in self._listener.missing]
            for line in case.unspoken:
                self._say(f"  not spoken: {line}")
        case.receipts = [str(path.relative_to(self._out)) for path in self._printer.printed[before:]]
        case.screens += 1
        self._picture(folder / f"{case.screens:02}-{navigator.view.name}-printed.png")
        papers = ", ".join(case.receipts)
        self._say(f"  {case.reference}: {case.screens} screens, {papers}, {summary.state.value}")

    def _print(self, hand: Hand, button: str) -> None:
        before = len(self._printer.printed)
        self._do(hand, Pressed(button))
        self._wait(lambda: len(self._printer.printed) > before and not self._background.is_busy)

    def _listen(self, navigator: Navigator, view: View | None = None) -> None:
        """Hear a screen, or what is new on it, to its end, as somebody does who sees nothing of it."""
        listener = self._listener
        if listener is not None:
            self._wait(lambda: not listener.reader.is_reading)
            listener.take_screen(view or navigator.view)

    def _do(self, hand: Hand, act: Event) -> None:
        hand.do(act)
        self._app.processEvents()
        if (listener := self._listener) is not None:
            self._wait(lambda: not listener.reader.is_reading)

    # -- the cable -------------------------------------------------------------------------------------------------

    def _bring_cable_back(self, cases: list[DemoCase]) -> None:
        self._say("the network is back")
        database = open_database(self._settings)
        with ExitStack() as stack:
            stack.callback(database.close)
            if self._arguments.back_end == CONFIGURED:
                back_end, api = None, configured_api(self._settings)
            else:
                back_end = stack.enter_context(practice_back_end(self._settings, self._clock, self._library.services))
                api = practice_api(self._settings, back_end)
            engine = build_engine(self._settings, database, self._clock, api)
            outcome: list[object] = []
            self._background.run(engine.run_once, outcome.append, outcome.append)
            self._wait(lambda: bool(outcome))
            if isinstance(outcome[0], Exception):
                raise outcome[0]
            self._take_stock(cases, back_end)
        folder = self._out / "screens"
        self._wait(lambda: not self._background.is_busy)
        self._settle()
        self._picture(folder / f"{len(cases):02}-{cases[-1].service_id}" / "99-registered.png")

    def _take_stock(self, cases: list[DemoCase], back_end: PracticeBackEnd | None) -> None:
        arrived = back_end.registered() if back_end is not None else []
        for case in cases:
            summary = next(found for found in self._office.store.summaries() if found.reference == case.reference)
            case.states.append(summary.state.value)
            case.registered = summary.state is CaseState.DELIVERED
            if back_end is not None:
                mine = [found for found in arrived if found.identificatie == case.reference]
                case.registered = case.registered and len(mine) == 1
                case.arrived = {
                    "zaken": len(mine),
                    "initiators": sum(len(found.initiators) for found in mine),
                    "statuses": sum(len(found.statuses) for found in mine),
                    "eigenschappen": sum(len(found.eigenschappen) for found in mine),
                    "documents": sum(len(found.documents) for found in mine),
                    "links": sum(found.links for found in mine),
                }
            self._say(f"  {case.reference}: {' -> '.join(case.states)} {case.arrived or ''}".rstrip())

    # -- small things ----------------------------------------------------------------------------------------------

    def _preferences(self) -> Preferences:
        return Preferences(
            language=self._arguments.lang,
            text_size=TextSize(self._arguments.text),
            theme=ThemeName(self._arguments.theme),
            is_reading=self._arguments.audio_only,
            is_screen_off=self._arguments.audio_only,
        )

    def _scripts_for(self, service_id: str) -> list[Script]:
        return [script for script in read_scripts() if script.service_id == service_id] or [Script(service_id, {})]

    @staticmethod
    def _make_reader(settings: Settings, clock: Clock, card: CardFixture | None) -> IdReaderPort | None:
        if card is None:
            return None
        if card.reading is not None:
            return SteppedReader(card.reading)
        reader = make_reader(settings, clock, is_simulated=False)
        if reader is None:
            from kiosk.devices.id_reader import make_id_reader

            reader = make_id_reader(settings.id_documents, clock)  # it is asked for, whatever the settings say
        return reader

    @staticmethod
    def _make_ear(voice: EspeakVoice) -> ScreenEar:
        """Make an ear with headphones on, so that what is private is said too; silence takes hardly any time."""
        return ScreenEar(
            lambda deliver, listener: Reader(voice, SilentOutput(pace=10_000), deliver, listener, route=_by_headphones),
            _by_headphones,
        )

    @property
    def _shown(self) -> KioskWindow:
        if self._window is None:
            raise DemoError("there is no window")
        return self._window

    def _picture(self, path: Path) -> None:
        self._app.processEvents()
        self._shown.snapshot(str(path))

    def _settle(self) -> None:
        """Let one look at the store go by, so that the last window shows the news."""
        seen = QDeadlineTimer(3000)
        self._wait(seen.hasExpired)

    def _wait(self, is_done: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
        deadline = QDeadlineTimer(patience_ms)
        while not is_done():
            if deadline.hasExpired():
                raise DemoError("the window does not answer")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def _say(self, text: str) -> None:
        if not self._arguments.json:
            print(text, flush=True)
