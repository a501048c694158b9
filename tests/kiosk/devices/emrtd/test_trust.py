# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom we believe: the folder, the Dutch list whole, and lists that nobody should believe."""

from __future__ import annotations

import base64
import time
from functools import cache
from pathlib import Path, PosixPath
from typing import NoReturn

import pytest

from kiosk.devices.emrtd import der, trust
from kiosk.devices.emrtd.certificates import read_certificate
from kiosk.devices.emrtd.trust import TrustStore, master_list_certificates
from tests.kiosk.devices.emrtd.issuing import (
    AUTHORITY,
    KEY_USAGE,
    MASTER_LIST,
    MAY_APPOINT,
    PURPOSES,
    Hand,
    Paper,
    certificate,
    country,
    elliptic_pair,
    list_signer,
    master_list,
    name,
    revocation_list,
    rsa_pair,
    signed_data,
    signer,
)
from tests.kiosk.devices.emrtd.virtual import ber

THE_DUTCH_LIST = "nl-csca-masterlist-2026-07-22.ml"


def pem(encoded: bytes, kind: str = "CERTIFICATE") -> bytes:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(encoded).decode()}-----END {kind}-----\n".encode()


@cache
def other_country() -> Paper:
    return certificate(Hand(elliptic_pair(at=30)), subject=name("Country", "BE"))


# --- The Dutch list ---


def test_loads_the_dutch_list_whole(shared_dir: Path) -> None:
    store = TrustStore.load(shared_dir / "vectors")
    assert len(store) == 411
    assert not store.problems
    assert not store.is_empty
    # The key of each is read, and proves its own signature: so every kind of key and signature in it is one of ours.
    own = [paper for paper in store.certificates() if paper.is_signed_by(paper)]
    assert len(own) == 411


def test_finds_the_country_of_every_certificate_in_the_dutch_list(shared_dir: Path) -> None:
    store = TrustStore.load(shared_dir / "vectors")
    for paper in store.certificates():
        found = store.issuer_of(paper)
        assert found is not None
        assert found.subject == paper.issuer


def test_loads_the_dutch_list_and_finds_a_country_within_a_tenth_of_a_second(shared_dir: Path) -> None:
    def cost() -> float:
        began = time.process_time()
        store = TrustStore.load(shared_dir / "vectors")
        assert store.issuer_of(next(iter(store.certificates()))) is not None
        return time.process_time() - began

    assert min(cost() for _ in range(3)) < 0.1


@pytest.mark.parametrize("place", [60, 5_000, 300_000, 600_000, -300, -5])
def test_leaves_out_the_dutch_list_when_one_byte_of_it_is_changed(shared_dir: Path, tmp_path: Path, place: int) -> None:
    data = bytearray((shared_dir / "vectors" / THE_DUTCH_LIST).read_bytes())
    data[place] ^= 1
    (tmp_path / "changed.ml").write_bytes(data)
    store = TrustStore.load(tmp_path)
    assert store.is_empty
    assert len(store.problems) == 1
    assert store.problems[0].startswith("changed.ml: ")


# --- The folder ---


def test_believes_nobody_where_there_is_no_folder(tmp_path: Path) -> None:
    assert TrustStore.load(tmp_path / "nothing").is_empty
    assert TrustStore.load(tmp_path).is_empty
    assert TrustStore.empty().is_empty


def test_reads_der_pem_and_lists_beside_each_other_and_each_certificate_once(tmp_path: Path) -> None:
    (tmp_path / "a.der").write_bytes(country().der)
    (tmp_path / "b.PEM").write_bytes(b"Bag Attributes\n" + pem(country().der) + pem(other_country().der))
    (tmp_path / "c.ml").write_bytes(master_list([country(), other_country()]))
    (tmp_path / "d.cer").write_bytes(pem(country().der))
    (tmp_path / "README.txt").write_text("not for us")
    (tmp_path / "folder.der").mkdir()
    store = TrustStore.load(tmp_path)
    assert len(store) == 2
    assert store.problems == ()
    assert store.issuer_of(read_certificate(signer().der)) is not None


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("empty.der", b""),
        ("noise.der", b"\x30\x80\x00\x00"),
        ("noise.pem", b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----"),
        ("text.pem", b"nothing here"),
        ("signer.der", signer().der),  # who signs documents appoints nobody
        ("noise.ml", b"\x30\x03\x02\x01\x01"),
        ("certificate.ml", country().der),
        ("longer.der", country().der + b"\x00"),
    ],
)
def test_leaves_out_a_file_that_it_cannot_use_and_keeps_the_others(tmp_path: Path, file: str, data: bytes) -> None:
    (tmp_path / file).write_bytes(data)
    (tmp_path / "good.der").write_bytes(country().der)
    store = TrustStore.load(tmp_path)
    assert len(store) == 1
    assert [problem.partition(":")[0] for problem in store.problems] == [file]


def test_leaves_out_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust, "LARGEST_FILE", 10)
    (tmp_path / "large.der").write_bytes(country().der)
    assert TrustStore.load(tmp_path).problems == ("large.der: too large",)


# --- Who appointed whom ---


def test_tells_namesakes_apart_by_their_signature() -> None:
    namesake = certificate(Hand(elliptic_pair(at=31)), serial=99)
    of_another_kind = certificate(Hand(rsa_pair(5), "pkcs1"), serial=98)
    store = TrustStore.of([namesake.der, of_another_kind.der, country().der])
    found = store.issuer_of(read_certificate(signer().der))
    assert found is not None
    assert found.serial == country().serial
    assert TrustStore.of([namesake.der]).issuer_of(read_certificate(signer().der)) is None


def test_finds_a_country_beside_a_certificate_that_cannot_be_read() -> None:
    odd = certificate(Hand(elliptic_pair(at=1)), begins="2020-01-01")
    broken = odd.der.replace(b"200101000000Z", b"209901000000Z")
    with pytest.raises(der.DerError):
        read_certificate(broken)
    store = TrustStore.of([broken, country().der])
    assert len(store) == 2
    assert store.issuer_of(read_certificate(signer().der)) is not None


class LockedFolder(PosixPath):
    """A folder that may not be listed."""

    def iterdir(self) -> NoReturn:
        raise PermissionError


def test_tells_of_a_folder_that_it_may_not_read(tmp_path: Path) -> None:
    store = TrustStore.load(LockedFolder(tmp_path))
    assert store.is_empty
    assert store.problems == ("the folder cannot be read",)


def test_takes_nobody_for_a_country_who_may_not_appoint() -> None:
    below = certificate(Hand(elliptic_pair(at=32)), country(), subject=name("Below"))
    deeper = certificate(Hand(elliptic_pair(at=33)), below)
    assert TrustStore.of([below.der]).issuer_of(read_certificate(deeper.der)) is None


# --- Master lists that nobody should believe ---


def test_reads_a_list_that_is_as_it_must_be() -> None:
    assert master_list_certificates(master_list([country()])) == [country().der]
    by_key = master_list([country()], by_key_id=True)
    assert master_list_certificates(by_key) == [country().der]


def stranger() -> Paper:
    own = certificate(Hand(elliptic_pair(at=34)), subject=name("Stranger"))
    return certificate(list_signer().hand, own, extensions={PURPOSES: purpose("2.23.136.1.1.3")})


def purpose(oid: str) -> tuple[bool, bytes]:
    return True, ber.sequence(ber.der_oid(oid))


def appointed(**how: object) -> Paper:
    return certificate(Hand(elliptic_pair(at=35)), country(), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "encoded",
    [
        master_list([country()], change=b"\x00\x00"),
        master_list([country()], carried=[country()]),
        master_list([country()], content_type="2.23.136.1.1.1"),
        master_list([country()], carried_content=ber.sequence(ber.integer(0), ber.set_of(other_country().der))),
        master_list([country()], stranger()),
        master_list([other_country()]),  # signed well, by a country that is not on it
        master_list([country()], signer()),
        master_list([country()], appointed(extensions={PURPOSES: purpose("2.23.136.1.1.8")})),
        master_list(
            [country()], appointed(extensions={PURPOSES: purpose("2.23.136.1.1.3"), KEY_USAGE: (True, MAY_APPOINT)})
        ),
        master_list([country()], appointed(extensions={PURPOSES: purpose("2.23.136.1.1.3"), "1.2.3": (True, b"")})),
        master_list([country()], signed_at="2036-01-01"),
        master_list([country()], signed_at="2021-12-31"),
        signed_data(ber.sequence(ber.integer(1), ber.set_of(country().der)), list_signer(), content_type=MASTER_LIST),
        signed_data(ber.sequence(ber.integer(0)), list_signer(), content_type=MASTER_LIST),
    ],
)
def test_believes_no_list_that_was_not_signed_by_who_may(encoded: bytes) -> None:
    with pytest.raises(der.DerError):
        master_list_certificates(encoded)


# --- Revocation lists ---


def test_keeps_a_revocation_list_that_a_country_signed(tmp_path: Path) -> None:
    (tmp_path / "a.der").write_bytes(country().der)
    (tmp_path / "b.crl").write_bytes(revocation_list(country(), [5]))
    (tmp_path / "c.pem").write_bytes(pem(revocation_list(country(), [6]), "X509 CRL"))
    store = TrustStore.load(tmp_path)
    assert [found.serials for found in store.revocation_lists] == [{5}, {6}]
    assert not store.problems


@pytest.mark.parametrize(
    "encoded",
    [
        revocation_list(other_country(), [5]),  # of a country that we do not know
        revocation_list(Paper(b"", Hand(elliptic_pair(at=36)), country().subject, b"", 0), [5]),  # in another's name
        b"\x30\x00",
        revocation_list(country(), [5])[:-1] + b"\x00",
    ],
)
def test_leaves_out_a_revocation_list_that_nobody_signed(tmp_path: Path, encoded: bytes) -> None:
    (tmp_path / "a.der").write_bytes(country().der)
    (tmp_path / "b.crl").write_bytes(encoded)
    store = TrustStore.load(tmp_path)
    assert not store.revocation_lists
    assert len(store.problems) == 1
    assert len(store) == 1


def test_takes_no_revocation_list_from_a_country_that_may_not_sign_those(tmp_path: Path) -> None:
    only_certificates = {**AUTHORITY, KEY_USAGE: (True, bytes.fromhex("03020204"))}
    paper = certificate(Hand(elliptic_pair(at=37)), extensions=only_certificates)
    (tmp_path / "a.der").write_bytes(paper.der)
    (tmp_path / "b.crl").write_bytes(revocation_list(paper, [5]))
    store = TrustStore.load(tmp_path)
    assert len(store) == 1
    assert not store.revocation_lists
