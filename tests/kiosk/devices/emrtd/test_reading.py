# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One reading goes the right way in, believes nothing unsigned, tells how far it is, and forgets."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from kiosk.devices.emrtd.apdu import Ins
from kiosk.devices.emrtd.connection import CardConnection, Limits
from kiosk.devices.emrtd.document import Can, Checks, Reading
from kiosk.devices.emrtd.reading import _Run, read_document
from kiosk.devices.emrtd.states import CardState, Step, Verdict
from kiosk.devices.emrtd.trust import TrustStore
from tests.kiosk.devices.emrtd.virtual import ber, contents
from tests.kiosk.devices.emrtd.virtual.authority import security_object
from tests.kiosk.devices.emrtd.virtual.bad import BadPace
from tests.kiosk.devices.emrtd.virtual.bad_cases import changed, with_file
from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite
from tests.kiosk.devices.emrtd.virtual.commands import Command, read_command
from tests.kiosk.devices.emrtd.virtual.connection import connect, key_of, lines_of
from tests.kiosk.devices.emrtd.virtual.curves import P256
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.personalise import with_curves
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, COM, SOD, TRUST, Profile, data_group, load

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DG1, DG14, DG15 = (data_group(number) for number in (1, 14, 15))
EXTENDED = Limits(65_544, 65_536)


@dataclass(slots=True)
class Listener:
    """Notes the instruction of each command that goes by."""

    connection: CardConnection
    instructions: list[int]

    @property
    def limits(self) -> Limits:
        return self.connection.limits

    def transmit(self, command: bytes) -> bytes:
        read = read_command(command)
        assert read is not None
        self.instructions.append(read.ins)
        return self.connection.transmit(command)

    def close(self) -> None:
        self.connection.close()


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    return TrustStore.load(TRUST)


def read(
    card: VirtualCard | Profile, trust: TrustStore, *, limits: Limits | None = None, key: Can | None = None
) -> tuple[Reading, list[int]]:
    card = card if isinstance(card, VirtualCard) else VirtualCard(card)
    listener = Listener(connect(card, limits), [])
    return read_document(listener, key or key_of(card.profile), trust, now=NOW), listener.instructions


def signed_anew(profile: Profile, groups: dict[int, bytes]) -> tuple[Profile, TrustStore]:
    """Give the document with these data groups, signed by a country of this test."""
    country = with_curves()
    files = {data_group(number): data for number, data in groups.items()}
    files[COM] = contents.com(list(groups))
    files[SOD] = security_object(groups, country.signer)
    if CARD_ACCESS in profile.files:
        files[CARD_ACCESS] = profile.files[CARD_ACCESS]
    return replace(profile, files=files), TrustStore.of([country.root.der])


def groups_of(profile: Profile) -> dict[int, bytes]:
    return {fid & 0xFF: data for fid, data in profile.files.items() if fid & 0xFF <= 16}


# --- The way in ---


def test_looks_for_the_open_file_before_anything_else(trust: TrustStore) -> None:
    card = VirtualCard(load("nik_2021"))
    read(card, trust)
    assert card.asked_for[0] == CARD_ACCESS


@pytest.mark.parametrize("how", ["bad token", "reflected", "off curve", "empty"])
def test_never_goes_on_to_the_older_way_when_pace_fails(how: str, trust: TrustStore) -> None:
    card = BadPace(load("passport"), how=how)
    assert card.profile.has_bac
    reading, instructions = read(card, trust)
    assert reading.state is CardState.PROTOCOL_VIOLATION
    assert Ins.GET_CHALLENGE not in instructions


@pytest.mark.parametrize(
    "access", [b"\x31\x03\x30\x01\x00", b"\x31\x82\xff\xff" + bytes(50), b"\x30\x00", b"\x31\x00", b"\x31"]
)
def test_never_goes_on_to_the_older_way_when_the_open_file_is_broken(access: bytes, trust: TrustStore) -> None:
    reading, instructions = read(with_file(load("passport"), CARD_ACCESS, access), trust)
    assert reading.state in {CardState.PROTOCOL_VIOLATION, CardState.UNSUPPORTED_CARD}
    assert Ins.GET_CHALLENGE not in instructions


def test_finds_out_that_the_open_file_was_hidden(trust: TrustStore) -> None:
    reading, _ = read(with_file(load("passport"), CARD_ACCESS, None), trust)
    assert reading.state is CardState.PROTOCOL_VIOLATION
    assert reading.document is None


def test_finds_out_that_the_open_file_offers_what_was_not_signed(trust: TrustStore) -> None:
    passport = load("passport")
    pace = (*passport.pace, PaceInfo(Suite.DES3, P256))
    forged = replace(with_file(passport, CARD_ACCESS, contents.card_access(pace)), pace=pace)
    reading, _ = read(forged, trust)
    assert reading.state is CardState.PASSIVE_FAILED
    assert "CardAccess" in reading.says
    assert reading.checks.passive is Verdict.HELD


def test_finds_out_that_the_open_file_offers_the_weaker_alone(trust: TrustStore) -> None:
    passport = load("passport")
    kept = replace(with_file(passport, CARD_ACCESS, contents.card_access(passport.pace[:1])), pace=passport.pace[:1])
    assert read(kept, trust)[0].state is CardState.DONE  # each offer was signed: that is all Doc 9303 asks


def test_reads_a_document_without_dg14_though_it_offers_pace() -> None:
    document = load("residence_permit")
    groups = {number: data for number, data in groups_of(document).items() if number in {1, 15}}
    profile, trust = signed_anew(document, groups)
    reading, _ = read(profile, trust)
    assert reading.state is CardState.DONE
    assert reading.checks == Checks(Verdict.HELD, Verdict.HELD, Verdict.ABSENT)


def test_says_wrong_key_for_a_number_at_a_card_that_opens_with_lines(trust: TrustStore) -> None:
    reading, instructions = read(load("old_passport"), trust, key=Can("123456"))
    assert reading.state is CardState.WRONG_KEY
    assert reading.tries_left is None
    assert Ins.EXTERNAL_AUTHENTICATE not in instructions


@pytest.mark.parametrize("name", ["old_passport", "passport", "nik_2021"])
def test_tries_a_key_once(name: str, trust: TrustStore) -> None:
    card = VirtualCard(load(name))
    wrong = Can("999999") if card.profile.can else replace(lines_of(card.profile), birth_date="010101")
    instructions: list[int] = []
    reading = read_document(Listener(connect(card), instructions), wrong, trust, now=NOW)
    assert reading.state is CardState.WRONG_KEY
    assert sum(ins in {Ins.EXTERNAL_AUTHENTICATE, Ins.MANAGE_SECURITY_ENVIRONMENT} for ins in instructions) == 1


# --- What is believed ---


def test_says_done_and_not_checked_where_nobody_is_trusted() -> None:
    reading, _ = read(load("nik_2021"), TrustStore.empty())
    assert reading.state is CardState.DONE
    assert reading.checks == Checks(Verdict.NOT_CHECKED, Verdict.NOT_CHECKED, Verdict.HELD)


@pytest.mark.parametrize("place", [20, 40, 60])
def test_says_not_as_signed_wherever_the_lines_were_changed(place: int, trust: TrustStore) -> None:
    passport = load("passport")
    reading, instructions = read(with_file(passport, DG1, changed(passport.files[DG1], place)), trust)
    assert reading.state is CardState.PASSIVE_FAILED
    assert reading.checks.passive is Verdict.FAILED
    assert instructions.count(Ins.MANAGE_SECURITY_ENVIRONMENT) == 1, "no proof with keys that nobody signed for"


def test_says_not_as_signed_where_lines_cannot_even_be_read(trust: TrustStore) -> None:
    passport = load("passport")
    lines = ber.first(ber.first(passport.files[DG1])[1])[1]
    spoiled = ber.tlv(0x61, ber.tlv(0x5F1F, lines.replace(b"<", b"?")))
    reading, _ = read(with_file(passport, DG1, spoiled), trust)
    assert (reading.state, reading.document) == (CardState.PASSIVE_FAILED, None)


@pytest.mark.parametrize("name", ["passport", "nik_2021"])
def test_suspects_a_card_that_lost_what_it_was_issued_with(name: str, trust: TrustStore) -> None:
    reading, _ = read(with_file(load(name), DG14, None), trust)
    assert reading.state is CardState.CLONE_SUSPECTED
    assert reading.checks.chip is Verdict.FAILED
    assert reading.document is not None


def test_suspects_a_card_that_lost_its_key(trust: TrustStore) -> None:
    reading, _ = read(with_file(load("old_passport"), DG15, None), trust)
    assert reading.state is CardState.CLONE_SUSPECTED
    assert reading.checks.active is Verdict.FAILED


def test_needs_no_ef_com(trust: TrustStore) -> None:
    reading, _ = read(with_file(load("passport"), COM, None), trust)
    assert reading.state is CardState.DONE
    assert reading.checks.chip is Verdict.HELD


def test_says_not_as_signed_where_there_is_no_signature(trust: TrustStore) -> None:
    reading, _ = read(with_file(load("passport"), SOD, None), trust)
    assert reading.state is CardState.PASSIVE_FAILED
    assert reading.document is not None
    assert reading.checks.chip is not Verdict.HELD


def test_leaves_a_group_alone_that_ef_com_names_and_nobody_has(trust: TrustStore) -> None:
    old = load("old_passport")
    reading, _ = read(with_file(old, COM, contents.com([1, 2, 14, 15])), trust)
    assert reading.state is CardState.DONE


def test_says_not_as_signed_of_a_group_that_nobody_signed_for(trust: TrustStore) -> None:
    old = load("old_passport")
    forged = with_file(with_file(old, COM, contents.com([1, 14, 15])), DG14, load("nik_2014").files[DG14])
    assert read(forged, trust)[0].state is CardState.PASSIVE_FAILED


def test_does_not_hold_a_way_that_is_not_known_against_a_card() -> None:
    document = load("old_passport")
    unknown = ber.sequence(ber.der_oid("0.4.0.127.0.7.2.2.1.9"), ber.sequence(ber.sequence(ber.NULL), ber.NULL))
    groups = groups_of(document) | {14: ber.tlv(0x6E, ber.set_of(unknown))}
    profile, trust = signed_anew(document, groups)
    reading, _ = read(profile, trust)
    assert reading.state is CardState.DONE
    assert reading.checks == Checks(Verdict.HELD, Verdict.HELD, Verdict.NOT_CHECKED)


# --- While it goes on, and after ---


@pytest.mark.parametrize("name", ["nik_2021", "old_passport", "residence_permit"])
def test_tells_how_far_it_is_and_never_goes_back(name: str, trust: TrustStore) -> None:
    told: list[tuple[Step, float]] = []
    card = VirtualCard(load(name))
    read_document(
        connect(card), key_of(card.profile), trust, now=NOW, progress=lambda step, share: told.append((step, share))
    )
    shares = [share for _, share in told]
    steps = [step for step, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(steps)) == [Step.ACCESS, Step.FILES, Step.CHECKS]
    assert max(share for step, share in told if step is Step.ACCESS) == pytest.approx(0.4)
    assert max(later - earlier for earlier, later in pairwise(shares)) < 0.25


@pytest.mark.parametrize(
    ("name", "short", "extended"),
    [("speci_2014", 26, 16), ("nik_2021", 22, 16), ("residence_permit", 19, 14), ("old_passport", 24, 24)],
)
def test_asks_few_questions(name: str, short: int, extended: int, trust: TrustStore) -> None:
    for limits, most in ((Limits(), short), (EXTENDED, extended)):
        card = VirtualCard(load(name))
        assert read(card, trust, limits=limits)[0].state is CardState.DONE
        assert card.count <= most


class ShortOfBreath(VirtualCard):
    """Takes long commands in the open, and ends the session at one under secure messaging."""

    says = b"\x67\x00"

    def _secured(self, command: Command) -> bytes:
        if (command.le or 0) > 256:
            self._session = None
            return self.says
        return super()._secured(command)


@pytest.mark.parametrize("says", [b"\x67\x00", b"\x69\x88", b"\x6f\x00"])
def test_speaks_in_short_to_a_card_that_breaks_off_at_length(
    says: bytes, trust: TrustStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ShortOfBreath, "says", says)
    card = ShortOfBreath(load("nik_2021"))
    told: list[float] = []
    reading = read_document(
        connect(card, EXTENDED), key_of(card.profile), trust, now=NOW, progress=lambda _step, share: told.append(share)
    )
    assert reading.state is CardState.DONE, reading.says
    assert told == sorted(told)


def test_gives_a_card_that_always_breaks_off_up_after_the_second_time(trust: TrustStore) -> None:
    class Breathless(ShortOfBreath):
        def _secured(self, command: Command) -> bytes:
            return self.says

    card = Breathless(load("nik_2021"))
    reading, instructions = read(card, trust, limits=EXTENDED)
    assert reading.state in {CardState.PROTOCOL_VIOLATION, CardState.UNSUPPORTED_CARD}
    assert instructions.count(Ins.MANAGE_SECURITY_ENVIRONMENT) <= 2


def test_overwrites_what_was_read(trust: TrustStore) -> None:
    card = VirtualCard(load("nik_2014"))
    run = _Run(
        connect(card), key_of(card.profile), trust, NOW, lambda _step, _share: None, bytes, lambda n: b"\x05" * n
    )
    assert run.read().document is not None
    lines = run.contents[1]
    assert any(lines)
    run.forget()
    assert not any(lines)
    assert not run.contents


def test_overwrites_what_was_read_when_it_ends_early(trust: TrustStore, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[int] = []
    forget = _Run.forget

    def noted(run: _Run) -> None:
        forgotten.append(len(run.contents))
        forget(run)

    monkeypatch.setattr(_Run, "forget", noted)
    read(VirtualCard(load("nik_2014"), removed_at=18), trust)
    assert len(forgotten) == 1


def test_says_nothing_of_a_person_in_words_for_an_engineer(trust: TrustStore) -> None:
    for name in ("passport", "nik_2014"):
        profile = load(name)
        spoiled = with_file(profile, DG1, changed(profile.files[DG1], 30))
        reading, _ = read(spoiled, trust)
        assert reading.says
        for text in (*profile.mrz, *profile.key_lines):
            assert text not in repr(reading)
