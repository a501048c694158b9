# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Loket raises on purpose, as one tree.

    ExpectedError                 has a slug: the key of its text, its log event and its runbook line
    ├── DefinitionError           a service definition or text file is wrong; that service closes
    ├── SettingsError             a setting is wrong; names the key
    ├── StoreError                the store cannot keep or read a case
    │   ├── StoreFullError
    │   ├── StoreReadOnlyError
    │   ├── StoreDamagedError
    │   ├── StoreGoneError        its folder or disk is not there any more
    │   ├── StoreUnsureError      the disk failed in the middle: kept or not, nobody can tell now
    │   └── TamperedError         a row does not match what was sealed
    ├── ClockDoubtedError         the machine's clock cannot be right
    ├── SealingError              no key, or a key that does not fit
    ├── DeliveryError             a server call failed: did it answer, and will waiting help?
    │   ├── UnreachableError      no usable answer; waiting helps
    │   ├── UnauthorisedError     answered; a person must mend the credentials
    │   └── RejectedError         answered; a person must look
    │       └── PracticeError     a practice case: it goes nowhere
    ├── OutageError               a message that closes services is not taken; the last good one stays
    │   ├── OutageUnreadableError
    │   ├── OutageForgedError
    │   ├── OutageElsewhereError
    │   ├── OutageReplayedError
    │   └── OutageExpiredError
    ├── ContentError              a content package is not taken; the last good one stays
    │   └── Content...Error       unreadable, cut off, forged, elsewhere, older, replayed, and so on
    ├── StaffError                who looks after Loket gave a number, PIN or badge that cannot be
    ├── AttachmentError           a photo or paper cannot be taken; its reason keys the kind text
    └── PaperError                a page cannot be made or printed

A citizen's mistake is a value (`domain.answers.Problem`) and is never raised.
No error text ever bears an answer, a name or a number of a citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ExpectedError(Exception):
    """Something that can happen in the world and has a remedy; `says` and `remedy` are for staff, not for citizens."""

    slug: ClassVar[str] = "expected"

    def __init__(self, says: str, remedy: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the one line that a command prints: slug, what is wrong, what to do."""
        return f"{self.slug}: {self.says}" + (f" -> {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """One thing wrong in a definition or text file, so that an editor finds it at once."""

    file: str
    line: int
    says: str


class DefinitionError(ExpectedError):
    """A service definition is wrong; holds every problem found, not only the first."""

    slug = "definition"

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"{first.file}:{first.line}: {first.says}{more}", "mend the file; `loket content check` lists all"
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing wrong in the settings file; `key` is empty when the file as a whole cannot be read."""

    file: str
    key: str
    says: str
    remedy: str

    def __str__(self) -> str:
        """Give the problem as one sentence."""
        return f"{self.file}: {self.key}: {self.says}" if self.key else f"{self.file}: {self.says}"


class SettingsError(ExpectedError):
    """A setting is wrong; the text names file and key. Holds every problem that was found in the file."""

    slug = "settings"

    def __init__(self, says: str, remedy: str = "", problems: tuple[SettingProblem, ...] = ()) -> None:
        super().__init__(says, remedy)
        self.problems = problems

    @classmethod
    def of(cls, problems: tuple[SettingProblem, ...]) -> SettingsError:
        """Make one error of all problems."""
        if len(problems) == 1:
            return cls(str(problems[0]), problems[0].remedy, problems)
        return cls("; ".join(f"{problem} ({problem.remedy})" for problem in problems), "mend these keys", problems)


class StoreError(ExpectedError):
    """The store cannot keep or read a case."""

    slug = "store"


class StoreFullError(StoreError):
    """No room on the disk."""

    slug = "store-full"


class StoreReadOnlyError(StoreError):
    """The store may not be written."""

    slug = "store-read-only"


class StoreDamagedError(StoreError):
    """The database file does not pass its integrity check."""

    slug = "store-damaged"


class StoreGoneError(StoreError):
    """The folder of the store, or its disk, is not there any more."""

    slug = "store-gone"


class StoreUnsureError(StoreError):
    """The disk failed while a case was being kept: it may be there, or not. Only the same case may be tried again."""

    slug = "store-unsure"


class TamperedError(StoreError):
    """A row's readable columns do not match what was sealed with them."""

    slug = "tampered"


class ClockDoubtedError(ExpectedError):
    """The machine's clock cannot be right, so nothing is done that rests on the day."""

    slug = "clock-doubted"


class SealingError(ExpectedError):
    """A key is missing, or does not fit."""

    slug = "sealing"


class DeliveryError(ExpectedError):
    """A call to a server failed."""

    slug = "delivery"
    server_replied: ClassVar[bool] = False
    waiting_helps: ClassVar[bool] = True


class UnreachableError(DeliveryError):
    """No usable answer came: no network, time-out, 5xx, or a page that is no API answer."""

    slug = "unreachable"


class UnauthorisedError(DeliveryError):
    """The server knows us not, or allows too little; staff must mend it, then a retry works."""

    slug = "unauthorised"
    server_replied = True
    waiting_helps = False


class RejectedError(DeliveryError):
    """The server answered that this case cannot be taken as it is."""

    slug = "rejected"
    server_replied = True
    waiting_helps = False


class PracticeError(RejectedError):
    """A case that is only practice came where real ones are, or the other way; nothing is sent of it."""

    slug = "practice"


class OutageError(ExpectedError):
    """A message that closes services is not taken."""

    slug = "outage"


class OutageUnreadableError(OutageError):
    """It is cut off, garbage, or no such message at all."""

    slug = "outage-unreadable"


class OutageForgedError(OutageError):
    """Its signature does not fit the municipality's key."""

    slug = "outage-forged"


class OutageElsewhereError(OutageError):
    """It is for another municipality."""

    slug = "outage-elsewhere"


class OutageReplayedError(OutageError):
    """A later one was taken already."""

    slug = "outage-replayed"


class OutageExpiredError(OutageError):
    """Its time is over."""

    slug = "outage-expired"


class ProfileError(ExpectedError):
    """Nobody signed for what this device may do, or the profile does not hold."""

    slug = "profile"


class ProfileUnreadableError(ProfileError):
    """It is cut off, garbage, or no profile at all."""

    slug = "profile-unreadable"


class ProfileForgedError(ProfileError):
    """Its signature does not fit the key of this device."""

    slug = "profile-forged"


class ProfileElsewhereError(ProfileError):
    """It is of another municipality, another device, or another profile than the settings name."""

    slug = "profile-elsewhere"


class ProfileReplayedError(ProfileError):
    """A later one was taken already."""

    slug = "profile-replayed"


class ProfileExpiredError(ProfileError):
    """It does not hold today."""

    slug = "profile-expired"


class ContentError(ExpectedError):
    """A content package is not taken; the device goes on with what it has."""

    slug = "content"


class ContentUnreadableError(ContentError):
    """It is garbage, or no content package at all."""

    slug = "content-unreadable"


class ContentCutOffError(ContentError):
    """It ends before it is whole."""

    slug = "content-cut-off"


class ContentForgedError(ContentError):
    """Its signature does not fit the municipality's key, or a file is not what was signed."""

    slug = "content-forged"


class ContentElsewhereError(ContentError):
    """It is of another municipality."""

    slug = "content-elsewhere"


class ContentOlderError(ContentError):
    """A later one is in force."""

    slug = "content-older"


class ContentReplayedError(ContentError):
    """A later one was taken before, or another one with the same serial."""

    slug = "content-replayed"


class ContentNeedsLoketError(ContentError):
    """It was made for a later Loket."""

    slug = "content-needs-loket"


class ContentProblemsError(ContentError):
    """`loket content check` would refuse what it makes; holds every problem found, not only the first."""

    slug = "content-problems"

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.file}:{first.line}: {first.says}{more}", "mend the content, and build it anew")
        self.problems = problems


class ContentThemeError(ContentError):
    """Two colours of its theme do not stand out from each other, or a token is none."""

    slug = "content-theme"


class ContentNotKeptError(ContentError):
    """It cannot be written: no room, or a folder of somebody else."""

    slug = "content-not-kept"


class ContentBusyError(ContentError):
    """Another process installs right now."""

    slug = "content-busy"


class BsnRefusedError(ExpectedError):
    """A citizen service number stands where it may not; says nothing of which digits."""

    slug = "bsn_refused"


class OwnNameError(ExpectedError):
    """A member of staff fills in for somebody else, and the applicant bears their own name."""

    slug = "own-name"


class StaffError(ExpectedError):
    """A member of the staff cannot be kept so: an unknown number, a PIN that others guess, a badge of another."""

    slug = "staff"


class CounterError(ExpectedError):
    """A case cannot be opened at the counter: nobody signed in, the sync service is away, or the key is not here."""

    slug = "counter"


class CounterAwayError(CounterError):
    """The service that opens cases is not there, or not yet."""


class PaperError(ExpectedError):
    """A page cannot be made or printed; the number is shown large instead."""

    slug = "paper"


class AttachmentReason(StrEnum):
    """Why a photo or paper was not taken."""

    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    BROKEN = "broken"
    UNSAFE = "unsafe"
    GONE = "gone"


class AttachmentError(ExpectedError):
    """A photo or paper cannot be taken; the visitor is told why by `problem.photo-<reason>`."""

    slug = "attachment"

    def __init__(self, reason: AttachmentReason) -> None:
        super().__init__(f"a file was not taken: {reason.value}", "choose another picture")
        self.reason = reason
