# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The check of the log itself: what retention took away, what a person accepted, what is new since the last look."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from sync import audit_check, audit_heads, audit_log
from sync.audit_check import EVERY_LINES, AuditCheck, Report
from sync.audit_heads import HeadKind, file_of
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.retention import clear
from sync.second_copy import SecondCopies
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission, summary
from tests.sync.test_retention import SETTINGS

DAY = timedelta(days=1)
YEAR = 365 * DAY
KEY = SigningKey(b"\7" * 32)


@pytest.fixture
def check(database: Database) -> AuditCheck:
    return AuditCheck(database.path, KEY.verify_key)


def keep(database: Database, days: int = 0) -> str:
    made = submission(at=TUESDAY + days * DAY)
    SqliteCaseStore(database).submit(made.header, b"sealed", summary(made), "4711")
    return made.header.case_id


def deliver(database: Database, days: int = 0) -> None:
    outbox, at = Outbox(database), TUESDAY + days * DAY
    while (claim := outbox.claim(at)) is not None:
        outbox.delivered(claim, at)


def clear_up(database: Database, days: int) -> None:
    clear(database, SecondCopies(database.path.with_name("waiting")), SETTINGS, TUESDAY + days * DAY)


def run(check: AuditCheck, days: int = 0, *, is_full: bool = True) -> Report:
    return check.run(TUESDAY + days * DAY, is_full=is_full)


def slugs(report: Report) -> set[str]:
    return {finding.slug for finding in report.findings}


def test_goes_on_after_retention_took_old_lines_away(database: Database, check: AuditCheck) -> None:
    for day in range(3):
        keep(database, day)
    deliver(database, 3)
    clear_up(database, 100)
    keep(database, 500)

    removed = audit_check.remove_old(database, KEY, {"settings": "sum"}, TUESDAY + 500 * DAY, YEAR)

    assert removed is not None
    report = run(check, 500)
    assert slugs(report) == set()
    assert (report.removed_upto, report.first) == (removed.number, removed.number + 1)
    assert check.seen == {"settings": "sum"}, "what is watched is told again"


def test_keeps_the_lines_of_a_case_that_is_still_here(database: Database, check: AuditCheck) -> None:
    keep(database)
    deliver(database)
    clear_up(database, 100)
    waiting = keep(database, 101)
    keep(database, 102)

    audit_check.remove_old(database, KEY, {}, TUESDAY + 900 * DAY, YEAR)

    assert database.row("SELECT count(*) AS n FROM audit_log WHERE case_id = ?", (waiting,)) == {"n": 1}
    assert slugs(run(check, 102)) == set()


def test_takes_nothing_away_that_is_young(database: Database) -> None:
    keep(database)
    assert audit_check.remove_old(database, KEY, {}, TUESDAY + DAY, YEAR) is None


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ("DELETE FROM audit_log WHERE event = 'lines-removed'", "line-missing"),
        ("DELETE FROM audit_log WHERE number = (SELECT min(number) FROM audit_log)", "line-missing"),
        ("UPDATE audit_log SET detail = replace(detail, '1', '2') WHERE event = 'lines-removed'", "head-forged"),
    ],
)
def test_tells_what_retention_took_away_from_what_somebody_did(
    database: Database, check: AuditCheck, change: str, slug: str
) -> None:
    keep(database)
    deliver(database)
    clear_up(database, 100)
    keep(database, 500)
    audit_check.remove_old(database, KEY, {}, TUESDAY + 500 * DAY, YEAR)
    keep(database, 500)
    assert slugs(run(check, 500)) == set()

    with database.writing() as connection:
        connection.execute(change)

    assert slug in slugs(run(check, 500))


def test_begins_anew_where_a_person_looked(database: Database, check: AuditCheck) -> None:
    kept = [keep(database) for _ in range(2)]
    deliver(database)
    keep(database, 1)
    audit_heads.sign(database, KEY, TUESDAY)
    with database.writing() as connection:
        connection.execute("DELETE FROM audit_log WHERE number = 2")
        connection.execute("UPDATE outbox SET state = 'done' WHERE case_id = ?", (kept[0],))
    assert slugs(run(check)) >= {"line-missing", "state-changed"}

    audit_check.accept(database, KEY, {"settings": "sum"}, TUESDAY)

    report = run(check)
    assert (slugs(report), report.accepted_upto > 0) == (set(), True)
    with database.writing() as connection:
        connection.execute("UPDATE outbox SET state = 'withdrawn' WHERE case_id = ?", (kept[0],))
    assert slugs(run(check)) == {"state-changed"}, "what comes after is judged as ever"


def test_begins_anew_after_a_damaged_store_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "loket.db"
    with closing(Database(path)) as database:
        keep(database)
        for _ in range(5):
            audit_heads.sign(database, KEY, TUESDAY)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"loket.db{ending}").unlink(missing_ok=True)
    with closing(Database(path)) as database:
        keep(database)
        check = AuditCheck(path, KEY.verify_key)
        assert "lines-cut-off" in slugs(run(check))

        audit_check.accept(database, KEY, {}, TUESDAY)

        assert slugs(run(check)) == set()
        audit_heads.sign(database, KEY, TUESDAY)
        assert slugs(run(check)) == set()


def test_reads_only_what_is_new_the_next_time(database: Database, check: AuditCheck) -> None:
    for _ in range(5):
        keep(database)
    assert run(check).lines == 5
    keep(database)

    assert run(check, is_full=False).lines == 6
    with database.writing() as connection:
        connection.execute("UPDATE audit_log SET detail = 'x' WHERE number = 2")
    assert slugs(run(check, is_full=False)) == set(), "an old line is for the full look of the night"
    assert slugs(run(check)) == {"line-changed", "case-changed"}


def test_forgets_what_it_found_once_a_person_accepted_it(database: Database, check: AuditCheck) -> None:
    keep(database)
    keep(database)
    with database.writing() as connection:
        connection.execute("DELETE FROM audit_log WHERE number = 1")
    assert slugs(run(check))

    audit_check.accept(database, KEY, {}, TUESDAY)

    assert slugs(run(check, is_full=False)) == set()


def test_looks_at_all_of_it_when_the_end_it_knows_is_gone(database: Database, check: AuditCheck) -> None:
    for _ in range(5):
        keep(database)
    audit_heads.sign(database, KEY, TUESDAY)
    run(check)
    with database.writing() as connection:
        connection.execute("DELETE FROM audit_log WHERE number > 3")

    assert slugs(run(check, is_full=False)) >= {"lines-cut-off", "case-unknown"}


def test_signs_after_so_many_lines_and_after_so_much_time(database: Database, check: AuditCheck) -> None:
    keep(database)
    assert audit_check.sign_if_due(database, KEY, run(check), TUESDAY) is not None, "the first time at once"
    assert audit_check.sign_if_due(database, KEY, run(check), TUESDAY + YEAR) is None, "nothing happened"
    keep(database)
    assert audit_check.sign_if_due(database, KEY, run(check), TUESDAY) is None
    assert audit_check.sign_if_due(database, KEY, run(check), TUESDAY + timedelta(minutes=61)) is not None
    with database.writing() as connection:
        for _ in range(EVERY_LINES):
            audit_log.append(connection, TUESDAY, "put-on-paper", "")
    assert audit_check.sign_if_due(database, KEY, run(check), TUESDAY) is not None
    assert len(audit_heads.in_file(file_of(database.path))) == 3


def test_tells_its_progress(database: Database, check: AuditCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_check, "_STEP", 2)
    for _ in range(5):
        keep(database)
    told: list[int] = []

    check.run(TUESDAY, progress=told.append)

    assert told == [2, 4]


def test_a_head_says_what_was_signed_and_nothing_else(database: Database) -> None:
    keep(database)
    head = audit_heads.sign(database, KEY, TUESDAY)

    assert head is not None
    assert head.is_of(KEY.verify_key)
    assert not head.is_of(SigningKey.generate().verify_key)
    for change in ({"number": 9}, {"hash": "00"}, {"kind": HeadKind.CUT}, {"at": "2020"}, {"signature": "x"}):
        fields = {name: getattr(head, name) for name in head.__slots__}
        assert not audit_heads.Head(**(fields | change)).is_of(KEY.verify_key)


def test_reads_no_head_from_a_file_of_nonsense(tmp_path: Path) -> None:
    file = tmp_path / "loket.heads"
    file.write_bytes(b'\xff\xfe\n[]\n{"kind": "signed"}\n{"kind": "other", "number": 1}\n\n')
    assert list(audit_heads.in_file(file)) == []
    assert list(audit_heads.in_file(tmp_path / "none")) == []
