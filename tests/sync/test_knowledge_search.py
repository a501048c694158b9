# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A hundred real questions find their card among the first three, and do so by stems, synonyms and forgiven slips."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from commands.desk_knowledge import search_words
from domain.knowledge import Checked, Directory, EntryKind, Hit, KnowledgeCard
from resources.directory_book import DirectoryBook
from sync.knowledge import SqliteKnowledgeBook

HERE = Path(__file__).parent
CARDS = (EntryKind.CARD,)
LEAST = 45  # of fifty: issue 7, feature H13


@cache
def book(*, is_plain: bool = False) -> SqliteKnowledgeBook:
    return SqliteKnowledgeBook(DirectoryBook.load().directory, search_words(), is_plain=is_plain)


def questions(file: str) -> list[tuple[str, frozenset[str]]]:
    found = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["question"]
    return [(one["asks"], frozenset(one["cards"])) for one in found]


def first(asks: str, found: SqliteKnowledgeBook | None = None, most: int = 3) -> list[str]:
    return [hit.id for hit in (found or book()).search(asks, CARDS, most)]


def missed(file: str, found: SqliteKnowledgeBook) -> list[str]:
    return [asks for asks, right in questions(file) if right.isdisjoint(first(asks, found))]


@pytest.mark.parametrize("file", ["knowledge_questions.toml", "knowledge_questions_later.toml"])
def test_real_questions_find_their_card_in_the_top_three(file: str) -> None:
    asked = questions(file)
    wrong = missed(file, book())
    assert len(asked) == 50
    assert len(asked) - len(wrong) >= LEAST, wrong


@pytest.mark.parametrize("file", ["knowledge_questions.toml", "knowledge_questions_later.toml"])
def test_every_question_names_cards_that_are_there(file: str) -> None:
    known = {card.id for card in DirectoryBook.load().directory.cards}
    assert [asks for asks, right in questions(file) if not right <= known] == []


def test_without_stems_synonyms_and_slips_fewer_are_found() -> None:
    files = ("knowledge_questions.toml", "knowledge_questions_later.toml")
    with_all = sum(len(missed(file, book())) for file in files)
    plain = sum(len(missed(file, book(is_plain=True))) for file in files)
    assert with_all < plain


@pytest.mark.parametrize(
    ("asks", "right"),
    [
        ("sociale dienst", "bijstand"),  # a synonym
        ("vocht in de woning", "huur-klacht"),
        ("paspoorten", "idbewijs"),  # a stem
        ("verhuisde", "verhuizen"),
        ("schuldn", "schulden"),  # a slip: a letter too few, one too many, one other, two turned round
        ("rijbewijjs", "rijbewijs"),
        ("toeslog", "toeslag-aanvragen"),
        ("naturalistaie", "naturalisatie"),
        ("KOT", "kinderopvang"),  # a short form
        ("huurproblemen", "huurschuld"),  # a compound that stands nowhere
        ("Crèche", "kinderopvang"),
    ],
)
def test_understands_one_word_said_in_another_way(asks: str, right: str) -> None:
    assert right in first(asks)


@pytest.mark.parametrize(
    ("asks", "title"), [("scholen", "School"), ("betaal", "Betalen"), ("ik loop", "Lopen"), ("bomen", "Een boom")]
)
def test_a_stem_alone_finds_a_word_in_another_form(asks: str, title: str) -> None:
    checked = Checked("Bron", "https://bron.example", date(2026, 11, 1))
    directory = Directory(cards=(KnowledgeCard("it", "", title, "Dit.", ("Dat.",), checked),))
    assert first(asks, SqliteKnowledgeBook(directory, search_words())) == ["it"]
    assert first(asks, SqliteKnowledgeBook(directory, search_words(), is_plain=True)) == []


@pytest.mark.parametrize(
    "asks", ["", "   ", "?!", '"', "ik ben de", "AND OR NOT", "a* NEAR(b)", "digid\x00", "x" * 5000]
)
def test_never_fails_whatever_was_typed(asks: str) -> None:
    for kind in EntryKind:
        book().search(asks, (kind,), 3)


def test_gives_nothing_for_nothing() -> None:
    assert book().search("", CARDS) == ()
    assert book().search("qqqqqqq", CARDS) == ()


def test_gives_only_the_kinds_that_were_asked_for_and_the_best_first() -> None:
    found = book().search("computer cursus", (EntryKind.REFERRAL, EntryKind.COURSE), 6)
    assert {hit.kind for hit in found} == {EntryKind.REFERRAL, EntryKind.COURSE}
    assert book().search("wachtwoord", (EntryKind.MAY_I,))[0] == Hit(EntryKind.MAY_I, "wachtwoord")
    assert book().search("gratis advocaat", (EntryKind.REFERRAL,))[0].id == "juridisch-loket"


def test_keeps_no_question() -> None:
    asked = SqliteKnowledgeBook(DirectoryBook.load().directory, search_words())
    before = asked._database.total_changes
    asked.search("jan jansen heeft schulden", CARDS)
    assert asked._database.total_changes == before
    assert "jansen" not in asked._stem_of
