# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every edit, swap, deletion or replay of what lies on the disk is noticed, or harmless, and then it says why."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from commands import cli
from commands.configuration import load_settings
from commands.health import health
from commands.housekeeping import Housekeeping
from commands.joining import STORE, key_paths, open_database, open_store, read_public_key
from domain.errors import SealingError
from sync import audit_log
from sync.database import moment_of
from sync.key_pin import fingerprint, trust
from sync.outbox import Outbox
from sync.sealing import make_key_pair, read_sealer
from sync.second_copy import SecondCopies
from sync.signing import signed
from sync.understanding_file import UnderstandingFile
from tests.fakes.clock import FakeClock
from tests.faults.tampered_device import HOUR, Device

FAR = "'2099-01-01T00:00:00.000000+00:00'"
COLUMNS = {
    "submissions": [
        "case_id",
        "reference",
        "service_id",
        "service_version",
        "submitted_at",
        "key_id",
        "sealed",
        "code_salt",
        "code_hash",
    ],
    "follow_ups": (
        [
            "follow_up_id",
            "case_id",
            "number",
            "kind",
            "made_at",
            "made_on",
            "key_id",
            "sealed",
            "state",
            "attempts",
            "reason",
            "next_try_at",
        ]
    ),
}
SWAP = (
    "UPDATE {table} SET {column} = (SELECT b.{column} FROM {table} AS b WHERE b.case_id ="
    " CASE {table}.case_id WHEN :{one} THEN :{two} ELSE :{one} END) WHERE case_id IN (:{one}, :{two})"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Device:
    return Device(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


def swap(table: str, column: str, one: str = "pending", two: str = "pending_2") -> str:
    return SWAP.format(table=table, column=column, one=one, two=two)


def of(case: str, table: str, change: str) -> str:
    return f"UPDATE {table} SET {change} WHERE case_id = :{case}"  # noqa: S608  a tamperer's words


def copied(table: str, case: str, **changes: str) -> str:
    columns = ", ".join(changes.get(name, name) for name in COLUMNS[table])
    return f"INSERT INTO {table} SELECT {columns} FROM {table} WHERE case_id = :{case}"  # noqa: S608  as above


NOTICED = {
    # submissions: every column
    "case_id": (of("pending", "submissions", "case_id = 'another'"), {"case-missing", "case-unknown"}),
    "reference": (of("pending", "submissions", "reference = 'X'"), {"case-changed"}),
    "service": (of("pending", "submissions", "service_id = 'bel'"), {"case-changed"}),
    "service version": (of("pending", "submissions", "service_version = 9"), {"case-changed"}),
    "handed in later": (of("pending", "submissions", f"submitted_at = {FAR}"), {"case-changed"}),
    "key id": (of("pending", "submissions", "key_id = 'ffff'"), {"case-changed"}),
    "sealed part": (of("pending", "submissions", "sealed = x'00'"), {"sealed-changed"}),
    "sealed part emptied": (of("pending", "submissions", "sealed = x''"), {"sealed-changed"}),
    "sealed parts swapped": (swap("submissions", "sealed"), {"sealed-changed"}),
    "salt": (of("pending", "submissions", "code_salt = x'00'"), {"case-changed"}),
    "code": (of("pending", "submissions", "code_hash = x'00'"), {"case-changed"}),
    "codes swapped": (swap("submissions", "code_hash"), {"case-changed"}),
    "submission deleted": ("DELETE FROM submissions WHERE case_id = :pending", {"case-missing"}),
    "delivered one deleted": ("DELETE FROM submissions WHERE case_id = :delivered", {"case-missing"}),
    "submission put in": (
        copied("submissions", "pending", case_id="'mine'", reference="'R'"),
        {"case-unknown"},
    ),
    # outbox: every column
    "outbox row deleted": ("DELETE FROM outbox WHERE case_id = :pending", {"outbox-missing"}),
    "set to delivered": (of("pending", "outbox", "state = 'delivered'"), {"state-changed"}),
    "set to withdrawn": (of("pending", "outbox", "state = 'withdrawn'"), {"state-changed"}),
    "set to done": (of("rejected", "outbox", "state = 'done'"), {"state-changed"}),
    "set to rejected": (of("pending", "outbox", "state = 'rejected'"), {"state-changed"}),
    "set back to pending": (of("delivered", "outbox", "state = 'pending'"), {"state-changed"}),
    "states swapped": (swap("outbox", "state", "pending", "delivered"), {"state-changed"}),
    "promise": (of("delivered", "outbox", "promised_on = '2030-01-01'"), {"promise-changed"}),
    "haste": (of("pending", "outbox", "is_urgent = 1"), {"case-changed"}),
    "tried, never counted": (of("pending", "outbox", "state = 'retrying'"), {"state-changed"}),
    "put off": (of("pending", "outbox", f"next_try_at = {FAR}"), {"put-off"}),
    # where it lies at the case system
    "address": (of("delivered", "delivery_steps", "result = 'https://elsewhere.example'"), {"address-changed"}),
    "addresses swapped": (swap("delivery_steps", "result", "delivered", "delivered_2"), {"address-changed"}),
    "address deleted": ("DELETE FROM delivery_steps WHERE case_id = :delivered", {"address-changed"}),
    "identifier": (of("delivered", "delivery_steps", "identifier = 'X'"), {"address-changed"}),
    # what was added
    "addition delivered by hand": (of("delivered", "follow_ups", "state = 'delivered'"), {"addition-missing"}),
    "addition deleted": ("DELETE FROM follow_ups WHERE case_id = :delivered", {"addition-missing"}),
    "addition edited": (of("delivered", "follow_ups", "sealed = x'00'"), {"addition-changed"}),
    "additions swapped": (swap("follow_ups", "sealed", "delivered", "delivered_2"), {"addition-changed"}),
    "addition moved": (
        "UPDATE follow_ups SET case_id = :delivered_2, number = 2 WHERE case_id = :delivered",
        {"addition-changed"},
    ),
    "addition of another kind": (of("delivered", "follow_ups", "kind = 'withdrawal'"), {"addition-changed"}),
    "order of additions": (of("delivered", "follow_ups", "number = 7"), {"addition-changed"}),
    "day of an addition": (of("delivered", "follow_ups", "made_on = '2020-01-01'"), {"addition-changed"}),
    "moment of an addition": (of("delivered", "follow_ups", "made_at = '2020'"), {"addition-changed"}),
    "key of an addition": (of("delivered", "follow_ups", "key_id = 'ffff'"), {"addition-changed"}),
    "id of an addition": (of("delivered", "follow_ups", "follow_up_id = 'x'"), {"addition-changed"}),
    "addition put off": (of("delivered", "follow_ups", f"next_try_at = {FAR}"), {"put-off"}),
    "addition put in": (
        copied("follow_ups", "delivered", follow_up_id="'mine'", number="9", kind="'withdrawal'"),
        {"addition-changed", "addition-back"},
    ),
    # the log
    "line removed": ("DELETE FROM audit_log WHERE number = 3", {"line-missing"}),
    "first line removed": ("DELETE FROM audit_log WHERE number = 1", {"line-missing"}),
    "line's event": ("UPDATE audit_log SET event = 'delivered' WHERE number = 3", {"line-changed"}),
    "line's moment": ("UPDATE audit_log SET at = '2020' WHERE number = 3", {"line-changed"}),
    "line's case": ("UPDATE audit_log SET case_id = 'x' WHERE number = 3", {"line-changed"}),
    "line's detail": ("UPDATE audit_log SET detail = 'x' WHERE number = 3", {"line-changed"}),
    "line's hash": ("UPDATE audit_log SET hash = x'00' WHERE number = 3", {"line-changed"}),
    "newest lines cut off": (
        "DELETE FROM audit_log WHERE number >= (SELECT max(number) FROM audit_log WHERE event = 'signed')",
        {"head-missing", "lines-cut-off"},
    ),
    "all lines gone": ("DELETE FROM audit_log", {"lines-cut-off", "case-unknown"}),
    "case news put off": (
        "INSERT INTO case_news (case_id, next_ask_at) VALUES (:delivered, '2099-01-01')",
        {"put-off"},
    ),
}


@pytest.mark.parametrize("name", NOTICED)
def test_notices_what_was_done_to_a_row(whole: Device, name: str) -> None:
    statement, expected = NOTICED[name]
    before = whole.all_files()
    assert whole.look(is_new_process=True) == set()

    whole.tamper(statement)

    try:
        found = whole.look(is_new_process=True)
        assert expected & found, f"found {found}"
    finally:
        whole.put_all_back(before)


HARMLESS = {
    "attempts": of("pending", "outbox", "attempts = 40"),  # it is looked for before it is sent
    "reason": of("rejected", "outbox", "reason = 'another'"),  # words for staff; the log has the true one
    "changed_at": of("pending", "outbox", f"changed_at = {FAR}"),  # counts for nothing while it waits
    "tries of a code": "INSERT INTO status_tries VALUES (:delivered, 0, '')",  # the code lies readable beside it
    "etag": "INSERT INTO case_news (case_id, etag, next_ask_at) VALUES (:delivered, 'x', '2026-11-24')",
    "when a step was sent": of("delivered", "delivery_steps", "sent_at = '2020', sends = 9"),
    "sealed part of what arrived": of("delivered", "submissions", "sealed = x''"),  # retention does the same
}


@pytest.mark.parametrize("name", HARMLESS)
def test_leaves_alone_what_does_no_harm(whole: Device, name: str) -> None:
    before = whole.all_files()
    whole.tamper(HARMLESS[name])
    try:
        assert whole.look(is_new_process=True) == set()
    finally:
        whole.put_all_back(before)


def test_a_second_copy_changes_nothing_of_a_case_that_is_here(device: Device) -> None:
    copy = device.data / "waiting" / f"{device.pending[0].header.case_id}.case"
    copy.write_text(copy.read_text().replace("verhuizen", "bel"))

    Housekeeping(device.settings, device.clock).round()

    assert device.look(is_new_process=True) == set()
    with closing(open_database(device.settings)) as database:
        assert database.row("SELECT 1 FROM submissions WHERE service_id = 'bel'") is None


def test_a_second_copy_that_is_gone_takes_no_case_with_it(device: Device) -> None:
    for copy in (device.data / "waiting").glob("*.case"):
        copy.unlink()

    Housekeeping(device.settings, device.clock).round()

    assert device.look(is_new_process=True) == set()


@pytest.mark.parametrize("content", [b"", b"\xff", b'{"bel 1 nl": [9, 9, 9]}', b"[" * 100_000])
def test_numbers_of_what_was_understood_are_numbers_and_no_more(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "understanding.json"
    file.write_bytes(content)
    assert all(isinstance(tally.right, int) for tally in UnderstandingFile(file).tallies().values())


def test_notices_lines_in_another_order(device: Device) -> None:
    device.tamper(
        "UPDATE audit_log SET number = -1 WHERE number = 3",
        "UPDATE audit_log SET number = 3 WHERE number = 4",
        "UPDATE audit_log SET number = 4 WHERE number = -1",
    )

    assert "line-changed" in device.look(is_new_process=True)


def rewritten(device: Device, change: str) -> None:
    """Change the log and make every hash fit again, as somebody does who knows this program."""
    with closing(sqlite3.connect(device.data / STORE)) as connection:
        connection.execute(change)
        rows = connection.execute("SELECT at, event, case_id, detail FROM audit_log ORDER BY number").fetchall()
        connection.execute("DELETE FROM audit_log")
        connection.row_factory = sqlite3.Row
        for at, event, case_id, detail in rows:
            audit_log.append(connection, moment_of(at), event, case_id, detail)
        connection.commit()


def test_notices_a_log_that_was_written_anew_with_hashes_that_fit(device: Device) -> None:
    rewritten(device, "DELETE FROM audit_log WHERE number = 3")

    assert "head-differs" in device.look(is_new_process=True)


def test_notices_a_log_that_was_written_anew_without_its_heads_and_their_file(device: Device) -> None:
    rewritten(device, "DELETE FROM audit_log WHERE event = 'signed' OR number = 3")
    (device.data / "loket.heads").unlink()

    assert "case-unknown" in device.look(is_new_process=True)


def test_notices_a_head_that_another_key_signed(device: Device) -> None:
    (device.data / "device-signing.key").write_text(base64.b64encode(bytes(SigningKey.generate())).decode())

    assert "head-forged" in device.look(is_new_process=True)


def test_notices_that_the_signing_key_is_gone(device: Device) -> None:
    (device.data / "device-signing.key").unlink()

    assert "head-forged" in device.look(is_new_process=True)


def test_notices_that_the_file_with_heads_was_cut_off(device: Device) -> None:
    for _ in range(3):
        device.submit()
        device.clock.advance(2 * HOUR)
        assert device.look() == set()
    (device.data / "loket.heads").unlink()

    assert "heads-file-cut-off" in device.look(is_new_process=True)


def test_mends_a_file_of_heads_that_lost_its_last_line_in_a_power_cut(device: Device) -> None:
    device.submit()
    device.clock.advance(2 * HOUR)
    device.look()
    file = device.data / "loket.heads"
    file.write_bytes(file.read_bytes()[:-20])

    assert device.look(is_new_process=True) == set()
    device.submit()
    device.clock.advance(2 * HOUR)
    device.look()
    assert device.look(is_new_process=True) == set()


def test_notices_an_older_store_put_back(device: Device) -> None:
    old = device.copied()
    lost = device.submit()
    device.clock.advance(2 * HOUR)
    device.look()
    SecondCopies(device.data / "waiting").drop(lost.header.case_id)

    device.put_back(old)

    assert "lines-cut-off" in device.look(is_new_process=True)


def test_notices_an_older_store_with_its_file_of_heads_put_back(device: Device) -> None:
    old, heads = device.copied(), (device.data / "loket.heads").read_bytes()
    device.submit()
    device.clock.advance(2 * HOUR)
    Housekeeping(device.settings, device.clock).round()

    device.put_back(old)
    (device.data / "loket.heads").write_bytes(heads)

    assert "lines-cut-off" in device.look(is_new_process=True)


def test_notices_an_older_row_put_back(device: Device) -> None:
    gone = device.pending[0].header.case_id
    with closing(sqlite3.connect(device.data / STORE)) as connection:
        rows = {
            table: connection.execute(f"SELECT * FROM {table} WHERE case_id = ?", (gone,)).fetchall()  # noqa: S608
            for table in ("submissions", "outbox")
        }
    assert open_store(device.settings).forget(device.pending[0].header.case_id)
    assert device.look() == set()
    with closing(sqlite3.connect(device.data / STORE)) as connection:
        for table, found in rows.items():
            marks = ", ".join("?" * len(found[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608
        connection.commit()

    assert "case-unknown" in device.look()


def test_notices_a_second_copy_that_was_edited_and_brought_back(device: Device) -> None:
    case_id = device.pending[0].header.case_id
    copy = device.data / "waiting" / f"{case_id}.case"
    content = copy.read_text()
    copy.write_text(content.replace('"pending"', '"delivered"'))
    assert copy.read_text() != content
    device.tamper("DELETE FROM submissions WHERE case_id = :pending", "DELETE FROM outbox WHERE case_id = :pending")

    Housekeeping(device.settings, device.clock).round()

    assert "state-changed" in device.look(is_new_process=True)


@pytest.mark.parametrize(
    "edit",
    [
        'zaken = "https://elsewhere.example/zaken/api/v1/"',
        'proxy = "http://elsewhere.example:3128"',
        'ca_file = "another.pem"',
    ],
)
def test_notices_settings_that_were_changed(device: Device, edit: str) -> None:
    text = device.config.read_text()
    device.config.write_text(f"{text}\n[sync]\n{edit}\n")

    assert device.look(is_new_process=True) == {"settings-changed"}
    assert health(device.settings, device.clock)["needs_person"]


def test_notices_a_file_that_the_settings_name(device: Device) -> None:
    ca = device.config.with_name("ca.pem")
    ca.write_text("ours")
    device.config.write_text(f'{device.config.read_text()}\n[sync]\nca_file = "{ca}"\n')
    assert device.look(is_new_process=True) == {"settings-changed"}
    assert cli.run(["audit", "accept", "--config", str(device.config)]) == cli.FINE
    assert device.look(is_new_process=True) == set()

    ca.write_text("another's")

    assert device.look(is_new_process=True) == {"settings-changed"}


def test_notices_content_that_was_changed(device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "resources"
    (content / "services").mkdir(parents=True)
    page = content / "services" / "service.toml"
    page.write_text("price = 1")
    monkeypatch.setattr("commands.watched.RESOURCES", content)
    assert cli.run(["audit", "accept", "--config", str(device.config)]) == cli.FINE
    assert device.look(is_new_process=True) == set()

    page.write_text("price = 2")

    assert device.look(is_new_process=True) == {"content-changed"}


@pytest.fixture
def others_key(device: Device, tmp_path: Path) -> Device:
    """A device whose public key somebody swapped for his own."""
    make_key_pair(tmp_path / "theirs.pub", tmp_path / "theirs.key")
    key_paths(device.settings)[0].write_bytes((tmp_path / "theirs.pub").read_bytes())
    return device


def test_seals_nothing_to_a_public_key_that_was_swapped(others_key: Device) -> None:
    with pytest.raises(SealingError, match="not the one that this device trusts"):
        read_public_key(others_key.settings)
    assert "sealing-key-changed" in others_key.look(is_new_process=True)


def test_seals_nothing_when_the_record_of_the_trusted_key_is_gone_too(others_key: Device) -> None:
    (others_key.data / "trusted-key.json").unlink()

    with pytest.raises(SealingError, match="is gone"):
        read_public_key(others_key.settings)
    assert {"sealing-key-changed", "trusted-key-gone"} <= others_key.look(is_new_process=True)


def test_seals_nothing_when_somebody_signed_for_his_own_key(others_key: Device, tmp_path: Path) -> None:
    theirs = read_sealer(tmp_path / "theirs.pub")
    said = {"format": 1, "trusted_keys": [theirs.key_id], "fingerprints": [fingerprint(theirs)], "at": ""}
    (others_key.data / "trusted-key.json").write_bytes(signed(said, SigningKey.generate()))

    with pytest.raises(SealingError, match="another device signed"):
        read_public_key(others_key.settings)


def test_notices_a_swapped_key_whatever_else_was_swapped_with_it(others_key: Device, tmp_path: Path) -> None:
    trust(others_key.data, [read_sealer(tmp_path / "theirs.pub")], SigningKey.generate(), others_key.clock.now())
    read_public_key(others_key.settings)  # all files fit each other, until the sync service looks

    assert {"sealing-key-changed", "trusted-key-changed"} <= others_key.look(is_new_process=True)


def test_seals_nothing_once_the_guard_signed_again_whatever_else_was_swapped(
    others_key: Device, tmp_path: Path
) -> None:
    theirs = read_sealer(tmp_path / "theirs.pub")
    trust(others_key.data, [theirs], SigningKey.generate(), others_key.clock.now())
    with closing(open_database(others_key.settings)) as database, database.writing() as connection:
        # The chain needs no secret: who can write there makes the log say that a person trusted it.
        audit_log.append(connection, others_key.clock.now(), "seen-sealing-key", "", fingerprint(theirs)[:32])

    assert others_key.look(is_new_process=True) == {"trusted-key-changed"}
    with pytest.raises(SealingError, match="not of the key that signs here"):
        read_public_key(others_key.settings)


def test_seals_again_after_a_person_trusts_a_new_signing_key(device: Device) -> None:
    device.look()
    (device.data / "device-signing.key").unlink()
    assert cli.run(["keys", "trust", "--config", str(device.config)]) == cli.FINE
    assert read_public_key(device.settings).key_id, "at once, and not after the next round"
    assert cli.run(["audit", "accept", "--config", str(device.config)]) == cli.FINE

    assert device.look(is_new_process=True) == set()
    assert read_public_key(device.settings).key_id


def test_notices_the_key_of_who_may_sign_the_profile(device: Device) -> None:
    key = device.config.with_name("profile.pub")
    key.write_text("of the municipality")
    device.config.write_text(device.config.read_text().replace("[device]", f'[device]\nprofile_key_file = "{key}"', 1))
    assert cli.run(["audit", "accept", "--config", str(device.config)]) == cli.FINE
    assert device.look(is_new_process=True) == set()

    key.write_text("of somebody else")

    assert device.look(is_new_process=True) == {"settings-changed"}


def test_seals_nothing_when_the_heads_are_gone_with_the_record(others_key: Device) -> None:
    (others_key.data / "trusted-key.json").unlink()
    (others_key.data / "loket.heads").unlink()

    assert "sealing-key-changed" in others_key.look(is_new_process=True)

    others_key.clock.advance(2 * HOUR)
    others_key.look()
    with pytest.raises(SealingError, match="is gone"):
        read_public_key(others_key.settings)


def test_countersigns_no_key_before_there_is_one(tmp_path: Path) -> None:
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\nprofile = "bibliotheek"\n', encoding="utf-8")
    settings, clock = load_settings(config), FakeClock()
    Housekeeping(settings, clock).round()  # the sync service of a library that has no key yet
    assert read_public_key(settings).key_id, "the first visit makes one to practise with"
    Housekeeping(settings, clock).round()
    assert read_public_key(settings).key_id


def test_finds_nothing_when_a_person_releases_what_was_added(device: Device) -> None:
    with closing(open_database(device.settings)) as database:
        case_id = device.delivered[0].header.case_id
        with database.writing() as connection:
            connection.execute("UPDATE follow_ups SET state = 'rejected', attempts = 1 WHERE case_id = ?", (case_id,))
        assert Outbox(database).retry(case_id, device.clock.now())
    assert device.look(is_new_process=True) == set()


def test_notices_voices_whose_manifest_was_changed(device: Device, tmp_path: Path) -> None:
    manifest = tmp_path / "voices" / "nl" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    device.config.write_text(f'{device.config.read_text()}\n[speech]\nvoice_dir = "{tmp_path / "voices"}"\n')
    assert cli.run(["audit", "accept", "--config", str(device.config)]) == cli.FINE
    assert device.look(is_new_process=True) == set()

    manifest.write_text('{"clips": []}')

    assert device.look(is_new_process=True) == {"voices-changed"}


def test_finds_nothing_on_a_device_that_goes_on_honestly(device: Device) -> None:
    for _ in range(3):
        device.submit()
        device.clock.advance(timedelta(hours=7))
        assert device.look() == set()
    Housekeeping(device.settings, device.clock).round()
    assert device.look(is_new_process=True) == set()
    assert health(device.settings, device.clock)["audit"]["state"] == "unbroken"
