# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk's own files: what is in them, what rings, what is old, and what a wrong one is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.directory_file import parse_directory, parse_search_words
from domain.errors import DefinitionError
from domain.knowledge import EntryKind, Hit, MayAnswer, stale_ids
from resources.directory_book import DirectoryBook

LOCAL = """
[[referral]]
id = "taalpunt"
name = "Taalpunt"
what = "Hulp met taal."
address = "Plein 1"
source = { name = "Taalpunt", url = "https://taalpunt.example" }
reviewed_on = 2026-11-01

[[referral]]
id = "gemeente"
name = "Gemeente Voorbeeldstad"
what = "Alle vragen."
phone = "14 000"
source = { name = "Voorbeeldstad", url = "https://voorbeeldstad.example" }
reviewed_on = 2026-11-01

[[course_date]]
course = "klik-en-tik"
on = 2026-12-08
hours = "10.00 tot 12.00 uur"
place = "Bibliotheek"

[[course_date]]
course = "klik-en-tik"
on = 2026-12-01
hours = "10.00 tot 12.00 uur"
place = "Bibliotheek"

[[slot]]
what = "Hulp bij formulieren"
weekday = 2
hours = "13.00 tot 15.00 uur"
place = "Bibliotheek"
bring = ["uw brief"]
"""


def said(error: DefinitionError) -> list[tuple[int, str]]:
    return [(one.line, one.says) for one in error.problems]


@pytest.fixture(scope="module")
def book() -> DirectoryBook:
    return DirectoryBook.load()


def test_loket_brings_all_that_the_issue_asks_for(book: DirectoryBook) -> None:
    found = book.directory
    assert book.errors == ()
    assert len(found.may_i) == 12
    assert {card.answer for card in found.may_i} == set(MayAnswer)
    assert len(found.referrals) >= 30
    assert len(found.cards) >= 40
    assert found.anger is not None
    assert found.anger.say == "Ik hoor dat u boos bent. Ik zoek iemand die dit kan beslissen."


def test_no_card_has_more_than_six_steps(book: DirectoryBook) -> None:
    assert max(len(card.steps) for card in book.directory.cards) <= 6


@pytest.mark.parametrize(
    ("said_by_somebody", "flag"),
    [
        ("Ik wil niet meer leven", "zelfmoord"),
        ("mijn man heeft me geslagen", "geweld"),
        ("brief over ONTRUIMING gekregen", "ontruiming"),
        ("de stroom is afgesloten", "afsluiting"),
        ("we hebben niks te eten", "geen-eten"),
        ("ik slaap op straat", "geen-slaapplek"),
        ("er komt een deurwaarder", "deurwaarder-nu"),
    ],
)
def test_words_of_danger_ring(book: DirectoryBook, said_by_somebody: str, flag: str) -> None:
    assert flag in [one.id for one in book.directory.flags_in(said_by_somebody)]


@pytest.mark.parametrize("ordinary", ["", "paspoort verlengen", "eten", "water in de kelder", "levensverzekering"])
def test_ordinary_words_do_not_ring(book: DirectoryBook, ordinary: str) -> None:
    assert book.directory.flags_in(ordinary) == ()


def test_suicide_names_113_and_the_free_number(book: DirectoryBook) -> None:
    flag = next(one for one in book.directory.flags if one.id == "zelfmoord")
    assert "113 of 0800-0113" in " ".join(flag.steps)
    assert flag.say.startswith("Denkt u aan zelfmoord?")


def test_the_file_of_the_organisation_goes_first(tmp_path: Path) -> None:
    local = tmp_path / "directory.toml"
    local.write_text(LOCAL, encoding="utf-8")
    found = DirectoryBook.load(local=local).directory
    own = found.referral("gemeente")
    assert own is not None
    assert (own.name, own.is_local) == ("Gemeente Voorbeeldstad", True)
    assert found.referrals[0].id == "taalpunt"
    assert sum(one.id == "gemeente" for one in found.referrals) == 1
    assert found.slots[0].weekday == 2
    coming = found.next_date("klik-en-tik", date(2026, 11, 24))
    assert coming is not None
    assert coming.on == date(2026, 12, 1)
    assert found.next_date("klik-en-tik", date(2026, 12, 9)) is None


def test_a_wrong_file_of_the_organisation_takes_nothing_away(tmp_path: Path) -> None:
    local = tmp_path / "directory.toml"
    local.write_text('[[referral]]\nid = "x"\n', encoding="utf-8")
    book = DirectoryBook.load(local=local)
    assert len(book.errors) == 1
    assert len(book.directory.referrals) >= 30


def test_everything_wrong_in_a_file_is_told_at_once_with_its_line() -> None:
    text = LOCAL.replace('phone = "14 000"', 'phone = "bel ons"').replace("weekday = 2", "weekday = 8")
    with pytest.raises(DefinitionError) as caught:
        parse_directory(text, "directory.toml", is_local=True)
    lines = text.splitlines()
    found = said(caught.value)
    assert lines[found[0][0] - 1] == 'phone = "bel ons"'
    assert any("weekday" in says for _, says in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reviewed_on = 2026-11-01", "", "reviewed_on"),
        ('source = { name = "Taalpunt", url = "https://taalpunt.example" }', "", "source"),
        ('id = "gemeente"', 'id = "taalpunt"', "above already"),
        ('address = "Plein 1"', "", "nobody can go there"),
        ('address = "Plein 1"', 'adress = "Plein 1"', 'did you mean "address"'),
    ],
)
def test_names_what_an_entry_lacks(old: str, new: str, says: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_directory(LOCAL.replace(old, new, 1), "directory.toml", is_local=True)
    assert any(says in text for _, text in said(caught.value))


def test_a_referral_is_old_after_ninety_days_and_a_card_after_half_a_year(book: DirectoryBook) -> None:
    found = book.directory
    assert stale_ids((*found.referrals, *found.cards), date(2026, 11, 24)) == ()
    after_100_days = stale_ids((*found.referrals, *found.cards), date(2027, 3, 2))
    assert set(after_100_days) == {one.id for one in found.referrals}
    assert set(stale_ids(found.cards, date(2027, 6, 1))) == {one.id for one in found.cards}


def test_gives_an_entry_by_what_was_found(book: DirectoryBook) -> None:
    assert book.directory.entry(Hit(EntryKind.CARD, "schulden")) is book.directory.card("schulden")
    assert book.directory.entry(Hit(EntryKind.CARD, "juridisch-loket")) is not book.directory.referral(
        "juridisch-loket"
    )
    assert book.directory.entry(Hit(EntryKind.CARD, "nergens")) is None


def test_a_group_of_one_word_means_nothing() -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_search_words('[[group]]\nwords = ["boete"]\n', "synonyms.toml")
    assert "at least two words" in caught.value.problems[0].says
