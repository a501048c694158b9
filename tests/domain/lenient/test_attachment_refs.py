# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers that point at photos and recordings."""

import pytest

from domain.answers import AttachmentRefs, Spoken
from domain.lenient.attachment_refs import read_photos, read_spoken
from domain.lenient.faults import Fault


def test_reads_photos_in_their_order_and_skips_what_is_no_id() -> None:
    fields = {"photo.2": "bijlage-2", "photo.1": "bijlage-1", "photo.3": "../etc/passwd", "photo.x": "bijlage-9"}
    assert read_photos(fields) == AttachmentRefs(("bijlage-1", "bijlage-2"))


def test_says_that_a_photo_is_gone_when_no_id_is_left() -> None:
    assert read_photos({"photo.1": "geen id!"}) == Fault("photo-gone", "photo.1")


@pytest.mark.parametrize(
    ("recording", "text", "found"),
    [
        ("bijlage-1", "", Spoken("bijlage-1", "")),
        ("", " Het lukt niet. ", Spoken("", " Het lukt niet. ")),
        ("bijlage-1", "en dit", Spoken("bijlage-1", "en dit")),
        ("<b>", "\u200b", Fault("empty", "text")),
        ("", "x" * 100_001, Fault("text-too-long", "text")),
    ],
)
def test_reads_a_message_that_was_said_or_typed(recording: str, text: str, found: Spoken | Fault) -> None:
    assert read_spoken(recording, text) == found
