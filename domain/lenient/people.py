# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a list of people: a name each, and a birth date where one was given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.answers import Person
from domain.lenient.characters import is_blank, squeeze
from domain.lenient.dates import Window, read_date
from domain.lenient.faults import Fault


def read_people(fields: Mapping[str, str], today: date) -> tuple[Person, ...] | Fault:
    """Read `name.1`, `birth.1`, `name.2` ...; empty rows are skipped, a birth date that cannot be read stays text."""
    rows = sorted({row for row in map(_row_of, fields) if row is not None})
    people: list[Person] = []
    for row in rows:
        name, birth = fields.get(f"name.{row}", ""), fields.get(f"birth.{row}", "")
        if is_blank(name):
            if not is_blank(birth):
                return Fault("name-empty", f"name.{row}")
            continue
        found = read_date(birth, Window(today, latest=today))
        people.append(Person(squeeze(name), found if isinstance(found, date) else None, birth.strip()))
    return tuple(people) if people else Fault("empty", "name.1")


def _row_of(field: str) -> int | None:
    kind, _, number = field.partition(".")
    if kind not in ("name", "birth") or not (number.isascii() and number.isdecimal()) or len(number) > 4:
        return None
    return int(number)
