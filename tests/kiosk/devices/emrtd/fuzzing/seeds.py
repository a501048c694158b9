# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the first inputs, from good cards: python -m tests.kiosk.devices.emrtd.fuzzing.seeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.kiosk.devices.emrtd.fuzzing.targets import SECRET
from tests.kiosk.devices.emrtd.virtual import profile
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, Suite
from tests.kiosk.devices.emrtd.virtual.commands import Answer
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

CORPUS = Path(__file__).parents[1] / "corpus"


def tlv() -> Iterator[bytes]:
    for name in profile.names():
        for fid, data in profile.load(name).files.items():
            if fid != profile.SOD:
                yield data


def mrz() -> Iterator[bytes]:
    for name in profile.names():
        lines = profile.load(name).mrz
        yield "\n".join(lines).encode()
        yield "".join(lines).encode()
    yield b"I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"


def sod() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(profile.ODD.glob("*.sod")))
    yield profile.load("nik_2021").files[profile.SOD]


def messaging() -> Iterator[bytes]:
    for number, suite in enumerate((Suite.DES3, Suite.AES128, Suite.AES256)):
        for answer in (Answer(b"60145F01"), Answer(bytes(224)), Answer(sw=0x6A82), Answer(b"x" * 31, 0x6282)):
            session = Messaging(Keys.of_secret(suite, SECRET), 1)
            raw = bytes(session.seal(answer))
            yield bytes((number,)) + raw
            yield bytes((number | 0x80,)) + raw[:-12] + raw[-2:]


def main() -> None:
    """Write each under the name of its hash."""
    for target in (tlv, mrz, sod, messaging):
        folder = CORPUS / target.__name__
        folder.mkdir(parents=True, exist_ok=True)
        for data in target():
            (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)  # noqa: S324 - a name


if __name__ == "__main__":
    main()
