# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from commands.pulse import (
    BUSY_S,
    BUSY_SHARE,
    HUNG_AFTER,
    LATE_AFTER,
    LOST_IN_A_ROW,
    NEVER_AFTER,
    Pulse,
    is_stopped,
    worked_by,
)

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


BUSY = "import sys\nprint('here', flush=True)\nwhile True: pass\n"
_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it of another process")


@pytest.fixture
def busy() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE) as found:
        assert found.stdout is not None
        assert found.stdout.readline() == b"here\n"
        yield found
        found.kill()


def wait_until_worked(process_id: int, seconds: float) -> None:
    begun = worked_by(process_id)
    assert begun is not None
    ends_at = time.monotonic() + 60
    while (worked_by(process_id) or 0) - begun < seconds:
        assert time.monotonic() < ends_at
        threading.Event().wait(0.05)


@_linux
def test_does_not_wait_for_one_that_works_on_one_thing_and_answers_nothing(busy: subprocess.Popen[bytes]) -> None:
    pulse = Pulse()
    pulse.asked(busy.pid)
    pulse.answered(busy.pid)
    assert not pulse.asked(busy.pid)
    wait_until_worked(busy.pid, BUSY_S)
    assert pulse.asked(busy.pid)


@_linux
def test_lets_one_work_that_answers_meanwhile_or_that_starts(busy: subprocess.Popen[bytes]) -> None:
    answering, starting = Pulse(), Pulse()
    answering.asked(busy.pid)
    answering.answered(busy.pid)
    answering.asked(busy.pid)
    starting.asked(busy.pid)
    wait_until_worked(busy.pid, BUSY_S)
    answering.answered(busy.pid)
    assert not answering.asked(busy.pid)
    assert not starting.asked(busy.pid)


@_linux
def test_waits_long_for_one_that_sleeps(process: subprocess.Popen[bytes]) -> None:
    pulse = Pulse()
    pulse.asked(process.pid)
    pulse.answered(process.pid)
    assert asked_in_vain(pulse, process.pid) == HUNG_AFTER + 1


def test_knows_no_work_of_a_process_that_is_gone() -> None:
    assert worked_by(NOBODY) is None


def test_a_process_that_is_gone_is_not_stopped() -> None:
    assert not is_stopped(NOBODY)


class Working:
    """A process that works so much of each second."""

    def __init__(self, share: float) -> None:
        self.share = share
        self._worked_s = 0.0

    def __call__(self, _process_id: int) -> float:
        self._worked_s += self.share
        return self._worked_s


def test_lets_one_start_for_ten_minutes_that_works_and_not_for_ever() -> None:
    assert asked_in_vain(Pulse(Working(0.3))) == NEVER_AFTER + 1 > 4 * LATE_AFTER
    assert asked_in_vain(Pulse(Working(0.001))) == LATE_AFTER + 1


def test_measures_much_work_by_the_quickest_start_on_this_machine() -> None:
    work = Working(1.0)
    slow = Pulse(work)
    for _ in range(40):
        assert not slow.asked(NOBODY)
    slow.answered(NOBODY)
    assert asked_in_vain(slow) == pytest.approx(BUSY_SHARE * 40, abs=2)
    # Of a quick machine nothing changes; and a later start that took longer, warm for hours, changes nothing.
    for _ in range(40):
        slow.asked(ANOTHER)
    slow.answered(ANOTHER)
    assert asked_in_vain(slow, ANOTHER) == pytest.approx(BUSY_SHARE * 40, abs=2)
    quick = Pulse(Working(0.5))
    quick.asked(NOBODY)
    quick.answered(NOBODY)
    assert asked_in_vain(quick) == pytest.approx(BUSY_S / 0.5, abs=1)


def test_does_not_hold_it_against_one_that_others_keep_waiting() -> None:
    pulse = Pulse(Working(0.1))
    pulse.asked(NOBODY)
    pulse.answered(NOBODY)
    in_vain = asked_in_vain(pulse)
    assert in_vain == pytest.approx(BUSY_S / 0.1, abs=2)
    assert in_vain > HUNG_AFTER


def test_says_that_it_is_out_of_hand_when_two_windows_in_a_row_do_not_come() -> None:
    pulse = Pulse()
    for process_id in range(NOBODY, NOBODY + LOST_IN_A_ROW):
        assert pulse.is_in_hand
        asked_in_vain(pulse, process_id)
    assert not pulse.is_in_hand
    pulse.asked(ANOTHER + 5)
    assert not pulse.is_in_hand
    pulse.answered(ANOTHER + 5)
    assert pulse.is_in_hand
