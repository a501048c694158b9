# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A package that was cut, flipped or made by a stranger is refused by name, and never writes outside its folder."""

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.content_package import ContentManifest, PackedFile
from domain.errors import ContentCutOffError, ContentError, ContentForgedError, ContentUnreadableError
from sync.content_archive import ArchiveReader
from sync.content_seal import opened
from tests.sync.content_hands import HELP, KEY, Device, package

WHOLE = package(6)


def read(content: bytes) -> tuple[ContentManifest, dict[str, bytes]]:
    """Read a package as a device does, into memory."""
    reader = ArchiveReader(io.BytesIO(content))
    manifest = opened(*reader.opening(), KEY.verify_key)
    found: dict[str, bytes] = {}
    for file in manifest.files:
        pieces: list[bytes] = []
        reader.file(file, pieces.append)
        found[file.name] = b"".join(pieces)
    reader.end()
    return manifest, found


def test_gives_back_what_was_packed() -> None:
    assert read(WHOLE)[1] == HELP


def test_the_same_content_makes_the_same_bytes() -> None:
    assert package(6) == WHOLE


def test_any_tar_lists_it_and_nothing_in_it_can_be_run() -> None:
    with tarfile.open(fileobj=io.BytesIO(WHOLE)) as archive:
        members = archive.getmembers()

    assert [member.name for member in members] == ["signature", "manifest.json", *sorted(HELP)]
    assert {(member.mode, member.uid, member.mtime, member.type) for member in members} == {
        (0o644, 0, 0, tarfile.REGTYPE)
    }


@settings(deadline=None, max_examples=300)
@given(at=st.integers(0, len(WHOLE) - 1))
def test_wherever_it_is_cut_it_is_refused(at: int) -> None:
    kind = ContentUnreadableError if at == 0 else ContentCutOffError
    with pytest.raises(kind):
        read(WHOLE[:at])


@settings(deadline=None, max_examples=500)
@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_whichever_bit_is_flipped_it_is_refused(at: int, bit: int) -> None:
    flipped = bytearray(WHOLE)
    flipped[at] ^= 1 << bit
    with pytest.raises(ContentError):
        read(bytes(flipped))


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=3000), keeps=st.integers(0, 2048))
def test_garbage_behind_any_true_beginning_is_refused(content: bytes, keeps: int) -> None:
    if WHOLE[keeps:] == content:
        return
    with pytest.raises(ContentError):
        read(WHOLE[:keeps] + content)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_installs_nothing(tmp_path: Path, at: int, bit: int) -> None:
    flipped = bytearray(WHOLE)
    flipped[at] ^= 1 << bit
    device = Device(tmp_path)
    with pytest.raises(ContentError):
        device.install(bytes(flipped))
    assert (device.serial, device.left_over()) == (0, [])


def strange(name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    """Give a tar of a stranger, with the beginning of a true package."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type = kind
        entry.linkname = "/etc/passwd"
        archive.addfile(entry, io.BytesIO())
    begin = WHOLE[: WHOLE.index(b"help.toml\0")]
    return begin + out.getvalue()


@pytest.mark.parametrize("name", ["../out", "/out", "help.toml", "services/../../out", "a" * 90])
@pytest.mark.parametrize(
    "kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_a_name_or_kind_of_a_stranger_is_never_obeyed(tmp_path: Path, name: str, kind: bytes) -> None:
    device = Device(tmp_path)
    with pytest.raises(ContentForgedError):
        device.install(strange(name, kind))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "inhoud.loket"]


@pytest.mark.parametrize(
    "name",
    [
        "../theme.toml", "/theme.toml", "services/../theme.toml", "services/bel/run.py", "services/bel/.hidden.toml",
        "services/shared/service.toml", "theme.toml/", "texts/nl.mo", "voices/nl/a.so", "directory/synonyms.toml",
        "services\\bel\\nl.toml", "services/bel/nl.toml\n", "THEME.toml", "",
    ],
)  # fmt: skip
def test_a_name_that_does_not_belong_is_refused_even_when_it_is_signed(name: str) -> None:
    with pytest.raises(ContentUnreadableError):
        package(6, {**HELP, name: b"x"})


def test_a_file_that_is_too_large_is_refused_before_it_is_written() -> None:
    with pytest.raises(ContentUnreadableError, match="larger than 1024 KB"):
        package(6, {"theme.toml": bytes(1024**2 + 1)})


def test_a_package_says_of_each_file_how_large_it_is() -> None:
    manifest, _ = read(WHOLE)

    assert [file.size for file in manifest.files] == [len(HELP[file.name]) for file in manifest.files]
    assert all(isinstance(file, PackedFile) for file in manifest.files)
