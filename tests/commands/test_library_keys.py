# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A library that sends real cases seals them for the municipality, and for nobody on its premises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.doctor_store import check_keys
from commands.joining import read_public_key
from domain.errors import SealingError
from domain.settings import DeviceSettings, Profile, SealingSettings, Settings, SyncSettings
from sync.sealing import make_key_pair

CASE_SYSTEM = SyncSettings(
    zaken="https://zaken.example/",
    documenten="https://documenten.example/",
    catalogi="https://catalogi.example/",
    client_id="kiosk-01",
    secret_file=Path("secret"),
    document_type="Ontvangen bericht",
)


@pytest.fixture
def library(tmp_path: Path) -> Settings:
    """Settings that name a case system and no key: the keys are where practice has them."""
    data = tmp_path / "data"
    data.mkdir()
    return Settings(device=DeviceSettings(data_dir=data, profile=Profile.LIBRARY), sync=CASE_SYSTEM)


def folder_of(settings: Settings) -> Path:
    assert settings.device.data_dir is not None
    return settings.device.data_dir


def test_makes_no_key_of_its_own(library: Settings) -> None:
    with pytest.raises(SealingError, match="the municipality's public key is not here"):
        read_public_key(library)

    assert not list(folder_of(library).glob("loket.*"))
    assert [check.state.value for check in check_keys(library)] == ["broken"]


@pytest.mark.parametrize("is_named", [False, True])
def test_seals_nothing_beside_a_private_key_that_practice_left(library: Settings, *, is_named: bool) -> None:
    folder = folder_of(library)
    key_id = make_key_pair(folder / "loket.pub", folder / "loket.key")
    if is_named:
        library = replace(
            library,
            sealing=SealingSettings(public_key_file=folder / "loket.pub", private_key_file=folder / "loket.key"),
        )

    with pytest.raises(SealingError, match="a private key lies in a library"):
        read_public_key(library)
    assert [check.state.value for check in check_keys(library)] == ["broken"]

    (folder / "loket.key").unlink()
    assert read_public_key(library).key_id == key_id


def test_practises_with_a_pair_of_its_own(library: Settings) -> None:
    assert read_public_key(replace(library, sync=SyncSettings())).key_id
    assert (folder_of(library) / "loket.key").exists()
