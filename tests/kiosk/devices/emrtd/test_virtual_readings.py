# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Virtual cards before the whole protocol in this process: every good one is read, every bad one ends as it must."""

import tracemalloc
from datetime import UTC, datetime
from time import monotonic

import pytest

from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.document import AccessKey, Can, Checks, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.reading import read_document
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.emrtd.trust import TrustStore
from tests.kiosk.devices.emrtd.virtual import bad
from tests.kiosk.devices.emrtd.virtual.bad_cases import Case, cases, with_file
from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.connection import connect, key_of, lines_of
from tests.kiosk.devices.emrtd.virtual.profile import ODD, SOD, TRUST, data_group, load, names

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NEVER = {data_group(number) for number in (2, 3, 11)}
BSN = "999990019"


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    return TrustStore.load(TRUST)


def read(card: VirtualCard, trust: TrustStore, key: AccessKey | None = None, limits: Limits | None = None) -> Reading:
    return read_document(connect(card, limits), key or key_of(card.profile), trust, now=NOW)


PROOFS = {
    "passport": Checks(Verdict.HELD, Verdict.NOT_CHECKED, Verdict.HELD),
    "nik_2014": Checks(Verdict.HELD, Verdict.HELD, Verdict.ABSENT),
    "nik_2021": Checks(Verdict.HELD, Verdict.NOT_CHECKED, Verdict.HELD),
    "residence_permit": Checks(Verdict.HELD, Verdict.HELD, Verdict.ABSENT),
    "speci_2014": Checks(Verdict.HELD, Verdict.NOT_CHECKED, Verdict.HELD),
    "old_passport": Checks(Verdict.HELD, Verdict.HELD, Verdict.ABSENT),
}
PEOPLE = {
    "passport": (DocumentKind.PASSPORT, "1985-03-14"),
    "nik_2014": (DocumentKind.ID_CARD, "1954-01-02"),
    "nik_2021": (DocumentKind.ID_CARD, "1999-07-31"),
    "residence_permit": (DocumentKind.RESIDENCE_PERMIT, "1972-00-00"),
    "speci_2014": (DocumentKind.PASSPORT, "1965-03-10"),
    "old_passport": (DocumentKind.PASSPORT, "1948-02-29"),
}


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("limits", [Limits(), Limits(65_544, 65_536)], ids=["short", "extended"])
def test_every_good_card_is_read_and_proves_itself(name: str, limits: Limits, trust: TrustStore) -> None:
    card = VirtualCard(load(name))
    reading = read(card, trust, limits=limits)
    assert reading.state is CardState.DONE, reading.says
    assert reading.checks == PROOFS[name]
    assert reading.document is not None
    assert (reading.document.kind, reading.document.birth_date) == PEOPLE[name]
    assert BSN not in str(reading.document.__getstate__())  # also what no repr shows
    assert set(card.asked_for) & NEVER == set()


@pytest.mark.parametrize("name", ["nik_2021", "residence_permit"])
def test_a_card_with_a_number_opens_with_its_lines_too(name: str, trust: TrustStore) -> None:
    card = VirtualCard(load(name))
    assert read(card, trust, lines_of(card.profile)).state is CardState.DONE


@pytest.mark.parametrize("name", sorted(path.stem for path in ODD.glob("good_*")))
def test_every_kind_of_right_signature_is_taken(name: str, trust: TrustStore) -> None:
    profile = with_file(load("passport"), SOD, (ODD / f"{name}.sod").read_bytes())
    assert read(VirtualCard(profile), trust).state is CardState.DONE


@pytest.mark.parametrize("name", names())
def test_a_wrong_key_is_said_of_every_card(name: str, trust: TrustStore) -> None:
    card = VirtualCard(load(name))
    number, birth, expiry = (text[:-1] for text in card.profile.key_lines)
    wrong: AccessKey = Can("000000") if card.profile.can else MrzKey(number[:-1] + "9", birth, expiry)
    reading = read(card, trust, wrong)
    assert (reading.state, reading.document) == (CardState.WRONG_KEY, None)


@pytest.mark.parametrize("tries", [3, 2])
def test_a_card_that_counts_tells_how_many_tries_are_left(tries: int, trust: TrustStore) -> None:
    card = VirtualCard(load("nik_2021"), tries=tries)
    reading = read(card, trust, Can("000000"))
    assert (reading.state, reading.tries_left) == (CardState.WRONG_KEY, tries - 1)
    assert card.tries == tries - 1, "one entry is one try"


def test_a_card_that_counts_opens_after_a_warning(trust: TrustStore) -> None:
    card = VirtualCard(load("nik_2021"), tries=2)
    read(card, trust, Can("000000"))
    assert read(card, trust).state is CardState.DONE


def test_the_last_try_ends_in_blocked_and_then_nothing_is_tried_any_more(trust: TrustStore) -> None:
    card = VirtualCard(load("nik_2021"), tries=1)
    assert read(card, trust, Can("000000")).state is CardState.BLOCKED
    assert read(card, trust).state is CardState.BLOCKED
    assert card.tries == 0


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_every_bad_card_ends_in_its_own_state(case: Case, trust: TrustStore) -> None:
    card = case.make()
    began = monotonic()
    reading = read(card, trust)
    assert reading.state.value == case.ends, reading.says
    assert monotonic() - began < 5
    assert card.count < 400
    assert set(card.asked_for) & NEVER == set()
    for text in (*card.profile.mrz, *card.profile.key_lines, BSN):
        assert text not in reading.says


@pytest.mark.parametrize("name", ["passport", "old_passport"])
def test_a_card_may_be_taken_away_at_every_command(name: str, trust: TrustStore) -> None:
    whole = VirtualCard(load(name))
    read(whole, trust)
    assert whole.count > 15
    for place in range(whole.count):
        card = VirtualCard(load(name), removed_at=place)
        reading = read(card, trust)
        assert (reading.state, reading.document) == (CardState.CARD_REMOVED, None), place


@pytest.mark.parametrize("name", ["garbage", "DG1: endless", "CardAccess: bomb", "sealed: bomb", "SOD: bomb"])
def test_memory_stays_flat_whatever_a_card_sends(name: str, trust: TrustStore) -> None:
    card = next(case for case in cases() if case.name == name).make()
    tracemalloc.start()
    try:
        read(card, trust)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20 << 20


def test_a_card_without_trusted_certificates_is_read_and_not_checked() -> None:
    reading = read(VirtualCard(load("passport")), TrustStore.empty())
    assert (reading.state, reading.checks.passive) == (CardState.DONE, Verdict.NOT_CHECKED)


def test_a_file_in_small_pieces_is_read_all_the_same(trust: TrustStore) -> None:
    card = bad.DripFile(load("old_passport"), fid=data_group(1), at_once=64)
    assert read(card, trust).state is CardState.DONE
