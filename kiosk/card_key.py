# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the key of a chip out of what a person typed: forgiving about spaces, capitals, O and 0, and how a day is said.

What was typed stays as it is in its field; the key is made once for each try and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.lenient.characters import fold
from domain.lenient.dates import Window, read_date_fields
from domain.lenient.faults import Fault
from kiosk.card_page import BIRTH, CAN, DATE_FIELDS, EXPIRY, NUMBER, CardPage, Slip
from kiosk.devices.emrtd.document import AccessKey, Can, MrzKey

_CAN_DIGITS = 6
_LONGEST_NUMBER = 22  # of a document, where it goes on in the optional part of the lines
_DUTCH_NUMBER = 9
_OLDEST, _LONGEST_VALID = 130, 30  # years

Slips = dict[str, Slip]


def key_of(page: CardPage, today: date) -> AccessKey | Slips:
    """Give the key, or what to look at, by field."""
    return _lines_of(page.fields, today) if page.is_by_lines else _can_of(page.fields)


def _can_of(fields: Mapping[str, str]) -> AccessKey | Slips:
    digits = _signs(fields.get(CAN, "")).replace("O", "0")
    if len(digits) != _CAN_DIGITS or not digits.isdecimal():
        return {CAN: Slip.CAN}
    return Can(digits)


def _lines_of(fields: Mapping[str, str], today: date) -> AccessKey | Slips:
    number = number_of(fields.get(NUMBER, ""))
    birth = _date_of(fields, BIRTH, Window(today, _years_from(today, -_OLDEST), today))
    # Whoever kept an old document may lay it down: reading it is for the chip to refuse.
    expiry_window = Window(today, _years_from(today, -_LONGEST_VALID), _years_from(today, _LONGEST_VALID))
    expiry = _date_of(fields, EXPIRY, expiry_window)
    slips: Slips = {}
    if not number:
        slips[NUMBER] = Slip.NUMBER
    if birth is None:
        slips[BIRTH] = Slip.BIRTH
    if expiry is None:
        slips[EXPIRY] = Slip.EXPIRY
    if slips or birth is None or expiry is None:
        return slips
    return MrzKey(number, f"{birth:%y%m%d}", f"{expiry:%y%m%d}")


def number_of(typed: str) -> str:
    """Give a document number as the chip has it; empty where it cannot be one."""
    signs = _signs(typed)
    if not 0 < len(signs) <= _LONGEST_NUMBER or not (signs.isascii() and signs.isalnum()):
        return ""
    is_dutch = len(signs) == _DUTCH_NUMBER and signs[:2].isalpha() and (signs[-1].isdecimal() or signs[-1] == "O")
    # Two letters, then letters and digits, a digit last: Dutch numbers never hold the letter O. Others may.
    return signs[:2] + signs[2:].replace("O", "0") if is_dutch else signs


def _signs(typed: str) -> str:
    """Give letters and digits without what people put between them; digits of any script count."""
    return "".join(sign for sign in fold(typed).upper() if sign not in " -.<·")


def _date_of(fields: Mapping[str, str], name: str, window: Window) -> date | None:
    day, month, year = (fields.get(f"{name}.{part}", "") for part in DATE_FIELDS)
    found = read_date_fields(day, month, year, window)
    return None if isinstance(found, Fault) or not window.holds(found) else found


def _years_from(today: date, years: int) -> date:
    return today.replace(year=today.year + years, day=min(today.day, 28))
