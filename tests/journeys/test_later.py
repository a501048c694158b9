# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stopping now and going on another day, with the code on paper (feature C25), over a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.service import Privacy
from kiosk.effects import Effect, EndVisit, FileCase, ForgetDraft, KeepDraft, OpenDraft, PrintDraftCode
from kiosk.later_page import CODE, HEAR, KEEP, PRINT, WIPE
from kiosk.screens import ending, start
from kiosk.screens.pauses import answer_rows
from kiosk.speech.reading import utterances
from kiosk.view import HUMAN, LANGUAGE, LEAVE, NEXT, BigNumber, ErrorText, Field, Pressed
from sync import draft_book, draft_seal
from sync.draft_book import SqliteDraftBook, open_draft_file
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, Citizen

HERE = replace(PLACE, draft_days=7)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteDraftBook]:
    """Give the drafts of one device; a guess costs a thousandth here of what it costs in a kiosk."""

    def cheap(code: str, salt: bytes) -> bytes:
        return draft_seal.stretched(code, salt, ops=1, memory=8192)

    monkeypatch.setattr(draft_book, "stretched", cheap)
    file = open_draft_file(tmp_path / "drafts.db")
    yield SqliteDraftBook(file, 7)
    file.close()


class Returner(Citizen):
    """A citizen at a kiosk that keeps drafts."""

    def take(self, book: SqliteDraftBook, button: str) -> Returner:
        """Press, and let the drafts answer."""
        for effect in self.navigator.handle(Pressed(button)):
            self.effects.append(effect)
            self._answer(book, effect)
        return self

    def _answer(self, book: SqliteDraftBook, effect: Effect) -> None:
        now, doubt = self.clock.now(), self.place.is_clock_doubtful
        match effect:
            case KeepDraft():
                kept = book.keep(effect.draft, now, is_clock_doubtful=doubt, instead_of=effect.instead_of)
                self.navigator.draft_kept(kept)
            case OpenDraft():
                self.navigator.draft_answered(book.open(effect.code, now, is_clock_doubtful=doubt))
            case ForgetDraft():
                book.forget(effect.draft_id)
                self.navigator.draft_forgotten(is_gone=True)
            case _:
                pass

    @property
    def code(self) -> str:
        """Read the code on the screen."""
        part = self.part("code")
        assert isinstance(part, BigNumber)
        return part.text

    def go_on_with(self, book: SqliteDraftBook, code: str) -> Returner:
        """Type a code from paper."""
        self.press(start.LATER).type(CODE, code)
        return self.take(book, NEXT)


def returner(clock: FakeClock | None = None) -> Returner:
    return Returner(place=HERE, clock=clock or FakeClock())


def half_way(citizen: Returner) -> Returner:
    """Answer the first questions and leave half a number in the next."""
    citizen.open("bel").go_on()
    while citizen.view.name != "bel.telefoon":
        citizen.choose("geld") if citizen.view.name == "bel.onderwerp" else citizen.press("offer.unknown")
        citizen.go_on()
    citizen.type("phone", "06 123")
    citizen.press(LANGUAGE).go_back()  # what stands on the screen is kept when it is left
    return citizen


def kept(book: SqliteDraftBook, clock: FakeClock | None = None) -> tuple[str, Returner]:
    citizen = half_way(returner(clock))
    citizen.stop().press(ending.LATER)
    citizen.take(book, KEEP)
    return citizen.code, citizen


def half_rows() -> dict[str, str]:
    """Read the answers of somebody who is as far as `half_way`, on the page that shows them."""
    citizen = half_way(returner())
    journey = citizen.navigator.journey
    return {row.question: row.answer for row in answer_rows(citizen.navigator.words, journey).rows}


def count(book: SqliteDraftBook) -> int:
    row = book._file.row("SELECT count(*) AS number FROM drafts")
    return int(row["number"]) if row else 0


def test_comes_back_to_the_same_place_with_the_same_answers(book: SqliteDraftBook) -> None:
    code, first = kept(book)
    before = half_way(returner()).view

    later = returner().go_on_with(book, code.lower().replace("-", " "))

    assert later.heading == "Dit had u ingevuld"
    assert later.rows == half_rows()
    later.go_on()
    assert later.view.name == before.name
    assert [part for part in later.view.parts if isinstance(part, Field)] == [
        part for part in before.parts if isinstance(part, Field)
    ]
    assert first.has_ended is None


def test_writes_nothing_before_it_is_chosen(book: SqliteDraftBook) -> None:
    citizen = half_way(returner())
    citizen.stop().press(ending.LATER)

    assert citizen.heading == "Later verder"
    assert count(book) == 0
    assert not any(isinstance(effect, KeepDraft) for effect in citizen.effects)
    citizen.go_back()
    assert citizen.view.name == "bel.telefoon"


def test_offers_it_only_where_something_can_be_kept() -> None:
    half = half_way(Returner(place=PLACE)).stop()
    assert ending.LATER not in half.buttons()
    assert start.LATER not in Returner(place=PLACE).buttons()
    assert ending.LATER in half_way(returner()).stop().buttons()
    assert start.LATER in returner().buttons()


def test_the_hall_never_hears_the_code(book: SqliteDraftBook) -> None:
    code, citizen = kept(book)

    said = [utterance for utterance in utterances(citizen.view) if code in utterance.text]
    assert said
    assert all(utterance.privacy is not Privacy.OPEN for utterance in said)
    assert all(code not in utterance.instead for utterance in said)


def test_prints_the_code_when_asked(book: SqliteDraftBook) -> None:
    code, citizen = kept(book)
    citizen.press(PRINT)

    (sheet,) = (effect for effect in citizen.effects if isinstance(effect, PrintDraftCode))
    assert sheet.kept.code == code
    citizen.navigator.sheet_printed(sheet, "paper_out")
    assert "Schrijf uw code op." in " ".join(citizen.notices)
    citizen.press(HEAR).go_on()
    assert citizen.has_ended == EndVisit()


def test_opens_nothing_over_what_was_answered_already(book: SqliteDraftBook) -> None:
    code, _ = kept(book)
    citizen = half_way(returner())
    while citizen.view.name != "start":
        citizen.go_back()
    citizen.press(start.LATER)
    citizen.take(book, NEXT)

    assert "Stop eerst." in citizen.text
    assert not any(isinstance(part, Field) for part in citizen.view.parts)
    assert code not in repr(citizen.effects)


def test_locks_after_five_wrong_codes_and_tells_until_when(book: SqliteDraftBook) -> None:
    code, first = kept(book)
    citizen = returner(first.clock)
    citizen.press(start.LATER).type(CODE, "BBBB-BBBB")
    for _ in range(4):
        citizen.take(book, NEXT)
        assert any(isinstance(part, ErrorText) for part in citizen.view.parts)
    citizen.take(book, NEXT)

    assert "te vaak fout" in citizen.text
    locked = returner(first.clock).go_on_with(book, code)
    assert "te vaak fout" in locked.text
    first.clock.advance(timedelta(minutes=16))
    assert returner(first.clock).go_on_with(book, code).heading == "Dit had u ingevuld"


def test_says_that_half_a_code_is_none_without_costing_a_try(book: SqliteDraftBook) -> None:
    citizen = returner().go_on_with(book, "BKD")
    assert "Dit is nog geen code." in " ".join(part.text for part in citizen.view.parts if isinstance(part, ErrorText))
    assert not citizen.effects


def test_is_gone_after_its_last_day(book: SqliteDraftBook) -> None:
    clock = FakeClock()
    code, _ = kept(book, clock)
    clock.advance(timedelta(days=8))

    late = returner(clock).go_on_with(book, code)
    assert "Wij hebben uw antwoorden gewist." in late.text
    assert count(book) == 0


def test_throws_nothing_away_while_the_clock_is_doubted(book: SqliteDraftBook) -> None:
    clock = FakeClock()
    code, _ = kept(book, clock)
    clock.advance(timedelta(days=4000))
    doubting = Returner(place=replace(HERE, is_clock_doubtful=True), clock=clock)

    assert doubting.go_on_with(book, code).heading == "Dit had u ingevuld"


def test_erases_at_once_when_asked(book: SqliteDraftBook) -> None:
    code, citizen = kept(book)
    citizen.take(book, WIPE)

    assert citizen.heading == "Uw code is gewist"
    assert count(book) == 0
    assert any(isinstance(part, ErrorText) for part in returner().go_on_with(book, code).view.parts)
    citizen.go_on()
    assert citizen.view.name == "bel.telefoon"


def test_gives_a_new_code_instead_of_the_old_one(book: SqliteDraftBook) -> None:
    old, _ = kept(book)
    citizen = returner().go_on_with(book, old)
    citizen.go_on().stop().press(ending.LATER)
    citizen.take(book, KEEP)

    assert citizen.code != old
    assert count(book) == 1


def test_lets_the_draft_go_with_the_case(book: SqliteDraftBook) -> None:
    code, _ = kept(book)
    citizen = returner().go_on_with(book, code)
    citizen.go_on().answer_all({"telefoon": {"phone": "0612345678"}})
    citizen.go_on()

    (order,) = (effect.order for effect in citizen.effects if isinstance(effect, FileCase))
    book.forget(order.draft_id)
    assert count(book) == 0


def test_says_so_when_nothing_could_be_kept() -> None:
    citizen = half_way(returner())
    citizen.stop().press(ending.LATER).press(KEEP)
    assert citizen.heading == "Even geduld"
    citizen.press(HUMAN)
    assert citizen.heading == "Even geduld"
    citizen.navigator.draft_kept(None)

    assert "Dat lukte nu niet." in " ".join(citizen.notices)
    assert citizen.press(LEAVE).has_ended is not None


def test_never_tells_what_it_is_about(book: SqliteDraftBook) -> None:
    _, citizen = kept(book)
    shown = repr(citizen.view)
    assert "Bel mij" not in shown
    assert "06 123" not in shown
