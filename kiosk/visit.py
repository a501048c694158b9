# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One visit: joins window, navigator, ear, store and printer for one citizen, and ends when the visitor does.

It carries out the navigator's effects and says what the idle clock tells. What the screens are is not known here; the
process around it is `commands.visit`'s. Everything runs in the UI thread unless it is handed to `background`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from domain.case import CaseSummary
from domain.errors import StoreUnsureError
from domain.ports import UnderstandingLog
from domain.receipt import Receipt
from domain.service import Privacy
from i18n.texts import Texts
from kiosk.background import Background, Lane
from kiosk.card_work import CardWork
from kiosk.draft_work import DraftOffice, DraftWork
from kiosk.effects import (
    AddToCase,
    AskStatus,
    AwaitDigit,
    ChangeVolume,
    CountReply,
    Effect,
    EndsAt,
    EndVisit,
    FetchPicture,
    FileCase,
    FindPictures,
    ForgetDraft,
    KeepDraft,
    OpenDraft,
    PlayRecording,
    PrintDraftCode,
    PrintLetter,
    PrintPaperRoad,
    PrintPhoneCard,
    PrintReceipt,
    PrintStrip,
    ReadAgain,
    ReadCard,
    RepeatPart,
    SayParts,
    SayText,
    SayWhere,
    Sheet,
    SoundEffect,
    StartRecording,
    StopCard,
    StopRecording,
)
from kiosk.headphones import Headphones
from kiosk.idle_clock import IdleClock, IdleTimes
from kiosk.navigator import Navigator
from kiosk.news import news
from kiosk.screens.ending import STAY, YES_STOP
from kiosk.screens.hours import SAID as CLOSING_SAID
from kiosk.status_work import StatusOffice, StatusWork
from kiosk.sync_signals import SyncSignals
from kiosk.tray_work import TrayWork
from kiosk.view import HUMAN, LOUDER, NEXT, READ, SOFTER, Choices, ErrorText, Event, Pressed, Typed, View
from kiosk.visit_ports import Ear, Office, Screen

NEXT_DIGIT_MS = 4000  # who looks for the next key has it by then
SAYS_AGAIN_S = 20  # the warning is heard twice at most: when it comes, and once more with this much time left
_WARNING_PARTS = ("title", "left", "choice", STAY, YES_STOP)
_PLACE_PARTS = ("where", "title")


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
        clock_ms: Callable[[], int] | None = None,
        chime: Callable[[], None] = lambda: None,
        hears_alone: Callable[[], bool] = lambda: False,
        headphones: Headphones | None = None,
        understanding: UnderstandingLog | None = None,
        signals: Callable[[], SyncSignals] | None = None,
        status_office: StatusOffice | None = None,
        draft_office: DraftOffice | None = None,
        failed: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        super().__init__()
        self._navigator = navigator
        self._screen = screen
        self._ear = ear
        self._office = office
        self._background = background
        self._ended = ended
        self._chime = chime  # a soft sound, for who does not have the screen read aloud
        self._hears_alone = hears_alone  # headphones are in: words instead of the sound
        self._headphones = headphones or Headphones(Texts)
        self._understanding = understanding
        self._signals_of = signals
        self._failed = failed  # told what broke, for who looks after the kiosk
        self._signals: SyncSignals | None = None
        self._is_over = False
        self._shown_beside: Callable[[View], None] = lambda view: None  # a helper's window
        self._help_called: Callable[[], None] = lambda: None
        self._shown_last: View | None = None
        self._printing = 0
        self._idle_clock = IdleClock(
            idle or IdleTimes(),
            is_untouched=lambda: self._navigator.is_untouched,
            is_at_work=self._is_at_work,
            warned=self._on_warned,
            ended=self._on_idled,
            clock_ms=clock_ms,
        )
        self._digit_timer = QTimer(self)
        self._digit_timer.setSingleShot(True)
        self._digit_timer.setInterval(NEXT_DIGIT_MS)
        self._digit_timer.timeout.connect(self._on_digit_timer_timeout)
        self._tray_work = TrayWork(navigator.desk, background, self._on_tray_changed)
        self._status_work = StatusWork(navigator, status_office, background, self._on_tray_changed, failed)
        self._draft_work = DraftWork(navigator, draft_office, background, self._on_tray_changed, failed)
        self._card_work = CardWork(navigator.card_desk, None, self._on_tray_changed)

    def take_tray_work(self, make: Callable[[Callable[[], None]], TrayWork]) -> None:
        """Take pictures and microphone, which are looked for only after the first screen stands."""
        self._tray_work = make(self._on_tray_changed)

    def take_card_work(self, make: Callable[[Callable[[], None]], CardWork]) -> CardWork:
        """Take the ID reader, which is looked for only when the visit is on the screen."""
        self._card_work.close()
        self._card_work = make(self._on_tray_changed)
        return self._card_work

    def take_ear(self, ear: Ear) -> None:
        """Take the voice, which is ready only after the first screen stands."""
        self._ear = ear
        ear.set_rate(self._navigator.preferences.speech_rate)
        self._navigator.sound_desk.volume_changed(ear.volume)
        if self._navigator.view.preferences.is_reading:
            ear.read(self._navigator.view)

    def take_helper(self, shown: Callable[[View], None], called: Callable[[], None]) -> None:
        """Tell a helper's window each screen, and that a person is called."""
        self._shown_beside, self._help_called = shown, called

    def done_beside(self, effects: tuple[Effect, ...]) -> None:
        """Show and carry out what came of something that a helper beside the visitor did."""
        if self._is_over:
            return
        self.is_there()
        self._show(is_typing=True)
        for effect in effects:
            self._carry_out(effect)

    def tell_beside(self, said: str = "") -> None:
        """Show something new about the helper, and let who does not look at the screen know."""
        if self._is_over:
            return
        self.is_there()
        self._show()
        if said:
            self._ear.say(said, self._navigator.view.language, Privacy.OPEN)
        elif not self._navigator.view.preferences.is_reading:
            self._chime()

    def pointed_at(self, part_id: str) -> None:
        """Say what a helper points at, to who has the screen read aloud; else a soft sound."""
        if self._is_over:
            return
        self.is_there()
        view = self._navigator.view
        if view.preferences.is_reading or self._hears_alone():
            self._ear.read(view, (part_id,), first=self._navigator.words.tr("together.points"))
        else:
            self._chime()

    @property
    def ear(self) -> Ear:
        """Give the voice of now."""
        return self._ear

    def end(self, at: EndsAt) -> None:
        """End this visit, as somebody asked who is no visitor."""
        self._end(at)

    def show_again(self) -> None:
        """Show the screen of now, after something that stood over it."""
        if not self._is_over:
            self._idle_clock.restart()
            self._show()

    @property
    def navigator(self) -> Navigator:
        """Give the navigator of this visit."""
        return self._navigator

    def begin(self) -> None:
        """Show the first screen and start the idle clock."""
        self._show()
        self._idle_clock.restart()

    def handle(self, event: Event) -> None:
        """Take an event of the window: speech stops, the navigator answers, the screen follows."""
        if self._is_over:
            return
        if not (isinstance(event, Pressed) and event.id in (LOUDER, SOFTER)):
            self._ear.stop()  # a voice that is made louder speaks on
        self._tray_work.hush()
        self._headphones.forget()
        self._idle_clock.restart()
        was_warned = self._navigator.is_warned
        effects = self._navigator.handle(event)
        if event == Pressed(HUMAN):
            self._help_called()
        if was_warned and event == Pressed(STAY):
            self._stay()
        elif not any(isinstance(effect, EndVisit) for effect in effects):
            self._show(
                asked_to_read=event == Pressed(READ),
                wants_on=event == Pressed(NEXT),
                is_typing=isinstance(event, Typed) and not self._navigator.has_taken_number,
            )
        self._ear.set_rate(self._navigator.preferences.speech_rate)
        for effect in effects:
            self._carry_out(effect)

    def touched(self) -> None:
        """Know that the visitor is there (a touch that hit nothing, a key).

        Speech stops, the idle clock starts again, and a warning that stands goes away.
        """
        self._ear.stop()
        if self._is_over:
            return
        self._idle_clock.restart()
        if self._navigator.is_warned:
            self._stay()

    def begin_with_headphones(self) -> None:
        """Know that headphones were in before the visit began: read aloud, but nobody needs to be there."""
        self.headphones_changed(are_in=True)
        self._navigator.plain = self._navigator.preferences

    def headphones_changed(self, are_in: bool) -> None:
        """Read from the top when headphones went in, without being asked; be quiet when they went out."""
        if self._is_over:
            return
        self.touched()
        self._tray_work.hush()
        self._navigator.preferences = self._headphones.preferences(self._navigator.preferences, are_in=are_in)
        self._headphones.forget()
        if not are_in and not self._navigator.is_untouched:
            self._headphones.went_out()
        self._show()
        if are_in:
            view = self._navigator.view
            self._ear.read(view, first=self._headphones.greeting(view.language))

    def key_said(self, name: str, privacy: Privacy) -> None:
        """Say a key of the keyboard on the screen to who has the screen read aloud."""
        view = self._navigator.view
        if view.preferences.is_reading and not self._is_over:
            self._ear.say(name, view.language, privacy)

    def say(self, text: str, language: str) -> None:
        """Say something that is no part of the screen, to who had it read aloud a moment ago."""
        if not self._is_over:
            self._ear.say(text, language, Privacy.OPEN)

    def walked(self, part_id: str, name: str) -> None:
        """Say what a key came to; where the screen itself does not word it, say its name."""
        view = self._navigator.view
        if not view.preferences.is_reading or self._is_over:
            return
        if part_id:
            self._ear.read(view, (part_id,))
        else:
            self._ear.say(name, view.language, Privacy.OPEN)

    def _show(self, *, asked_to_read: bool = False, wants_on: bool = False, is_typing: bool = False) -> None:
        view, before = self._headphones.on(self._navigator.view), self._shown_last
        self._screen.show_view(view)
        self._shown_beside(view)
        if view.is_over:
            if asked_to_read and view.preferences.is_reading:
                self._ear.read(view)
            return  # what stands behind it comes back, and is no news then
        self._shown_last = view
        if not view.preferences.is_reading:
            return
        if before is None or view.name != before.name or asked_to_read:
            self._ear.read(view)
        elif not is_typing and (new := self._worth_saying(news(before, view))):
            self._say_new(view, new)
        elif wants_on and (problems := tuple(part.id for part in view.parts if isinstance(part, ErrorText))):
            self._ear.read(view, problems)  # it still keeps them here; silence would not tell them

    def _worth_saying(self, new: tuple[str, ...]) -> tuple[str, ...]:
        """Let what the visitor asked for interrupt the voice, but not where the case has got to meanwhile."""
        return tuple(part_id for part_id in new if part_id != "status" or not self._ear.is_speaking)

    def _say_new(self, view: View, new: tuple[str, ...]) -> None:
        """Say what is new; in the hall, not which of the private answers was pressed: said alone, it is the answer."""
        private = tuple(
            f"{part.id}."
            for part in view.parts
            if isinstance(part, Choices) and part.privacy is not Privacy.OPEN and not self._hears_alone()
        )
        said = tuple(part_id for part_id in new if not part_id.startswith(private))
        if said:
            self._ear.read(view, said)
        else:
            self._ear.say(self._navigator.words.tr("voice.chosen"), view.language, Privacy.OPEN)

    def _change_volume(self, by: int) -> None:
        """Make it louder or softer; who hears nothing now is told how loud it is."""
        is_told = not self._ear.is_speaking
        told = self._navigator.sound_desk.volume_changed(self._ear.louder() if by > 0 else self._ear.softer())
        self._screen.show_view(self._navigator.view)
        for effect in told if is_told else ():
            self._carry_out(effect)

    def _say_where(self) -> None:
        view = self._navigator.view
        if view.preferences.is_reading or self._hears_alone():
            self._ear.read(view, _PLACE_PARTS)

    # -- effects ---------------------------------------------------------------------------------------------------

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case EndVisit():
                self._end(effect.at)
            case SayParts():
                self._ear.read(self._navigator.view, effect.part_ids)
            case ReadAgain() | RepeatPart() | ChangeVolume() | SayText() | SayWhere():
                self._speak(effect)
            case AwaitDigit():
                self._digit_timer.start()
            case CountReply():
                self._count(effect)
            case FileCase():
                order = effect.order
                self._background.run(lambda: self._office.file(order), self._on_filed, self._on_filing_failed)
                # Behind it in the same lane: nobody waits for it, and the end of the visit does not cut it off.
                self._background.run(self._office.keep_copies, lambda _none: None, self._failed)
            case PrintReceipt():
                receipt = effect.receipt
                self._print(lambda: self._office.print_receipt(receipt))
            case PrintPaperRoad():
                order, is_haste = effect.order, effect.is_haste
                self._print(lambda: self._office.print_paper_road(order, is_haste=is_haste))
            case PrintLetter() | PrintStrip() | PrintPhoneCard() | PrintDraftCode():
                self._print_sheet(effect)
            case FindPictures() | FetchPicture() | StartRecording() | StopRecording() | PlayRecording():
                self._tray_work.carry_out(effect)
            case AskStatus() | AddToCase():
                self._status_work.carry_out(effect)
            case ReadCard() | StopCard():
                self._card_work.carry_out(effect)
            case KeepDraft() | OpenDraft() | ForgetDraft():
                self._draft_work.carry_out(effect)

    def _on_digit_timer_timeout(self) -> None:
        if not self._is_over and self._navigator.stopped_typing():
            self._show()

    def _count(self, effect: CountReply) -> None:
        if self._understanding is not None:
            log, text, reply = self._understanding, effect.text, effect.reply
            self._background.run(lambda: log.count(text, reply), lambda _none: None, self._failed)

    def _speak(self, effect: SoundEffect) -> None:
        match effect:
            case ChangeVolume():
                self._change_volume(effect.by)
            case ReadAgain():
                self._ear.read(self._navigator.view)
            case RepeatPart():
                self._ear.repeat(effect.by)
            case SayText():
                self._ear.say(effect.text, self._navigator.view.language, Privacy.OPEN)
            case SayWhere() if self._ear.is_speaking:
                pass  # the screen is another one by now, and is being read
            case SayWhere():
                self._say_where()

    def _on_tray_changed(self) -> None:
        if self._is_over:
            return
        self._show()

    def _on_filed(self, receipt: Receipt) -> None:
        effects = self._navigator.filed(receipt)
        if self._is_over:
            return
        # First the receipt; only then whatever else may go wrong.
        self.is_there()
        self._show()
        for effect in effects:
            self._carry_out(effect)
        case_id = self._navigator.case_id
        if self._signals_of is not None and case_id is not None:
            self._signals = self._signals_of()
            self._signals.status_changed.connect(self._on_signals_status_changed)
            self._signals.watch(case_id)

    def _on_filing_failed(self, error: Exception) -> None:
        self._failed(error)
        self._navigator.filing_failed(is_unsure=isinstance(error, StoreUnsureError))
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
            self.is_there()
            self._show()

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
            self.is_there()
            self._show()

    def _end(self, at: EndsAt) -> None:
        """End at once; a case that is being written is written first, by the process's own end."""
        if self._is_over:
            return
        self._is_over = True
        self._idle_clock.stop()
        self._ear.stop()
        self._tray_work.hush()
        self._card_work.close()
        if self._signals is not None:
            self._signals.stop()
        self._ended(at)

    # -- idle ------------------------------------------------------------------------------------------------------

    def is_there(self) -> None:
        """Know that the visitor is there, or has something new to see, without a word being cut off."""
        if not self._is_over:
            self._navigator.stay()
            self._idle_clock.restart()

    def give_idle_times(self, times: IdleTimes) -> None:
        """Let the visit lie still for another while than it began with."""
        self._idle_clock.give(times)

    def closes_soon(self, closes_at: datetime) -> bool:
        """Say that the place closes soon, in picture and aloud; False when it cannot be said just now."""
        if self._is_over or not self._navigator.can_be_told or self._tray_work.is_listening:
            return False
        self._navigator.closing_desk.warn(closes_at)
        self._show()
        self._ear.read(self._navigator.view, CLOSING_SAID)
        return True

    def _is_at_work(self) -> bool:
        """Tell whether the visitor waits for Loket, or listens or speaks to it: such time does not count (PEOPLE 1)."""
        return (
            self._ear.is_speaking
            or self._printing > 0
            or self._tray_work.is_listening
            or self._tray_work.is_playing
            or self._card_work.is_reading
            or self._background.is_busy
        )

    def _on_warned(self, seconds_left: int) -> None:
        """Say it in picture and words, and once more aloud shortly before the end; nothing ever blinks."""
        is_first = not self._navigator.is_warned
        self._navigator.warn_idle(seconds_left)
        view = self._navigator.view
        self._screen.show_view(view)
        if not is_first and seconds_left != SAYS_AGAIN_S:
            return
        if view.preferences.is_reading or self._hears_alone():
            self._ear.read(view, _WARNING_PARTS)
        else:
            self._chime()

    def _stay(self) -> None:
        """Take the warning away; the screen is exactly as it was, and who cannot see it hears where that is."""
        self._navigator.stay()
        self._show()
        self._say_where()

    def _on_idled(self) -> None:
        self._end(EndsAt.START)
