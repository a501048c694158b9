# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys come out as in Doc 9303's examples."""

import hashlib
from pathlib import Path

import pytest

from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.document import Can, MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import (
    KeyPair,
    Purpose,
    bac_seed,
    check_digit,
    derive,
    licence_seed,
    mrz_information,
    password_of,
)
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.vectors import octets, worked_example


def test_derives_the_keys_of_basic_access_control(shared_dir: Path) -> None:
    example = worked_example(shared_dir, "bac_D")
    seed = bac_seed(MrzKey("L898902C", "690806", "940623"))
    keys = KeyPair.of(seed, Cipher.DES3)
    assert (seed, keys.enc, keys.mac) == octets(example, "Kseed", "Kenc", "Kmac")


def test_writes_the_lines_of_short_and_long_numbers(shared_dir: Path) -> None:
    example = worked_example(shared_dir, "bac_D")
    assert mrz_information(MrzKey("L898902C", "690806", "940623")) == example["mrz_information"]
    assert mrz_information(MrzKey("L898902C<", "690806", "940623")) == example["mrz_information"]
    assert mrz_information(MrzKey("D23145890734", "340712", "950712")) == example["mrz_information_long_docno"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("pace_ecdh_gm_G1", MrzKey("T22000129", "640812", "101031")),
        ("pace_dh_gm_G2", MrzKey("T22000129", "640812", "101031")),
        ("pace_ecdh_cam_I1", MrzKey("C11T002JM", "960812", "231031")),
    ],
)
def test_derives_the_password_key_of_pace(shared_dir: Path, name: str, key: MrzKey) -> None:
    example = worked_example(shared_dir, name)
    password = password_of(key)
    assert (password, derive(password, Purpose.PASSWORD, Cipher.AES128)) == octets(example, "K", "K_pi")


@pytest.mark.parametrize("name", ["pace_ecdh_gm_G1", "pace_dh_gm_G2", "pace_ecdh_cam_I1", "pace_ecdh_im_H1"])
def test_derives_the_session_keys_of_pace(shared_dir: Path, name: str) -> None:
    secret, *wanted = octets(worked_example(shared_dir, name), "shared_secret", "KSenc", "KSmac")
    keys = KeyPair.of(secret, Cipher.AES128)
    assert [keys.enc, keys.mac] == wanted


def test_derives_longer_keys_with_the_longer_hash() -> None:
    assert derive(b"secret", Purpose.MAC, Cipher.AES256) == hashlib.sha256(b"secret\0\0\0\x02").digest()
    assert derive(b"secret", Purpose.MAC, Cipher.AES192) == hashlib.sha256(b"secret\0\0\0\x02").digest()[:24]


def test_takes_the_digits_of_a_card_access_number_as_they_are() -> None:
    assert password_of(Can("012345")) == b"012345"


def test_derives_the_seed_of_a_driving_licence_from_its_inner_signs(shared_dir: Path) -> None:
    line = worked_example(shared_dir, "edl_nl_bap")["mrz"]
    inner = line[1:-1]
    assert len(inner) == 28
    assert licence_seed(line) == hashlib.sha1(inner.encode(), usedforsecurity=False).digest()[:16]


@pytest.mark.parametrize("key", [MrzKey("l898902c", "690806", "940623"), MrzKey("É", "690806", "940623"), Can("12 3")])
def test_says_wrong_key_for_signs_that_no_card_bears(key: MrzKey | Can) -> None:
    with pytest.raises(CardError) as caught:
        password_of(key)
    assert caught.value.state is CardState.WRONG_KEY


def test_counts_check_digits() -> None:
    assert [check_digit(text) for text in ("520727", "AB2134<<<", "<<<<<<<<<<<<<<")] == ["3", "5", "0"]


def test_gives_des_keys_odd_parity() -> None:
    for seed in range(64):
        assert all(byte.bit_count() % 2 for byte in derive(bytes([seed]), Purpose.ENCRYPT, Cipher.DES3))
