# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is counted of help at the desk (H08): words of lists only, nothing of a person.

Where counts are kept is `sync.tally_book`'s; which figures may be published is `domain.tally_table`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from domain.help_log import HelpedStep


class Theme(StrEnum):
    """What it was about."""

    MOVING = "moving"
    PASSPORT = "passport"
    LETTER = "letter"
    MONEY = "money"
    DIGID = "digid"
    FAMILY = "family"  # birth, death
    HEALTH = "health"  # care, help at home
    HOME = "home"  # living, energy, no home
    TRANSPORT = "transport"  # car, parking
    STREET = "street"  # waste, what is broken outside
    WORK = "work"  # work and benefit
    COMPLAINT = "complaint"
    DEVICE = "device"  # phone, computer, e-mail
    OTHER = "other"


class Deed(StrEnum):
    """What the helper did."""

    EXPLAINED = "explained"
    TOGETHER = "together"
    CALLED = "called"
    REFERRED = "referred"
    COURSE = "course"
    NOT_POSSIBLE = "not_possible"


class Organisation(StrEnum):
    """Whose question it was, or to whom somebody was referred."""

    NONE = "none"
    MUNICIPALITY = "municipality"
    TAX = "tax"  # Belastingdienst, Dienst Toeslagen
    DIGID = "digid"  # Logius
    UWV = "uwv"
    SVB = "svb"
    CAK = "cak"
    DUO = "duo"
    IND = "ind"
    COURT = "court"  # court, bailiff, CJIB
    CARE = "care"  # doctor, insurer
    LEGAL_HELP = "legal_help"  # Juridisch Loket, social counsel
    WELFARE = "welfare"  # welfare work, neighbourhood team
    LIBRARY = "library"  # course, talk hour
    OTHER = "other"


class Age(StrEnum):
    """A band of ages; never a birth date."""

    NOT_SAID = "not_said"
    UNDER_18 = "under_18"
    FROM_18 = "from_18"
    FROM_30 = "from_30"
    FROM_55 = "from_55"
    FROM_65 = "from_65"
    FROM_75 = "from_75"


class Channel(StrEnum):
    """How somebody came."""

    DESK = "desk"
    KIOSK = "kiosk"
    PHONE = "phone"
    TALK_HOUR = "talk_hour"


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of the help that was given, before anybody counts it."""

    service_id: str = ""
    deed: Deed | None = None
    referral: Organisation | None = None
    age: Age | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One help as it is counted. Every field is a word of a list: no text, no name, no time of day."""

    theme: Theme
    deed: Deed
    organisation: Organisation = Organisation.NONE
    referral: Organisation = Organisation.NONE
    age: Age = Age.NOT_SAID
    channel: Channel = Channel.DESK


@dataclass(frozen=True, slots=True)
class TallyDraft:
    """A tally that is being filled in; theme and deed must be chosen."""

    theme: Theme | None = None
    deed: Deed | None = None
    organisation: Organisation = Organisation.NONE
    referral: Organisation = Organisation.NONE
    age: Age = Age.NOT_SAID
    channel: Channel = Channel.DESK

    @property
    def tally(self) -> Tally | None:
        """Give the tally; None as long as something must still be chosen."""
        if self.theme is None or self.deed is None:
            return None
        return Tally(self.theme, self.deed, self.organisation, self.referral, self.age, self.channel)


DIMENSIONS: tuple[str, ...] = tuple(field.name for field in fields(Tally))


class StepBook(Protocol):
    """Counts at which steps helpers stepped in, by month; over SQLite in `sync.tally_book`."""

    def count_step(self, step: HelpedStep, day: date) -> None:
        """Count one; durable on return.

        Raises: StoreError and its kinds.
        """
        ...

    def steps(self, year: int, month: int) -> dict[HelpedStep, int]:
        """Give how often help was needed at each step in a month.

        Raises: StoreError and its kinds.
        """
        ...


class TallyBook(Protocol):
    """Keeps counts by day; over SQLite in `sync.tally_book`."""

    def count(self, tally: Tally, day: date) -> None:
        """Count one; durable on return.

        Raises: StoreError and its kinds.
        """
        ...

    def take_back(self, tally: Tally, day: date) -> bool:
        """Take one count back that was a slip; False when there is none.

        Raises: StoreError and its kinds.
        """
        ...

    def month(self, year: int, month: int) -> dict[Tally, int]:
        """Give how often each was counted in a month.

        Raises: StoreError and its kinds.
        """
        ...


_BY_SERVICE = {
    "verhuizen": (Theme.MOVING, Organisation.MUNICIPALITY),
    "idbewijs": (Theme.PASSPORT, Organisation.MUNICIPALITY),
    "brief": (Theme.LETTER, Organisation.NONE),
    "toeslag": (Theme.MONEY, Organisation.TAX),
    "schulden": (Theme.MONEY, Organisation.MUNICIPALITY),
    "digid": (Theme.DIGID, Organisation.DIGID),
    "parkeren": (Theme.TRANSPORT, Organisation.MUNICIPALITY),
    "geboorte": (Theme.FAMILY, Organisation.MUNICIPALITY),
    "overlijden": (Theme.FAMILY, Organisation.MUNICIPALITY),
    "afvalpas": (Theme.STREET, Organisation.MUNICIPALITY),
    "straat": (Theme.STREET, Organisation.MUNICIPALITY),
    "fout": (Theme.COMPLAINT, Organisation.NONE),
    "machtigen": (Theme.OTHER, Organisation.NONE),
    "bel": (Theme.OTHER, Organisation.MUNICIPALITY),
    "energie": (Theme.HOME, Organisation.MUNICIPALITY),
    "wmo": (Theme.HEALTH, Organisation.MUNICIPALITY),
    "geen-huis": (Theme.HOME, Organisation.MUNICIPALITY),
}


def filled_in(done: Done) -> TallyDraft:
    """Fill in what the help itself tells; the helper only confirms."""
    theme, organisation = _BY_SERVICE.get(done.service_id, (None, Organisation.NONE))
    draft = TallyDraft(theme, done.deed, organisation, done.referral or Organisation.NONE)
    if done.age is not None:
        draft = replace(draft, age=done.age)
    if done.channel is not None:
        draft = replace(draft, channel=done.channel)
    return draft


_WHOSE = {
    Theme.MOVING: Organisation.MUNICIPALITY,
    Theme.PASSPORT: Organisation.MUNICIPALITY,
    Theme.STREET: Organisation.MUNICIPALITY,
    Theme.DIGID: Organisation.DIGID,
}


def with_theme(draft: TallyDraft, theme: Theme) -> TallyDraft:
    """Choose what it was about; whose question that nearly always is, is filled in where nobody said it yet."""
    if draft.organisation not in {Organisation.NONE, _WHOSE.get(draft.theme or theme)}:
        return replace(draft, theme=theme)
    return replace(draft, theme=theme, organisation=_WHOSE.get(theme, Organisation.NONE))
