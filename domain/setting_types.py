# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every setting of Loket (DESIGN section 5), and what holds when nothing is said.

Where data is kept by default, and whether a profile is signed, is for `commands`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from domain.key_names import KeyAction
from domain.opening_hours import OpeningHours

RESULTS = ("Afgehandeld", "Toegekend", "Afgewezen", "Ingetrokken", "Niet ontvangen")
"""As `domain.case_answer.Result` has them, which is more than settings need to know."""

LANGUAGES = ("nl", "en", "ar", "uk", "tr", "pl", "de", "fr")


class Profile(StrEnum):
    """Whose walls the device stands between (decision 4)."""

    TOWN_HALL = "gemeentehuis"
    LIBRARY = "bibliotheek"


class PaperSize(StrEnum):
    """What the receipt printer holds."""

    A4 = "a4"
    ROLL_80_MM = "80mm"


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """Which device this is, and whose."""

    id: str = "oefenapparaat"
    profile: Profile = Profile.TOWN_HALL
    municipality: str = "Voorbeeldstad"
    rsin: str = "002564440"
    data_dir: Path | None = None  # None: where the system keeps data of programs
    profile_file: Path | None = None  # what the municipality signed; None: nothing, so the strictest rules
    profile_key_file: Path | None = None  # whose signature counts
    is_practice: bool = False  # everything here is invented: its cases are marked, and never sent


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """Where cases go; not configured means the practice back end."""

    zaken: str = ""
    documenten: str = ""
    catalogi: str = ""
    klantinteracties: str = ""
    client_id: str = ""
    secret_file: Path | None = None
    document_type: str = "Ontvangen bericht"
    klantinteracties_token_file: Path | None = None
    ca_file: Path | None = None
    client_certificate_file: Path | None = None  # where the case system asks who calls, by TLS too
    client_key_file: Path | None = None  # None: in the file of the certificate
    proxy: str = ""  # empty: as the environment says
    alarm_after_hours: int = 24  # a case that waits longer needs a person
    devices: int = 2000  # so many share the case system: after an outage each takes its turn among them
    timeout_s: int = 60  # longer than a server's own, so that a slow upload is not made twice (FACTS)
    case_types: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    result_types: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of RESULTS -> omschrijving
    tasks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # service -> who has to call back

    @property
    def is_configured(self) -> bool:
        """Tell whether a back end is named whole: its three addresses, who we are there, and the secret."""
        return bool(self.zaken and self.documenten and self.catalogi and self.client_id and self.secret_file)

    def case_type_of(self, service_id: str) -> str:
        """Give the zaaktype's identificatie for a service: the service's own id unless it is set."""
        return self.case_types.get(service_id, service_id)


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """How many days a case stays here after the municipality has it. What is still waiting is never removed by age."""

    content_days: int = 0  # its sealed answers; 0: until the night after
    arrived_days: int = 60  # what is left then: reference, service, state, promise date
    withdrawn_days: int = 60
    log_days: int = 30  # the lines of the log, which hold ids and counts only
    draft_days: int = 7  # what somebody wants to go on with later, closed with a code; 0: nothing is kept
    counter_days: int = 14  # a counter's sealed copy of an open case that the case system does not show any more


@dataclass(frozen=True, slots=True)
class OutageSettings:
    """Whose word closes services for now; None: nobody's."""

    public_key_file: Path | None = None
    url: str = ""  # where the message is fetched; empty: only what is put in the data folder


@dataclass(frozen=True, slots=True)
class ContentSettings:
    """Whose content packages count; None: nobody's, so only what came with Loket."""

    public_key_file: Path | None = None
    look_in: Path | None = None  # where a newer package may appear (a share, a stick); None: installed by hand only


@dataclass(frozen=True, slots=True)
class SealingSettings:
    """The key pair; None: made and kept beside the data."""

    public_key_file: Path | None = None
    private_key_file: Path | None = None


@dataclass(frozen=True, slots=True)
class IdDocumentSettings:
    """What proves that a chip is genuine (None: read, but not checked), which reader, and how long a card may take."""

    trusted_csca: Path | None = None
    reader: str = ""  # part of its name; empty: whichever is there
    apdu_s: int = 5  # one answer
    access_s: int = 15  # opening the chip with number or lines
    all_s: int = 60  # the wait for a card, and again the whole reading


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Where voice packs are, which output only the visitor hears, and how loud a visit begins (1 to 5)."""

    voice_dir: Path | None = None
    headphones: str = ""  # part of the name of the output or its port; empty: what the hardware says of itself
    volume: int = 3


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """Where a person is found."""

    phone: str = "14 000"
    desk: str = "ma-vr 9-17, balie 1"


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """The screen, the paper and the person nearby."""

    languages: tuple[str, ...] = LANGUAGES
    idle_s: int = 240
    screen_dpi: int = 92
    viewing_distance_mm: int = 600
    printer: str = ""  # a CUPS queue; empty: the system's own choice
    paper: PaperSize = PaperSize.A4
    pictures_dir: Path | None = None  # where the photos of this visitor lie (a desk's camera); None: no photos here
    keys: Mapping[str, KeyAction] = field(default_factory=lambda: MappingProxyType({}))  # of a keypad, beside the usual
    help: HelpSettings = HelpSettings()
    hours: OpeningHours = field(default_factory=OpeningHours)
    attract_after_s: int = 0  # the start screen that nobody touches shows what Loket is; 0: never
    attract_slides: int = 3  # 1: one picture, that never changes
    may_power_off: bool = False  # somebody of IT may switch the machine off, or start it again, at the screen
    device_alarm_min: int = 15  # a device that is gone for so long is told in the log


class Screens(StrEnum):
    """What a helper and a visitor look at while they do a visit together."""

    TWO = "two"  # each their own
    TURN = "turn"  # one, that is turned round


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """The helper's and counter's window."""

    lock_s: int = 60  # without a touch, and without a visit going on, it locks
    screens: Screens = Screens.TWO
    escalate_to: str = ""  # who gets a task when nobody owns a fault for two working days; empty: nobody is told so
    slots_folder: Path | None = None  # shared by the desks of a location: which places at fixed hours were given away


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `origins` says of each key whether the file or the default holds ("file", "default")."""

    device: DeviceSettings = DeviceSettings()
    sync: SyncSettings = SyncSettings()
    sealing: SealingSettings = SealingSettings()
    retention: RetentionSettings = RetentionSettings()
    outages: OutageSettings = OutageSettings()
    content: ContentSettings = ContentSettings()
    id_documents: IdDocumentSettings = IdDocumentSettings()
    speech: SpeechSettings = SpeechSettings()
    kiosk: KioskSettings = KioskSettings()
    desk: DeskSettings = DeskSettings()
    services: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def service(self, service_id: str) -> Mapping[str, str]:
        """Give the free texts of a service: its prices and terms here."""
        return self.services.get(service_id, MappingProxyType({}))
