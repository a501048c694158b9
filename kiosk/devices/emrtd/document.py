# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reading gives: a few fields and which checks held. No number of the person or the document, no picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.devices.emrtd.states import CardState, Verdict


class DocumentKind(StrEnum):
    """What lies there."""

    PASSPORT = "passport"
    ID_CARD = "id_card"
    RESIDENCE_PERMIT = "residence_permit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Can:
    """The six digits on the front of a card that open its chip. A secret: never shown in a repr."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MrzKey:
    """What of the printed lines opens a chip: number, birth and expiry date (YYMMDD), each without its check digit."""

    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry_date: str = field(repr=False)


AccessKey = Can | MrzKey


@dataclass(frozen=True, slots=True)
class Checks:
    """What came of the three proofs."""

    passive: Verdict = Verdict.NOT_CHECKED  # contents are as the country signed them
    active: Verdict = Verdict.ABSENT  # the chip holds the key that was issued with it (Active Authentication)
    chip: Verdict = Verdict.ABSENT  # likewise, by Chip Authentication


@dataclass(frozen=True, slots=True)
class Document:
    """What Loket would use. Dates are ISO (YYYY-MM-DD), or with unknown parts as "1965-00-00"."""

    kind: DocumentKind
    issuer: str  # three letters, as printed ("NLD")
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry_date: str = field(repr=False)
    is_expired: bool = False
    is_cut_off: bool = False  # the name may be longer than the lines have room for


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading, ended. `document` is there for DONE, UNTRUSTED_ISSUER, PASSIVE_FAILED and CLONE_SUSPECTED alone."""

    state: CardState
    document: Document | None = None
    checks: Checks = Checks()
    tries_left: int | None = None  # of the key, when the card told
    says: str = ""  # for an engineer: the step and the rule, nothing of a person
