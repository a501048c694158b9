# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A folder with the set-group-id bit is shared by window and sync service; what is secret is not."""

import os
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.log_book import LogBook
from domain.case import CaseId
from sync.database import Database
from sync.draft_book import open_draft_file
from sync.second_copy import SecondCopies
from sync.shared_folder import fit, is_anothers, make_folder
from sync.signing import signing_key
from sync.sole_sender import sole_sender
from sync.staff_seal import staff_key
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of files")

NOBODY = 65534
CASE = CaseId("00000000-0000-4000-8000-000000000001")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=["shared", "alone"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    found = tmp_path / "data"
    found.mkdir()
    found.chmod(0o2770 if request.param == "shared" else 0o700)
    return found


def modes_in(folder: Path) -> tuple[int, int]:
    """Give the modes that files and folders are to have there."""
    return (0o660, 0o2770) if folder.stat().st_mode & stat.S_ISGID else (0o600, 0o700)


def test_what_both_write_is_open_to_the_group_only_where_the_folder_says_so(folder: Path) -> None:
    of_files, of_folders = modes_in(folder)
    with closing(Database(folder / "loket.db")) as database, database.writing() as connection:
        connection.execute("SELECT 1")
        for ending in ("", "-wal", "-shm"):
            assert mode(folder / f"loket.db{ending}") == of_files, ending
    with closing(open_draft_file(folder / "drafts.db")):
        assert mode(folder / "drafts.db") == of_files
    with sole_sender(folder / "loket.db", 0.0):
        assert mode(folder / "loket.db-sender") == of_files
    assert SecondCopies(folder / "waiting").write(CASE, {})
    assert mode(folder / "waiting") == of_folders
    assert mode(next((folder / "waiting").iterdir())) == of_files
    LogBook(folder / "log", 30, FakeClock(datetime(2026, 11, 22, tzinfo=UTC))).write("line")
    assert mode(folder / "log") == of_folders
    assert mode(next((folder / "log").iterdir())) == of_files
    staff_key(folder / "staff.key")
    assert mode(folder / "staff.key") == of_files


@pytest.mark.parametrize("user", [0, 1000, NOBODY])
def test_a_shared_folder_is_anothers_for_who_is_neither_its_owner_nor_root(
    folder: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    owner = folder.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: user)

    assert is_anothers(folder) == (modes_in(folder)[0] == 0o660 and user not in (0, owner))
    assert not is_anothers(folder / "none-yet")


def test_a_key_that_signs_stays_its_owners(folder: Path) -> None:
    signing_key(folder / "device-signing.key")

    assert mode(folder / "device-signing.key") == 0o600


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can give a file away")
def test_what_root_makes_belongs_to_the_owner_of_a_shared_folder(folder: Path) -> None:
    is_shared = modes_in(folder)[0] == 0o660
    os.chown(folder, NOBODY, NOBODY)
    folder.chmod(folder.stat().st_mode | (stat.S_ISGID if is_shared else 0))  # giving it away took the bit
    signing_key(folder / "device-signing.key")
    (folder / "plain").touch()
    fit(folder / "plain", folder)
    make_folder(folder / "deeper")

    for name in ("device-signing.key", "plain", "deeper"):
        assert (folder / name).stat().st_uid == (NOBODY if is_shared else 0), name
