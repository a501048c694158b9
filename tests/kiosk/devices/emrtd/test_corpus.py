# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plays back what fuzzing found and what it began with: all of it in a second or two, and nothing breaks."""

from pathlib import Path
from time import monotonic

import pytest

from kiosk.devices.emrtd import tlv
from tests.kiosk.devices.emrtd.fuzzing import targets
from tests.kiosk.devices.emrtd.fuzzing.targets import TARGETS
from tests.kiosk.devices.emrtd.virtual.profile import SOD, load

CORPUS = Path(__file__).parent / "corpus"
KEPT_FILES = 150
KEPT_BYTES = 100_000


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_that_was_found_breaks_the_code(name: str) -> None:
    kept = sorted((CORPUS / name).iterdir())
    assert len(kept) > 10
    for path in kept:
        began = monotonic()
        TARGETS[name](path.read_bytes())
        assert monotonic() - began < 5, path.name


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_stays_small(name: str) -> None:
    kept = list((CORPUS / name).iterdir())
    assert len(kept) <= KEPT_FILES
    assert sum(path.stat().st_size for path in kept) <= KEPT_BYTES


def test_a_target_tells_of_an_error_that_nobody_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> tuple[tlv.Tlv, ...]:
        raise IndexError

    monkeypatch.setattr(tlv, "parse", broken)
    with pytest.raises(IndexError):
        targets.fuzz_tlv(b"\x30\x00")


def test_a_target_tells_of_a_signature_that_should_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    right = load("passport").files[SOD]
    targets.fuzz_sod(right)
    monkeypatch.setattr(targets, "_signed", tuple)
    with pytest.raises(AssertionError):
        targets.fuzz_sod(right)
