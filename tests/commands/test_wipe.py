# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows from the proof of wiping: the statement on the screen, the closed device, the signed report."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.doctor_check import Health
from commands.doctor_wipe import check_wipe
from commands.health import health
from commands.out_of_service import is_out_of_service, places_found, put_back_in_service, take_out_of_service
from commands.wipe import judge, result_of
from commands.wipe_marks import new_marks
from commands.wipe_places import Found, Search
from commands.wipe_proof import DONE, LEAVE, STOP, Proof, ProofKiosk, Proved, Visit, kinds_missed
from commands.wipe_report import last_report_at
from commands.wipe_rounds import WipeRounds
from domain.settings import Settings, SyncSettings, defaults
from sync.signing import signing_key, verified
from tests.fakes.clock import FakeClock

PATIENCE_S = 40.0
HOST = "http://127.0.0.1:9"
CONFIGURED = SyncSettings(
    zaken=f"{HOST}/z/", documenten=f"{HOST}/d/", catalogi=f"{HOST}/c/", client_id="kiosk", secret_file=Path("secret")
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    plain = defaults()
    return replace(plain, device=replace(plain.device, id="proof-01", data_dir=tmp_path / "data"))


def proved(*found: Found) -> list[Proved]:
    return [Proved("stop", frozenset({"text"}), Search(("store", "log"), (), found))]


LEAK = Found("print spool", "phone")


def test_names_place_and_kind_of_a_find_and_nothing_else() -> None:
    told = result_of(proved(LEAK))

    assert told["places"] == 2
    assert told["found"] == [{"place": "print spool", "kind": "phone", "way": "stop"}]


def test_closes_the_device_when_something_is_found_and_opens_it_when_nothing_is(settings: Settings) -> None:
    folder = settings.device.data_dir
    assert folder is not None

    judge(settings, result_of(proved(LEAK)), FakeClock())
    assert is_out_of_service(folder)
    assert places_found(folder) == ("print spool",)

    judge(settings, result_of(proved()), FakeClock())
    assert not is_out_of_service(folder)


def test_does_not_open_a_device_on_a_proof_that_planted_not_every_kind(settings: Settings) -> None:
    folder = settings.device.data_dir
    assert folder is not None
    take_out_of_service(folder, ["store"], FakeClock().now())

    judge(settings, {**result_of(proved()), "missed_kinds": ["photo"]}, FakeClock())

    assert is_out_of_service(folder)


def test_signs_a_report_that_only_this_device_could_have_written(settings: Settings) -> None:
    path = judge(settings, result_of(proved(LEAK)), FakeClock())
    key = signing_key(path.parent.parent / "device-signing.key")

    report = verified(path.read_bytes(), bytes(key.verify_key))

    assert (report["device"], report["places"], len(report["found"])) == ("proof-01", 2, 1)
    assert last_report_at(path.parent.parent) == FakeClock().now()
    with pytest.raises(Exception, match="changed"):
        verified(path.read_bytes().replace(b"print spool", b"print spoon"))


def test_health_and_doctor_tell_of_a_closed_device(settings: Settings) -> None:
    folder = settings.device.data_dir
    assert folder is not None
    assert check_wipe(settings, FakeClock()).state is Health.OK
    take_out_of_service(folder, ["clipboard"], FakeClock().now())

    told = health(settings, FakeClock())
    check = check_wipe(settings, FakeClock())

    assert (told["out_of_service"], told["needs_person"]) == (True, True)
    assert check.state is Health.BROKEN
    assert "clipboard" in check.says
    put_back_in_service(folder)
    assert not health(settings, FakeClock())["out_of_service"]


def test_the_doctor_warns_when_nobody_proved_it_for_days(settings: Settings) -> None:
    judge(settings, result_of(proved()), FakeClock())
    later = FakeClock(FakeClock().now() + timedelta(days=3))

    assert check_wipe(settings, FakeClock()).state is Health.OK
    assert check_wipe(settings, later).state is Health.WARNING


def test_tells_which_kinds_were_never_planted() -> None:
    assert "photo" in kinds_missed(proved())
    assert "text" not in kinds_missed(proved())


NIGHT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
DAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def proofs_begun(settings: Settings, *moments: datetime) -> int:
    """Let a sync service that was just started look once at each moment; gives how often it began a proof."""
    ran = list[int]()
    for moment in moments:
        WipeRounds(settings, FakeClock(moment), lambda: ran.append(1)).round()
    return len(ran)


@pytest.mark.parametrize(("is_configured", "times"), [(True, 1), (False, 0)])
def test_proves_once_a_night_and_only_where_citizens_come(settings: Settings, is_configured: bool, times: int) -> None:
    if is_configured:
        settings = replace(settings, sync=CONFIGURED)

    assert proofs_begun(settings, NIGHT, NIGHT + timedelta(minutes=5)) == times
    assert proofs_begun(settings, NIGHT + timedelta(days=1)) == times


def test_a_new_device_that_is_started_again_and_again_by_day_proves_nothing(settings: Settings) -> None:
    settings = replace(settings, sync=CONFIGURED)

    assert proofs_begun(settings, *(DAY + timedelta(minutes=5 * number) for number in range(20))) == 0


def test_a_device_that_is_off_at_night_proves_by_day(settings: Settings) -> None:
    settings = replace(settings, sync=CONFIGURED)

    assert proofs_begun(settings, DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)) == 1


def test_a_proof_of_a_clock_that_was_wrong_keeps_none_away(settings: Settings) -> None:
    settings = replace(settings, sync=CONFIGURED)

    assert proofs_begun(settings, NIGHT + timedelta(days=3650), NIGHT, NIGHT + timedelta(minutes=5)) == 2


# -- at a real kiosk -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    data: Path
    kiosk: ProofKiosk
    proof: Proof

    def view_with(self, text: str, other_than: int = 0) -> str:
        """Wait until the screen shows this."""
        seen = ""
        for _ in range(int(PATIENCE_S * 5)):
            seen = str(self.kiosk.answer(self.kiosk.shown(other_than), do="look")["view"])
            if text in seen:
                return seen
            threading.Event().wait(0.2)
        raise AssertionError(f"never shown: {text}; last: {seen[:300]}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name, folder in (("TMPDIR", "temp"), ("HOME", "home"), ("XDG_RUNTIME_DIR", "runtime")):
        (tmp_path / folder).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    data, pictures = tmp_path / "data", tmp_path / "pictures"
    data.mkdir()
    pictures.mkdir()
    with ProofKiosk(None, data, pictures, heeds_flag=True) as kiosk:
        yield Place(data, kiosk, Proof(kiosk, data, pictures, is_paper_here=True))


@pytest.mark.timeout(240)
def test_says_that_all_is_gone_once_it_is_and_nothing_after_a_hurry(place: Place) -> None:
    result = place.proof.prove(Visit(STOP, "bel", screens=6))
    assert result.result.found == ()
    place.view_with("alles van hiervoor is weg")

    place.proof.prove(Visit(LEAVE, "bel", screens=6), searches_memory=False)
    after = place.view_with("name='neutral'")
    assert "weg" not in after

    place.proof.prove(Visit(DONE, "bel", screens=60, is_different=False), searches_memory=False)
    place.view_with("vraag bewaard, al het andere is weg")


@pytest.mark.timeout(240)
def test_closes_instead_of_saying_so_when_something_is_left(place: Place) -> None:
    guest = place.kiosk.shown()
    place.kiosk.answer(
        guest, do="walk", words=new_marks().typed(), service="bel", screens=3, is_different=False, files=False
    )
    (place.data / "left-behind").write_bytes(b"%PDF-1.7 a page that somebody forgot")
    guest.ask(do="end", way="stop")

    seen = place.view_with("name='out-of-service'", other_than=guest.pid)

    assert "is weg" not in seen
    assert json.loads((place.data / "out-of-service.json").read_text())["places"] == ["data directory"]
    (place.data / "left-behind").unlink()
    put_back_in_service(place.data)
    place.view_with("name='start'")


@pytest.mark.timeout(240)
def test_finds_a_leak_that_the_window_itself_would_make(place: Place) -> None:
    marks = new_marks()
    (place.data / "drafts").mkdir()
    (place.data / "drafts" / "1").write_text(marks.typed()["phone"])

    result = place.proof.prove(Visit(STOP, "bel", screens=4), marks, searches_memory=False)

    assert Found("data directory", "phone") in result.result.found
