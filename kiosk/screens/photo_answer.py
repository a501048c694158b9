# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A photo or a paper as an answer (feature C34): what was added, how to add more, and the list to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from domain.attachment import Attachment
from domain.lenient.attachment_refs import MOST_PHOTOS
from domain.service import Privacy
from kiosk.screens.asked import Asked, Beside
from kiosk.screens.frame import page
from kiosk.screens.words import Words
from kiosk.view import Button, ButtonRow, Heading, Notice, Paragraph, Part, Snapshot, Snapshots, Tone, View

CHOOSE = "photo.choose"
TAKE = "photo.take."  # + id of a picture on the shelf
REMOVE = "photo.remove."  # + id of an attachment
FIELD = "photo."  # + number
PAPER_ICON = "mdi6.file-pdf-box"
PHOTO_ICON = "mdi6.image-outline"
_BIN = "mdi6.trash-can-outline"


def photo_ids(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Give the ids that were added, in order."""
    return tuple(fields[name] for name in sorted(fields) if name.startswith(FIELD) and fields[name])


def with_photos(fields: Mapping[str, str], ids: tuple[str, ...]) -> dict[str, str]:
    """Give the fields with these photos, numbered anew."""
    others = {name: text for name, text in fields.items() if not name.startswith(FIELD)}
    return {**others, **{f"{FIELD}{number}": each for number, each in enumerate(ids, start=1)}}


def photo_parts(asked: Asked) -> tuple[Part, ...]:
    """Give what was added, and the button to add; or say kindly that it cannot be done here."""
    words, beside = asked.words, asked.beside
    ids = photo_ids(asked.state.fields)
    added = [found for each in ids if (found := beside.attachments.get(each))]
    parts: list[Part] = []
    if added:
        cards = tuple(_added(words, number, each) for number, each in enumerate(added, start=1))
        parts.append(Snapshots("photo.added", cards, privacy=asked.question.privacy))
    if not words.place.has_pictures:
        return (*parts, Paragraph("photo.none", words.tr("photo.not_here")))
    if beside.is_fetching:
        parts.append(Notice("photo.busy", words.tr("photo.busy"), icon="mdi6.timer-sand"))
    elif len(added) < MOST_PHOTOS:
        key = "photo.another" if added else CHOOSE
        button = Button(CHOOSE, words.tr(key), icon="mdi6.image-plus-outline")
        parts.append(ButtonRow("photo", (button,)))
    parts.append(Paragraph("photo.clean", words.tr("photo.clean"), is_soft=True))
    return tuple(parts)


def _added(words: Words, number: int, attachment: Attachment) -> Snapshot:
    is_paper = attachment.file.media_type == "application/pdf"
    text = words.tr("photo.paper" if is_paper else "photo.photo", number=str(number))
    return Snapshot(
        REMOVE + attachment.id,
        text,
        words.tr("photo.remove"),
        attachment.file.preview,
        PAPER_ICON if is_paper else PHOTO_ICON,
        _BIN,
        words.tr("photo.remove_spoken", photo=text),
    )


def shelf_view(words: Words, beside: Beside) -> View:
    """Build the screen to choose a picture from; "Terug" goes back without one."""
    parts: list[Part] = [Heading("title", words.tr("photo.shelf_title"))]
    if beside.shelf is None:
        parts.append(Paragraph("photo.looking", words.tr("photo.looking")))
    elif not beside.shelf:
        parts.append(Notice("photo.empty", words.tr("photo.empty"), words.tr("photo.empty_text"), Tone.INFO))
    else:
        cards = []
        for number, each in enumerate(beside.shelf, start=1):
            text = words.tr("photo.taken_at", number=str(number), time=each.taken)
            spoken = words.tr("photo.take_spoken", photo=text)
            icon = PAPER_ICON if each.is_paper else PHOTO_ICON
            take = words.tr("photo.take")
            cards.append(Snapshot(TAKE + each.id, text, take, each.preview, icon, "mdi6.check", spoken))
        parts.append(Snapshots("photo.shelf", tuple(cards), privacy=Privacy.PERSONAL))
    return page(words, "pictures", tuple(parts), title=words.tr("photo.shelf_title"))
