# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes small content packages, and a device that takes them."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nacl.signing import SigningKey

from domain.content_package import ContentManifest, PackedFile
from sync.content_archive import write_archive
from sync.content_install import Check, ContentInstaller, Step
from sync.content_seal import sealed
from sync.content_shelf import ContentShelf

CITY = "Voorbeeldstad"
HELP: Mapping[str, bytes] = {"help.toml": b'phone = "14 030"\n', "texts/nl.json": b"{}\n"}
KEY = SigningKey(bytes(32))


def files_of(contents: Mapping[str, bytes]) -> tuple[PackedFile, ...]:
    return tuple(
        PackedFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in sorted(contents.items())
    )


def package(
    serial: int,
    contents: Mapping[str, bytes] = HELP,
    *,
    municipality: str = CITY,
    needs: str = "0.1.0",
    key: SigningKey = KEY,
) -> bytes:
    """Give the bytes of a package."""
    manifest = ContentManifest(municipality, serial, datetime(2026, 11, 22, tzinfo=UTC), needs, files_of(contents))
    signature, content = sealed(manifest, key)
    out = io.BytesIO()
    write_archive(out, signature, content, ((file, contents[file.name]) for file in manifest.files))
    return out.getvalue()


def all_good(_folder: Path) -> None:
    """Find nothing wrong."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device with a shelf; a package arrives as a file."""

    root: Path

    @property
    def shelf(self) -> ContentShelf:
        return ContentShelf(self.root / "content", KEY.verify_key, CITY)

    @property
    def serial(self) -> int:
        return self.shelf.standing(is_thorough=True).serial

    def put(self, content: bytes, name: str = "inhoud.loket") -> Path:
        path = self.root / name
        path.write_bytes(content)
        return path

    def installer(self, check: Check = all_good, step: Step = lambda _name: None) -> ContentInstaller:
        return ContentInstaller(self.shelf, CITY, check, step)

    def install(self, content: bytes, check: Check = all_good) -> int:
        return self.installer(check).install(self.put(content)).manifest.serial

    def left_over(self) -> list[str]:
        """Name what an attempt left behind."""
        return [path.name for path in (self.root / "content").glob(".*")]
