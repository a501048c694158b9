# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import io

import pytest
from pytestqt.qtbot import QtBot

from kiosk.channel import Channel


class Heard:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, said: str, *, is_free: bool = False) -> None:
        self.shows: list[str] = []
        self.closes = self.renewals = 0
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        self.channel = Channel(lambda: is_free)
        self.channel.show_asked.connect(self.shows.append)
        self.channel.renewal_asked.connect(self._renew)
        self.channel.closed.connect(self._close)
        self.channel.listen()

    def _close(self) -> None:
        self.closes += 1

    def _renew(self) -> None:
        self.renewals += 1


def test_hears_what_to_show_and_that_the_supervisor_let_go(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard(monkeypatch, "show neutral\nwhat is this\n")
    qtbot.waitUntil(lambda: heard.closes == 1)

    assert heard.shows == ["neutral"]


def test_answers_by_the_ui_thread_when_asked_whether_somebody_is_there(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard(monkeypatch, "ask\n")
    assert "here" not in capsys.readouterr().out  # the thread that reads does not answer by itself
    qtbot.waitUntil(lambda: heard.closes == 1)

    assert capsys.readouterr().out == "here\n"


def test_answers_that_nobody_is_at_the_kiosk_when_that_is_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard(monkeypatch, "ask\n", is_free=True)
    qtbot.waitUntil(lambda: heard.closes == 1)

    assert capsys.readouterr().out == "here free\n"


def test_hears_that_it_may_give_way(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard(monkeypatch, "renew\n")
    qtbot.waitUntil(lambda: heard.closes == 1)

    assert (heard.renewals, heard.shows) == (1, [])


def test_an_empty_line_is_no_end(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard(monkeypatch, "\n\nshow start\n")
    qtbot.waitUntil(lambda: heard.closes == 1)

    assert heard.shows == ["start"]


def test_nobody_listening_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Broken())
    Channel.tell("ready")
