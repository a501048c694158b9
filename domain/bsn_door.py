# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door that no citizen service number (BSN) comes through: finds it in any text, however it was typed.

A BSN here is a run of exactly nine digits that passes the eleven test. One in eleven of all nine-digit runs does, so
what is plainly something else (a telephone number, an amount, a moment, an RSIN of the settings) is looked for first.
Eight digits count only where the text itself calls them a BSN: far too many honest numbers have eight. Where the door
stands, and what a person is told, is for the screens and `domain.intake`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from domain.identity import passes_eleven_test
from domain.reference import ALPHABET, parse_reference

_LENGTH = 9
# Patterns are compiled when they are first needed: a window paints before that.
_MOST_BETWEEN = 6  # signs between two digits of one number; white space and what cannot be seen do not count
_NAMED_WITHIN = 60  # signs before the digits
_REFERENCE_SIGNS = 14
_POSTCODE_SIGNS = 8  # and the one behind it
_LONGEST_COVERED = 200  # signs; an amount or a number that is longer is none
_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters by name, and nothing to see
_SELF_NAMED = r"(?i)(?:\bbsn|burger\s*service\s*(?:nummer|nr)?|\bsofi)[^\d]{0,24}\Z"
_MOMENT = (
    r"(?<!\d)(?<!\d[^ ])(?<!\d  )"
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<sign>[-/.])(?:0?[1-9]|1[0-2])(?P=sign)(?:19\d|20[0-4])\d"
    r"|(?:19\d|20[0-4])\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![-/.]?\d|  +\d|[^\w ]\d)"
    r"(?:[ ,T]{1,3}(?:om )?(?:[01]?\d|2[0-3]):[0-5]\d(?![-/.]?\d))?"
)
_CLOCK = r"(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)"
# Less than a hundred million: nine digits with cents behind them are a BSN and a comma before anybody's amount.
_AMOUNT = (
    r"(?i)(?<![\d.,])(?:\d{1,3}\.\d{3}|\d{1,2}(?:\.\d{3}){2}|\d{1,8}),\d{1,2}(?!\d|[., -]\d)"
    r"|(?:€|\beuro|\beur)\s?(?:\d{1,3}[.,]\d{3}|\d{1,2}(?:[.,]\d{3}){2}|\d{1,8})[.,]\d{2}(?!\d|[., -]\d)"
)
# With the country before it: +31, 0031; elsewhere as many digits as a number abroad can have.
_DUTCH_PHONE = r"(?:(?<!\d)\+\s?|(?<!\d)(?<!\d[^\w])00)31[ .-]{0,2}(?:\(0\)|0)?(?:[ .-]{0,2}\d){9}(?![.-]?\d)"
_PHONE_ABROAD = r"(?<!\d)\+\s?[1-9]\d{0,2}(?:[ ./()-]{1,2}\d{1,8}){1,6}(?!\d)"
_DIGITS_ABROAD = range(_LENGTH + 1, 16)  # E.164 with the country
# Countries where a number has six digits, so that it is nine with the country: Suriname and such.
_SHORT_PHONE_ABROAD = r"(?<!\d)(?:\+\s?|00[ .-]?)(?:597|352|376|298|299)(?:[ .-]{0,2}\d){6}(?!\d|[ .-]\d)"
# Written as Loket writes it, or without the dashes.
_REFERENCE = r"(?i)(?<!\w)[0-9A-Z]{4}([- ]?)[0-9A-Z]{4}\1[0-9A-Z]{4}\1[0-9A-Z]{2}(?!\w)"
# An address on one line, as Loket writes it: the house before the comma is no part of the postcode's number.
_POSTCODE = r"[1-9]\d{3} ?[A-Z]{2}(?![A-Za-z0-9])"
# The two lines of a passport or card that hold a number of the person: in documents made before August 2021.
_MRZ_PASSPORT = r"(?i)[A-Z0-9<]{9}[0-9<][A-Z<]{3}[0-9<]{6}[0-9<][MFX<][0-9<]{6}[0-9<](?P<number>\d{9})"
_MRZ_CARD = r"(?i)[ACI][A-Z<][A-Z<]{3}[A-Z0-9<]{9}[0-9<](?P<number>\d{9})(?=<|\s|\Z)"


@dataclass(frozen=True, slots=True)
class Find:
    """Where a BSN stands in a text: from the first digit up to and with the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits with nothing between them."""

    start: int
    end: int
    digits: str


def finds(text: str, exempt: frozenset[str] = frozenset()) -> tuple[Find, ...]:
    """Give where a BSN stands in a text, in order and without overlap.

    `exempt` are runs that are known to be something else, such as the RSIN of the municipality.
    """
    if sum(map(str.isdigit, text)) < _LENGTH - 1:
        return ()
    plain = _plain(text)
    found = [Find(*match.span("number")) for match in _mrz(plain) if _is_bsn(match["number"], exempt)]
    covered = _covered(plain)
    for run in _runs(plain):
        beside = _beside(covered, run)
        if sum(len(group.digits) for group in run) == _LENGTH:
            digits = "".join(group.digits for group in run)
            is_moment_or_amount = any(start <= run[0].start and run[-1].end <= end for start, end in beside)
            if _is_bsn(digits, exempt) and not is_moment_or_amount:
                found.append(Find(run[0].start, run[-1].end))
        else:
            for piece in _uncovered(run, beside):
                found += _windows(piece, exempt)
            found += _self_named(plain, run)
    return _apart(found)


def holds_bsn(text: str, exempt: frozenset[str] = frozenset()) -> bool:
    """Tell whether a BSN stands in a text."""
    return bool(finds(text, exempt))


def without_bsn(text: str, exempt: frozenset[str] = frozenset()) -> str:
    """Give the text without any BSN in it; all else stays as it was typed."""
    # Taking one out can bring digits together that were apart, so what is left is looked at again.
    while found := finds(text, exempt):
        for each in reversed(found):
            text = text[: each.start] + text[each.end :]
    return text


def without_bsn_in_phone(text: str, exempt: frozenset[str] = frozenset()) -> str:
    """Give what was typed as a telephone number, without a BSN; nine digits that are a mobile number get their 0.

    With the 0 before them they are a run of ten: nothing that looks through a store later takes them for a BSN.
    """
    found = finds(text, exempt)
    if not found:
        return text
    plain = _plain(text)
    digits = "".join(sign for sign in plain if sign.isdecimal())
    if len(digits) == _LENGTH and re.match(r"6[1-58]", digits) and not any(sign.isalpha() for sign in plain):
        at = found[0].start
        return f"{text[:at]}0{text[at:]}"
    return without_bsn(text, exempt)


def begins_as_phone(text: str) -> bool:
    """Tell whether nine digits are a Dutch telephone number with its last digit still to come."""
    digits = "".join(sign for sign in _plain(text) if sign.isdecimal())
    return len(digits) == _LENGTH and re.match(_DUTCH_START, digits) is not None


def begins_as_reference(text: str) -> bool:
    """Tell whether this is a reference of Loket with some of its signs still to come."""
    signs = [sign for sign in _plain(text).upper() if sign not in "- "]
    return len(signs) <= _REFERENCE_SIGNS and set(signs) <= set(ALPHABET) and any(sign.isalpha() for sign in signs)


# The starts that the Dutch numbering plan knows: mobile, the cities, the regions, companies.
_DUTCH_START = (
    r"0(?:6[1-58]|10|13|15|20|23|24|26|30|33|35|36|38|40|43|45|46|50|53|55|58|7[0-9]|8[458]"
    r"|1[146-8]\d|16[1-8]|2[2-9]\d|3[14]\d|41\d|4[789]\d|5[1-9]\d)"
)


def _is_bsn(digits: str, exempt: frozenset[str]) -> bool:
    return passes_eleven_test(digits) and digits not in exempt


def _plain(text: str) -> str:
    """Give every digit of any script as 0 to 9 and every other sign as one sign, so that places stay the same."""
    if text.isascii():
        return text
    return "".join(sign if sign.isascii() else _plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(sign) in _UNSEEN or sign in _FILLERS:
        return " "
    folded = unicodedata.normalize("NFKC", sign)
    if unicodedata.category(sign) == "Pd":
        return "-"
    return folded if len(folded) == 1 else sign


def _runs(plain: str) -> Iterator[list[_Group]]:
    """Give the groups of digits that may be one number: no letter and not too much between them."""
    run: list[_Group] = []
    for match in re.finditer(r"[0-9]+", plain):
        between = plain[run[-1].end : match.start()] if run else ""
        if run and (not _joins(between) or (between.strip() == "," and _is_postcode(plain, match.start()))):
            yield run
            run = []
        run.append(_Group(match.start(), match.end(), match[0]))
    if run:
        yield run


def _is_postcode(plain: str, at: int) -> bool:
    return re.match(_POSTCODE, plain[at : at + _POSTCODE_SIGNS]) is not None


def _joins(between: str) -> bool:
    seen = "".join(sign for sign in between if sign not in "\t\n\r\v\f ")
    return len(seen) <= _MOST_BETWEEN and not any(
        sign.isalnum() or sign in "€$%" or unicodedata.category(sign) == "Sc" for sign in seen
    )


def _covered(plain: str) -> list[tuple[int, int]]:
    patterns = (_MOMENT, _CLOCK, _AMOUNT, _DUTCH_PHONE)
    spans = [match.span() for pattern in patterns for match in re.finditer(pattern, plain)]
    spans += [match.span() for match in re.finditer(_SHORT_PHONE_ABROAD, plain) if not _begins_with_bsn(match[0])]
    abroad = (match.span() for match in re.finditer(_PHONE_ABROAD, plain))
    references = (match.span() for match in re.finditer(_REFERENCE, plain) if _is_reference(match[0]))
    return sorted([*spans, *references, *(span for span in abroad if _count(plain, *span) in _DIGITS_ABROAD)])


def _begins_with_bsn(phone: str) -> bool:
    """Tell whether the first nine digits stand apart and are a BSN: 00597 5670 12 may be a BSN and a 12."""
    digits = ""
    for group in re.findall(r"[0-9]+", phone):
        digits += group
        if len(digits) >= _LENGTH:
            break
    return phone.startswith("00") and len(digits) == _LENGTH and passes_eleven_test(digits)


def _is_reference(text: str) -> bool:
    # One in seventeen of all that looks like a reference is one: three groups of digits alone say too little.
    return any(sign.isalpha() for sign in text[:-2]) and parse_reference(text) is not None


def _count(plain: str, start: int, end: int) -> int:
    return sum(sign.isdecimal() for sign in plain[start:end])


def _beside(covered: list[tuple[int, int]], run: list[_Group]) -> list[tuple[int, int]]:
    """Give those of the covered pieces, in order, that can touch a run."""
    first = bisect_left(covered, (run[0].start - _LONGEST_COVERED, 0))
    return covered[first : bisect_left(covered, (run[-1].end, 0))]


def _uncovered(run: list[_Group], covered: list[tuple[int, int]]) -> Iterator[list[_Group]]:
    """Give the pieces of a run between what is plainly something else."""
    piece: list[_Group] = []
    for group in run:
        if any(start < group.end and group.start < end for start, end in covered):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(group)
    if piece:
        yield piece


def _windows(run: list[_Group], exempt: frozenset[str]) -> Iterator[Find]:
    """Give the BSNs among neighbouring groups that are nine digits together."""
    whole = "".join(group.digits for group in run)
    is_national_phone = len(whole) == _LENGTH + 1 and whole[0] == "0" and whole[1] != "0"
    for first in range(len(run)):
        digits = ""
        for last in range(first, len(run)):
            digits += run[last].digits
            if len(digits) >= _LENGTH:
                is_piece_of_phone = is_national_phone and first != last
                if len(digits) == _LENGTH and not is_piece_of_phone and _is_bsn(digits, exempt):
                    yield Find(run[first].start, run[last].end)
                break


def _self_named(plain: str, run: list[_Group]) -> Iterator[Find]:
    """Give eight digits without their leading zero, where the text calls them a BSN."""
    digits, start, end = "", run[0].start, 0
    for group in run:
        digits, end = digits + group.digits, group.end
        if len(digits) >= _LENGTH - 1:
            break
    if (
        len(digits) == _LENGTH - 1
        and passes_eleven_test(f"0{digits}")
        and re.search(_SELF_NAMED, plain[:start][-_NAMED_WITHIN:])
    ):
        yield Find(start, end)


def _mrz(plain: str) -> Iterator[re.Match[str]]:
    if "<" in plain:
        for pattern in (_MRZ_PASSPORT, _MRZ_CARD):
            yield from re.finditer(pattern, plain)


def _apart(found: list[Find]) -> tuple[Find, ...]:
    kept: list[Find] = []
    for each in sorted(found, key=lambda find: (find.start, find.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)
