# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading an amount in euros: "12,50", "€ 1.200", "1200 euro", "12,-", "3 euro 50", "1,200.50"."""

from __future__ import annotations

import re

from domain.answers import Amount
from domain.lenient.characters import LONGEST, fold
from domain.lenient.faults import Fault

_UNCLEAR = Fault("amount-unclear", "amount")
_EURO = re.compile(r"€|\beuro'?s?\b|\beuros\b|\beur\b|(?<=\d)euros?\b|(?<=\d)eur\b")
_FILLERS = re.compile(r"\b(?:ongeveer|circa|ca|ong|rond|zo'n|per maand|p m|pm|bruto|netto)\b\.?")
_BARE_END = re.compile(r"[.,] ?[-=]+$|[.,]$")
# The whole euros, in groups of three or not, and the cents.
_DUTCH = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:[,.] ?(\d{1,2}))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_IN_WORDS = re.compile(r"(\d{1,9}) ?euro'?s? ?(?:en )?(\d{1,2})(?: cent)?")


def read_amount(text: str) -> Amount | Fault:
    """Read one amount; more than 999 million is no amount that somebody types at a counter."""
    folded = fold(text).replace("−", "-") if len(text) <= LONGEST else ""
    plain = " ".join(_FILLERS.sub(" ", folded).split())
    found = _IN_WORDS.fullmatch(plain)
    if found is None:
        plain = _BARE_END.sub("", " ".join(_EURO.sub(" ", plain).split()))
        found = _DUTCH.fullmatch(plain) or _ENGLISH.fullmatch(plain)
    if found is None:
        return _UNCLEAR
    euros = int(re.sub(r"[., ]", "", found[1]))
    if euros > 999_999_999:
        return _UNCLEAR
    return Amount(euros * 100 + int((found[2] or "0").ljust(2, "0")))
