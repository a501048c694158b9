# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Visit after visit at the real kiosk, ended in every way: nothing of one is anywhere when the next begins."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from commands.wipe_marks import Marks, new_marks
from commands.wipe_places import search
from commands.wipe_proof import DONE, IDLE, KILL, LEAVE, STOP, Proof, ProofKiosk, Visit
from resources.service_library import ServiceLibrary
from tests.faults.figures import count

# Idling takes eleven seconds of nobody's time; it ends the visit by the same door as the others.
WAYS = (*(STOP,) * 8, *(LEAVE,) * 8, *(KILL,) * 6, *(DONE,) * 2, IDLE)
EVERY = 50  # visits after which the marks of all earlier ones are looked for once more
MOST_SCREENS = 12
MANY = 119

SETTINGS = """
[device]
id = "proof-01"
rsin = "002564440"
data_dir = "{data}"
"""


def prove(folder: Path, visits: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    data, pictures, temp, home, runtime = (folder / name for name in ("data", "pictures", "temp", "home", "runtime"))
    for each in (data, pictures, temp, home, runtime):
        each.mkdir(mode=0o700)
    for name, where in (("TMPDIR", temp), ("HOME", home), ("XDG_RUNTIME_DIR", runtime)):
        monkeypatch.setenv(name, str(where))
    monkeypatch.setattr("tempfile.tempdir", None)
    config = folder / "loket.toml"
    config.write_text(SETTINGS.format(data=data), encoding="utf-8")
    services = [service.id for service in ServiceLibrary.load().services]
    earlier: list[Marks] = []
    planted = searched = 0
    with ProofKiosk(config, data, pictures) as kiosk:
        proof = Proof(kiosk, data, pictures, is_paper_here=True)
        for number in range(1, visits + 1):
            way = chance.choice(WAYS)
            screens = MANY if way == DONE else chance.randint(1, MOST_SCREENS)
            service = "bel" if way == DONE else chance.choice(services)
            marks = new_marks()
            visit = Visit(way, service, screens, is_different=way != DONE and chance.random() < 0.3)
            proved = proof.prove(visit, marks, searches_memory=number % EVERY == 1)
            assert proved.result.found == (), f"visit {number}, {way}, {service}"
            assert not proved.result.unreadable
            planted += len(proved.planted)
            searched = max(searched, len(proved.result.searched))
            earlier.append(marks)
            if number % EVERY == 0 or number == visits:
                for before in earlier:
                    assert search(proof.places_now(), before).found == ()
                earlier.clear()
                print(f"{number} visits, {planted} marks planted, none found", flush=True)
    assert planted >= visits // 3, "the visitors left too little to prove anything"
    count(random_visits=visits, marks_planted=planted, marks_found_afterwards=0, places_searched=searched)


def test_leaves_nothing_of_a_visit_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(tmp_path, 4, 6, monkeypatch)


@pytest.mark.long
@pytest.mark.timeout(14_000)
def test_leaves_nothing_of_a_thousand_visits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(tmp_path, 1000, 1000, monkeypatch)
