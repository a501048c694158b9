# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sees readers and cards come and go, and comes back after whatever happened to the service."""

from threading import Thread
from time import monotonic

import pytest

from kiosk.devices.emrtd import pcsc_codes as codes
from kiosk.devices.emrtd.pcsc import Pcsc
from kiosk.devices.emrtd.readers import ReaderWatch
from tests.kiosk.devices.emrtd.fake_pcsclite import FakePcsclite

NOW = 0.01  # seconds: what a look may wait when the test has done all that happens


def watch_of(library: FakePcsclite, wanted: str = "") -> ReaderWatch:
    return ReaderWatch(wanted, lambda: Pcsc(library))


def test_sees_each_reader_and_card_come_and_go() -> None:
    library = FakePcsclite()
    watch = watch_of(library)
    assert watch.look(NOW).readers == ()
    library.plug("one")
    assert (watch.look(NOW).readers, watch.look(NOW).with_card) == (("one",), ())
    library.lay("one")
    assert watch.look(NOW).with_card == ("one",)
    library.plug("two")
    library.lay("two")
    watch.look(NOW)
    assert watch.look(NOW).with_card == ("one", "two")
    library.lift("one")
    assert watch.look(NOW).with_card == ("two",)
    library.unplug("two")
    assert watch.look(NOW).readers == ("one",)
    library.unplug("one")
    assert watch.look(NOW).readers == ()


def test_looks_at_the_readers_that_are_meant_only() -> None:
    library = FakePcsclite({"OMNIKEY 5022 CL 00": None, "Other 01": None})
    library.lay("Other 01")
    scene = watch_of(library, "omnikey").look(NOW)
    assert (scene.readers, scene.with_card) == (("OMNIKEY 5022 CL 00",), ())


def test_waits_no_moment_for_the_first_look() -> None:
    began = monotonic()
    watch_of(FakePcsclite()).look(30)
    assert monotonic() - began < 10


def test_wakes_from_its_wait_when_it_is_interrupted() -> None:
    library = FakePcsclite({"one": None})
    watch = watch_of(library)
    watch.look(NOW)
    waiting = Thread(target=watch.look, args=(60,))
    waiting.start()
    watch.interrupt()
    waiting.join(10)
    assert not waiting.is_alive()


def test_comes_back_with_a_new_context_when_the_service_died() -> None:
    library = FakePcsclite({"one": None})
    library.lay("one")
    watch = watch_of(library)
    assert watch.look(NOW).with_card == ("one",)
    first = set(library.contexts)
    library.die()
    scene = watch.look(NOW)
    assert not scene.is_service_up
    assert scene.with_card == ()
    library.come_back()
    assert watch.look(NOW).with_card == ("one",)
    assert library.contexts.isdisjoint(first)


@pytest.mark.parametrize("call", ["SCardEstablishContext", "SCardListReaders", "SCardGetStatusChange"])
@pytest.mark.parametrize("code", [codes.F_COMM_ERROR, codes.E_INVALID_HANDLE, codes.E_UNKNOWN_READER, 0x8010FFFF])
def test_begins_anew_after_any_error_of_any_call(call: str, code: int) -> None:
    library = FakePcsclite({"one": None})
    watch = watch_of(library)
    watch.look(NOW)
    if call == "SCardEstablishContext":
        library.die()
        library.come_back()
    library.fails[call] = code
    error = watch.look(NOW).error or watch.look(NOW).error
    assert error is not None
    assert error.code in (code, codes.E_INVALID_HANDLE)
    library.fails.clear()
    assert watch.look(NOW).readers == ("one",)


def test_leaves_no_context_behind_after_errors() -> None:
    library = FakePcsclite({"one": None})
    watch = watch_of(library)
    for _ in range(50):
        library.fails["SCardGetStatusChange"] = codes.E_UNEXPECTED
        watch.look(NOW)
        library.fails.clear()
        watch.look(NOW)
    assert len(library.contexts) == 1
    watch.close()
    assert not library.contexts


def test_tells_a_refusal_from_a_service_that_is_not_there() -> None:
    library = FakePcsclite(fails={"SCardEstablishContext": codes.W_SECURITY_VIOLATION})
    error = watch_of(library).look(NOW).error
    assert error is not None
    assert error.is_refused


def test_takes_a_service_that_dies_while_it_is_waited_for_for_no_refusal() -> None:
    library = FakePcsclite({"one": None}, fails={"SCardGetStatusChange": codes.W_SECURITY_VIOLATION})  # as pcscd does
    error = watch_of(library).look(NOW).error
    assert error is not None
    assert not error.is_refused


def test_sees_a_card_that_was_changed_between_two_looks() -> None:
    library = FakePcsclite({"one": None})
    library.lay("one")
    watch = watch_of(library)
    watch.look(NOW)
    library.lift("one")
    library.lay("one")
    library.news.clear()
    began = monotonic()
    watch.look(30)  # the count of events is another: no wait
    assert monotonic() - began < 10
