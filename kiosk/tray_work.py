# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carries out what the tray needs of devices: looks for pictures, fetches and checks one, records, plays.

Pictures and microphone are ports, so that tests and a machine without them have their own. Lives in the UI thread;
the work is done in the device lane.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from domain.attachment import LONGEST_RECORDING_S, FileContent, Heard, ShelfPicture
from domain.errors import AttachmentError, AttachmentReason
from kiosk.background import Background, Lane
from kiosk.effects import FetchPicture, FindPictures, PlayRecording, StartRecording, StopRecording, TrayEffect
from kiosk.tray_desk import TrayDesk

_LISTENS_EVERY_MS = 500
T = TypeVar("T")


class PictureShelf(Protocol):
    """Where pictures can be chosen from; `kiosk.picture_folder.PictureFolder` is the real one."""

    def pictures(self) -> tuple[ShelfPicture, ...]:
        """Give the pictures, newest first."""
        ...

    def fetch(self, picture_id: str) -> FileContent:
        """Give one, checked and cleaned; raises AttachmentError."""
        ...


class Recorder(Protocol):
    """Listens; `kiosk.devices.recorder.MicrophoneRecorder` is the real one."""

    def start(self) -> bool:
        """Begin anew; False where there is no microphone."""
        ...

    def heard(self) -> Heard:
        """Tell how far it is."""
        ...

    def stop(self) -> FileContent | None:
        """End and give what was said; None for nothing."""
        ...


class NoShelf:
    """A place without pictures."""

    def pictures(self) -> tuple[ShelfPicture, ...]:
        """Give none."""
        return ()

    def fetch(self, picture_id: str) -> FileContent:
        """Have none."""
        raise AttachmentError(AttachmentReason.GONE)


class NoRecorder:
    """A place without a microphone."""

    def start(self) -> bool:
        """Do not begin."""
        return False

    def heard(self) -> Heard:
        """Never asked: it does not begin."""
        raise NotImplementedError

    def stop(self) -> FileContent | None:
        """Have nothing."""
        return None


class TrayWork(QObject):
    """Does the device work of one visit's tray and brings the news to its desk."""

    def __init__(
        self,
        desk: TrayDesk,
        background: Background,
        changed: Callable[[], None],
        shelf: PictureShelf | None = None,
        recorder: Recorder | None = None,
        play: Callable[[FileContent], None] | None = None,
        hush: Callable[[], None] | None = None,
        is_playing: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._changed = changed
        self._shelf = shelf or NoShelf()
        self._recorder = recorder or NoRecorder()
        self._play = play
        self._hush = hush
        self._is_playing = is_playing
        self._timer = QTimer(self)
        self._timer.setInterval(_LISTENS_EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_listening(self) -> bool:
        """Tell whether the microphone is on."""
        return self._timer.isActive()

    @property
    def is_playing(self) -> bool:
        """Tell whether a recording is being played."""
        return self._is_playing()

    def carry_out(self, effect: TrayEffect) -> None:
        """Do it; the outcome reaches the desk later."""
        match effect:
            case FindPictures():
                self._run(self._shelf.pictures, self._desk.pictures_found, self._on_finding_failed)
            case FetchPicture():
                picture_id = effect.picture_id
                self._run(lambda: self._shelf.fetch(picture_id), self._desk.picture_fetched, self._on_fetching_failed)
            case StartRecording():
                self._timer.start()
                self._run(self._recorder.start, self._on_started, lambda _error: self._on_started(is_on=False))
            case StopRecording():
                self._timer.stop()
                self._run(self._recorder.stop, self._desk.recorded, lambda _error: self._desk.recorded(None))
            case PlayRecording():
                if self._play is not None:
                    self._play(effect.file)

    def hush(self) -> None:
        """Stop what is being played."""
        if self._hush is not None:
            self._hush()

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        def tell(news: Callable[[T], None], what: T) -> None:
            news(what)
            self._changed()

        def complain(error: Exception) -> None:
            failed(error)
            self._changed()

        self._background.run(work, lambda found: tell(done, found), complain, Lane.DEVICES)

    def _on_finding_failed(self, _error: Exception) -> None:
        self._desk.pictures_found(())

    def _on_fetching_failed(self, error: Exception) -> None:
        reason = error.reason if isinstance(error, AttachmentError) else AttachmentReason.BROKEN
        self._desk.picture_refused(reason)

    def _on_started(self, is_on: bool) -> None:
        if not is_on:
            self._timer.stop()
            self._desk.recording_failed()

    def _on_timer_timeout(self) -> None:
        """Show how far it is, and end a recording that is as long as it may be."""
        if not self._desk.tray.is_recording:
            self._timer.stop()
            return
        heard = self._recorder.heard()
        self._desk.heard(heard)
        self._changed()
        if heard.seconds >= LONGEST_RECORDING_S:
            self.carry_out(StopRecording())
