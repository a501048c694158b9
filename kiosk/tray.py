# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies beside the answers of one visit: photos, papers and recordings, in memory only, gone with the visit.

It holds and hands out; the devices behind it are `kiosk.tray_work`'s, the screens are `kiosk.screens`'.
"""

from __future__ import annotations

from domain.answers import AttachmentRefs, Spoken
from domain.attachment import NOTHING_HEARD, Attachment, FileContent, Heard, ShelfPicture
from domain.journey import Journey
from domain.validation import understand
from kiosk.screens.asked import Beside, Phase


class Tray:
    """The attachments of one visit, and what a device is doing for which question."""

    def __init__(self) -> None:
        self._attachments: dict[str, Attachment] = {}
        self._made = 0
        self._shelf: tuple[ShelfPicture, ...] | None = None
        self._heard = NOTHING_HEARD
        self._phase = Phase.QUIET
        self._looks_for = ""
        self._fetches_for = ""
        self.records_for = ""  # question id; empty: the microphone is off

    @property
    def beside(self) -> Beside:
        """Give it all as the screens need it."""
        return Beside(dict(self._attachments), self._shelf, bool(self._fetches_for), self._phase, self._heard)

    @property
    def is_recording(self) -> bool:
        """Tell whether the microphone is on."""
        return self._phase is Phase.RECORDING

    def add(self, file: FileContent) -> Attachment:
        """Take a file and give it an id."""
        self._made += 1
        attachment = Attachment(f"bijlage-{self._made}", file)
        self._attachments[attachment.id] = attachment
        return attachment

    def drop(self, attachment_id: str) -> None:
        """Forget a file."""
        self._attachments.pop(attachment_id, None)

    def get(self, attachment_id: str) -> Attachment | None:
        """Give a file by its id."""
        return self._attachments.get(attachment_id)

    def look(self, question_id: str) -> None:
        """Begin to look which pictures there are for a question."""
        self._shelf, self._looks_for = None, question_id

    def fetch(self) -> None:
        """Begin to fetch a picture, for the question that it was looked for."""
        self._fetches_for = self._looks_for

    def fetched(self) -> str:
        """End fetching; give the question that it was for."""
        question_id, self._fetches_for = self._fetches_for, ""
        return question_id

    def found(self, pictures: tuple[ShelfPicture, ...]) -> None:
        """Know which pictures there are."""
        self._shelf = pictures

    def record(self, question_id: str) -> None:
        """Begin to record."""
        self.records_for, self._phase, self._heard = question_id, Phase.RECORDING, NOTHING_HEARD

    def heard(self, heard: Heard) -> None:
        """Know how far the recording is."""
        self._heard = heard

    def end_recording(self, *, is_failed: bool = False) -> None:
        """Know that the microphone is off."""
        self.records_for, self._phase = "", Phase.FAILED if is_failed else Phase.QUIET

    def of(self, journey: Journey) -> tuple[Attachment, ...]:
        """Give what belongs to the answers of a journey, in their order; nothing else leaves the tray."""
        ids: list[str] = []
        for question, answer in journey.answered():
            match understand(question, answer, journey.today):
                case AttachmentRefs(found):
                    ids.extend(found)
                case Spoken(recording) if recording:
                    ids.append(recording)
        return tuple(self._attachments[each] for each in ids if each in self._attachments)
