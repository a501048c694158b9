# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the navigator asks of the visit.

Things that reach outside the screen. Values only; the visit carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.answers import Answers
from domain.attachment import Attachment, FileContent
from domain.case import CaseId
from domain.consent import Consents
from domain.document_seen import DocumentSeen
from domain.draft import Draft, KeptDraft
from domain.filled_by import NOBODY, FilledBy
from domain.follow_up import ChangedLine, FollowUpKind
from domain.receipt import Receipt
from domain.service import ServiceDefinition
from domain.status_check import FoundCase
from domain.understanding import Reply, TextVersion
from kiosk.devices.emrtd.document import AccessKey


class EndsAt(StrEnum):
    """What the next visit begins with."""

    START = "start"
    NEUTRAL = "neutral"  # after "Snel weg"
    STAFF = "staff"  # somebody who works here wants to sign in
    CLOSED = "closed"  # nothing: somebody of IT took Loket from the screen
    AGAIN = "again"  # all of Loket anew: somebody of IT started it again


@dataclass(frozen=True, slots=True)
class Order:
    """One case as the visitor confirmed it; made once, so that trying again can never double it."""

    case_id: CaseId
    reference: str
    status_code: str
    definition: ServiceDefinition
    answers: Answers
    today: date
    language: str
    attachments: tuple[Attachment, ...] = ()
    draft_id: str = ""  # what the answers were kept under meanwhile; it goes when the case is kept
    consents: Consents = field(default_factory=Consents)  # what a helper beside the visitor was allowed
    filled_by: FilledBy = NOBODY  # the member of staff who typed it for the citizen
    flag: str = ""  # the red flag that a helper raised (H18)
    document_seen: DocumentSeen | None = None  # where an answer came from a chip that was found in order (S08)
    is_changed: bool = False  # with other answers it may have been kept already, though nobody was told


@dataclass(frozen=True, slots=True)
class FileCase:
    """Keep this case durably; answer with `Navigator.filed` or `Navigator.filing_failed`."""

    order: Order


@dataclass(frozen=True, slots=True)
class AwaitDigit:
    """A digit is kept back; when nothing is typed for a while, call `Navigator.stopped_typing`."""


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt; answer with `Navigator.printed`."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class PrintPaperRoad:
    """Print the answers on paper for the counter (feature U05): it cannot wait, or cannot be kept."""

    order: Order
    is_haste: bool


@dataclass(frozen=True, slots=True)
class PrintLetter:
    """Print a letter to sign, with its copy; the order need not be a kept case."""

    order: Order
    letter_id: str


@dataclass(frozen=True, slots=True)
class PrintStrip:
    """Print the result with its countdown for who only wanted to know; no case goes with it."""

    order: Order


@dataclass(frozen=True, slots=True)
class PrintPhoneCard:
    """Print what can be said on the phone, the Dutch beside this language."""

    definition: ServiceDefinition
    language: str
    today: date


@dataclass(frozen=True, slots=True)
class SayParts:
    """Say these parts of the screen aloud with all their pieces, whether or not reading is on."""

    part_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Read the screen from the top."""


@dataclass(frozen=True, slots=True)
class RepeatPart:
    """Say what was said last once more, or with `by` the piece before (-1) or after (1) it."""

    by: int = 0


@dataclass(frozen=True, slots=True)
class ChangeVolume:
    """Make the voice louder (1) or softer (-1); answer with `SoundDesk.volume_changed`."""

    by: int


@dataclass(frozen=True, slots=True)
class SayText:
    """Say a sentence that is no part of the screen, such as how loud it is now."""

    text: str


@dataclass(frozen=True, slots=True)
class SayWhere:
    """Say where the visitor is and what has the focus, after something that stood over the screen."""


@dataclass(frozen=True, slots=True)
class EndVisit:
    """End this visit and everything it knew."""

    at: EndsAt = EndsAt.START


@dataclass(frozen=True, slots=True)
class CountReply:
    """Count whether a text was understood; nothing about who, when or where goes with it."""

    text: TextVersion
    reply: Reply


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Ask the store how far a case is; answer with `Navigator.status_answered`."""

    reference: str
    status_code: str


@dataclass(frozen=True, slots=True)
class AddToCase:
    """Keep what the citizen adds to a case; answer with `Navigator.added_to_case`."""

    kind: FollowUpKind
    case: FoundCase
    follow_up_id: str
    lines: tuple[ChangedLine, ...] = ()


StatusEffect = AskStatus | AddToCase
"""What the screens of a status ask of the store; `kiosk.status_work` carries it out."""


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep what was answered under a code; answer with `Navigator.draft_kept`. Only when the visitor chose it."""

    draft: Draft
    instead_of: str = ""  # the draft that it replaces


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Look what was kept under a code; answer with `Navigator.draft_answered`."""

    code: str


@dataclass(frozen=True, slots=True)
class ForgetDraft:
    """Take away what was kept; answer with `Navigator.draft_forgotten`."""

    draft_id: str


DraftEffect = KeepDraft | OpenDraft | ForgetDraft
"""What the screens of "Later verder" ask; `kiosk.draft_work` carries it out."""


@dataclass(frozen=True, slots=True)
class PrintDraftCode:
    """Print the code to go on later, and until when."""

    kept: KeptDraft
    language: str
    today: date


Sheet = PrintLetter | PrintStrip | PrintPhoneCard | PrintDraftCode


@dataclass(frozen=True, slots=True)
class FindPictures:
    """Look which pictures can be chosen; answer with `TrayDesk.pictures_found`."""


@dataclass(frozen=True, slots=True)
class FetchPicture:
    """Fetch and check a picture; answer with `TrayDesk.picture_fetched` or `TrayDesk.picture_refused`."""

    picture_id: str


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Record what the visitor says; answer with `TrayDesk.heard`, or `TrayDesk.recording_failed`."""


@dataclass(frozen=True, slots=True)
class StopRecording:
    """End the recording; answer with `TrayDesk.recorded`."""


@dataclass(frozen=True, slots=True)
class PlayRecording:
    """Play a recording aloud."""

    file: FileContent


TrayEffect = FindPictures | FetchPicture | StartRecording | StopRecording | PlayRecording
"""What reaches the devices behind an answer; `kiosk.tray_work` carries it out."""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read the document that is laid down, once, with this key; answer with `CardDesk.done`."""

    key: AccessKey


@dataclass(frozen=True, slots=True)
class StopCard:
    """Stop reading; nothing of it is wanted any more."""


CardEffect = ReadCard | StopCard
"""What the screens of an ID document ask of the reader; `kiosk.card_work` carries it out."""

SoundEffect = ReadAgain | RepeatPart | ChangeVolume | SayText | SayWhere
Effect = (
    AwaitDigit
    | TrayEffect
    | SoundEffect
    | StatusEffect
    | DraftEffect
    | CardEffect
    | FileCase
    | PrintReceipt
    | PrintPaperRoad
    | Sheet
    | SayParts
    | CountReply
    | EndVisit
)
