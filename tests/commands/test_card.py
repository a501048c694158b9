# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket card read` prints what Loket would use, and says in plain words what went wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import card, cli
from domain.ports import Clock
from domain.settings import IdDocumentSettings
from kiosk.devices.emrtd.document import Can, Checks, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.id_reader_port import Presence
from kiosk.devices.id_reader_simulated import SPECIMEN, SimulatedCard, SimulatedIdReader
from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.ground import Ground, why_not
from tests.kiosk.devices.emrtd.virtual.profile import TRUST, load

REPOSITORY = Path(__file__).resolve().parents[2]
# The specimen of Doc 9303 part 4, appendix B.
LINES = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
KEY = MrzKey("L898902C3", "740812", "120415")


class Desk:
    """The command, with a reader in memory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Path) -> None:
        self.reader = SimulatedIdReader()
        self.asked: list[str | None] = []
        self._capsys = capsys
        self._settings = settings
        monkeypatch.setattr(card, "make_id_reader", self._make)

    def _make(self, settings: IdDocumentSettings, clock: Clock, *, reader: str | None) -> SimulatedIdReader:
        self.asked.append(reader)
        return self.reader

    def run(self, *words: str) -> tuple[int, str, str]:
        code = cli.run(["card", "read", "--config", str(self._settings), *words])
        told = self._capsys.readouterr()
        return code, told.out, told.err


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Desk:
    settings = tmp_path / "loket.toml"
    settings.write_text(f'[device]\ndata_dir = "{tmp_path}"\n')
    return Desk(monkeypatch, capsys, settings)


def test_prints_what_programs_rely_on(desk: Desk) -> None:
    desk.reader.lay_down(SimulatedCard(keys=(KEY,)))
    code, out, _ = desk.run("--mrz", LINES, "--json")
    found = json.loads(out)
    assert code == cli.FINE
    assert (found["state"], found["document"]) == ("done", "id_card")
    assert (found["surname"], found["given_names"], found["birth_date"]) == ("Voorbeeld", "Noor", "1985-03-12")
    assert found["checks"] == {"passive": "held", "active": "held", "chip": "held"}


def test_prints_it_for_a_person_too(desk: Desk) -> None:
    desk.reader.lay_down(SimulatedCard(keys=(Can("123456"),)))
    code, out, err = desk.run("--can", "123 456")
    assert code == cli.FINE
    assert "Voorbeeld" in out
    assert "1985-03-12" in out
    assert "opening the chip" in err


@pytest.mark.parametrize("state", [state for state in CardState if state is not CardState.DONE])
def test_ends_with_one_for_every_other_end_and_says_it_in_words(desk: Desk, state: CardState) -> None:
    document = SPECIMEN.document if state is CardState.PASSIVE_FAILED else None
    desk.reader.lay_down(SimulatedCard(Reading(state, document, Checks(Verdict.FAILED))))
    code, out, _ = desk.run("--can", "123456", "--json")
    found = json.loads(out)
    assert (code, found["state"]) == (cli.PROBLEM, state.value)
    assert (found["surname"] is None) is (document is None)
    code, out, _ = desk.run("--can", "123456")
    assert code == cli.PROBLEM
    assert out.startswith(f"{state.value}: ")
    assert len(out.splitlines()[0]) > len(state.value) + 10


def test_tells_how_many_attempts_the_chip_has_left(desk: Desk) -> None:
    desk.reader.lay_down(SimulatedCard(keys=(Can("999999"),), tries=3))
    _, out, _ = desk.run("--can", "123456")
    assert "attempts left at this chip: 2" in out


@pytest.mark.parametrize(
    ("presence", "state"), [(Presence.NO_READER, "no_reader"), (Presence.SERVICE_DOWN, "service_down")]
)
def test_says_at_once_that_there_is_nothing_to_read_with(desk: Desk, presence: Presence, state: str) -> None:
    desk.reader.show(presence)
    code, out, _ = desk.run("--can", "123456", "--json")
    assert (code, json.loads(out)["state"]) == (cli.PROBLEM, state)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--can", "12345"),
        ("--can", "abcdef"),
        ("--can", "1234567"),
        ("--can", "٠١٢٣٤٥"),  # digits, but not those on a card
        ("--can", "123456", "--mrz", LINES),
        ("--mrz", "nonsense"),
        ("--mrz", LINES.replace("L898902C36", "L898902C37")),
        ("--mrz", ""),
    ],
)
def test_ends_with_two_when_it_is_used_wrongly_and_repeats_nothing_of_it(desk: Desk, words: tuple[str, ...]) -> None:
    code, out, err = desk.run(*words)
    assert code == cli.WRONG_USE
    assert out == ""
    assert "L898902C3" not in err
    assert "12345" not in err
    assert desk.asked == []


def test_takes_the_key_from_standard_input_and_else_warns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.reader.lay_down(SimulatedCard(keys=(KEY,)))
    monkeypatch.setattr(sys, "stdin", io.StringIO(LINES + "\n"))
    code, _, err = desk.run("--mrz", "-")
    assert (code, "seen by every program" in err) == (cli.FINE, False)
    _, _, err = desk.run("--mrz", LINES)
    assert "seen by every program" in err


def test_reads_on_the_reader_that_is_named(desk: Desk) -> None:
    desk.reader.lay_down()
    desk.run("--can", "123456", "--reader", "omnikey")
    desk.run("--can", "123456")
    assert desk.asked == ["omnikey", None]


@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_reads_a_card_through_pcscd(tmp_path: Path) -> None:
    settings = tmp_path / "loket.toml"
    settings.write_text(f'[device]\ndata_dir = "{tmp_path}"\n[id_documents]\ntrusted_csca = "{TRUST}"\n')
    ground = Ground(tmp_path)
    try:
        ground.start()
        lying = ground.lay(VirtualCard(load("nik_2021")))
        ended = subprocess.run(
            [sys.executable, "main.py", "card", "read", "--config", settings, "--mrz", "-", "--json"],
            input="\n".join(load("nik_2021").mrz),
            capture_output=True,
            text=True,
            check=False,
            cwd=REPOSITORY,
            env={**os.environ, **ground.environment},
        )
        lying.take_away()
    finally:
        ground.close()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads(ended.stdout)
    assert found["state"] == "done"
    assert found["checks"]["passive"] == "held"
    assert found["checks"]["chip"] == "held"
