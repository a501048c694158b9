# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys, sealed parts, and the bond between a row and what was sealed with it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import SealingError, TamperedError
from domain.ports import Sealer
from domain.submission import to_bytes
from sync.sealing import (
    Opener,
    PublicSealer,
    ensure_key_pair,
    make_key_pair,
    open_submission,
    read_opener,
    read_sealer,
)
from tests.sync.samples import MARK, submission


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "loket.pub"


@pytest.fixture
def private(public: Path) -> Path:
    private = public.with_suffix(".key")
    make_key_pair(public, private)
    return private


@pytest.fixture
def sealer(public: Path, private: Path) -> PublicSealer:
    return read_sealer(public)


@pytest.fixture
def opener(private: Path) -> Opener:
    return read_opener(private)


def test_opens_what_was_sealed(sealer: PublicSealer, opener: Opener) -> None:
    port: Sealer = sealer
    made = submission(key_id=port.key_id)
    sealed = port.seal(to_bytes(made))
    assert MARK.encode() not in sealed
    assert open_submission(made.header, sealed, opener) == made


def test_seals_the_same_differently_each_time(sealer: PublicSealer) -> None:
    assert sealer.seal(b"same") != sealer.seal(b"same")


@pytest.mark.parametrize(
    "change",
    [
        {"case_id": "00000000-0000-4000-8000-000000000001"},
        {"reference": "0000-0000-0000-00"},
        {"service_id": "bel"},
        {"service_version": 4},
        {"submitted_at": submission().header.submitted_at + timedelta(microseconds=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_notices_a_row_whose_readable_columns_were_changed(
    sealer: PublicSealer, opener: Opener, change: dict[str, str]
) -> None:
    made = submission(key_id=sealer.key_id)
    with pytest.raises(TamperedError) as caught:
        open_submission(replace(made.header, **change), sealer.seal(to_bytes(made)), opener)  # type: ignore[arg-type]
    assert MARK not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.__context__!r}"


def test_notices_a_sealed_part_that_was_changed_swapped_or_is_no_submission(
    sealer: PublicSealer, opener: Opener
) -> None:
    made, other = submission(key_id=sealer.key_id), submission(key_id=sealer.key_id)
    sealed = sealer.seal(to_bytes(made))
    flipped = sealed[:50] + bytes([sealed[50] ^ 1]) + sealed[51:]
    for wrong in (flipped, sealed[:-1], b"", sealer.seal(to_bytes(other)), sealer.seal(b"{}"), sealer.seal(b"\xff")):
        with pytest.raises(TamperedError):
            open_submission(made.header, wrong, opener)


def test_says_which_key_is_needed_when_it_has_another(tmp_path: Path, opener: Opener) -> None:
    make_key_pair(tmp_path / "b.pub", tmp_path / "b.key")
    sealer = read_sealer(tmp_path / "b.pub")
    made = submission(key_id=sealer.key_id)
    with pytest.raises(SealingError, match=sealer.key_id):
        open_submission(made.header, sealer.seal(to_bytes(made)), opener)


def test_keeps_the_private_key_to_its_owner(private: Path, public: Path) -> None:
    assert private.stat().st_mode & 0o777 == 0o600
    assert {file.name for file in private.parent.iterdir()} == {"loket.key", "loket.pub"}
    key = private.read_text().splitlines()[2]
    assert key not in public.read_text()


def test_never_replaces_a_key(public: Path, private: Path) -> None:
    before = public.read_bytes(), private.read_bytes()
    with pytest.raises(SealingError):
        make_key_pair(public, private)
    assert not ensure_key_pair(public, private)
    assert (public.read_bytes(), private.read_bytes()) == before


def test_makes_the_public_half_again_when_it_is_lost(public: Path, private: Path, sealer: PublicSealer) -> None:
    public.unlink()
    assert not ensure_key_pair(public, private)
    assert read_sealer(public).key_id == sealer.key_id


def test_makes_no_private_key_where_only_the_public_one_belongs(public: Path, private: Path) -> None:
    private.unlink()
    assert not ensure_key_pair(public, private)
    assert not private.exists()


def test_makes_one_pair_when_many_start_at_once(tmp_path: Path) -> None:
    public, private = tmp_path / "loket.pub", tmp_path / "loket.key"
    start = threading.Barrier(8)
    made: list[bool] = []

    def begin() -> None:
        start.wait()
        made.append(ensure_key_pair(public, private))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False] * 7 + [True]
    assert read_sealer(public).key_id == read_opener(private).key_id
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "content", ["", "loket-private-key-1\n", "x" * 10_000, "loket-private-key-1\nid 0\nkey AAAA\n"]
)
def test_refuses_a_file_that_is_no_key_without_showing_what_is_in_it(private: Path, content: str) -> None:
    secret = private.read_text().splitlines()[2].split()[1]
    private.write_text(content + f"\n{secret}")
    with pytest.raises(SealingError) as caught:
        read_opener(private)
    assert secret not in f"{caught.value!r}{caught.value.__context__!r}"


def test_refuses_one_half_in_the_place_of_the_other(public: Path, private: Path) -> None:
    with pytest.raises(SealingError):
        read_opener(public)
    with pytest.raises(SealingError):
        read_sealer(private)
    with pytest.raises(SealingError):
        read_sealer(public.with_name("nowhere"))
