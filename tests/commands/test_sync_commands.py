# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands sync, outbox and keys: what they print, how they end, and that nothing personal is in it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.joining import open_database, open_store, read_public_key
from commands.system_clock import SystemClock
from domain.errors import SettingsError
from domain.settings import Settings
from domain.submission import Submission
from sync.practice import PracticeBackEnd
from sync.sealing import read_opener
from sync.sole_sender import sole_sender
from tests.sync.road import CASE_TYPES, RSIN, assert_registered_once
from tests.sync.samples import MARK, hand_in

Said = tuple[int, str, str]
Loket = Callable[..., Said]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(f'[device]\nid = "kiosk-01"\nrsin = "{RSIN}"\ndata_dir = "data"\n')
    return file


@pytest.fixture
def loket(config: Path, capsys: pytest.CaptureFixture[str]) -> Loket:
    def call(*words: str) -> Said:
        code = run([words[0], "--config", str(config), *words[1:]])
        said = capsys.readouterr()
        assert MARK not in said.out + said.err
        return code, said.out, said.err

    return call


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


def configure(config: Path, back_end: PracticeBackEnd, secret: str = "") -> None:
    (config.parent / "secret").write_text(f"  {secret or back_end.secret}\n")
    config.write_text(
        f'{config.read_text()}\n[sync]\nclient_id = "{back_end.client_id}"\nsecret_file = "secret"\n'
        f'zaken = "{back_end.urls.zaken}"\ndocumenten = "{back_end.urls.documenten}"\n'
        f'catalogi = "{back_end.urls.catalogi}"\n'
    )


def submit(settings: Settings, **changes: Any) -> Submission:
    sealer = read_public_key(settings)
    with closing(open_database(settings)):
        return hand_in(open_store(settings), sealer, at=SystemClock().now(), **changes)


def test_leaves_cases_waiting_and_says_so_when_no_case_system_is_configured(loket: Loket, settings: Settings) -> None:
    submit(settings)
    code, out, err = loket("sync", "--once", "--json")
    assert (code, json.loads(out)) == (0, {"delivered": 0, "retrying": 0, "rejected": 0, "pending": 1})
    assert "no case system is configured" in err


def test_guards_the_store_where_no_case_system_is_configured(config: Path, settings: Settings) -> None:
    submit(settings)
    heartbeat = config.parent / "data" / "heartbeat.json"
    command = [sys.executable, "main.py", "sync", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as service:
        try:
            for _ in range(600):
                if heartbeat.exists() or service.poll() is not None:
                    break
                threading.Event().wait(0.1)
            assert service.poll() is None, "it stays, so that somebody guards, clears up and tells how it is"
        finally:
            service.terminate()
    assert service.returncode == 0
    assert json.loads(heartbeat.read_text())["audit"]["state"] == "unbroken"


def test_delivers_with_nothing_but_the_settings(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    made = [submit(settings) for _ in range(3)]
    configure(config, back_end)
    code, out, _ = loket("sync", "--once", "--json")
    assert (code, json.loads(out)) == (0, {"delivered": 3, "retrying": 0, "rejected": 0, "pending": 0})
    assert_registered_once(back_end, made)
    assert loket("sync", "--once")[1].strip() == "delivered 3, retrying 0, rejected 0, pending 0"


def test_ends_with_one_when_a_case_does_not_get_through(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    made = submit(settings)
    configure(config, back_end, secret="y" * 40)
    code, out, _ = loket("sync", "--once", "--json")
    assert (code, json.loads(out)["retrying"]) == (1, 1)
    [listed] = json.loads(loket("outbox", "--json")[1])["cases"]
    assert listed == {
        "reference": made.header.reference,
        "service": "verhuizen",
        "state": "retrying",
        "queued_at": made.header.submitted_at.isoformat(),
        "attempts": 1,
        "alarm": False,
        "reason": "unauthorised",
        "detail": "unauthorised: GET zaaktypen: 403 invalid-jwt-signature",
    }
    (config.parent / "secret").write_text(back_end.secret)
    assert loket("sync", "--once")[0] == 1, "it waits for its time"
    assert loket("outbox", "retry", made.header.reference.casefold())[:2] == (0, "1 released\n")
    assert loket("sync", "--once")[0] == 0
    assert_registered_once(back_end, [made])


def test_sends_to_practice_only_where_no_case_system_is_configured(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    submit(settings)
    assert json.loads(loket("sync", "--once", "--practice", "--json")[1])["delivered"] == 1
    submit(settings)
    configure(config, back_end)
    code, _, err = loket("sync", "--once", "--practice")
    assert code == 1
    assert "practice" in err
    assert back_end.totals().zaken == 0


def test_uses_the_case_type_that_the_settings_name(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    submit(settings, service_id="brief", properties={})
    configure(config, back_end)
    config.write_text(config.read_text() + '[sync.case_types]\nbrief = "bel"\n')
    assert loket("sync", "--once")[0] == 0
    assert [case.zaaktype for case in back_end.registered()] == ["bel"]


def test_sends_only_what_is_sealed_in_the_profile_of_a_library(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    made = submit(settings)
    (config.parent / "data" / "loket.key").rename(config.parent / "elsewhere")
    configure(config, back_end)
    config.write_text(config.read_text().replace("[device]", '[device]\nprofile = "bibliotheek"'))
    assert loket("sync", "--once")[0] == 0
    [case] = back_end.registered()
    assert (case.zaaktype, case.rollen, case.links) == ("intake", 0, 1)
    sealed = back_end.content(f"{made.header.reference}-1")
    assert MARK.encode() in read_opener(config.parent / "elsewhere").open(sealed)


def test_names_what_is_wrong_when_the_key_the_secret_or_tls_is_missing(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    submit(settings)
    configure(config, back_end)
    plain = config.read_text()
    (config.parent / "secret").write_text("  \n")
    assert "secret_file" in loket("sync", "--once")[2]
    (config.parent / "secret").unlink()
    assert "secret_file" in loket("sync", "--once")[2]
    (config.parent / "secret").write_text(back_end.secret)
    (config.parent / "data" / "loket.key").unlink()
    code, _, err = loket("sync", "--once")
    assert (code, err.split(":")[1].strip()) == (1, "sealing")
    assert not (config.parent / "data" / "loket.key").exists(), "a new key would open nothing that waits"
    config.write_text(plain.replace(back_end.urls.zaken, "http://192.0.2.1/zaken/"))
    assert "https" in loket("sync", "--once")[2]
    assert json.loads(loket("outbox", "--json")[1])["cases"][0]["attempts"] == 0


def test_gives_way_when_a_service_runs_already(
    loket: Loket, config: Path, settings: Settings, back_end: PracticeBackEnd
) -> None:
    submit(settings)
    configure(config, back_end)
    with sole_sender(config.parent / "data" / "loket.db", 0.0, what="service") as is_first:
        assert is_first
        code, _, err = loket("sync")
    assert code == 0
    assert "runs already" in err


def test_exports_what_waits_still_sealed(loket: Loket, config: Path, settings: Settings) -> None:
    made = [submit(settings) for _ in range(2)]
    file = config.parent / "export.json"
    assert loket("outbox", "export", str(file))[0] == 0
    exported = json.loads(file.read_text())
    assert [case["header"]["reference"] for case in exported["cases"]] == [each.header.reference for each in made]
    assert MARK not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert loket("outbox", "export", str(file))[0] == 1, "nothing is overwritten"
    one = config.parent / "one.json"
    assert loket("outbox", "export", str(one), made[1].header.case_id)[0] == 0
    assert len(json.loads(one.read_text())["cases"]) == 1
    assert loket("outbox", "export", str(config.parent / "none.json"), "0000")[0] == 1


def test_lists_what_waits_for_people(loket: Loket, settings: Settings) -> None:
    made = submit(settings)
    code, out, _ = loket("outbox")
    assert code == 0
    assert f"{made.header.reference}  verhuizen  pending  0 h 0 min" in out
    assert loket("outbox", "retry")[0] == 2
    assert loket("outbox", "retry", "0000")[0] == 1
    assert loket("outbox", "retry", "all")[0] == 0


def test_makes_a_practice_key_pair_once_and_says_so(
    settings: Settings, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = read_public_key(settings).key_id
    assert "practice key pair" in capsys.readouterr().err
    assert read_public_key(settings).key_id == first
    assert capsys.readouterr().err == ""
    assert (config.parent / "data" / "loket.key").stat().st_mode & 0o777 == 0o600


def test_checks_that_the_keys_fit_each_other_and_what_waits(loket: Loket, config: Path, settings: Settings) -> None:
    assert loket("keys", "create")[0] == 0
    submit(settings)
    assert loket("keys", "check")[0] == 0
    assert loket("keys", "create")[0] == 1, "a key is never overwritten"
    (config.parent / "data" / "loket.key").chmod(0o644)
    assert "chmod" in loket("keys", "check")[1]
    for name in ("loket.key", "loket.pub"):
        (config.parent / "data" / name).unlink()
    loket("keys", "create")
    code, out, _ = loket("keys", "check", "--json")
    assert code == 1
    assert json.loads(out)["problems"] == ["1 waiting cases need another key"]


def test_needs_to_know_where_the_data_is(settings: Settings) -> None:
    with pytest.raises(SettingsError):
        open_database(replace(settings, device=replace(settings.device, data_dir=None)))
