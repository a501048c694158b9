# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a file that a stranger gives: the picture, and nothing else."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from domain.errors import AttachmentError, AttachmentReason
from kiosk.picture_check import LARGEST_FILE, LARGEST_KEPT, checked, preview_of
from tests.kiosk.pictures import PDF, SECRET, bomb, picture, with_place

# Qt's decoders complain about damaged pictures; that they are damaged is the point here.
damaged = pytest.mark.qt_log_level_fail("CRITICAL")


def refused(content: bytes) -> AttachmentReason:
    with pytest.raises(AttachmentError) as caught:
        checked(content)
    return caught.value.reason


def test_takes_the_place_out_and_turns_the_picture_upright() -> None:
    given_file = with_place(picture(width=64, height=48))
    assert SECRET in given_file

    kept = checked(given_file)

    assert kept.media_type == "image/jpeg"
    assert SECRET not in kept.content
    assert b"Exif" not in kept.content
    image = QImage.fromData(kept.content)
    assert (image.width(), image.height()) == (48, 64)


def test_takes_texts_out_of_a_png() -> None:
    given_file = picture("png", secret="Dorpsstraat 1")
    assert b"Dorpsstraat" in given_file

    kept = checked(given_file)

    assert kept.media_type == "image/png"
    assert b"Dorpsstraat" not in kept.content
    assert not QImage.fromData(kept.content).textKeys()


def test_makes_a_large_picture_smaller_and_gives_a_preview() -> None:
    kept = checked(picture(width=4000, height=1000))

    assert QImage.fromData(kept.content).width() == 3000
    assert QImage.fromData(kept.preview).width() == 480


def test_keeps_a_paper_as_it_is() -> None:
    kept = checked(PDF)

    assert (kept.media_type, kept.content, kept.preview) == ("application/pdf", PDF, b"")


@damaged
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", AttachmentReason.WRONG_TYPE),
        (b"MZ\x90\0", AttachmentReason.WRONG_TYPE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", AttachmentReason.WRONG_TYPE),
        (b"\xff\xd8\xff", AttachmentReason.BROKEN),
        (b"\x89PNG\r\n\x1a\n", AttachmentReason.BROKEN),
        (bomb(), AttachmentReason.TOO_LARGE),
        (bomb(19_000, 19_000), AttachmentReason.TOO_LARGE),
        (bomb(5000, 5000), AttachmentReason.BROKEN),
        (b"\xff\xd8\xff" + bytes(60_000_000), AttachmentReason.TOO_LARGE),
        (PDF + bytes(LARGEST_KEPT), AttachmentReason.TOO_LARGE),
        (b"%PDF-1.4 half", AttachmentReason.BROKEN),
        (PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript >> /Type"), AttachmentReason.UNSAFE),
        (PDF.replace(b"/Type", b"/J#61vaScript 2 0 R /Type"), AttachmentReason.UNSAFE),
        (PDF.replace(b"/Type", b"/EmbeddedFiles 2 0 R /Type"), AttachmentReason.UNSAFE),
    ],
)
def test_refuses_kindly(content: bytes, reason: AttachmentReason) -> None:
    assert refused(content) is reason


def test_refuses_a_bomb_before_unpacking_it() -> None:
    started = time.process_time()
    refused(bomb())
    assert time.process_time() - started < 1
    assert preview_of(bomb()) == b""


@damaged
@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 700), flips=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=5))
def test_never_raises_anything_else_on_a_damaged_picture(cut: int, flips: list[tuple[int, int]]) -> None:
    content = bytearray(picture())
    for place, value in flips:
        content[place % len(content)] = value
    try:
        kept = checked(bytes(content[: len(content) - cut]))
    except AttachmentError:
        return
    assert not QImage.fromData(kept.content).isNull()


def test_keeps_no_content_in_an_error_or_a_repr() -> None:
    kept = checked(picture())
    assert "content" not in repr(kept)
    assert LARGEST_FILE > LARGEST_KEPT
