# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The room a visit takes place in.

One process with one window, built warm, shown when asked, gone when the visit ends.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from commands.card_room import CardRoom, longest_s, make_reader
from commands.fault_lines import tell_of, tell_of_fault
from commands.late_office import LateOffice, LateUnderstanding
from commands.memory_guard import close_memory
from commands.out_of_service import is_out_of_service
from commands.staff_door import KioskStaffDoor
from commands.window_words import window_words
from domain.bsn_door import holds_bsn
from domain.clock_doubt import clock_doubt
from domain.filled_by import NOBODY, FilledBy
from domain.opening_hours import OpeningHours
from domain.ports import Clock
from domain.service import Privacy
from domain.settings import Settings
from i18n.texts import FOLDER, Texts
from kiosk.attract import Attract
from kiosk.background import Background, Lane
from kiosk.channel import Channel
from kiosk.effects import EndsAt
from kiosk.garbage import GarbageRound
from kiosk.headphones import Headphones
from kiosk.held_keys import HeldKeys
from kiosk.idle_clock import IdleTimes
from kiosk.keypad import Keypad
from kiosk.maintenance import MachineHands, Maintenance
from kiosk.maintenance_cover import CleaningCover, CornerTest
from kiosk.maintenance_desk import MaintenanceDesk
from kiosk.navigator import Navigator
from kiosk.no_way_out import HeldScreen, StrayInput
from kiosk.opening_watch import OpeningWatch
from kiosk.presence import Presence
from kiosk.quiet import Quiet
from kiosk.rest import Rest
from kiosk.screens.attract import STILL, attract_view
from kiosk.screens.language import names_of
from kiosk.screens.start import SERVICE
from kiosk.screens.words import Surroundings, surroundings_of
from kiosk.staff_exit import StaffExit
from kiosk.staff_exit_desk import StaffSpot
from kiosk.staff_hold import StaffHold
from kiosk.tray_sound import FindableRecorder, LateRecorder, TraySound
from kiosk.view import LOUDER, NEXT, SOFTER, Event, Pressed, View
from kiosk.visit import Visit
from kiosk.visit_ports import NoEar
from kiosk.visit_sound import VisitSound
from kiosk.window import KioskWindow
from resources.helper_sight import helper_sight
from resources.service_library import ServiceLibrary

if TYPE_CHECKING:
    from commands.office import KioskOffice
    from domain.outage import Outage
    from domain.profile import Standing
    from domain.staff import Role
    from kiosk.devices.id_reader_port import IdReaderPort
    from kiosk.printing import Printer
    from kiosk.speech.chime import Chime
    from kiosk.speech.voice import Voice
    from kiosk.sync_signals import SyncSignals
    from kiosk.together.host import HelperHost
    from kiosk.tray_work import TrayWork

DEVICES_EVERY_MS = 60_000
WINDOWED_SIZE = (1366, 768)
SAID = frozenset({"gone", "kept"})


def languages_of(settings: Settings) -> tuple[str, ...]:
    """Give the languages of the settings for which there are words here; Dutch always."""
    found = tuple(code for code in settings.kiosk.languages if (FOLDER / f"{code}.po").exists() or code == "qps")
    return found if "nl" in found else ("nl", *found)


def place_of(settings: Settings) -> Surroundings:
    """Give what the screens show of this place, before any device was looked for."""
    place = surroundings_of(settings, is_practice=not settings.sync.is_configured, has_printer=False)
    return replace(place, languages=languages_of(settings))


@cache
def texts_of(language: str) -> Texts:
    """Give the programme texts of a language, read once."""
    return Texts(language)


class VisitRoom(QObject):
    """Builds the window, tells the supervisor, and ends with the visit."""

    def __init__(self, settings: Settings, clock: Clock, arguments: argparse.Namespace) -> None:
        self._app = QApplication(sys.argv[:1])
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._arguments = arguments
        self._library = ServiceLibrary.load()
        for service_id, error in self._library.closed:
            print(f"loket: service {service_id} is closed: {error}", file=sys.stderr)
        is_doubtful = clock_doubt(clock.now()) is not None  # what the store saw comes later
        self._place = replace(place_of(settings), is_clock_doubtful=is_doubtful, filled_by=self._filled_by())
        self._background = Background()
        self._office = LateOffice(self._make_office)
        self._channel = Channel(self._is_nobody_here)
        self._navigator = Navigator(self._library, texts_of, self._place, clock)
        self._navigator.consent_desk.hidden = helper_sight()
        self._helper: HelperHost | None = None  # once a person was called
        self._sound = VisitSound(
            settings.speech.headphones,
            settings.speech.volume,
            is_screen_off=lambda: self._navigator.preferences.is_screen_off,
        )
        self._window = KioskWindow(
            self._on_event,
            words=window_words(texts_of),
            dpi=settings.kiosk.screen_dpi,
            distance_mm=settings.kiosk.viewing_distance_mm,
            has_touch_screen=self._has_touch_screen(),
            touched=self._on_touched,
            said=self._on_key_said,
            walked=self._on_walked,
            clock_ms=self._taps_ms(),
        )
        self._visit = Visit(
            self._navigator,
            self._window,
            NoEar(),
            self._office,
            self._background,
            self._on_ended,
            idle=self._idle_times(),
            chime=self._sound_chime,
            clock_ms=self._idle_ms(),
            understanding=LateUnderstanding(settings),
            hears_alone=self._hears_alone,
            headphones=Headphones(texts_of),
            signals=self._make_signals,
            status_office=self._office,
            draft_office=self._office,
            failed=tell_of,
        )
        self._presence = Presence(
            self._window,
            is_warned=lambda: self._navigator.is_warned,
            touched=self._on_touched,
            is_there=self._visit.is_there,
            speaks_on=self._is_volume,
        )
        self._visit.take_helper(self._on_view_shown, self._on_help_called)
        self._chime: Chime | None = None
        self._stray = StrayInput(self._window, hears_all=lambda: self._navigator.view.is_trying_keys)
        # A developer's window stays one among others.
        self._held_screen = (
            None if arguments.windowed else HeldScreen(self._window, self._app.primaryScreen(), self._come_to_front)
        )
        self._quiet = Quiet(self._window, is_at_rest=self._is_at_rest)
        self._staff_hold = StaffHold(self._window, self._on_staff_asked)
        self._staff: StaffExit | None = None  # while somebody who works here is at the screen
        self._is_shown = False
        self._attract = Attract(
            self,
            after_s=self._attract_after_s(),
            languages=self._place.languages,
            is_free=self._is_free_for_pictures,
            make=self._attract_view,
            show=self._window.show_view,
            ended=lambda: self._window.show_view(self._navigator.view),
            is_still_button=self._is_still_button,
            slides=settings.kiosk.attract_slides,
        )
        self._device_timer = QTimer(self)
        self._device_timer.setInterval(DEVICES_EVERY_MS)
        self._device_timer.timeout.connect(self._look_at_devices)
        self._cards = CardRoom(
            self._app,
            self._visit,
            self._id_reader,
            is_there=self._on_id_reader_looked_at,
            is_free=lambda: self._staff is None and not self._is_ended,
            longest_s=longest_s(settings),
        )
        self._keypad = Keypad(self._app, settings.kiosk.keys)  # after the reader that types, so that it hears first
        self._held_keys = HeldKeys(self._app)  # after the keypad, so that it hears of each key first
        self._ear: QObject | None = None
        self._is_ended = False
        self._is_renewed = False  # it gave way to one with newer content; nobody was there
        self._rest = Rest(
            self._navigator,
            self._visit,
            OpeningWatch(self._hours(), clock, lambda: self._place.is_clock_doubtful),
            is_flagged=self._is_flagged,
            is_free=lambda: self._staff is None and not self._is_ended,
            opens=self._on_opening_known,
            show=self._show_view,
            idle=self._idle_times(),
        )

    def run(self) -> int:
        """Show or wait, until the visit has ended and the supervisor lets go."""
        self._window.may_close = False
        sys.excepthook = tell_of_fault
        self._channel.show_asked.connect(self._on_channel_show_asked)
        self._channel.cleared.connect(self._on_channel_cleared)
        self._channel.renewal_asked.connect(self._on_channel_renewal_asked)
        self._channel.closed.connect(self._on_channel_closed)
        self._size_window()
        self._place = replace(self._place, is_portrait=self._window.height() > self._window.width())
        self._navigator.place = self._place
        if self._arguments.show:
            self._channel.tell("ready")
            self._show(self._arguments.show)
        else:
            self._rehearse()
            self._visit.begin()
            self._window.grab()  # drawn once while nobody waits: fonts and icons are ready when it is shown
            self._window.winId()  # and the screen knows the window already
            self._warm_up()
            self._channel.tell("ready")
        self._channel.listen()
        self._app.exec()
        # What is being written is written to its end; the rest of the process is not worth taking down politely.
        self._cards.close()
        self._background.close(waits=True)
        sys.stdout.flush()
        os._exit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the supervisor about the first paint, then fetch what was not needed for it; stay on the screen."""
        if watched is self._window:
            if event.type() == QEvent.Type.WindowStateChange and self._window.isMinimized():
                QTimer.singleShot(0, self._come_to_front)
        elif event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._on_first_painted)
        return False

    def _size_window(self) -> None:
        screen = self._app.primaryScreen()
        if self._arguments.windowed:
            self._window.resize(*WINDOWED_SIZE)
        else:
            # Without a window manager showFullScreen keeps the size hint.
            self._window.setGeometry(screen.geometry())

    def _show(self, place: str) -> None:
        if place == EndsAt.NEUTRAL.value:
            self._navigator.begin_neutral()
        self._rest.begin()
        self._visit.begin()
        if place == EndsAt.STAFF.value:
            self._let_staff_in(StaffSpot.SIGN_IN)
        self._is_shown = True
        self._device_timer.start()
        if self._ear is not None:
            self._look_at_clock()  # it waited warm, for hours perhaps
            self._look_at_outages()
            self._look_at_profile()
        if self._hears_alone() and self._staff is None:
            self._visit.begin_with_headphones()
        surface = self._window.centralWidget()
        if surface is not None:
            surface.installEventFilter(self)
        self._come_to_front()
        self._presence.watch()
        handle = self._window.windowHandle()
        if handle is not None:
            self._stray.guard(handle)  # after presence: what is kept out tells nobody that someone is there
            self._staff_hold.guard(handle)
            self._attract.guard(handle)
            self._quiet.guard(handle)
        self._window.installEventFilter(self)
        if self._held_screen is not None:
            self._held_screen.hold()

    def _rehearse(self) -> None:
        """Draw what every visit begins with, unseen: the next tap then finds letters and pictures ready.

        Only the first page of each tile and its first question; nothing is chosen, typed or kept.
        """
        for service in self._library.tiles():
            rehearsal = Navigator(self._library, texts_of, self._place, self._clock)
            for button in (SERVICE + service.id, NEXT):
                rehearsal.handle(Pressed(button))
                self._window.show_view(rehearsal.view)
                self._window.grab()

    def _come_to_front(self) -> None:
        if self._arguments.windowed:
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self._window.raise_()
        self._window.activateWindow()

    def _on_first_painted(self) -> None:
        self._channel.tell("shown")
        if self._ear is None:
            self._warm_up()
        self._cards.look()

    def _warm_up(self) -> None:
        """Make ready what the first screen does not need: voice, store, key, printer."""
        close_memory()  # before anybody has typed anything
        self._ear = self._make_ear()
        self._background.run(self._open_office, lambda _none: None, self._on_open_failed)
        self._look_at_clock()
        self._look_at_outages()
        self._look_at_profile()
        self._visit.take_tray_work(self._make_tray_work)
        self._background.run(self._has_microphone, self._on_microphone_looked_for, lambda _error: None, Lane.DEVICES)
        self._look_at_devices()
        # All there is now stays for the visit: to look through it for garbage would take 25 ms of somebody's tap.
        GarbageRound(self)

    def _open_office(self) -> None:
        self._office.office.open()

    def _look_at_clock(self) -> None:
        self._background.run(self._is_clock_doubtful, self._on_clock_looked_at, self._on_open_failed)

    def _is_clock_doubtful(self) -> bool:
        return self._office.office.is_clock_doubtful()

    def _on_clock_looked_at(self, is_doubtful: bool) -> None:
        if is_doubtful is not self._place.is_clock_doubtful:
            self._place = replace(self._place, is_clock_doubtful=is_doubtful)
            self._navigator.place = self._place

    def _look_at_outages(self) -> None:
        self._background.run(self._outages, self._on_outages_looked_at, self._on_open_failed)

    def _outages(self) -> Mapping[str, Outage]:
        return self._office.office.outages()

    def _on_outages_looked_at(self, outages: Mapping[str, Outage]) -> None:
        if outages != self._place.outages:
            self._place = replace(self._place, outages=outages)
            self._navigator.place = self._place

    def _look_at_profile(self) -> None:
        self._background.run(self._standing, self._on_profile_looked_at, self._on_open_failed)

    def _standing(self) -> Standing:
        from commands.profile_standing import profile_standing

        return profile_standing(self._settings, self._clock)

    def _on_profile_looked_at(self, standing: Standing) -> None:
        # Until it is known, the strictest rules hold. Practice says so already, and needs no signature.
        is_unsigned = not standing.is_signed and self._settings.sync.is_configured
        place = replace(self._place, may_ask_bsn=standing.may_ask_bsn, is_unsigned=is_unsigned)
        if place != self._place:
            self._place = place
            self._navigator.place = place
            if is_unsigned and not self._is_ended and self._staff is None:
                self._show_view(self._navigator.view)

    def _on_open_failed(self, error: Exception) -> None:
        # Reading services works without a store; who confirms is told then, with the paper road.
        tell_of(error)

    def _make_office(self) -> KioskOffice:
        from commands.office import KioskOffice

        return KioskOffice(self._settings, self._library, texts_of, self._place, self._clock, self._printer())

    def _printer(self) -> Printer:
        from kiosk.printing import SimulatedPrinter, SystemPrinter

        if self._arguments.simulate:
            return SimulatedPrinter((self._settings.device.data_dir or Path()) / "simulated-printer")
        return SystemPrinter(self._settings.kiosk.printer)

    def _look_at_devices(self) -> None:
        """Look which devices work; what comes back is offered again, and what is gone is not."""
        self._background.run(self._device_checks, self._on_devices_looked_at, lambda _error: None, Lane.DEVICES)
        if self._is_shown:
            self._cards.look()

    def _device_checks(self) -> bool:
        from commands.device_look import look_at_devices

        return look_at_devices(self._settings, self._printer(), self._clock, is_noted=self._is_shown)

    def _on_devices_looked_at(self, has_printer: bool) -> None:
        if has_printer is not self._place.has_printer:
            self._place = replace(self._place, has_printer=has_printer)
            self._navigator.place = self._place

    def _on_id_reader_looked_at(self, has_id_reader: bool) -> None:
        if has_id_reader is self._place.has_id_reader:
            return
        before = self._navigator.view
        self._place = replace(self._place, has_id_reader=has_id_reader)
        self._navigator.place = self._place
        if self._navigator.view != before and self._staff is None and not self._is_ended:
            self._show_view(self._navigator.view)

    def _make_tray_work(self, changed: Callable[[], None]) -> TrayWork:
        from kiosk.picture_folder import PictureFolder
        from kiosk.tray_work import TrayWork as Work

        folder = self._settings.kiosk.pictures_dir
        shelf = PictureFolder(folder) if folder is not None else None
        sound = TraySound(self._sound.output, lambda: self._sound.has_headphones)
        return Work(
            self._navigator.desk,
            self._background,
            changed,
            shelf,
            self._recorder(),
            sound.play,
            sound.hush,
            lambda: sound.is_playing,
        )

    def _sound_chime(self) -> None:
        from kiosk.speech.chime import Chime as RealChime

        if self._chime is None:
            self._chime = RealChime(self._sound.output())
        self._chime.play()

    # -- what a visit at the counter has otherwise (`commands.fill_room`) -----------------------------------------

    def _filled_by(self) -> FilledBy:
        return NOBODY

    def _has_touch_screen(self) -> bool:
        return True

    def _hears_alone(self) -> bool:
        return self._sound.has_headphones

    # -- what a proof plays with (`commands.wipe_room`) ----------------------------------------------------------

    def _recorder(self) -> FindableRecorder:
        return LateRecorder()

    def _id_reader(self) -> IdReaderPort | None:
        return make_reader(self._settings, self._clock, is_simulated=self._arguments.simulate)

    def _is_flagged(self) -> bool:
        return is_out_of_service(self._settings.device.data_dir)

    def _hours(self) -> OpeningHours:
        return self._settings.kiosk.hours

    def _attract_after_s(self) -> int:
        return self._settings.kiosk.attract_after_s

    def _idle_times(self) -> IdleTimes:
        return IdleTimes(self._settings.kiosk.idle_s)

    def _idle_ms(self) -> Callable[[], int] | None:
        return None

    def _taps_ms(self) -> Callable[[], int] | None:
        return None

    def _has_microphone(self) -> bool:
        return self._recorder().is_there()

    def _on_microphone_looked_for(self, has_microphone: bool) -> None:
        self._place = replace(self._place, has_microphone=has_microphone)
        self._navigator.place = self._place

    def _make_signals(self) -> SyncSignals:
        from kiosk.sync_signals import SyncSignals as Signals

        return Signals(self._office.office.store, self._background)

    def _make_ear(self) -> QObject:
        from kiosk.ear import ScreenEar
        from kiosk.speech.reader import Reader

        ear = ScreenEar(
            lambda deliver, listener: Reader(
                self._voice(),
                self._sound.output(),
                deliver,
                listener,
                route=self._sound.route,
                instead_of_private=lambda language: texts_of(language).tr("voice.private"),
            ),
            self._sound.route,
            self._sound.volume,
            self._may_say,
        )
        ear.attach(self._window)
        ear.reader.warm_up()
        self._visit.take_ear(ear)
        ear.tell_headphones(self._on_headphones_changed)
        self._sound.watch(ear.place_changed)
        return ear

    def _may_say(self, text: str) -> bool:
        return self._place.may_ask_bsn or not holds_bsn(text, frozenset({self._place.rsin}))

    def _voice(self) -> Voice:
        """Give espeak-ng, with voice packs before it where the settings name a folder of them."""
        from kiosk.speech.voice import EspeakVoice

        folder = self._settings.speech.voice_dir
        if folder is None:
            return EspeakVoice()
        from kiosk.speech.voice_pack import PackedVoice

        return PackedVoice(folder, EspeakVoice())

    # -- news ------------------------------------------------------------------------------------------------------

    def _on_event(self, event: Event) -> None:
        if self._place.visit_before:
            self._tell_of_visit_before("")  # whoever is here now has begun
        if self._staff is not None:
            self._staff.handle(event)
            return
        if self._rest.is_too_late():
            return
        self._visit.handle(event)
        self._rest.handled()

    def _on_touched(self) -> None:
        self._visit.touched()
        self._rest.touched()

    def _on_key_said(self, name: str, privacy: Privacy) -> None:
        (self._staff or self._visit).key_said(name, privacy)

    def _on_walked(self, part_id: str, name: str) -> None:
        (self._staff or self._visit).walked(part_id, name)

    def _is_volume(self, touched: QWidget) -> bool:
        buttons = [self._window.item(button) for button in (LOUDER, SOFTER)]
        return any(button is not None and (button is touched or button.isAncestorOf(touched)) for button in buttons)

    # -- a helper beside the visitor -------------------------------------------------------------------------------

    def _on_help_called(self) -> None:
        """Let the desk on this machine know, and a helper look along."""
        if self._helper is None:
            from kiosk.together.host import HelperHost as Host

            self._helper = Host(
                self._navigator,
                self._visit,
                self._settings.device.data_dir or Path(),
                point=self._window.point_at,
                failed=tell_of,
            )
        self._helper.open()

    def _on_view_shown(self, view: View) -> None:
        if self._helper is not None and self._staff is None:
            self._helper.shown(view)

    def _show_view(self, view: View) -> None:
        self._attract.stop()
        self._window.show_view(view)

    # -- pictures for who passes by --------------------------------------------------------------------------------

    def _is_free_for_pictures(self) -> bool:
        is_start = self._navigator.spot.name == "start" and self._navigator.is_untouched
        return is_start and self._staff is None and not (self._is_ended or self._hears_alone())

    def _attract_view(self, slide: int, language: str, is_still: bool) -> View:
        plain = replace(self._navigator.preferences, language=language)
        words = replace(self._navigator.words, texts=texts_of(language), preferences=plain)
        names = names_of(self._place.languages, texts_of)
        may_change = self._settings.kiosk.attract_slides > 1
        return attract_view(words, slide, names, is_still=is_still, may_change=may_change)

    def _is_still_button(self, at: QPoint) -> bool:
        button, touched = self._window.item(STILL), self._window.childAt(at)
        return button is not None and touched is not None and (button is touched or button.isAncestorOf(touched))

    # -- nobody is there -------------------------------------------------------------------------------------------

    def _is_nobody_here(self) -> bool:
        return self._is_shown and self._quiet.is_nobody_here()

    def _is_at_rest(self) -> bool:
        is_begun = self._is_ended or self._staff is not None or not self._navigator.is_untouched
        return not (is_begun or self._visit.ear.is_speaking)

    def _on_channel_renewal_asked(self) -> None:
        """Give way to a visit with newer content, but never with somebody there: their touch may just have come."""
        if self._is_nobody_here():
            self._is_renewed = True
            self._visit.end(EndsAt.NEUTRAL if self._navigator.spot.name == EndsAt.NEUTRAL.value else EndsAt.START)

    # -- the staff -------------------------------------------------------------------------------------------------

    def _on_staff_asked(self) -> None:
        """Let somebody who works here sign in; a visit that began is asked first, and ends before."""
        if self._is_ended:
            return
        self._attract.stop()
        if self._staff is not None:
            self._staff.hold_again()
        elif self._navigator.is_untouched:
            self._visit.end(EndsAt.STAFF)
        else:
            self._let_staff_in(StaffSpot.ASK)

    def _let_staff_in(self, spot: StaffSpot) -> None:
        self._staff = StaffExit(
            self._window,
            KioskStaffDoor(self._settings, self._clock),
            self._background,
            lambda preferences: replace(self._navigator.words, preferences=preferences),
            preferences=self._navigator.preferences,
            ear=lambda: self._visit.ear,
            stays=self._on_staff_stays,
            ended=self._visit.end,
            failed=tell_of,
            helps=self._on_staff_helps,
            maintain=self._make_maintenance,
        )
        self._staff.begin(spot)

    def _make_maintenance(
        self, role: Role, changed: Callable[[], None], back: Callable[[], None], ended: Callable[[EndsAt], None]
    ) -> Maintenance:
        from commands.kiosk_machine import KioskMachine

        words, settings = self._navigator.words, self._settings
        return Maintenance(
            MaintenanceDesk(role, may_power_off=settings.kiosk.may_power_off),
            KioskMachine(settings, self._clock, self._arguments.config, self._printer(), words.texts),
            MachineHands(
                sound=self._sound_for_staff,
                volume=lambda: self._visit.ear.volume,
                test_touch=lambda over: CornerTest(self._window, words.tr("desk.kiosk.corners"), over).lay(),
                clean=lambda over: CleaningCover(self._window, words.tr("desk.kiosk.cleaning"), over).lay(),
            ),
            self._background,
            show=changed,
            back=back,
            ended=ended,
            failed=tell_of,
        )

    def _sound_for_staff(self) -> None:
        self._sound_chime()
        words = self._navigator.words
        self._visit.ear.say(words.tr("desk.kiosk.said"), words.language, Privacy.OPEN)

    def _on_staff_helps(self, role: Role) -> None:
        """Let somebody who works here sit beside the visitor, before this one screen."""
        self._staff = None
        self._navigator.consent_desk.joined(role, is_on_one_screen=True)
        self._navigator.consent_desk.meet()
        self._visit.show_again()

    def _on_staff_stays(self) -> None:
        self._staff = None
        self._visit.show_again()

    def _on_headphones_changed(self, are_in: bool) -> None:
        self._attract.stop()
        self._quiet.stirred()
        if self._is_shown and self._staff is None:  # the warm window behind it hears of it too
            self._visit.headphones_changed(are_in)

    def _on_ended(self, at: EndsAt) -> None:
        self._is_ended = True
        if self._helper is not None:
            self._helper.close()
        self._rest.stop()
        self._attract.stop()
        self._device_timer.stop()
        if self._held_screen is not None:
            self._held_screen.let_go()
        self._channel.tell(f"ended {at.value}{self._may_be_said_after(at)}")
        # Until the next visit stands before it, nothing of this one is left to see.
        after = Navigator(self._library, texts_of, self._place, self._clock)
        if at is EndsAt.NEUTRAL:
            after.begin_neutral()
        self._window.show_view(after.view)
        self._window.setEnabled(False)

    def _may_be_said_after(self, at: EndsAt) -> str:
        """Give what is to be said once this visit is gone, and in which language to who had the screen read aloud."""
        if at is EndsAt.NEUTRAL:
            return ""
        if self._is_renewed:
            # What stands on the screen of the visit before stays true; nothing is said of this one.
            return f" {self._place.visit_before or 'renewed'}"
        said = "kept" if self._navigator.is_kept else "gone"
        now = self._navigator.preferences
        return f" {said} {now.language}" if now.is_reading else f" {said}"

    def _on_channel_show_asked(self, place: str) -> None:
        self._show(place)

    def _on_channel_cleared(self, said: str) -> None:
        """Know what is true of the visit before; "Alles is weg" is said here only, where it is."""
        what, _, language = said.partition(" ")
        if what == "left":
            self._rest.look()
            return
        clipboard = self._app.clipboard()
        modes = (clipboard.Mode.Clipboard, clipboard.Mode.Selection)
        for mode in modes:
            clipboard.clear(mode)
        is_clean = not any(clipboard.text(mode) for mode in modes)
        if (
            not is_clean
            or what not in SAID
            or self._rest.is_resting
            or self._staff is not None
            or not self._navigator.is_untouched
        ):
            return
        self._tell_of_visit_before(what)
        if language:
            self._visit.say(texts_of(language).tr(f"start.{what}_spoken"), language)

    def _tell_of_visit_before(self, what: str) -> None:
        self._place = replace(self._place, visit_before=what)
        self._navigator.place = self._place
        if what:
            self._show_view(self._navigator.view)

    def _on_opening_known(self, opens_at: datetime | None) -> None:
        if opens_at != self._place.opens_at:
            self._place = replace(self._place, opens_at=opens_at)
            self._navigator.place = self._place

    def _on_channel_closed(self) -> None:
        self._window.may_close = True
        self._app.quit()
