# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versturen: what waits on this device, what was refused, why, and what to do about it; no case is opened for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from assisted import delivery_words
from assisted.delivery_forms import ExportForm, ReasonForm
from assisted.delivery_words import TitleOf
from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText
from assisted.key_button import key_button
from assisted.lines_table import LinesTable, lay_out_lines, show_unless_empty
from assisted.one_of import OneOf
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget, PageKey
from domain.case_act import GiveUpReason
from domain.deliveries import DeleteReason, Deliveries, DeliveryKind, DeliveryState, WaitingDelivery, WrittenCase
from domain.staff import Role
from kiosk.background import Lane

DELIVERIES = "deliveries"
MOST_LINES = 500
"""More than this nobody reads; the rest comes when these are gone."""

_COLUMNS = ("what", "reference", "since", "state")
_WIDTHS = (0, 180, 190, 330)
_BUTTONS, _EXPORT, _DELETE, _GIVE_UP = range(4)
_BY_HAND = frozenset({DeliveryState.CONFLICT, DeliveryState.STILL_OPEN})
"""What sending again does not help."""


@dataclass(frozen=True, slots=True)
class DeliveryPorts:
    """Joined by `commands.desk_deliveries`."""

    deliveries: Deliveries
    title_of: TitleOf
    places: Callable[[], Sequence[Path]]  # folders that staff may mean; for the store's lane
    take_in_library: Callable[[], tuple[int, int]] | None  # None: no key here


class DeliveriesPage(DeskPageWidget):
    """The table of what waits, and below it the one of now with why and what can be done."""

    def __init__(self, office: DeskOffice, ports: DeliveryPorts) -> None:
        super().__init__(office)
        self._ports = ports
        self._lines: dict[str, WaitingDelivery] = {}
        self._held: WaitingDelivery | None = None  # of the form that is open
        tr = office.tr
        self.summary = DeskHeading("", "strong")
        headers = [tr(f"desk.deliveries.column.{name}") for name in _COLUMNS]
        self.table = LinesTable(office.look, tr("desk.deliveries.table"), headers, _WIDTHS, tr("desk.deliveries.none"))
        self.table.moved.connect(lambda _key: self._show())
        self.table.pressed_enter.connect(lambda _key: self.retry.setFocus())
        self.retry_all: DeskButton = key_button(tr("desk.deliveries.retry_all"), "F3", self._on_retry_all)
        self.library: DeskButton = key_button(tr("desk.deliveries.library"), "F8", self._on_library)
        self.library.setVisible(False)
        self._what = DeskHeading("", "section")
        self._why, self._do = DeskText(""), DeskText("", "strong")
        self.retry: DeskButton = key_button(tr("desk.deliveries.retry"), "F2", self._on_retry, "primary")
        self.export: DeskButton = key_button(tr("desk.deliveries.export"), "F4", self._on_export)
        self.delete: DeskButton = key_button(tr("desk.deliveries.delete"), "F7", self._on_delete, "danger")
        self.give_up: DeskButton = key_button(tr("desk.deliveries.give_up"), "F10", self._on_give_up, "danger")
        self.export_form = ExportForm(office)
        self.delete_form = ReasonForm(office, "desk.deliveries.delete", DeleteReason)
        self.give_up_form = ReasonForm(office, "desk.deliveries.give_up", GiveUpReason)
        self.give_up_form.confirmed.connect(self._on_given_up)
        self.give_up_form.refused.connect(self._back)
        self.export_form.chosen.connect(self._on_folder)
        self.delete_form.confirmed.connect(self._on_confirmed)
        self.delete_form.refused.connect(self._back)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for button in (self.retry, self.export, self.delete, self.give_up):
            row.addWidget(button)
        row.addStretch(1)
        self._below = OneOf((buttons, self.export_form, self.delete_form, self.give_up_form))
        self._card = Card(self._what, self._why, self._do, self._below)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.summary, 1)
        top.addWidget(self.retry_all)
        top.addWidget(self.library)
        lay_out_lines(self, top, self.table, self._card)

    # -- what the window asks ----------------------------------------------------------------------------------------

    def opened(self) -> None:
        self.library.setVisible(self._ports.take_in_library is not None)
        self._read()

    def areas(self) -> Sequence[QWidget]:
        first: dict[int, QWidget] = {
            _EXPORT: self.export_form.folder,
            _DELETE: self.delete_form.why,
            _GIVE_UP: self.give_up_form.why,
        }
        below = first.get(self._below.number, self.retry)
        tops = [button for button in (self.retry_all, self.library) if button.isVisibleTo(self)]
        if below is not self.retry:
            return (below, self.table, *tops)
        if self.table.isHidden():
            return (self, *tops)
        return (self.table, below, *tops) if self._lines else (self.table, *tops)

    def went_back(self) -> bool:
        if self._below.number == _BUTTONS:
            return False
        self._back()
        return True

    def dressed(self) -> None:
        self.table.viewport().update()

    # -- reading -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        deliveries = self._ports.deliveries
        self.office.progress.run(self.office.tr("desk.deliveries.reading"), deliveries.waiting, self._on_read)

    def _on_read(self, found: Sequence[WaitingDelivery]) -> None:
        texts = self.office.texts
        shown = found[:MOST_LINES]
        self._lines = {f"{one.kind.value} {one.key} {one.since.isoformat()}": one for one in shown}
        said = [texts.tr_number("desk.deliveries.waiting", len(found)) if found else texts.tr("desk.deliveries.empty")]
        needed = sum(one.needs_person for one in found)
        if needed:
            said.append(texts.tr_number("desk.deliveries.needed", needed))
        if len(found) > len(shown):
            said.append(texts.tr("desk.deliveries.first", number=str(len(shown))))
        self.summary.setText(" ".join(said))
        self.retry_all.setEnabled(bool(found))
        title_of = self._ports.title_of
        self.table.fill([delivery_words.line(texts, key, one, title_of) for key, one in self._lines.items()])
        show_unless_empty(self.table, self)
        self._show()

    @property
    def _now(self) -> WaitingDelivery | None:
        return self._lines.get(self.table.key)

    def _show(self) -> None:
        one, texts = self._now, self.office.texts
        self._card.setVisible(one is not None)
        self._open_part(_BUTTONS)
        if one is None:
            return
        self._what.setText(f"{delivery_words.title(texts, one, self._ports.title_of)} · {one.reference}")
        self._why.setText(delivery_words.history(texts, one))
        self._do.setText(delivery_words.what_to_do(texts, one))
        self.retry.setEnabled(one.state not in _BY_HAND)
        self.give_up.setVisible(one.can_be_given_up)
        self.export.setVisible(one.kind is DeliveryKind.CASE)
        self.delete.setVisible(one.kind is DeliveryKind.CASE)

    def _open_part(self, number: int) -> None:
        self._below.show_part(number)
        self._why.setVisible(number == _BUTTONS)
        self._do.setVisible(number == _BUTTONS)

    def _back(self) -> None:
        self._open_part(_BUTTONS)
        self.table.setFocus()

    # -- what a person does ------------------------------------------------------------------------------------------

    def _on_retry(self) -> None:
        one, deliveries = self._now, self._ports.deliveries
        if one is not None and self.retry.isEnabled():
            self.office.progress.run(
                self.office.tr("desk.deliveries.keeping"),
                lambda: deliveries.retry(one),
                lambda is_due: self._done("retried" if is_due else "retried.not"),
            )

    def _on_retry_all(self) -> None:
        self.office.progress.run(
            self.office.tr("desk.deliveries.keeping"),
            self._ports.deliveries.retry_all,
            lambda number: self._said(self.office.texts.tr_number("desk.deliveries.retried.number", number)),
        )

    def _on_export(self) -> None:
        one = self._now
        if one is None or one.kind is not DeliveryKind.CASE:
            return
        self._held = one
        self._open_part(_EXPORT)
        self.office.progress.run(self.office.tr("desk.deliveries.reading"), self._ports.places, self.export_form.begin)

    def _on_folder(self, folder: Path) -> None:
        one, deliveries = self._held, self._ports.deliveries
        if one is not None:
            # Another process may have to open it, and the list of this device must not wait for that.
            self.office.progress.run(
                self.office.tr("desk.deliveries.writing"),
                lambda: deliveries.export(one.reference, folder),
                self._on_written,
                lane=Lane.DEVICES,
            )

    def _on_written(self, written: WrittenCase) -> None:
        kind = "readable" if written.is_readable else "sealed"
        self._said(self.office.tr(f"desk.deliveries.written.{kind}", file=written.file_name))

    def _on_delete(self) -> None:
        one = self._now
        if one is not None and one.kind is DeliveryKind.CASE:
            self._held = one
            self._open_part(_DELETE)
            self.delete_form.begin(one.reference)

    def _on_confirmed(self, why: DeleteReason) -> None:
        one, deliveries = self._held, self._ports.deliveries
        if one is not None:
            self.office.progress.run(
                self.office.tr("desk.deliveries.keeping"),
                lambda: deliveries.delete(one.reference, why),
                lambda was_deleted: self._done("deleted" if was_deleted else "deleted.not"),
            )

    def _on_give_up(self) -> None:
        one = self._now
        if one is not None and one.can_be_given_up:
            self._held = one
            self._open_part(_GIVE_UP)
            self.give_up_form.begin(one.reference)

    def _on_given_up(self, why: GiveUpReason) -> None:
        one, deliveries, number = self._held, self._ports.deliveries, str(self.office.member.number)
        if one is not None:
            self.office.progress.run(
                self.office.tr("desk.deliveries.keeping"),
                lambda: deliveries.give_up(one, number, why),
                lambda was_dropped: self._done("given_up" if was_dropped else "given_up.not"),
            )

    def _on_library(self) -> None:
        take_in = self._ports.take_in_library
        if take_in is None or not self.library.isEnabled():
            return
        self.library.setEnabled(False)
        self.office.say(self.office.tr("desk.deliveries.library.busy"))
        self.office.progress.run(
            self.office.tr("desk.deliveries.library.busy"),
            take_in,
            self._on_taken_in,
            self._on_not_taken_in,
            lane=Lane.DEVICES,
        )

    def _on_taken_in(self, counts: tuple[int, int]) -> None:
        completed, failed = counts
        texts = self.office.texts
        self.library.setEnabled(True)
        said = [
            texts.tr_number("desk.deliveries.library.done", completed)
            if completed
            else texts.tr("desk.deliveries.library.nothing")
        ]
        if failed:
            said.append(texts.tr_number("desk.deliveries.library.failed", failed))
        self._said(" ".join(said))

    def _on_not_taken_in(self, error: Exception) -> None:
        self.library.setEnabled(True)
        self.office.failed(error)
        self.office.say(self.office.tr("desk.deliveries.library.not"))

    def _done(self, key: str) -> None:
        self._said(self.office.tr(f"desk.deliveries.{key}"))

    def _said(self, text: str) -> None:
        self.office.say(text)
        self._back()
        self._read()


def deliveries_page(ports: DeliveryPorts) -> DeskPage:
    """Give the page of what waits."""
    return DeskPage(
        DELIVERIES,
        "desk.deliveries",
        "cloud-upload-outline",
        lambda office: DeliveriesPage(office, ports),
        says="desk.deliveries.tile",
        roles=frozenset({Role.COUNTER, Role.IT}),
        is_on_home=False,
        keys=(
            PageKey("F2", "desk.deliveries.retry"),
            PageKey("F3", "desk.deliveries.retry_all"),
            PageKey("F4", "desk.deliveries.export"),
            PageKey("F7", "desk.deliveries.delete"),
            PageKey("F8", "desk.deliveries.library"),
            PageKey("F10", "desk.deliveries.give_up"),
        ),
    )
