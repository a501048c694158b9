# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the desk's pages to look something up are joined to: the settings, and the organisation's own file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from commands.desk_knowledge import look_up_pages, look_up_ports
from domain.knowledge import EntryKind
from domain.settings import HelpSettings, Settings
from i18n.texts import Texts
from kiosk.printing import SimulatedPrinter

OWN = """
[[referral]]
id = "taalpunt"
name = "Taalpunt"
what = "Hulp met taal."
address = "Plein 1"
words = ["klinkers"]
source = { name = "Taalpunt", url = "https://taalpunt.example" }
reviewed_on = 2026-11-01
"""


def settings_in(folder: Path) -> Settings:
    found = Settings()
    kiosk = replace(found.kiosk, help=HelpSettings(phone="010 123 45 67"))
    return replace(found, device=replace(found.device, data_dir=folder), kiosk=kiosk)


def test_the_municipality_has_the_help_number_of_the_settings(tmp_path: Path) -> None:
    ports = look_up_ports(settings_in(tmp_path), Texts("nl"), is_practice=True)
    found = ports.directory.referral("gemeente")
    assert found is not None
    assert found.phone == "010 123 45 67"


def test_an_entry_of_the_organisation_is_found_by_its_words(tmp_path: Path) -> None:
    (tmp_path / "directory.toml").write_text(OWN, encoding="utf-8")
    ports = look_up_ports(settings_in(tmp_path), Texts("nl"), is_practice=True)
    assert ports.book.search("klinkers", (EntryKind.REFERRAL,))[0].id == "taalpunt"


def test_practice_prints_into_a_folder(tmp_path: Path) -> None:
    ports = look_up_ports(settings_in(tmp_path), Texts("nl"), is_practice=True)
    assert isinstance(ports.printer, SimulatedPrinter)
    assert ports.service_titles["geen-huis"]


def test_two_of_the_pages_have_a_tile_and_every_title_has_words(tmp_path: Path) -> None:
    pages = look_up_pages(look_up_ports(settings_in(tmp_path), Texts("nl"), is_practice=True))
    texts = Texts("nl", is_strict=True)
    assert [page.id for page in pages if page.is_on_home] == ["may-i", "referrals"]
    assert all(texts.tr(page.title) and texts.tr(page.says) for page in pages)
