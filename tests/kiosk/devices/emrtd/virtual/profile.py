# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one virtual document is made of, as its fixture file holds it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.kiosk.devices.emrtd.virtual.ciphers import Suite
from tests.kiosk.devices.emrtd.virtual.curves import EcKey
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.proofs import ActiveKey, ChipKey, RsaKey

FIXTURES = Path(__file__).parent / "fixtures"
TRUST = FIXTURES / "trust"
ODD = FIXTURES / "odd"  # other signatures over the passport

CARD_ACCESS, COM, SOD = 0x011C, 0x011E, 0x011D


def data_group(number: int) -> int:
    """Give the file identifier of a data group."""
    return 0x0100 + number


@dataclass(frozen=True, slots=True)
class Profile:
    """One personalised chip."""

    mrz: tuple[str, ...]
    files: dict[int, bytes]
    can: str | None = None
    has_bac: bool = False
    pace: tuple[PaceInfo, ...] = ()
    active: ActiveKey | None = None
    chip: ChipKey | None = None
    says: str = field(default="", compare=False)

    @property
    def key_lines(self) -> tuple[str, str, str]:
        """Give number, birth and expiry date, each with its check digit, as the printed lines have them."""
        if len(self.mrz) == 3:
            one, two, _ = self.mrz
            number = one[5:15]
            if one[14] == "<":
                rest = one[15:].split("<", 1)[0]
                number = one[5:14] + rest
            return number, two[0:7], two[8:15]
        two = self.mrz[1]
        return two[0:10], two[13:20], two[21:28]

    @property
    def secret_of_mrz(self) -> bytes:
        return hashlib.sha1("".join(self.key_lines).encode()).digest()  # noqa: S324 - so says Doc 9303

    def password(self, reference: int) -> bytes | None:
        """Give what opens the chip by password reference: 1 the printed lines, 2 the number on the front."""
        if reference == 1:
            return self.secret_of_mrz
        if reference == 2 and self.can is not None:
            return self.can.encode()
        return None


def names() -> list[str]:
    return sorted(path.stem for path in FIXTURES.glob("*.json"))


def load(name: str) -> Profile:
    """Give a committed fixture."""
    raw: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text())
    return Profile(
        mrz=tuple(raw["mrz"]),
        files={int(fid, 16): base64.b64decode(text) for fid, text in raw["files"].items()},
        can=raw["can"],
        has_bac=raw["bac"],
        pace=tuple(PaceInfo(Suite(suite), parameter) for suite, parameter in raw["pace"]),
        active=_active(raw["active"]),
        chip=_chip(raw["chip"]),
        says=raw["says"],
    )


def _active(raw: dict[str, Any] | None) -> ActiveKey | None:
    if raw is None:
        return None
    if "modulus" in raw:
        return ActiveKey(RsaKey(int(raw["modulus"], 16), int(raw["private"], 16)), raw["hash"])
    return ActiveKey(EcKey(raw["parameter"], int(raw["private"], 16)), raw["hash"])


def _chip(raw: dict[str, Any] | None) -> ChipKey | None:
    if raw is None:
        return None
    return ChipKey(EcKey(raw["parameter"], int(raw["private"], 16)), Suite(raw["suite"]), raw["number"])


def dump(profile: Profile) -> str:
    """Give the text of a fixture file."""
    active, chip = profile.active, profile.chip
    written: dict[str, Any] | None = None
    if active is not None:
        if isinstance(active.key, RsaKey):
            written = {"modulus": f"{active.key.modulus:X}", "private": f"{active.key.private:X}"}
        else:
            written = {"parameter": active.key.parameter, "private": f"{active.key.secret:X}"}
        written["hash"] = active.hash_name
    raw = {
        "says": profile.says,
        "mrz": profile.mrz,
        "can": profile.can,
        "bac": profile.has_bac,
        "pace": [(info.suite.value, info.parameter) for info in profile.pace],
        "active": written,
        "chip": chip
        and {
            "parameter": chip.key.parameter,
            "private": f"{chip.key.secret:X}",
            "suite": chip.suite.value,
            "number": chip.number,
        },
        "files": {f"{fid:04X}": base64.b64encode(data).decode() for fid, data in sorted(profile.files.items())},
    }
    return json.dumps(raw, indent=1) + "\n"
