# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a press does that concerns photos and recordings, and what news of them does to the answers.

`kiosk.press_desk` hands over such presses, the navigator lends its screen (`AnswerScreen`); what lies in the tray is
`kiosk.tray`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.attachment import FileContent, Heard, ShelfPicture
from domain.errors import AttachmentReason
from kiosk.effects import Effect, FetchPicture, FindPictures, PlayRecording, StartRecording, StopRecording
from kiosk.screens import photo_answer, spoken_answer
from kiosk.screens.asked import Beside
from kiosk.tray import Tray


class AnswerScreen(Protocol):
    """The question on the screen, and the answers behind it; `kiosk.navigator.Navigator` is the real one."""

    @property
    def asked_id(self) -> str:
        """Give the id of the question on the screen; empty when there is none."""
        ...

    def fields_of(self, question_id: str) -> Mapping[str, str]:
        """Give what was filled in for a question."""
        ...

    def put(self, question_id: str, fields: Mapping[str, str]) -> None:
        """Fill in a question, on the screen or among the answers."""
        ...

    def blame(self, question_id: str, code: str) -> None:
        """Say what to do about a question, when it is on the screen."""
        ...

    def show_pictures(self) -> None:
        """Go aside to the pictures to choose from."""
        ...

    def leave_pictures(self) -> None:
        """Go back from there."""
        ...


class TrayDesk:
    """Takes the presses and the news of one visit's tray."""

    def __init__(self, screen: AnswerScreen) -> None:
        self._screen = screen
        self.tray = Tray()

    @property
    def beside(self) -> Beside:
        """Give what lies beside the answers, as the screens need it."""
        return self.tray.beside

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a button of a photo or a recording; None when it is another button."""
        if button.startswith("photo."):
            return self._pressed_photo(button)
        return self._pressed_spoken(button) if button.startswith("spoken.") else None

    def _pressed_photo(self, button: str) -> tuple[Effect, ...]:
        screen = self._screen
        if button == photo_answer.CHOOSE and screen.asked_id:
            self.tray.look(screen.asked_id)
            screen.show_pictures()
            return (FindPictures(),)
        if button.startswith(photo_answer.TAKE):
            screen.leave_pictures()
            self.tray.fetch()
            return (FetchPicture(button.removeprefix(photo_answer.TAKE)),)
        if button.startswith(photo_answer.REMOVE):
            gone, fields = button.removeprefix(photo_answer.REMOVE), screen.fields_of(screen.asked_id)
            self.tray.drop(gone)
            left = tuple(each for each in photo_answer.photo_ids(fields) if each != gone)
            screen.put(screen.asked_id, photo_answer.with_photos(fields, left))
        return ()

    def _pressed_spoken(self, button: str) -> tuple[Effect, ...]:
        screen = self._screen
        if button == spoken_answer.START and screen.asked_id and not self.tray.is_recording:
            self.tray.record(screen.asked_id)
            return (StartRecording(),)
        if button == spoken_answer.STOP and self.tray.is_recording:
            return (StopRecording(),)
        fields = screen.fields_of(screen.asked_id)
        kept = self.tray.get(fields.get(spoken_answer.FIELD, ""))
        if kept is not None and button == spoken_answer.PLAY:
            return (PlayRecording(kept.file),)
        if kept is not None and button == spoken_answer.ERASE:
            self.tray.drop(kept.id)
            screen.put(screen.asked_id, {**fields, spoken_answer.FIELD: ""})
        return ()

    def moved(self) -> tuple[Effect, ...]:
        """Never listen on another screen than the one that says so; what was said until then is kept."""
        if self.tray.is_recording and self._screen.asked_id != self.tray.records_for:
            return (StopRecording(),)
        return ()

    # -- news ------------------------------------------------------------------------------------------------------

    def pictures_found(self, pictures: tuple[ShelfPicture, ...]) -> None:
        """Take the news of which pictures can be chosen."""
        self.tray.found(pictures)

    def picture_fetched(self, file: FileContent) -> None:
        """Take a picture that was fetched, checked and cleaned."""
        asked = self.tray.fetched()
        fields = self._screen.fields_of(asked)
        ids = (*photo_answer.photo_ids(fields), self.tray.add(file).id)
        self._screen.put(asked, photo_answer.with_photos(fields, ids))

    def picture_refused(self, reason: AttachmentReason) -> None:
        """Take the news that a picture cannot be taken."""
        self._screen.blame(self.tray.fetched(), f"photo-{reason.value}")

    def heard(self, heard: Heard) -> None:
        """Take the news of how far a recording is."""
        self.tray.heard(heard)

    def recorded(self, file: FileContent | None) -> None:
        """Take a recording that has ended; None when nothing was heard."""
        asked = self.tray.records_for
        self.tray.end_recording(is_failed=file is None)
        if file is not None and asked:
            recording = self.tray.add(file)
            self._screen.put(asked, {**self._screen.fields_of(asked), spoken_answer.FIELD: recording.id})

    def recording_failed(self) -> None:
        """Take the news that there is no microphone after all."""
        self.tray.end_recording(is_failed=True)
