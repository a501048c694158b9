# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes with a case besides words: a photo, a paper, a recording. It lives in the visit's memory only.

Where it comes from is `kiosk.devices`; it leaves the visit sealed, as a document of the submission.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_RECORDING_S = 180


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that was looked at and may be kept; never shown in a log or an error."""

    media_type: str
    content: bytes = field(repr=False)
    preview: bytes = field(default=b"", repr=False)  # a small picture of it; empty for a paper and for sound
    seconds: int = 0  # of a recording


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as part of an answer, which names it by its id."""

    id: str
    file: FileContent


@dataclass(frozen=True, slots=True)
class ShelfPicture:
    """A picture that can be chosen; `taken` is the time of day, "14.20"."""

    id: str
    taken: str
    preview: bytes = field(default=b"", repr=False)
    is_paper: bool = False


class Loudness(StrEnum):
    """How loud somebody speaks into the microphone, for who cannot see a moving bar."""

    NOTHING = "nothing"
    SOFT = "soft"
    GOOD = "good"
    LOUD = "loud"


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a recording is."""

    seconds: int
    loudness: Loudness


NOTHING_HEARD = Heard(0, Loudness.NOTHING)
