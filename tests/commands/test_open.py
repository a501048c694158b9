# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket open` and `loket keys rotate`: what libraries sent sealed is completed at the municipality, each once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.joining import OPENED_STORE as STORE
from commands.joining import data_dir, open_database, open_store
from commands.system_clock import SystemClock
from domain.case import CaseState
from domain.follow_up import FollowUpKind
from sync.database import Database
from sync.outbox import Outbox
from sync.practice import Fault, FaultKind, PracticeBackEnd
from sync.sealing import make_key_pair, read_sealer
from tests.sync.library_road import (
    CALL_BACK,
    LibraryRoad,
    add,
    assert_added_once,
    assert_completed_once,
    library_road,
    listed,
    submit,
)
from tests.sync.road import CASE_TYPES
from tests.sync.samples import MARK, hand_in

Loket = Callable[..., tuple[int, str]]


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


@pytest.fixture
def road(tmp_path: Path, back_end: PracticeBackEnd) -> LibraryRoad:
    return library_road(tmp_path, back_end)


@pytest.fixture
def town_hall(road: LibraryRoad) -> Path:
    return road.town_hall


@pytest.fixture
def library(road: LibraryRoad) -> Path:
    return road.library


@pytest.fixture
def loket(capsys: pytest.CaptureFixture[str]) -> Loket:
    def call(config: Path, *words: str) -> tuple[int, str]:
        code = run([words[0], "--config", str(config), *words[1:]])
        said = capsys.readouterr()
        assert MARK not in said.out + said.err
        return code, said.out

    return call


def test_completes_what_a_library_sent_sealed_each_once(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = [submit(library, service_id=CALL_BACK if number % 5 == 0 else "verhuizen") for number in range(50)]
    assert loket(library, "sync", "--once")[0] == 0
    assert back_end.totals().rollen == 0, "a library shows nobody's name"
    assert listed(back_end, "klantcontacten") == [], "and makes no contact"
    code, out = loket(town_hall, "open", "--once", "--json")
    assert (code, json.loads(out)["delivered"], json.loads(out)["new"]) == (0, 50, 50)
    assert_completed_once(back_end, made)
    assert json.loads(loket(town_hall, "open", "--once", "--json")[1])["new"] == 0
    assert_completed_once(back_end, made)


def test_makes_nothing_twice_when_answers_are_lost_and_its_store_too(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = [submit(library, service_id=CALL_BACK if number % 2 else "verhuizen") for number in range(4)]
    loket(library, "sync", "--once")
    for path in ("/rollen$", "/enkelvoudiginformatieobjecten$", "/zaakinformatieobjecten$", "/maak-klantcontact$"):
        back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", path))
        back_end.faults.add(Fault(FaultKind.HTML_500, "GET", path))
    loket(town_hall, "open", "--once")
    back_end.faults.clear()
    for file in data_dir(load_settings(town_hall)).glob(f"{STORE}*"):
        file.unlink()
    assert loket(town_hall, "open", "--once")[0] == 0
    assert_completed_once(back_end, made)


def test_makes_nothing_twice_when_its_store_is_lost_after_all_was_completed(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = [submit(library, service_id=CALL_BACK if number % 2 else "verhuizen") for number in range(3)]
    loket(library, "sync", "--once")
    for _ in range(2):
        assert loket(town_hall, "open", "--once")[0] == 0
        for file in data_dir(load_settings(town_hall)).glob(f"{STORE}*"):
            file.unlink()
    assert_completed_once(back_end, made)


def test_opens_what_was_sealed_before_the_key_was_rotated(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    before = submit(library)
    waiting = submit(town_hall)
    assert loket(town_hall, "keys", "rotate")[0] == 0
    assert loket(town_hall, "keys", "check")[0] == 0
    after = submit(library)
    assert before.header.key_id == waiting.header.key_id != after.header.key_id
    assert loket(library, "sync", "--once")[0] == 0
    assert loket(town_hall, "open", "--once")[0] == 0
    assert_completed_once(back_end, [before, after])
    assert loket(town_hall, "sync", "--once")[0] == 0, "and what waited in the own queue"


def test_tells_of_a_case_that_no_key_here_opens_and_completes_the_rest(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    make_key_pair(tmp_path / "other" / "loket.pub", tmp_path / "other" / "loket.key")
    settings = load_settings(library)
    with closing(open_database(settings)):
        bad = hand_in(open_store(settings), read_sealer(tmp_path / "other" / "loket.pub"), at=SystemClock().now())
    submit(library)
    loket(library, "sync", "--once")
    code, out = loket(town_hall, "open", "--once", "--json")
    found = json.loads(out)
    assert (code, found["delivered"], found["unreadable"]) == (1, 1, [bad.header.reference])


def test_opens_what_was_added_later_and_brings_it_in_order_once_each(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made, other = submit(library, service_id=CALL_BACK), submit(library)
    loket(library, "sync", "--once")
    loket(town_hall, "open", "--once")
    answers = ["12a", "12b", "12c"]
    for answer in answers[:2]:
        add(library, made, answer=answer)
    loket(library, "sync", "--once")
    code, out = loket(town_hall, "open", "--once", "--json")
    assert (code, json.loads(out)["added"]["delivered"]) == (0, 2)
    assert_added_once(back_end, made, answers[:2])
    assert loket(town_hall, "open", "--once")[0] == 0
    add(library, made, FollowUpKind.REMINDER, answer=answers[2])
    add(library, other, answer="7")
    loket(library, "sync", "--once")
    for _ in range(2):
        assert loket(town_hall, "open", "--once")[0] == 0
        assert_added_once(back_end, made, answers)
        assert_added_once(back_end, other, ["7"])


def test_opens_a_case_and_what_was_added_in_one_go_and_a_withdrawal_ends_it_here(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = submit(library)
    loket(library, "sync", "--once")
    add(library, made)
    add(library, made, FollowUpKind.WITHDRAWAL, answer="12b")
    loket(library, "sync", "--once")
    assert loket(town_hall, "open", "--once")[0] == 0
    assert_added_once(back_end, made, ["12a", "12b"])
    with closing(Database(data_dir(load_settings(town_hall)) / STORE)) as database:
        found = Outbox(database).find(made.header.reference)
    assert found is not None
    assert found.state is CaseState.WITHDRAWN


def test_brings_nothing_added_twice_when_answers_and_its_store_are_lost(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = submit(library, service_id=CALL_BACK)
    loket(library, "sync", "--once")
    add(library, made)
    add(library, made, answer="12b")
    loket(library, "sync", "--once")
    for path in ("/enkelvoudiginformatieobjecten$", "/zaakinformatieobjecten$", "/maak-klantcontact$"):
        back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", path))
        back_end.faults.add(Fault(FaultKind.HTML_500, "GET", path))
    for _ in range(3):
        loket(town_hall, "open", "--once")
        back_end.faults.clear()
        for file in data_dir(load_settings(town_hall)).glob(f"{STORE}*"):
            file.unlink()
    assert loket(town_hall, "open", "--once")[0] == 0
    assert_added_once(back_end, made, ["12a", "12b"])


def test_an_addition_that_no_key_opens_stops_the_later_ones_of_its_case_alone_and_is_told(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd, tmp_path: Path
) -> None:
    made, other = submit(library), submit(library)
    loket(library, "sync", "--once")
    keys = tmp_path / "keys"
    own = {name: (keys / name).read_bytes() for name in ("loket.pub", "loket.key")}
    for name in own:
        (keys / name).unlink()
    make_key_pair(keys / "loket.pub", keys / "loket.key")
    add(library, made)
    for name, content in own.items():
        (keys / name).write_bytes(content)
    add(library, made, answer="12b")
    add(library, other)
    loket(library, "sync", "--once")
    for _ in range(2):
        code, out = loket(town_hall, "open", "--once", "--json")
        assert (code, json.loads(out)["unreadable"]) == (1, [made.header.reference])
        assert json.loads(out)["added"]["delivered"] == 1
        assert_added_once(back_end, other, ["12a"])


def test_asks_nothing_more_about_a_case_to_which_nothing_came(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    submit(library)
    loket(library, "sync", "--once")
    loket(town_hall, "open", "--once")
    loket(town_hall, "open", "--once")
    back_end.faults.add(Fault(FaultKind.HTML_500, "GET", "/enkelvoudiginformatieobjecten$"))
    assert loket(town_hall, "open", "--once")[0] == 0
    assert back_end.faults.left() == 1


def test_forgets_what_it_opened_after_its_days_and_takes_it_in_again_only_when_something_came(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made, other = submit(library, service_id=CALL_BACK), submit(library)
    loket(library, "sync", "--once")
    for _ in range(2):  # the second run sees the papers of the first
        assert loket(town_hall, "open", "--once")[0] == 0
    folder = data_dir(load_settings(town_hall))
    with closing(Database(folder / STORE)) as database, database.writing() as connection:
        assert database.row("SELECT 1 FROM submissions WHERE sealed <> x''") is None, "emptied as soon as it is there"
        connection.execute("UPDATE outbox SET changed_at = '2026-01-01T00:00:00.000000+00:00'")
    [report] = (folder / "retention").glob("*-opened.json")
    assert json.loads(report.read_bytes())["report"]["emptied"] == {"delivered": 2}
    assert loket(town_hall, "retention", "--check", str(report))[0] == 0

    code, out = loket(town_hall, "retention", "--json")
    opened = json.loads(out)["report"]["opened"]
    assert (code, opened["removed"], opened["overdue"], opened["kept"]) == (0, {"delivered": 2}, 0, {})
    written = b"".join(file.read_bytes() for file in folder.glob(f"{STORE}*"))
    assert made.header.reference.encode() not in written, "nothing lingers in free pages or the log"

    assert json.loads(loket(town_hall, "open", "--once", "--json")[1])["new"] == 0
    add(library, made)
    loket(library, "sync", "--once")
    code, out = loket(town_hall, "open", "--once", "--json")
    assert (code, json.loads(out)["new"], json.loads(out)["added"]["delivered"]) == (0, 1, 1)
    assert_added_once(back_end, made, ["12a"])
    assert_added_once(back_end, other, [])


def test_notices_that_somebody_tampered_with_what_was_opened(loket: Loket, library: Path, town_hall: Path) -> None:
    submit(library)
    loket(library, "sync", "--once")
    assert loket(town_hall, "open", "--once")[0] == 0
    assert loket(town_hall, "audit", "check", "--opened")[0] == 0
    with closing(Database(data_dir(load_settings(town_hall)) / STORE)) as database, database.writing() as connection:
        connection.execute("UPDATE delivery_steps SET result = 'https://elsewhere.example' WHERE step = 'case'")
    code, out = loket(town_hall, "audit", "check", "--opened")
    assert (code, "address-changed" in out) == (1, True)
