# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import pytest

from commands.fault_lines import tell_of, tell_of_fault
from domain.errors import StoreError

TYPED = "Henk de Vries, 06 12345678"


def test_tells_what_an_error_of_ours_says_and_asks(capsys: pytest.CaptureFixture[str]) -> None:
    tell_of(StoreError("the disk is full", "make room"))
    said = capsys.readouterr().err

    assert said.startswith("loket: ")
    assert "the disk is full" in said
    assert "make room" in said


def test_tells_only_the_kind_of_an_error_that_may_hold_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    tell_of(ValueError(TYPED))

    assert capsys.readouterr().err == "loket: unexpected: ValueError\n"


def test_tells_where_a_fault_of_ours_is_without_what_was_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, str] = {}
    try:
        answers[TYPED]
    except KeyError as error:
        tell_of_fault(type(error), error, error.__traceback__)
    said = capsys.readouterr().err

    assert "KeyError at test_fault_lines.py:" in said
    assert "Henk" not in said
    assert said.count("\n") == 1
