# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from commands.pulse import HUNG_AFTER, LATE_AFTER, Pulse, is_stopped

NOBODY = 2**22 + 1  # above the largest number of a process on Linux
ANOTHER = NOBODY + 1


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as found:
        yield found
        found.kill()


def asked_in_vain(pulse: Pulse, process_id: int = NOBODY) -> int:
    return next(count for count in range(1, 1000) if pulse.asked(process_id))


def test_is_patient_with_one_that_starts_and_less_so_once_it_answered() -> None:
    pulse = Pulse()
    assert not pulse.asked(NOBODY)
    assert pulse.answered(NOBODY)
    assert asked_in_vain(pulse) == HUNG_AFTER + 1
    assert asked_in_vain(Pulse()) == LATE_AFTER + 1


def test_a_slow_start_is_not_held_against_one_that_then_answers() -> None:
    pulse = Pulse()
    for _ in range(2 * HUNG_AFTER):
        assert not pulse.asked(NOBODY)
    pulse.answered(NOBODY)
    assert asked_in_vain(pulse) == HUNG_AFTER + 1


def test_counts_anew_for_the_next_visit_and_takes_no_answer_of_another() -> None:
    pulse = Pulse()
    pulse.asked(NOBODY)
    pulse.answered(NOBODY)
    for _ in range(HUNG_AFTER):
        assert not pulse.asked(NOBODY)
    assert not pulse.answered(ANOTHER)
    assert not pulse.asked(ANOTHER)
    assert not pulse.answered(NOBODY)
    assert asked_in_vain(pulse, ANOTHER) == LATE_AFTER


def test_does_not_wait_for_a_stopped_process(process: subprocess.Popen[bytes]) -> None:
    pulse = Pulse()
    assert not is_stopped(process.pid)
    os.kill(process.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)

    assert is_stopped(process.pid)
    assert asked_in_vain(pulse, process.pid) == 2
    os.kill(process.pid, signal.SIGCONT)
    os.waitid(os.P_PID, process.pid, os.WCONTINUED | os.WNOWAIT)
    assert not is_stopped(process.pid)


def test_a_process_that_is_gone_is_not_stopped() -> None:
    assert not is_stopped(NOBODY)
