# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each check of the doctor, well and ill; and what the command prints."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.content_report import Report, ServiceReport
from commands.doctor_case_system import check_case_system
from commands.doctor_check import Check, Health
from commands.doctor_content import check_languages, check_services
from commands.doctor_devices import check_fonts, check_headphones, check_printer, check_sound, check_voice
from commands.doctor_store import MEGABYTE, check_data_folder, check_keys, check_room, check_store
from commands.joining import data_dir, open_database, open_store, read_public_key
from domain.errors import DefinitionProblem
from domain.settings import Settings
from kiosk.devices.sound_place import Outputs, Plugged, Port, Sink
from kiosk.printing import PrintOutcome, PrintResult, SimulatedPrinter
from kiosk.speech.clip import Clip
from kiosk.speech.voice import VoiceError
from sync.practice import PracticeBackEnd
from sync.sealing import make_key_pair
from tests.fakes.clock import FakeClock
from tests.sync.road import RSIN
from tests.sync.samples import MARK, hand_in
from tests.sync.tls_line import authority, tls_before

CASE_TYPES = {"verhuizen": (), "bel": (), "intake": ()}
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024  as shutil gives it


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(f'[device]\nid = "kiosk-01"\nrsin = "{RSIN}"\ndata_dir = "data"\n')
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


@pytest.fixture
def with_a_case(settings: Settings) -> Settings:
    sealer = read_public_key(settings)
    with closing(open_database(settings)):
        hand_in(open_store(settings), sealer, at=FakeClock().now())
    return settings


@pytest.fixture
def back_end(clock: FakeClock) -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=clock) as running:
        yield running


def configured(config: Path, back_end: PracticeBackEnd, secret: str = "", extra: str = "") -> Settings:
    (config.parent / "secret").write_text(secret or back_end.secret)
    config.write_text(
        f'{config.read_text()}{extra}\n[sync]\nclient_id = "{back_end.client_id}"\nsecret_file = "secret"\n'
        f'zaken = "{back_end.urls.zaken}"\ndocumenten = "{back_end.urls.documenten}"\n'
        f'catalogi = "{back_end.urls.catalogi}"\ntimeout_s = 5\n'
    )
    return load_settings(config)


def store_of(settings: Settings) -> Path:
    return data_dir(settings) / "loket.db"


def states(checks: tuple[Check, ...]) -> dict[str, Health]:
    return {check.id: check.state for check in checks}


def test_finds_the_data_folder_writable_or_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert check_data_folder(tmp_path).state is Health.OK
    assert check_data_folder(tmp_path / "new" / "er").state is Health.OK
    assert check_data_folder(tmp_path / "file" / "data").state is Health.BROKEN


@pytest.mark.parametrize(("free_mb", "state"), [(5000, Health.OK), (500, Health.WARNING), (50, Health.BROKEN)])
def test_finds_how_much_room_there_is(
    free_mb: int, state: Health, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free_mb * MEGABYTE))

    assert check_room(tmp_path / "not-yet").state is state


def test_finds_a_store_whole(settings: Settings, with_a_case: Settings) -> None:
    assert states(check_store(with_a_case)) == {"store": Health.OK, "audit": Health.OK, "outbox": Health.OK}


def test_makes_no_store_where_there_is_none(settings: Settings) -> None:
    assert states(check_store(settings)) == {"store": Health.OK}
    assert settings.device.data_dir is not None
    assert not settings.device.data_dir.exists()


def test_finds_a_log_that_somebody_changed(with_a_case: Settings) -> None:
    path = store_of(with_a_case)
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE audit_log SET detail = 'something else'")
        connection.commit()

    assert states(check_store(with_a_case))["audit"] is Health.BROKEN


def test_finds_a_store_that_is_damaged(with_a_case: Settings) -> None:
    path = store_of(with_a_case)
    for beside in path.parent.glob("loket.db-*"):
        beside.unlink()
    path.write_bytes(b"no database at all " * 500)

    assert states(check_store(with_a_case)) == {"store": Health.BROKEN}


def test_finds_a_case_that_needs_a_person(with_a_case: Settings) -> None:
    path = store_of(with_a_case)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE outbox SET state = 'rejected'")
        connection.commit()

    assert states(check_store(with_a_case))["outbox"] is Health.WARNING


def test_finds_the_keys_fitting_and_warns_that_a_file_is_weak(with_a_case: Settings) -> None:
    assert states(check_keys(with_a_case)) == {"keys": Health.OK, "key-file": Health.WARNING}


def test_makes_no_keys_where_there_are_none(settings: Settings) -> None:
    assert states(check_keys(settings)) == {"keys": Health.OK}
    assert settings.device.data_dir is not None
    assert not settings.device.data_dir.exists()


def test_finds_keys_that_are_broken_of_another_pair_or_readable_by_all(with_a_case: Settings, tmp_path: Path) -> None:
    folder = with_a_case.device.data_dir
    assert folder is not None
    (folder / "loket.key").chmod(0o644)
    assert states(check_keys(with_a_case))["key-file"] is Health.BROKEN

    make_key_pair(tmp_path / "other.pub", tmp_path / "other.key")
    shutil.copy(tmp_path / "other.pub", folder / "loket.pub")
    assert states(check_keys(with_a_case)) == {"keys": Health.BROKEN}

    (folder / "loket.pub").write_text("no key")
    assert states(check_keys(with_a_case)) == {"keys": Health.BROKEN}


def test_finds_the_case_system_with_every_case_type(config: Path, back_end: PracticeBackEnd, clock: FakeClock) -> None:
    settings = configured(config, back_end)

    found = check_case_system(settings, ["verhuizen", "bel"], clock)

    assert set(states(found).values()) == {Health.OK}
    assert {"case-system", "clock", "case-type.verhuizen", "case-type.bel"} == set(states(found))
    assert back_end.totals().zaken == 0


def test_finds_a_case_type_that_is_not_there(config: Path, back_end: PracticeBackEnd, clock: FakeClock) -> None:
    found = states(check_case_system(configured(config, back_end), ["verhuizen", "wmo"], clock))

    assert found["case-type.wmo"] is Health.BROKEN
    assert found["case-type.verhuizen"] is Health.OK


def test_finds_a_secret_that_is_not_taken(config: Path, back_end: PracticeBackEnd, clock: FakeClock) -> None:
    settings = configured(config, back_end, secret="another-secret-that-is-long-enough-for-it")

    (check,) = check_case_system(settings, ["verhuizen"], clock)

    assert (check.id, check.state) == ("case-system", Health.BROKEN)
    assert "not let in" in check.says


def test_finds_a_case_system_that_gives_no_answer(config: Path, back_end: PracticeBackEnd, clock: FakeClock) -> None:
    settings = configured(config, back_end)
    back_end.stop()

    (check,) = check_case_system(settings, ["verhuizen"], clock)

    assert (check.state, check.remedy) == (Health.BROKEN, "look at the network; cases wait safely")


def test_names_the_setting_where_a_case_system_has_a_ca_of_its_own(
    config: Path, back_end: PracticeBackEnd, clock: FakeClock, tmp_path: Path
) -> None:
    ours = authority(tmp_path / "ca")
    with tls_before(back_end.port, ours.issue("server", "IP:127.0.0.1")) as line:
        configured(config, back_end)
        text = config.read_text().replace(f"http://127.0.0.1:{back_end.port}", f"https://127.0.0.1:{line.port}")
        config.write_text(text)
        [found] = check_case_system(load_settings(config), ["verhuizen"], clock)
        assert (found.state, "ca_file" in found.remedy) == (Health.BROKEN, True)
        config.write_text(f'{text}ca_file = "{ours.file}"\n')
        assert all(check.state is Health.OK for check in check_case_system(load_settings(config), ["verhuizen"], clock))


def test_warns_when_there_is_no_case_system(settings: Settings) -> None:
    assert states(check_case_system(settings, ["bel"], FakeClock())) == {"case-system": Health.WARNING}


def test_finds_a_clock_that_is_off(config: Path, back_end: PracticeBackEnd, clock: FakeClock) -> None:
    ahead = FakeClock(clock.now() + timedelta(minutes=30))

    checks = check_case_system(configured(config, back_end), ["verhuizen"], ahead)

    check = next(check for check in checks if check.id == "clock")
    assert check.state is Health.WARNING
    assert "ahead of" in check.says


class BrokenPrinter(SimulatedPrinter):
    def __init__(self, outcome: PrintOutcome) -> None:
        super().__init__(Path("nowhere"))
        self.outcome = outcome

    def status(self) -> PrintResult:
        return PrintResult(self.outcome, "reason")


@pytest.mark.parametrize(
    ("outcome", "name", "state"),
    [
        (PrintOutcome.DONE, "", Health.OK),
        (PrintOutcome.NO_PRINTER, "", Health.WARNING),
        (PrintOutcome.NO_PRINTER, "balie", Health.BROKEN),
        (PrintOutcome.PAPER_OUT, "", Health.WARNING),
        (PrintOutcome.FAILED, "", Health.BROKEN),
    ],
)
def test_finds_how_the_printer_is(outcome: PrintOutcome, name: str, state: Health) -> None:
    assert check_printer(BrokenPrinter(outcome), name).state is state


def test_finds_whether_anything_can_be_heard() -> None:
    def fails() -> list[str]:
        raise OSError

    assert check_sound(lambda: ["headphones"]).state is Health.OK
    assert check_sound(list).state is Health.WARNING
    assert check_sound(fails).state is Health.BROKEN


def test_headphones_are_named_so_that_a_loudspeaker_is_not_taken_for_them() -> None:
    jack = Sink(1, "pci", port=Port("analog-output-headphones", plugged=Plugged.YES))
    found = check_headphones(lambda: Outputs((jack,), "pci"), "")
    assert found.state is Health.OK
    assert "pci (analog-output-headphones, plugged: yes)" in found.says
    assert check_headphones(lambda: Outputs((Sink(1, "hdmi"),), "hdmi"), "").state is Health.OK
    missing = check_headphones(lambda: Outputs((jack,), "pci"), "usb")
    assert (missing.state, "[speech]" in missing.remedy) == (Health.WARNING, True)
    assert "pci" in missing.says


def test_headphones_without_a_sound_server_are_a_warning() -> None:
    def look() -> Outputs:
        raise OSError

    assert check_headphones(look, "").state is Health.WARNING


class FakeVoice:
    """Answers at once with what it was made with."""

    def __init__(self, answer: Clip | VoiceError) -> None:
        self.answer = answer
        self.is_closed = False

    def warm_up(self) -> None:
        pass

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        future: Future[Clip] = Future()
        if isinstance(self.answer, Clip):
            future.set_result(self.answer)
        else:
            future.set_exception(self.answer)
        return future

    def close(self) -> None:
        self.is_closed = True


def clip(pcm: bytes) -> Clip:
    return Clip(22_050, pcm)


@pytest.mark.parametrize(
    ("answer", "state"),
    [(clip(b"\x01\x02"), Health.OK), (clip(b""), Health.BROKEN), (VoiceError("gone"), Health.BROKEN)],
)
def test_finds_whether_the_voice_speaks(answer: Clip | VoiceError, state: Health) -> None:
    voice = FakeVoice(answer)

    assert check_voice(voice).state is state
    assert voice.is_closed


def test_finds_a_font_that_a_language_needs() -> None:
    assert states(check_fonts(["Noto Sans"], ["nl", "uk"])) == {"fonts": Health.OK}
    assert states(check_fonts(["Noto Sans"], ["nl", "ar"])) == {"fonts": Health.BROKEN}
    assert states(check_fonts([], ["nl"])) == {"fonts": Health.BROKEN}


def report(problems: tuple[DefinitionProblem, ...] = (), missing: int = 0) -> Report:
    return Report({"bel": ServiceReport({}, 90.0, 9, 0.0, {"en": missing})}, problems, {"en": 0})


def test_finds_services_that_are_closed_or_have_problems() -> None:
    problem = DefinitionProblem("bel/nl.toml", 3, "too long")

    assert states(tuple(check_services([], report()))) == {"services": Health.OK}
    assert states(tuple(check_services(["brief"], report()))) == {"service.brief": Health.BROKEN}
    assert states(tuple(check_services([], report((problem,)))))["content.bel"] is Health.WARNING


def test_finds_languages_without_texts() -> None:
    found = tuple(check_languages(["nl", "qps", "en", "ar"], {"nl", "en"}, report()))
    assert states(found) == {"language.en": Health.OK, "language.ar": Health.WARNING}
    assert states(tuple(check_languages(["en"], {"en"}, report(missing=3)))) == {"language.en": Health.WARNING}


def test_prints_the_stable_shape_and_nothing_personal(
    config: Path, with_a_case: Settings, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    code = run(["doctor", "--json", "--config", str(config)])

    said = capsys.readouterr()
    checks = json.loads(said.out)["checks"]
    assert all(set(check) == {"id", "state", "says", "remedy"} for check in checks)
    assert {check["state"] for check in checks} <= {"ok", "warning", "broken"}
    assert code == (1 if any(check["state"] == "broken" for check in checks) else 0)
    assert {"settings", "data", "disk", "store", "keys", "printer", "sound", "headphones", "voice", "fonts"} <= {
        check["id"] for check in checks
    }
    assert MARK not in said.out + said.err


def test_ends_with_one_and_goes_on_when_the_settings_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    (tmp_path / "wrong.toml").write_text("[device]\nprofile = 3\n")

    assert run(["doctor", "--config", str(tmp_path / "wrong.toml")]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("broken  settings")
    assert any(line.startswith(("ok      fonts", "broken  fonts")) for line in lines)
