# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Active Authentication (Doc 9303 part 11, 6.1): whether the chip has the private key of DG15, by its signature.

RSA after ISO/IEC 9796-2 scheme 1, where part of the message is inside the signature; ECDSA with r and s behind each
other (BSI TR-03111) or, from chips that err, in DER. That DG15 is genuine is for `passive`.
"""

from __future__ import annotations

import hmac

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.data_groups import SecurityInfos
from kiosk.devices.emrtd.public_keys import EcKey, RsaKey, read_public_key
from kiosk.devices.emrtd.signatures import (
    ECDSA_DER,
    ECDSA_PLAIN,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512,
    der_pair,
    digest,
    ecdsa_verifies,
    order_width,
    plain_pair,
)

IMPLICIT_TRAILER = 0xBC  # the hash is agreed: SHA-1
EXPLICIT_TRAILER = 0xCC  # the byte before it names the hash (ISO/IEC 10118)
HASH_OF_TRAILER = {0x33: SHA1, 0x38: SHA224, 0x34: SHA256, 0x36: SHA384, 0x35: SHA512}
PARTIAL = 0x60  # first half byte: 01, and 1 for "part of the message is elsewhere" (the challenge), 0
PADDING, LAST_PADDING = 0x0B, 0x0A
SHORTEST_RECOVERED = 8  # bytes that the chip adds of its own, so that nobody chooses what it signs


def check_active(dg15: bytes, infos: SecurityInfos | None, challenge: bytes, signature: bytes) -> bool:
    """Tell whether the signature over the challenge is made with the key of DG15, a SubjectPublicKeyInfo in DER.

    A key or hash that is not accepted counts as no proof.
    """
    try:
        match read_public_key(dg15):
            case RsaKey() as key:
                return _rsa_holds(key, challenge, signature)
            case EcKey() as key:
                return _ecdsa_holds(key, _hash_of(key, infos), challenge, signature)
    except der.DerError:
        return False


def message_holds(recovered: bytes, challenge: bytes) -> bool:
    """Tell whether what came out of a signature ends in the hash of what is before it and the challenge."""
    if len(recovered) < 4 or recovered[0] & 0xF0 != PARTIAL:
        return False
    start = 1
    if recovered[0] & 0x0F == PADDING:
        while start < len(recovered) and recovered[start] == PADDING << 4 | PADDING:
            start += 1
        if recovered[start : start + 1] != bytes([PADDING << 4 | LAST_PADDING]):
            return False
        start += 1
    elif recovered[0] & 0x0F != LAST_PADDING:
        return False
    hash_oid, trailer = _trailer(recovered)
    if not hash_oid:
        return False
    size = len(digest(hash_oid, b""))
    end = len(recovered) - trailer - size
    if end - start < SHORTEST_RECOVERED:
        return False
    said = recovered[end : end + size]
    return hmac.compare_digest(said, digest(hash_oid, recovered[start:end] + challenge))


def _trailer(recovered: bytes) -> tuple[str, int]:
    if recovered[-1] == IMPLICIT_TRAILER:
        return SHA1, 1
    if recovered[-1] == EXPLICIT_TRAILER:
        return HASH_OF_TRAILER.get(recovered[-2], ""), 2
    return "", 0


def _rsa_holds(key: RsaKey, challenge: bytes, signature: bytes) -> bool:
    size = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= key.modulus:
        return False
    opened = pow(number, key.exponent, key.modulus)
    # A signer may take the smaller of two roots; then what comes out is the modulus less the message (9796-2, B.1).
    candidates = (opened, key.modulus - opened)
    return any(message_holds(candidate.to_bytes(size, "big"), challenge) for candidate in candidates)


def _ecdsa_holds(key: EcKey, hash_oid: str, challenge: bytes, signature: bytes) -> bool:
    pairs = [pair for pair in (plain_pair(key, signature), der_pair(signature)) if pair]
    return any(ecdsa_verifies(key, hash_oid, pair, challenge) for pair in pairs)


def _hash_of(key: EcKey, infos: SecurityInfos | None) -> str:
    """Give the hash that DG14 names; where it names none, the one that is as long as the curve."""
    for info in infos.active if infos else ():
        name = info.signature_algorithm
        return ECDSA_PLAIN.get(name) or ECDSA_DER.get(name, "")
    width = order_width(key)
    return next((oid for oid in (SHA512, SHA384, SHA256, SHA224) if width >= len(digest(oid, b""))), SHA1)
