# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who filled in a case for somebody else: the member of staff, and how the citizen was there (features S02, H07).

The citizen stays the one who asks; this stands beside it. How it gets into a visit is `commands.fill_in`'s.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from domain.staff import Role, StaffMember


class How(StrEnum):
    """How the citizen told what is filled in."""

    DESK = "desk"  # stands at the counter
    PHONE = "phone"
    PAPER = "paper"  # a letter, or the paper road (feature U05)


@dataclass(frozen=True, slots=True)
class FilledBy:
    """A member of staff who typed for a citizen; empty: the citizen did it."""

    number: str = ""  # the member's number here
    role: str = ""  # Role
    how: str = ""  # How
    name: str = ""  # of the member, for the case system's own list of who did what
    is_namesake: bool = False  # the member said that the citizen only has the same name

    @property
    def is_somebody(self) -> bool:
        """Tell whether a member of staff filled in."""
        return bool(self.number)

    def is_own_name(self, typed: str) -> bool:
        """Tell whether a name that was typed may be the member's own: as a whole, turned round, or with initials."""
        own, other = _pieces(self.name), _pieces(typed)
        if not own or not other:
            return False
        shorter, longer = sorted((own, other), key=len)
        family = max(own, key=len) if len(own[-1]) == 1 else own[-1]
        return family in other and all(any(_fits(piece, beside) for beside in longer) for piece in shorter)

    def refuses(self, applicant: str) -> bool:
        """Tell whether somebody seems to file for themselves, and did not say that it is another person."""
        return self.is_somebody and not self.is_namesake and self.is_own_name(applicant)


NOBODY = FilledBy()


def filled_by(member: StaffMember, how: How) -> FilledBy:
    """Give what goes with a case that this member fills in."""
    return FilledBy(str(member.number), member.role.value, how.value, member.name)


def as_table(found: FilledBy) -> dict[str, str | bool]:
    """Write it down."""
    return asdict(found)


def from_table(table: object) -> FilledBy:
    """Read it back.

    Raises: ValueError when it says no such thing; nothing of it stands in the text of the error.
    """
    try:
        found = FilledBy(**dict(table)) if isinstance(table, Mapping) else NOBODY
        Role(found.role)
        How(found.how)
    except (TypeError, ValueError):
        raise ValueError("not told who fills in") from None
    texts = (found.number, found.name)
    if not all(isinstance(text, str) for text in texts) or not found.number or not isinstance(found.is_namesake, bool):
        raise ValueError("not told who fills in")
    return found


def _pieces(name: str) -> list[str]:
    """Give the words of a name as they are compared: no accents, capitals or points."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return "".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split()


def _fits(piece: str, beside: str) -> bool:
    """Tell whether two words of a name can be the same, one of them perhaps an initial."""
    if 1 in (len(piece), len(beside)):
        return piece[0] == beside[0]
    return piece == beside
