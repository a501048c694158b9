# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import io

import pytest
from pytestqt.qtbot import QtBot

from kiosk.channel import Channel


class Heard:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
        self.shows: list[str] = []
        self.closes = 0
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        self.channel = Channel()
        self.channel.show_asked.connect(self.shows.append)
        self.channel.closed.connect(self._close)
        self.channel.listen()

    def _close(self) -> None:
        self.closes += 1


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
