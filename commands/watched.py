# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has to stay as it is between two looks: settings, the files they name, the sealing key, content and voices.

Each as one sum that the audit log keeps; another sum is a finding, until a person says that it is right
(`loket audit accept`). Secrets are not summed up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from commands.content_in_force import ORIGIN
from commands.joining import key_paths
from domain.errors import ExpectedError
from domain.settings import Settings, defaults, described
from i18n.texts import FOLDER as TEXTS
from kiosk.speech.voice_pack import MANIFEST
from resources.service_library import SERVICES
from sync.key_pin import fingerprint
from sync.sealing import read_sealer

RESOURCES = SERVICES.parent
_CONTENT = frozenset({".toml", ".po"})
_SIZE = 16

SEALING_KEY = "sealing-key"


def watched(settings: Settings) -> Mapping[str, str]:
    """Sum up everything that is watched; what cannot be read is summed up as such."""
    return {
        "settings": _settings_sum(settings),
        "content": _tree_sum((RESOURCES, TEXTS), _CONTENT),
        SEALING_KEY: _key_sum(settings),
        **_voices(settings),
    }


def _voices(settings: Settings) -> Mapping[str, str]:
    folder = settings.speech.voice_dir
    if folder is None or settings.origins.get("speech.voice_dir") == ORIGIN:
        return {}
    return {"voices": _voices_sum(folder)}


def _settings_sum(settings: Settings) -> str:
    named = settings.sync
    files = (
        named.ca_file,
        named.client_certificate_file,
        settings.outages.public_key_file,
        settings.id_documents.trusted_csca,
        settings.device.profile_key_file,
        settings.content.public_key_file,
    )
    # What a signed package says is held against its signature at every start; here it is as if there were none.
    plain = {key: value for key, value, _ in described(defaults())}
    rows = [f"{key}={plain.get(key, '') if origin == ORIGIN else value}" for key, value, origin in described(settings)]
    return _sum([*(row.encode() for row in rows), *(_read(file) for file in files if file is not None)])


def _key_sum(settings: Settings) -> str:
    try:
        return fingerprint(read_sealer(key_paths(settings)[0]))[: 2 * _SIZE]
    except ExpectedError as error:
        return error.slug


def _tree_sum(folders: Iterable[Path], endings: frozenset[str]) -> str:
    found = [
        (f"{folder.name}/{file.relative_to(folder).as_posix()}", file)
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in endings and file.is_file()
    ]
    return _sum(part for name, file in sorted(found) for part in (name.encode(), _read(file)))


def _voices_sum(folder: Path) -> str:
    # A clip that is not what its manifest says is not played; so the manifests say it all.
    files = sorted(folder.glob(f"*/{MANIFEST}"))
    return _sum(part for file in files for part in (file.parent.name.encode(), _read(file)))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b"cannot be read"


def _sum(parts: Iterable[bytes]) -> str:
    whole = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
