# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the public key that a chip agrees on secrets with (SubjectPublicKeyInfo in DG14): its group and its element."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.curves import Group, curve_named, standard_group
from kiosk.devices.emrtd.modp_groups import described_group
from kiosk.devices.emrtd.public_keys import CURVES, ELLIPTIC, EcKey, read_public_key

STANDARDIZED = "0.4.0.127.0.7.1.2"  # a group by the number that Doc 9303 gives it
DIFFIE_HELLMAN = {"1.2.840.113549.1.3.1", "1.2.840.10046.2.1"}  # PKCS #3 and X9.42


@dataclass(frozen=True, slots=True)
class AgreementKey:
    """A chip's public key, in its group."""

    group: Group
    element: bytes = field(repr=False)


def read_agreement_key(encoded: bytes) -> AgreementKey:
    """Read a SubjectPublicKeyInfo.

    Raises DerError for kinds and groups that are not known, CardError (PROTOCOL_VIOLATION) for an element outside.
    """
    parts = der.only_element(encoded, der.SEQUENCE).children()
    if len(parts) != 2:
        raise der.DerError("a key has a kind and a value")
    algorithm = parts[0].expect(der.SEQUENCE).children()
    if not algorithm:
        raise der.DerError("a key has a kind")
    kind = algorithm[0].object_id()
    if kind == ELLIPTIC:
        key = read_public_key(encoded)
        if not isinstance(key, EcKey):
            raise der.DerError("another kind of key than it says")
        return _checked(curve_named(CURVES[key.curve]), key.point)
    if len(algorithm) != 2:
        raise der.DerError("a key without its group")
    if kind == STANDARDIZED:
        group = standard_group(algorithm[1].number())
        if group is None:
            raise der.DerError("a group that is not known")
        return _checked(group, parts[1].bits())
    if kind in DIFFIE_HELLMAN:
        return _with_numbers(algorithm[1], parts[1].bits(), has_order=kind == "1.2.840.10046.2.1")
    raise der.DerError("a kind of key that is not known")


def _with_numbers(parameters: der.Node, encoded: bytes, *, has_order: bool) -> AgreementKey:
    numbers = [node.number() for node in parameters.expect(der.SEQUENCE).children()[:3] if node.tag == der.INTEGER]
    if len(numbers) < (3 if has_order else 2):
        raise der.DerError("a group has a prime and a base")
    group = described_group(numbers[0], numbers[1], numbers[2] if has_order else None)
    public = der.only_element(encoded, der.INTEGER).number()
    if public < 0 or public.bit_length() > group.prime.bit_length():
        raise der.DerError("a public key outside its group")
    return _checked(group, public.to_bytes(group.element_length, "big"))


def _checked(group: Group, element: bytes) -> AgreementKey:
    group.check(element)
    return AgreementKey(group, element)
