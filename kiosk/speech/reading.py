# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a view into what the ear says: every text of its list of parts, in order, then the bar, then the tools.

No screen has speech code of its own. The id of an utterance is the part's id, or `part.piece` for a piece of it:
`.title`, `.text`, `.label`, `.help`, `.example`, `.question`, `.answer`, `.strong`, `.otherwise`, a line's number, an
option's id. A field's own id stands for what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatchmethod

from domain.service import Privacy
from i18n.texts import Texts
from kiosk.speech.utterance import Utterance
from kiosk.view import (
    AnswerRows,
    BigNumber,
    Button,
    ButtonRow,
    Choices,
    Columns,
    Drawing,
    ErrorText,
    Field,
    FieldRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Pictures,
    PlaceMap,
    Snapshots,
    Subheading,
    Tile,
    Tiles,
    Understood,
    View,
    Where,
)

BAR_NOTE = "bar.note"


def utterances(view: View, texts: Texts | None = None) -> tuple[Utterance, ...]:
    """Give all that is said of this view, in order."""
    is_off = view.preferences.is_screen_off
    headings = frozenset(part.text for part in view.parts if isinstance(part, Heading))
    reading = _Reading(view.language, texts or Texts(view.language), is_screen_off=is_off, headings=headings)
    said: list[Utterance] = []
    for part in view.parts:
        said += reading.of(part)
    if view.bar_note:
        said += reading.shown(BAR_NOTE, view.bar_note)
    for button in view.bar:
        said += reading.of(button)
    for tool in view.tools:
        said += reading.named(tool)
    return tuple(said)


class _Reading:
    """Knows for each kind of part what is said of it; a new kind of part needs one method here."""

    def __init__(self, language: str, texts: Texts, *, is_screen_off: bool, headings: frozenset[str]) -> None:
        self._language = language
        self._texts = texts
        self._is_screen_off = is_screen_off
        self._headings = headings

    def shown(self, part_id: str, text: str, privacy: Privacy = Privacy.OPEN, instead: str = "") -> Iterator[Utterance]:
        if text.strip():
            yield Utterance(part_id, text, self._language, privacy, instead=self._in_the_hall(privacy, instead))

    def _in_the_hall(self, privacy: Privacy, instead: str) -> str:
        """Give what the hall hears of something private, and never what it is."""
        return "" if privacy is Privacy.OPEN else instead or self._look("voice.private")

    def _look(self, key: str, **values: str) -> str:
        """Say where it can be seen; while the screen is off, where it can be heard."""
        return self._texts.tr("voice.private_headphones") if self._is_screen_off else self._texts.tr(key, **values)

    def added(self, part_id: str, key: str, **values: str) -> Iterator[Utterance]:
        yield Utterance(part_id, self._texts.tr(key, **values), self._language, is_shown=False)

    def named(self, item: Button | Tile) -> Iterator[Utterance]:
        if item.spoken:
            instead = self._in_the_hall(item.privacy, item.instead)
            yield Utterance(item.id, item.spoken, self._language, item.privacy, is_shown=False, instead=instead)
        else:
            yield from self.shown(item.id, item.text, item.privacy, item.instead)

    @singledispatchmethod
    def of(self, part: Part) -> Iterator[Utterance]:
        """Give what is said of a part."""
        raise TypeError(type(part).__name__)

    @of.register
    def _(self, part: Where | Subheading | ErrorText | Drawing) -> Iterator[Utterance]:
        yield from self.shown(part.id, part.text, part.privacy)

    @of.register
    def _(self, part: Heading | Paragraph) -> Iterator[Utterance]:
        yield from self.shown(part.id, part.text, part.privacy, part.instead)

    @of.register
    def _(self, part: Notice) -> Iterator[Utterance]:
        yield from self.shown(f"{part.id}.title", part.title, part.privacy)
        yield from self.shown(f"{part.id}.text", part.text, part.privacy)

    @of.register
    def _(self, part: Button) -> Iterator[Utterance]:
        yield from self.named(part)
        yield from self.added(part.id, "voice.button")
        if part.is_on:
            yield from self.added(part.id, "voice.chosen")

    @of.register
    def _(self, part: ButtonRow) -> Iterator[Utterance]:
        for button in part.buttons:
            yield from self.of(button)

    @of.register
    def _(self, part: Tiles) -> Iterator[Utterance]:
        for tile in part.tiles:
            yield from self.named(tile)

    @of.register
    def _(self, part: Choices) -> Iterator[Utterance]:
        if part.label not in self._headings:  # what is asked was said already
            yield from self.shown(f"{part.id}.label", part.label)
        total = str(len(part.options))
        for number, option in enumerate(part.options, start=1):
            option_id = f"{part.id}.{option.id}"
            # What there is to choose is the same for everybody: who cannot see it must hear it to choose. Words come
            # before the number, so that somebody who walks on quickly has heard them.
            yield from self.shown(option_id, option.text, option.privacy)
            yield from self.added(option_id, "voice.choice", number=str(number), total=total)
            yield from self.shown(f"{option_id}.help", option.help, option.privacy)
            if option.id in part.chosen:
                # Which one was chosen is the answer itself: as private as the answers are.
                chosen = self._texts.tr("voice.chosen")
                yield Utterance(option_id, chosen, self._language, part.privacy, is_shown=False)

    @of.register
    def _(self, part: Field) -> Iterator[Utterance]:
        yield from self.shown(f"{part.id}.label", part.label)
        yield from self.shown(f"{part.id}.example", part.example)
        if not part.text:
            yield from self.added(part.id, "voice.field_empty")
        elif part.privacy is not Privacy.SECRET:
            instead = self._look("voice.private_field", name=part.label)
            yield from self.shown(part.id, part.text, part.privacy, instead)

    @of.register
    def _(self, part: FieldRow) -> Iterator[Utterance]:
        yield from self.shown(f"{part.id}.label", part.label)
        for field in part.fields:
            yield from self.of(field)

    @of.register
    def _(self, part: Understood) -> Iterator[Utterance]:
        instead = self._look("voice.private_answer")
        yield from self.shown(f"{part.id}.strong", part.strong, part.privacy, instead)
        yield from self.shown(f"{part.id}.text", part.text, part.privacy, instead)

    @of.register
    def _(self, part: Columns) -> Iterator[Utterance]:
        for card in part.cards:
            yield from self.shown(f"{card.id}.title", card.title)
            for number, line in enumerate(card.lines):
                yield from self.shown(f"{card.id}.{number}", line.text, line.privacy)

    @of.register
    def _(self, part: Pictures) -> Iterator[Utterance]:
        yield from self.shown(f"{part.id}.title", part.title)
        for picture in part.pictures:
            yield from self.shown(picture.id, picture.text, picture.privacy)
            yield from self.shown(f"{picture.id}.otherwise", picture.otherwise, picture.privacy)

    @of.register
    def _(self, part: BigNumber) -> Iterator[Utterance]:
        # Twice: somebody may be writing it down (PEOPLE section 3).
        yield from self.shown(f"{part.id}.label", part.label)
        yield from self.shown(part.id, part.text, part.privacy)
        yield from self.added(part.id, "voice.number_twice")
        yield from self.shown(part.id, part.text, part.privacy)

    @of.register
    def _(self, part: AnswerRows) -> Iterator[Utterance]:
        for row in part.rows:
            yield from self.shown(f"{row.id}.question", row.question)
            instead = self._look("voice.private_answer")
            yield from self.shown(f"{row.id}.answer", row.answer, row.privacy, instead)
            if row.change:
                yield from self.named(Button(row.id, row.change, spoken=row.change_spoken))

    @of.register
    def _(self, part: PlaceMap) -> Iterator[Utterance]:
        # All thirty-six squares would be too long to hear: those that everybody knows, and the one that was chosen.
        yield from self.shown(f"{part.id}.label", part.label)
        for square in part.squares:
            if square.name or square.id == part.chosen:
                yield from self.named(Button(f"{part.id}.{square.id}", square.id, spoken=square.spoken))
            if square.id == part.chosen:
                chosen = self._texts.tr("voice.chosen")
                yield Utterance(f"{part.id}.{square.id}", chosen, self._language, part.privacy, is_shown=False)

    @of.register
    def _(self, part: Snapshots) -> Iterator[Utterance]:
        for snapshot in part.snapshots:
            yield from self.shown(f"{snapshot.id}.text", snapshot.text, part.privacy)
            yield from self.named(Button(snapshot.id, snapshot.action, spoken=snapshot.spoken))
