# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verifies signatures of all kinds that countries use (Doc 9303 part 12): RSA and ECDSA, two ways of each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.public_keys import RSA_PSS, EcKey, PublicKey, RsaKey, library_curve

HASHES: dict[str, hashes.HashAlgorithm] = {
    "1.3.14.3.2.26": hashes.SHA1(),  # noqa: S303  # old documents are valid for ten years
    "2.16.840.1.101.3.4.2.4": hashes.SHA224(),
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
SHA1, SHA224, SHA256, SHA384, SHA512 = HASHES
MGF1 = "1.2.840.113549.1.1.8"

RSA_PKCS1 = {
    "1.2.840.113549.1.1.5": SHA1,
    "1.3.14.3.2.29": SHA1,
    "1.2.840.113549.1.1.14": SHA224,
    "1.2.840.113549.1.1.11": SHA256,
    "1.2.840.113549.1.1.12": SHA384,
    "1.2.840.113549.1.1.13": SHA512,
}
ECDSA_DER = {
    "1.2.840.10045.4.1": SHA1,
    "1.2.840.10045.4.3.1": SHA224,
    "1.2.840.10045.4.3.2": SHA256,
    "1.2.840.10045.4.3.3": SHA384,
    "1.2.840.10045.4.3.4": SHA512,
}
ECDSA_PLAIN = {f"0.4.0.127.0.7.1.1.4.1.{at}": oid for at, oid in enumerate(HASHES, start=1)}
# Where these stand for a signature, the hash is the one named beside it.
RSA_OF_DIGEST = "1.2.840.113549.1.1.1"
ECDSA_OF_DIGEST = frozenset({"1.2.840.10045.2.1", "1.2.840.10045.4.3"})

LIBRARY_CURVES: dict[str, type[ec.EllipticCurve]] = {
    "1.2.840.10045.3.1.1": ec.SECP192R1,
    "1.3.132.0.33": ec.SECP224R1,
    "1.2.840.10045.3.1.7": ec.SECP256R1,
    "1.3.132.0.34": ec.SECP384R1,
    "1.3.132.0.35": ec.SECP521R1,
    "1.3.132.0.10": ec.SECP256K1,
    "1.3.36.3.3.2.8.1.1.7": ec.BrainpoolP256R1,
    "1.3.36.3.3.2.8.1.1.11": ec.BrainpoolP384R1,
    "1.3.36.3.3.2.8.1.1.13": ec.BrainpoolP512R1,
}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """An AlgorithmIdentifier."""

    oid: str
    parameters: der.Node | None = field(default=None, repr=False)

    @classmethod
    def of(cls, node: der.Node) -> Algorithm:
        """Read it.

        Raises DerError.
        """
        parts = node.expect(der.SEQUENCE).children()
        if not 1 <= len(parts) <= 2:
            raise der.DerError("an algorithm has a name and parameters")
        return cls(parts[0].object_id(), parts[1] if len(parts) == 2 else None)


def digest(oid: str, data: bytes | bytearray | memoryview) -> bytes:
    """Compute a hash by its object identifier.

    Raises DerError where it is not one of ours.
    """
    if oid not in HASHES:  # also "": a signature that this kind of key cannot make
        raise der.DerError("a hash or signature of a kind that is not accepted")
    return hashlib.new(HASHES[oid].name, data, usedforsecurity=False).digest()


def verifies(key: PublicKey, algorithm: Algorithm, signature: bytes, message: bytes, digest_oid: str = "") -> bool:
    """Tell whether the signature over the message is by this key; `digest_oid` is the hash named beside it.

    Raises DerError where key, algorithm and parameters do not go together or are not accepted.
    """
    match key:
        case RsaKey():
            return _rsa_verifies(key, algorithm, signature, message, digest_oid)
        case EcKey():
            if algorithm.oid in ECDSA_PLAIN:
                return ecdsa_verifies(key, ECDSA_PLAIN[algorithm.oid], plain_pair(key, signature), message)
            name = digest_oid if algorithm.oid in ECDSA_OF_DIGEST else ECDSA_DER.get(algorithm.oid, "")
            return ecdsa_verifies(key, name, der_pair(signature), message)


def ecdsa_verifies(key: EcKey, hash_oid: str, pair: tuple[int, int] | None, message: bytes) -> bool:
    """Tell whether r and s are this key's signature over the message.

    Raises DerError for a hash that is not accepted, or a point that is not on its curve.
    """
    hashed = digest(hash_oid, message)
    if pair is None or min(pair) <= 0:
        return False
    known = LIBRARY_CURVES.get(key.curve)
    if known is None:
        return _pure_ecdsa_verifies(key, hashed, pair)
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(known(), key.point)
        public.verify(utils.encode_dss_signature(*pair), hashed, ec.ECDSA(utils.Prehashed(HASHES[hash_oid])))
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        raise der.DerError("a key that is no point on its curve") from None
    return True


def der_pair(signature: bytes) -> tuple[int, int] | None:
    """Read r and s from DER."""
    try:
        numbers = der.only_element(signature, der.SEQUENCE).children()
        return (numbers[0].number(), numbers[1].number()) if len(numbers) == 2 else None
    except der.DerError:
        return None


def plain_pair(key: EcKey, signature: bytes) -> tuple[int, int] | None:
    """Read r and s that stand behind each other, each as wide as the curve's order (BSI TR-03111)."""
    width = order_width(key)
    if len(signature) != 2 * width:
        return None
    return int.from_bytes(signature[:width], "big"), int.from_bytes(signature[width:], "big")


def order_width(key: EcKey) -> int:
    """Tell how many bytes the order of the curve takes: as many as its name says bits, for all we know."""
    known = LIBRARY_CURVES.get(key.curve)
    bits = known().key_size if known else int(library_curve(key.curve).order.bit_length())
    return (bits + 7) // 8


def _pure_ecdsa_verifies(key: EcKey, hashed: bytes, pair: tuple[int, int]) -> bool:
    import ecdsa  # noqa: PLC0415  # for brainpoolP320r1 and its like alone

    curve = library_curve(key.curve)
    width = order_width(key)
    if max(pair) >= curve.order:
        return False
    try:
        public = ecdsa.VerifyingKey.from_string(key.point, curve=curve)
    except (ecdsa.errors.MalformedPointError, ValueError):
        raise der.DerError("a key that is no point on its curve") from None
    try:
        is_right = public.verify_digest(
            b"".join(number.to_bytes(width, "big") for number in pair), hashed, allow_truncate=True
        )
    except ecdsa.BadSignatureError:
        return False
    return bool(is_right)


def _rsa_verifies(key: RsaKey, algorithm: Algorithm, signature: bytes, message: bytes, digest_oid: str) -> bool:
    if algorithm.oid == RSA_PSS:
        hash_oid, filling = _pss(algorithm.parameters)
    else:
        hash_oid = digest_oid if algorithm.oid == RSA_OF_DIGEST else RSA_PKCS1.get(algorithm.oid, "")
        filling = padding.PKCS1v15()
    hashed = digest(hash_oid, message)
    try:
        public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
        public.verify(signature, hashed, filling, utils.Prehashed(HASHES[hash_oid]))
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        raise der.DerError("an RSA key that is not accepted") from None
    return True


def _pss(parameters: der.Node | None) -> tuple[str, padding.AsymmetricPadding]:
    """Read the parameters of RSA-PSS; what they leave out is SHA-1 and 20 bytes of salt."""
    hash_oid, mask_oid, salt = SHA1, SHA1, 20
    seen: list[int] = []
    for node in parameters.expect(der.SEQUENCE).children() if parameters else ():
        if node.tag in seen or seen[-1:] > [node.tag]:
            raise der.DerError("parameters of RSA-PSS out of order")
        seen.append(node.tag)
        match node.tag:
            case 0xA0:
                hash_oid = Algorithm.of(node.only(der.SEQUENCE)).oid
            case 0xA1:
                mask = Algorithm.of(node.only(der.SEQUENCE))
                if mask.oid != MGF1 or mask.parameters is None:
                    raise der.DerError("a mask that is not MGF1")
                mask_oid = Algorithm.of(mask.parameters).oid
            case 0xA2:
                salt = node.only(der.INTEGER).number()
            case 0xA3 if node.only(der.INTEGER).number() == 1:
                pass
            case _:
                raise der.DerError("parameters of RSA-PSS that are not known")
    if mask_oid not in HASHES or not 0 <= salt <= 512:
        raise der.DerError("parameters of RSA-PSS that are not accepted")
    return hash_oid, padding.PSS(mgf=padding.MGF1(HASHES[mask_oid]), salt_length=salt)
