# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every bad card by name, with how its reading must end. Tests in one process and behind a real pcscd share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from tests.kiosk.devices.emrtd.virtual import bad, ber
from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, ODD, SOD, Profile, data_group, load

DG1, DG14, DG15 = (data_group(number) for number in (1, 14, 15))


@dataclass(frozen=True, slots=True)
class Case:
    """One bad card. `ends` is the word of a CardState; `quick` tells that it needs no time-out to end."""

    name: str
    make: Callable[[], VirtualCard]
    ends: str
    quick: bool = True


def with_file(profile: Profile, fid: int, data: bytes | None) -> Profile:
    files = {**profile.files, fid: data or b""}
    if data is None:
        del files[fid]
    return replace(profile, files=files)


def changed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def cases() -> Iterator[Case]:
    yield from of_no_card()
    yield from of_access()
    yield from of_messaging()
    yield from of_files()
    yield from of_signatures()
    yield from of_copies()


def of_no_card() -> Iterator[Case]:
    passport, old = load("passport"), load("old_passport")
    yield Case("garbage", partial(bad.Garbage, passport), "protocol_violation")
    yield Case("another kind of card", partial(bad.Foreign, passport), "unsupported_card")
    yield Case("one byte", partial(bad.OneByte, passport), "protocol_violation")
    for sw, ends in ((0x61FF, "protocol_violation"), (0x6C10, "unsupported_card"), (0x6700, "unsupported_card")):
        yield Case(f"always {sw:04X}", partial(bad.AlwaysSays, passport, sw=sw), ends)
    for speaks in (0, 3, 9):
        yield Case(f"silent after {speaks}", partial(bad.SilentFrom, passport, speaks=speaks), "timeout", quick=False)
    yield Case("forgets its session", partial(bad.Forgetful, old, forgets_at=7), "file_denied")


def of_access() -> Iterator[Case]:
    passport, old, card = load("passport"), load("old_passport"), load("nik_2021")
    yield Case("blocked", partial(VirtualCard, card, tries=0), "blocked")
    yield Case("blocked, by its lines", partial(VirtualCard, old, tries=0), "blocked")
    ways = (
        "reflected", "reflected later", "off curve", "infinity", "zeroes", "compressed", "too large", "bad token",
        "reflected token", "doubled", "empty", "bare", "short nonce", "huge nonce", "other tag", "16 MB",
    )  # fmt: skip
    for how in ways:
        yield Case(f"PACE: {how}", partial(bad.BadPace, passport, how=how), "protocol_violation")
    for bit in (0, 100, 319):
        yield Case(f"BAC: bit {bit}", partial(bad.BadBac, old, bit=bit), "protocol_violation")
    others = {
        "integrated mapping alone": "0.4.0.127.0.7.2.2.4.4.2",
        "over numbers, integrated": "0.4.0.127.0.7.2.2.4.3.2",
    }
    for name, oid in others.items():
        info = ber.sequence(ber.der_oid(oid), ber.integer(2), ber.integer(13))
        other = with_file(passport, CARD_ACCESS, ber.set_of(info))
        # BAC would work; to fall back on it is what an attacker wants.
        yield Case(f"PACE: {name}", partial(VirtualCard, other), "unsupported_card")


def of_messaging() -> Iterator[Case]:
    old, card = load("old_passport"), load("nik_2021")
    ways = (
        "plain", "replayed", "old counter", "bad mac", "no mac", "short mac", "empty mac", "other status", "doubled",
        "no status", "unknown object", "bad padding", "half a block", "16 MB", "bomb",
    )  # fmt: skip
    for how in ways:
        yield Case(f"sealed: {how}", partial(bad.BadSeal, old, how=how), "protocol_violation")
        yield Case(f"sealed by AES: {how}", partial(bad.BadSeal, card, how=how, spares=3), "protocol_violation")


def of_files() -> Iterator[Case]:
    passport, old = load("passport"), load("old_passport")
    huge = bytes.fromhex("6184FFFFFFFF") + bytes(20_000)
    bomb = bad._nested(30_000, 0x31)
    for name, fid in (("DG1", DG1), ("SOD", SOD), ("DG15", DG15)):
        head = passport.files[fid][:1]
        yield Case(f"{name}: 4 GB", partial(bad.OtherFile, old, fid=fid, other=head + huge[1:]), "protocol_violation")
        yield Case(
            f"{name}: endless",
            partial(bad.EndlessFile, old, fid=fid, head=head + b"\x84\xff\xff\xff\xff"),
            "protocol_violation",
        )
        yield Case(f"{name}: empty", partial(bad.OtherFile, old, fid=fid, other=b""), "protocol_violation")
        yield Case(
            f"{name}: cut off", partial(bad.OtherFile, old, fid=fid, other=old.files[fid][:-4]), "protocol_violation"
        )
        yield Case(f"{name}: nothing comes", partial(bad.DripFile, old, fid=fid, at_once=0), "protocol_violation")
        yield Case(f"{name}: refused", partial(bad.DeniedFile, old, fid=fid), "file_denied")
    yield Case("CardAccess: 4 GB", partial(bad.OtherFile, passport, fid=CARD_ACCESS, other=huge), "protocol_violation")
    yield Case("CardAccess: bomb", partial(bad.OtherFile, passport, fid=CARD_ACCESS, other=bomb), "protocol_violation")
    yield Case(
        "CardAccess: endless",
        partial(bad.EndlessFile, passport, fid=CARD_ACCESS, head=bytes.fromhex("3184FFFFFFFF")),
        "protocol_violation",
    )
    for name, fid, tag in (("DG14", DG14, 0x6E), ("SOD", SOD, 0x77)):
        wrapped = ber.tlv(tag, bad._nested(12_000, 0x31))
        yield Case(f"{name}: bomb", partial(bad.OtherFile, passport, fid=fid, other=wrapped), "protocol_violation")
    doubled = ber.tlv(0x61, ber.first(old.files[DG1])[1] * 2)
    yield Case("DG1: doubled", partial(bad.OtherFile, old, fid=DG1, other=doubled), "protocol_violation")


def of_signatures() -> Iterator[Case]:
    passport = load("passport")
    for name, fid, place, document in (
        ("DG1", DG1, 12, "passport"),
        ("DG14", DG14, -3, "passport"),
        ("DG15", DG15, -9, "old_passport"),
    ):
        profile = load(document)
        data = profile.files[fid]
        other = with_file(profile, fid, changed(data, place % len(data)))
        yield Case(f"{name}: changed", partial(VirtualCard, other), "passive_failed")
    ends = {
        "unknown_type": "passive_failed",
        "unknown_signer": "untrusted_issuer",
        "namesake": "untrusted_issuer",
        "below_signer": "untrusted_issuer",
        "expired_signer": "untrusted_issuer",
        "future_signer": "untrusted_issuer",
        "bad_signature": "passive_failed",
        "no_hash_of_lines": "passive_failed",
    }
    for name, state in ends.items():
        other = with_file(passport, SOD, (ODD / f"{name}.sod").read_bytes())
        yield Case(f"SOD: {name}", partial(VirtualCard, other), state)


def of_copies() -> Iterator[Case]:
    passport, old = load("passport"), load("old_passport")
    for name, kind in (("another key", bad.CopiedActive), ("a recording", bad.RecordedActive)):
        for document in ("old_passport", "nik_2014", "residence_permit"):
            card = load(document)
            yield Case(f"AA: {name}, {document}", partial(kind, card), "clone_suspected")
    yield Case("AA: zeroes", partial(bad.EmptyActive, old), "clone_suspected")
    yield Case("AA: refused", partial(bad.RefusesActive, old), "clone_suspected")
    yield Case("CA: another key", partial(bad.CopiedChip, passport), "clone_suspected")
    yield Case("CA: refused", partial(bad.RefusesChip, passport), "clone_suspected")
    yield Case("CA: goes on with the old keys", partial(bad.PretendsChip, passport), "clone_suspected")
