# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The virtual card proves itself on the worked examples of ICAO Doc 9303 part 11, with its randomness put in."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, Suite
from tests.kiosk.devices.emrtd.virtual.commands import Answer, read_command
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, COM, Profile, load, names

HERE = Path(__file__).parent
SELECT_LDS1 = bytes.fromhex("00A4040C07A0000002471001")


@pytest.fixture(scope="module")
def vectors(shared_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_dir / "vectors/icao9303-part11.json").read_text())
    return found


def given(*values: str) -> Callable[[int], bytes]:
    """Give bytes that were written down instead of random ones."""
    left = [bytes.fromhex(value) for value in values]

    def entropy(count: int) -> bytes:
        value = left.pop(0)
        assert len(value) == count
        return value

    return entropy


def ask(card: VirtualCard, command: str) -> str:
    return card.process(bytes.fromhex(command)).hex().upper()


def test_the_card_opens_by_bac_as_in_the_worked_example(vectors: dict[str, Any]) -> None:
    example = vectors["bac_D"]
    profile = Profile(tuple(example["mrz_td1"]), {COM: bytes.fromhex(example["EF.COM"])}, has_bac=True)
    assert "".join(profile.key_lines) == example["mrz_information"]
    card = VirtualCard(profile, given(example["RND.IC"], example["KIC"]))
    assert card.process(SELECT_LDS1) == b"\x90\x00"
    assert ask(card, example["get_challenge_apdu"]) == example["RND.IC"] + "9000"
    assert ask(card, example["external_authenticate_apdu"]) == example["resp_data"] + "9000"
    for message in example["sm"]:
        assert ask(card, message["protected"]) == message["response"]


def test_a_long_document_number_is_joined_for_the_key(vectors: dict[str, Any]) -> None:
    example = vectors["bac_D"]
    profile = Profile(tuple(example["mrz_td1_long_docno"]), {})
    assert "".join(profile.key_lines) == example["mrz_information_long_docno"]


def test_the_card_opens_by_pace_as_in_the_worked_example(vectors: dict[str, Any]) -> None:
    example = vectors["pace_ecdh_gm_G1"]
    mrz = example["mrz"]
    two = f"{mrz['document_number_cd']}XXX{mrz['birth_cd']}F{mrz['expiry_cd']}"
    info = PaceInfo(Suite.AES128, curves.BRAINPOOL_256)
    assert info.der.hex().upper() == example["PACEInfo"]
    entropy = given(example["nonce_s"], example["map_sk_ic"], example["eph_sk_ic"])
    card = VirtualCard(Profile(("P<", two), {}, pace=(info,)), entropy)
    assert ask(card, example["apdus"][0]) == "9000"
    assert ask(card, example["apdus"][1]) == f"7C128010{example['nonce_z']}9000"

    def exchange(tag: int, key: str) -> str:
        data = ber.tlv(0x7C, ber.tlv(tag, b"\x04" + bytes.fromhex(example[key])))
        return ask(card, f"10860000{len(data):02X}{data.hex()}00")

    assert exchange(0x81, "map_pk_ifd") == f"7C43824104{example['map_pk_ic']}9000"
    assert exchange(0x83, "eph_pk_ifd") == f"7C43844104{example['eph_pk_ic']}9000"
    assert ask(card, example["apdus"][4]) == f"7C0A8608{example['T_IC']}9000"
    assert card.is_open


def test_the_card_refuses_a_wrong_token(vectors: dict[str, Any]) -> None:
    example = vectors["pace_ecdh_gm_G1"]
    card = VirtualCard(load("nik_2021"))
    data = ber.tlv(0x80, card.profile.pace[0].oid) + bytes.fromhex("830102")
    assert card.process(b"\0\x22\xc1\xa4" + bytes((len(data),)) + data) == b"\x90\x00"
    assert ask(card, example["apdus"][1]).endswith("9000")
    for tag, key in ((0x81, "map_pk_ifd"), (0x83, "eph_pk_ifd")):
        data = ber.tlv(0x7C, ber.tlv(tag, b"\x04" + bytes.fromhex(example[key])))
        assert ask(card, f"10860000{len(data):02X}{data.hex()}00").endswith("9000")
    assert ask(card, example["apdus"][4]) == "6300"
    assert not card.is_open


def test_the_card_seals_by_aes_256_as_a_dutch_specimen_did(vectors: dict[str, Any]) -> None:
    for example in vectors["nl_speci2014"]["sm_aes256"]:
        keys = Keys(Suite.AES256, bytes.fromhex(example["KSenc"]), bytes.fromhex(example["KSmac"]))
        contents = bytes.fromhex(example.get("data") or vectors["nl_speci2014"]["DG14"])
        if "data_len" in example:
            contents = contents[: example["data_len"]]
        sealed = Messaging(keys, example["ssc_of_response"] - 1).seal(Answer(contents))
        assert bytes(sealed).hex().upper() == example["response"]


@pytest.mark.parametrize("name", names())
def test_nothing_is_given_without_a_key(name: str) -> None:
    card = VirtualCard(load(name))
    card.process(SELECT_LDS1)
    for fid in card.profile.files:
        chosen = card.process(bytes.fromhex("00A4020C02") + fid.to_bytes(2, "big"))
        assert chosen in {b"\x69\x82", b"\x6a\x82"} or fid == CARD_ACCESS
    assert card.asked_for == list(card.profile.files)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("00A40400", "00 A4 04 00 - None"),
        ("00B0000004", "00 B0 00 00 - 4"),
        ("00B0000000", "00 B0 00 00 - 256"),
        ("00A4020C02011E", "00 A4 02 0C 011E None"),
        ("0088000002010200", "00 88 00 00 0102 256"),
        ("00B00000000400", "00 B0 00 00 - 1024"),
        ("00B00000000000", "00 B0 00 00 - 65536"),
        ("008800000000020102", "00 88 00 00 0102 None"),
        ("0088000000000201020400", "00 88 00 00 0102 1024"),
        ("00B000", "none"),
        ("00A4020C0301", "none"),
        ("00A4020C0000", "none"),
    ],
)
def test_commands_are_taken_apart_in_every_case_of_iso_7816(raw: str, kind: str) -> None:
    found = read_command(bytes.fromhex(raw))
    if found is None:
        assert kind == "none"
        return
    head = " ".join(f"{octet:02X}" for octet in found.header)
    assert kind == f"{head} {found.data.hex().upper() or '-'} {found.le}"


def test_the_card_shares_no_code_with_the_reader() -> None:
    foreign = {"kiosk", "cryptography", "asn1crypto", "ecdsa"}
    for path in (HERE / "virtual").glob("*.py"):
        if path.stem == "connection":  # the shapes of a connection, no more
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in named} & foreign, path.name
