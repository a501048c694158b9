# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a device may do with a citizen's number, as the municipality signed for it (feature U09, decision 4).

A device without a profile that holds is treated by the strictest rules. The signature is `sync.profile_seal`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from domain.errors import (
    ProfileElsewhereError,
    ProfileError,
    ProfileExpiredError,
    ProfileReplayedError,
    ProfileUnreadableError,
)
from domain.setting_types import DeviceSettings, Profile

FORMAT = 1
EVERY_DEVICE = "*"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class SignedProfile:
    """One document: for whom, what, on which ground and how long."""

    profile: Profile
    municipality: str
    rsin: str
    device: str  # its id, or "*" for all of the municipality
    serial: int  # a later document has a higher one
    valid_from: date
    valid_until: date  # the last day
    legal_basis: str = ""  # of a town hall: the law that lets it ask for a BSN

    @property
    def may_ask_bsn(self) -> bool:
        """Tell whether a question that names its own ground may be answered with a BSN."""
        return self.profile is Profile.TOWN_HALL and bool(self.legal_basis)


def as_table(profile: SignedProfile) -> dict[str, Any]:
    """Write it down."""
    days = {"valid_from": profile.valid_from.isoformat(), "valid_until": profile.valid_until.isoformat()}
    return {"format": FORMAT, **asdict(profile), "profile": profile.profile.value, **days}


def from_table(table: object) -> SignedProfile:
    """Read what was written; every field must be there and be right.

    Raises: ProfileUnreadableError.
    """
    names = {
        "format",
        "profile",
        "municipality",
        "rsin",
        "device",
        "serial",
        "valid_from",
        "valid_until",
        "legal_basis",
    }
    if not isinstance(table, dict) or set(table) != names or table["format"] != FORMAT:
        raise ProfileUnreadableError("this is no profile of this version", "make one with `loket profile sign`")
    texts: Mapping[str, object] = {name: table[name] for name in names - {"format", "serial"}}
    serial = table["serial"]
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts.values()):
        raise ProfileUnreadableError("a field of the profile is no text", "make one with `loket profile sign`")
    if isinstance(serial, bool) or not isinstance(serial, int) or serial < 1:
        raise ProfileUnreadableError("the serial of the profile is no number", "make one with `loket profile sign`")
    try:
        found = SignedProfile(
            profile=Profile(table["profile"]),
            municipality=table["municipality"],
            rsin=table["rsin"],
            device=table["device"],
            serial=serial,
            valid_from=date.fromisoformat(table["valid_from"]),
            valid_until=date.fromisoformat(table["valid_until"]),
            legal_basis=table["legal_basis"],
        )
    except ValueError:
        raise ProfileUnreadableError("a day or the kind of profile is none", "write days as 2026-11-22") from None
    check_whole(found)
    return found


def check_whole(profile: SignedProfile) -> None:
    """See to it that nothing is signed that no device would take.

    Raises: ProfileUnreadableError.
    """
    if not (profile.municipality.strip() and profile.rsin and profile.device):
        raise ProfileUnreadableError("the profile does not say for whom it is", "name municipality, rsin and device")
    if profile.valid_until < profile.valid_from:
        raise ProfileUnreadableError("the profile ends before it begins", "give --until a later day")
    if profile.profile is Profile.TOWN_HALL and not profile.legal_basis.strip():
        raise ProfileUnreadableError("a town hall needs the legal basis", 'give --legal-basis "Wabb art. 10"')
    if profile.profile is Profile.LIBRARY and profile.legal_basis:
        raise ProfileUnreadableError("a library has no legal basis for a BSN", "leave out --legal-basis")


def judge(profile: SignedProfile, device: DeviceSettings, today: date, last_serial: int = 0) -> SignedProfile:
    """Give the profile when it holds here and today; `last_serial` is the highest that this device took.

    Raises: ProfileElsewhereError, ProfileReplayedError, ProfileExpiredError.
    """
    if (profile.municipality, profile.rsin) != (device.municipality, device.rsin):
        raise ProfileElsewhereError("this profile is of another municipality", "look at [device] municipality and rsin")
    if profile.device not in (EVERY_DEVICE, device.id):
        raise ProfileElsewhereError("this profile is of another device", "look at [device] id, or sign one for it")
    if profile.profile is not device.profile:
        raise ProfileElsewhereError(
            f"the settings say {device.profile.value}, and signed is {profile.profile.value}",
            "put [device] profile back, or have the other one signed",
        )
    if profile.serial < last_serial:
        raise ProfileReplayedError("a later profile was here before", "put the latest one back, or sign a new one")
    if today < profile.valid_from:
        raise ProfileExpiredError("this profile holds from a later day", "look at its days and at the clock")
    if today > profile.valid_until:
        raise ProfileExpiredError("the time of this profile is over", "have a new one signed")
    return profile


@dataclass(frozen=True, slots=True)
class Standing:
    """How a device stands: with a profile that holds, with one that does not, or with none."""

    profile: SignedProfile | None = None
    trouble: ProfileError | None = None  # why the one that is named does not hold
    is_named: bool = False  # the settings name a key: somebody signs for this device

    @property
    def is_signed(self) -> bool:
        """Tell whether somebody signed for what this device may do."""
        return self.profile is not None

    @property
    def may_ask_bsn(self) -> bool:
        """Tell whether a question that names its ground may be answered with a BSN; never without a signature."""
        return self.profile is not None and self.profile.may_ask_bsn

    @property
    def may_open_cases(self) -> bool:
        """Tell whether a town hall may open cases here.

        Who signs for this device and finds the profile changed wants nothing opened by it. A profile whose time is
        over only ends what it allowed: cases that wait help nobody.
        """
        return not self.is_named or self.is_signed or isinstance(self.trouble, ProfileExpiredError)


def unsigned() -> Standing:
    """Give how a device stands that nobody signed for: the strictest rules, and the screens say so."""
    return Standing()


def with_serial(profile: SignedProfile, serial: int) -> SignedProfile:
    """Give the same profile as a later document."""
    return replace(profile, serial=serial)
