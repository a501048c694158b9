# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words a screen is made of: programme texts, service texts and what is different per place, in one language.

Screens ask it for text by key; nothing else of Loket words a sentence for a citizen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.filled_by import NOBODY, FilledBy
from domain.outage import Outage
from domain.service import ServiceDefinition, Term
from domain.settings import Settings
from domain.text_table import NO_SETTING, asks_for
from i18n.dates import format_date
from i18n.pseudo import PSEUDO
from i18n.stretches import in_language, only_dutch
from i18n.texts import DUTCH, Texts
from kiosk.view import Direction, Preferences
from resources.service_library import ServiceLibrary


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where this kiosk stands and what is connected to it."""

    municipality: str
    phone: str
    desk: str
    languages: tuple[str, ...] = ("nl",)
    is_practice: bool = False
    is_rehearsal: bool = False  # the desk practises: all is invented, and its cases are marked
    has_printer: bool = False
    desk_is_connected: bool = False
    has_pictures: bool = False  # a folder to choose photos from
    has_microphone: bool = False
    has_id_reader: bool = False  # documents can be laid down here, now
    is_clock_doubtful: bool = False  # no day may be promised that was counted from today
    draft_days: int = 0  # so long answers can be kept under a code; 0: they are not kept
    is_portrait: bool = False  # the screen stands up, so that who sits may want everything lower
    service_settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outages: Mapping[str, Outage] = field(default_factory=dict)  # what the municipality closed for now, by service
    rsin: str = ""  # the municipality's own number, which is no citizen's
    may_ask_bsn: bool = False  # a signed profile names the law, and the question must too
    visit_before: str = ""  # "gone" or "kept": what is known to be true of the visit before this one
    is_unsigned: bool = False  # nobody signed for what this device may do
    opens_at: datetime | None = None  # local; while it is closed: when it opens again, where that is known
    filled_by: FilledBy = NOBODY  # the member of staff who fills in here for a citizen


def surroundings_of(settings: Settings, *, is_practice: bool, has_printer: bool) -> Surroundings:
    """Take from the settings what the screens show."""
    return Surroundings(
        municipality=settings.device.municipality,
        phone=settings.kiosk.help.phone,
        desk=settings.kiosk.help.desk,
        languages=settings.kiosk.languages,
        is_practice=is_practice,
        is_rehearsal=settings.device.is_practice,
        has_printer=has_printer,
        has_pictures=settings.kiosk.pictures_dir is not None,
        service_settings=settings.services,
        draft_days=settings.retention.draft_days,
        rsin=settings.device.rsin,
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a view builder needs besides the state of the visit."""

    texts: Texts
    library: ServiceLibrary
    place: Surroundings
    preferences: Preferences
    today: date
    hour: int = 12  # local, for the greeting
    is_beside_dutch: bool = False  # paper that has the Dutch beside every text by itself

    @property
    def language(self) -> str:
        """Give the visitor's language."""
        return self.texts.language

    @property
    def direction(self) -> Direction:
        """Tell which way the language runs."""
        return Direction(self.texts.direction)

    def tr(self, key: str, **values: str) -> str:
        """Give a programme text."""
        return self.texts.tr(key, **{**self._place_values(), **values})

    def service(self, service: ServiceDefinition, key: str, **values: str) -> str:
        """Give a text of a service; marked Dutch where the language has none."""
        text, is_own = self.library.text(service.id, self.language, self._key(service, key))
        said = self._filled(service, text, values)
        return said if is_own else only_dutch(said)

    @property
    def dutch(self) -> Words:
        """Give the same words in Dutch."""
        return self if self.language == DUTCH else replace(self, texts=self.texts.dutch)

    def needs_dutch(self, service: ServiceDefinition, *keys: str) -> bool:
        """Tell whether the Dutch has to stand beside a translated day or term: no person checked it (PEOPLE 3)."""
        if self.is_beside_dutch or self.language in (DUTCH, PSEUDO):
            return False
        found = [self._key(service, key) for key in keys]
        return any(
            self.library.text(service.id, self.language, key)[1]
            and not self.library.is_checked(service.id, self.language, key)
            for key in found
        )

    def beside(self, own: str, dutch: str) -> str:
        """Put the Dutch under a text; the voice says it in Dutch."""
        name = self.texts.dutch.tr("language.name")
        return f"{own}\n{in_language(f'{name}: {dutch}', DUTCH)}" if own else in_language(f"{name}: {dutch}", DUTCH)

    def _key(self, service: ServiceDefinition, key: str) -> str:
        text, _ = self.library.text(service.id, self.language, key)
        return f"{key}{NO_SETTING}" if asks_for(text, self._unset(service)) else key

    def has(self, service: ServiceDefinition, key: str) -> bool:
        """Tell whether a service has this (optional) text."""
        return bool(self.library.text(service.id, "nl", key)[0])

    def title(self, service: ServiceDefinition) -> str:
        """Give the full title of a service."""
        return self.service(service, "title")

    def fill(self, text: str, **values: str) -> str:
        """Put what is different per place, and these values, into a text that is in the visitor's language already."""
        return self.texts.fill(text, {**self._place_values(), **values})

    def day(self, day: date) -> str:
        """Write a date with its weekday."""
        return format_date(day, self.language, with_weekday=True)

    def counted_day(self, day: date, term: Term | None = None) -> str:
        """Write a day that was counted from today; where the clock is doubted, that the municipality tells it.

        A term after a day that the citizen gave needs no clock.
        """
        is_from_today = term is None or not term.after
        return self.tr("clock.day") if self.place.is_clock_doubtful and is_from_today else self.day(day)

    def _unset(self, service: ServiceDefinition) -> frozenset[str]:
        """Give the names that this municipality filled in nothing for."""
        of_service = self.place.service_settings.get(service.id, {})
        return frozenset(name for name in service.settings if not of_service.get(name, "").strip())

    def _filled(self, service: ServiceDefinition, text: str, values: Mapping[str, str]) -> str:
        of_service = self.place.service_settings.get(service.id, {})
        return self.texts.fill(text, {**self._place_values(), **of_service, **values})

    def _place_values(self) -> dict[str, str]:
        # Where the desk is, the settings tell in Dutch: the Dutch voice says it, and its order stays.
        desk = self.place.desk if self.language in (DUTCH, PSEUDO) else in_language(self.place.desk, DUTCH)
        return {"phone": self.place.phone, "desk": desk, "municipality": self.place.municipality}
