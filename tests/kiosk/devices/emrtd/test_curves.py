# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two parties agree in every group that Doc 9303 knows, and nobody gets in with an element that is none."""

import os

import pytest

from kiosk.devices.emrtd.curves import STANDARD_CURVES, CurveGroup, KeyAgreement, standard_group
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.modp_groups import STANDARD_GROUPS, ModpGroup, described_group
from kiosk.devices.emrtd.states import CardState

ALL = sorted(STANDARD_CURVES) + sorted(STANDARD_GROUPS)


@pytest.mark.parametrize("number", ALL)
def test_two_parties_agree(number: int) -> None:
    group = standard_group(number)
    assert group is not None
    ours = KeyAgreement.draw(group, group.generator, os.urandom)
    theirs = KeyAgreement.draw(group, group.generator, os.urandom)
    assert len(ours.public) == group.element_length
    assert ours.agree(theirs.public) == theirs.agree(ours.public)
    other = group.power(group.generator, 12345)
    over = KeyAgreement.draw(group, other, os.urandom)
    assert over.public == group.power(group.power(group.generator, over.private), 12345)


@pytest.mark.parametrize("number", ALL)
def test_combining_adds_exponents(number: int) -> None:
    group = standard_group(number)
    assert group is not None
    five, seven = group.power(group.generator, 5), group.power(group.generator, 7)
    assert group.combine(five, seven) == group.power(group.generator, 12)
    assert group.combine(five, five) == group.power(group.generator, 10)


@pytest.mark.parametrize("number", ALL)
def test_comes_to_nothing_only_with_an_error(number: int) -> None:
    group = standard_group(number)
    assert group is not None
    with pytest.raises(CardError) as caught:
        group.power(group.generator, group.exponent_limit)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
    inverse = group.power(group.generator, group.exponent_limit - 1)
    with pytest.raises(CardError):
        group.combine(group.generator, inverse)


def test_knows_no_group_by_another_number() -> None:
    assert [number for number in range(-1, 40) if standard_group(number) is not None] == sorted(ALL)


def test_draws_again_what_is_out_of_range() -> None:
    group = standard_group(13)
    assert isinstance(group, CurveGroup)
    draws = [b"\xff" * 32, bytes(32), (5).to_bytes(32, "big")]
    assert KeyAgreement.draw(group, group.generator, lambda _length: draws.pop(0)).private == 5


def test_draws_as_many_bits_as_the_order_has() -> None:
    group = standard_group(18)
    assert isinstance(group, CurveGroup)
    drawn = KeyAgreement.draw(group, group.generator, lambda length: b"\x03" + b"\x11" * (length - 1))
    assert drawn.private.bit_length() <= 521


def test_keeps_a_private_key_out_of_a_repr() -> None:
    group = standard_group(12)
    assert group is not None
    ours = KeyAgreement.draw(group, group.generator, os.urandom)
    assert str(ours.private) not in repr(ours)


def test_takes_a_group_that_a_card_describes_for_what_it_is() -> None:
    known = STANDARD_GROUPS[2]
    assert described_group(known.prime, known.base, known.order) == known
    without = described_group(known.prime, known.base)
    assert without.power(without.generator, 3) == known.power(known.generator, 3)


@pytest.mark.parametrize(
    ("prime", "base", "order"),
    [
        (23, 5, 11),
        (1 << 1024, 5, None),
        ((1 << 8192) + 1, 5, None),
        (STANDARD_GROUPS[2].prime, 1, None),
        (STANDARD_GROUPS[2].prime, STANDARD_GROUPS[2].prime - 1, None),
        (STANDARD_GROUPS[2].prime, 2, STANDARD_GROUPS[2].order),
        (STANDARD_GROUPS[2].prime, 2, 2),
        (-STANDARD_GROUPS[2].prime, 2, None),
    ],
)
def test_refuses_numbers_that_are_no_group(prime: int, base: int, order: int | None) -> None:
    with pytest.raises(CardError):
        described_group(prime, base, order)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_refuses_elements_of_a_small_subgroup(number: int) -> None:
    group = STANDARD_GROUPS[number]
    assert isinstance(group, ModpGroup)
    assert group.order is not None
    cofactor = (group.prime - 1) // group.order
    element = next(
        value for base in range(2, 50) if (value := pow(base, group.order, group.prime)) not in {1, group.prime - 1}
    )
    assert pow(element, cofactor, group.prime) == 1
    with pytest.raises(CardError) as caught:
        group.power(element.to_bytes(group.element_length, "big"), 7)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
