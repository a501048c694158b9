# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A power cut at any moment: every case that was shown as kept is there, once, and the store is whole."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database, stamp
from sync.outbox import Outbox
from tests.fakes.clock import TUESDAY
from tests.faults.figures import count
from tests.faults.power_cut import Act, CarelessDatabase, DatabaseOnDisk, Disk
from tests.sync.samples import submission, summary

STATES = 200
DELIVERED = "delivered "


def live(database: Database, disk: Disk, chance: random.Random, cases: int) -> None:
    """Hand in cases and bring some of them away, as kiosk and sync do on one store."""
    store, outbox, now = SqliteCaseStore(database), Outbox(database), TUESDAY
    for _ in range(cases):
        now += timedelta(minutes=5)
        made = submission(at=now)
        store.submit(made.header, chance.randbytes(chance.randint(900, 9000)), summary(made), "4711")
        disk.told(made.header.case_id)
        if chance.random() < 0.4:
            claim = outbox.claim(now)
            assert claim is not None
            with database.writing(survives_power_cut=False) as connection:
                connection.execute(
                    "INSERT INTO delivery_steps (case_id, step, identifier, state, sent_at) VALUES (?, 'zaak', ?, ?, ?)"
                    " ON CONFLICT DO NOTHING",
                    (claim.header.case_id, claim.header.reference, "sent", stamp(now)),
                )
            if chance.random() < 0.8:
                outbox.delivered(claim, now)
                disk.told(DELIVERED + claim.header.case_id)
            else:
                outbox.retrying(claim, now, "unreachable", timedelta(minutes=1))


def lost_in(folder: Path, files: dict[str, bytes], told: set[str]) -> set[str]:
    """Open what a power cut left, as the next start does; give what was told and is not there."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with closing(Database(folder / "loket.db")) as database:
        database.check()
        assert audit_log.first_broken(database) is None
        rows = database.rows("SELECT case_id, state FROM submissions JOIN outbox USING (case_id)")
        ids = [row["case_id"] for row in rows]
        assert len(set(ids)) == len(ids)
        said = {case_id for case_id in told if not case_id.startswith(DELIVERED)}
        assert len(set(ids) - said) <= 1, "at most the one in hand was kept without being told"
        delivered = {DELIVERED + row["case_id"] for row in rows if row["state"] == "delivered"}
        return told - set(ids) - delivered


def play(folder: Path, made: type[DatabaseOnDisk], states: int, seed: int) -> tuple[int, int]:
    """Give in how many of the states something was lost, and how many cases were told in all of them."""
    chance, disk = random.Random(seed), Disk()
    with closing(made(folder / "loket.db", disk)) as database:
        live(database, disk, chance, cases=60)
        bad = kept = 0
        acts = [number for number, entry in enumerate(disk.log) if entry.act is not Act.TOLD]
        after_told = [number + 1 for number, entry in enumerate(disk.log) if entry.act is Act.TOLD]
        for state in range(states):
            moment = chance.choice(after_told if state % 2 else acts)
            told = {entry.told for entry in disk.log[:moment] if entry.act is Act.TOLD}
            bad += bool(lost_in(folder / f"state-{state}", disk.after_power_cut(moment, chance), told))
            kept += len(told)
    return bad, kept


def test_keeps_every_case_that_was_shown_as_kept_through_200_power_cuts(tmp_path: Path) -> None:
    bad, kept = play(tmp_path, DatabaseOnDisk, STATES, seed=7)
    assert bad == 0
    assert kept > 20 * STATES / 2


def test_loses_cases_with_a_careless_setting_so_that_the_test_above_can_fail(tmp_path: Path) -> None:
    bad, _kept = play(tmp_path, CarelessDatabase, 60, seed=7)
    assert bad > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_keeps_every_case_through_thousands_of_power_cuts(tmp_path: Path) -> None:
    states = 0
    for seed in range(10):
        (tmp_path / str(seed)).mkdir()
        bad, _kept = play(tmp_path / str(seed), DatabaseOnDisk, STATES, seed=100 + seed)
        assert bad == 0, f"seed {seed}"
        states += STATES
    count(power_cut_states=states, lost=0)
