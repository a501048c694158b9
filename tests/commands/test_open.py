# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket open` and `loket keys rotate`: what libraries sent sealed is completed at the municipality, each once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.joining import data_dir, key_paths, open_database, open_store
from commands.open import STORE
from commands.system_clock import SystemClock
from domain.submission import Submission
from sync.practice import Fault, FaultKind, PracticeBackEnd
from sync.sealing import make_key_pair, read_sealer
from tests.sync.road import CASE_TYPES, RSIN
from tests.sync.samples import MARK, hand_in

Loket = Callable[..., tuple[int, str]]


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


def _config(folder: Path, back_end: PracticeBackEnd, profile: str, keys: str) -> Path:
    folder.mkdir()
    (folder / "secret").write_text(back_end.secret)
    file = folder / "settings.toml"
    file.write_text(
        f'[device]\nid = "kiosk-01"\nrsin = "{RSIN}"\ndata_dir = "data"\nprofile = "{profile}"\n'
        f'[sync]\nclient_id = "{back_end.client_id}"\nsecret_file = "secret"\n'
        f'zaken = "{back_end.urls.zaken}"\ndocumenten = "{back_end.urls.documenten}"\n'
        f'catalogi = "{back_end.urls.catalogi}"\n[sealing]\n{keys}'
    )
    return file


@pytest.fixture
def town_hall(tmp_path: Path, back_end: PracticeBackEnd) -> Path:
    (tmp_path / "keys").mkdir()
    make_key_pair(tmp_path / "keys" / "loket.pub", tmp_path / "keys" / "loket.key")
    keys = 'public_key_file = "../keys/loket.pub"\nprivate_key_file = "../keys/loket.key"\n'
    return _config(tmp_path / "town_hall", back_end, "gemeentehuis", keys)


@pytest.fixture
def library(tmp_path: Path, town_hall: Path, back_end: PracticeBackEnd) -> Path:
    return _config(tmp_path / "library", back_end, "bibliotheek", 'public_key_file = "../keys/loket.pub"\n')


@pytest.fixture
def loket(capsys: pytest.CaptureFixture[str]) -> Loket:
    def call(config: Path, *words: str) -> tuple[int, str]:
        code = run([words[0], "--config", str(config), *words[1:]])
        said = capsys.readouterr()
        assert MARK not in said.out + said.err
        return code, said.out

    return call


def submit(config: Path, **changes: Any) -> Submission:
    settings = load_settings(config)
    with closing(open_database(settings)):
        return hand_in(open_store(settings), read_sealer(key_paths(settings)[0]), at=SystemClock().now(), **changes)


def assert_completed_once(back_end: PracticeBackEnd, made: list[Submission]) -> None:
    arrived = {case.identificatie: case for case in back_end.registered()}
    assert len(arrived) == len(made) == back_end.totals().zaken
    for each in made:
        case = arrived[each.header.reference]
        assert (case.rollen, case.statuses, case.initiators) == (1, ("Ontvangen",), (each.initiator.name,))
        names = sorted(document.identificatie for document in case.documents)
        assert names == [f"{each.header.reference}-{number}" for number in (1, 2, 3)]
        assert case.links == 3
    assert back_end.totals().documenten == 3 * len(made)


def test_completes_what_a_library_sent_sealed_each_once(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = [submit(library, service_id="bel" if number % 5 == 0 else "verhuizen") for number in range(50)]
    assert loket(library, "sync", "--once")[0] == 0
    assert back_end.totals().rollen == 0, "a library shows nobody's name"
    code, out = loket(town_hall, "open", "--once", "--json")
    assert (code, json.loads(out)["delivered"], json.loads(out)["new"]) == (0, 50, 50)
    assert_completed_once(back_end, made)
    assert json.loads(loket(town_hall, "open", "--once", "--json")[1])["new"] == 0
    assert_completed_once(back_end, made)


def test_makes_nothing_twice_when_answers_are_lost_and_its_store_too(
    loket: Loket, library: Path, town_hall: Path, back_end: PracticeBackEnd
) -> None:
    made = [submit(library) for _ in range(4)]
    loket(library, "sync", "--once")
    for path in ("/rollen$", "/enkelvoudiginformatieobjecten$", "/zaakinformatieobjecten$"):
        back_end.faults.add(Fault(FaultKind.DROP_AFTER_COMMIT, "POST", path))
        back_end.faults.add(Fault(FaultKind.HTML_500, "GET", path))
    loket(town_hall, "open", "--once")
    back_end.faults.clear()
    for file in data_dir(load_settings(town_hall)).glob(f"{STORE}*"):
        file.unlink()
    assert loket(town_hall, "open", "--once")[0] == 0
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
