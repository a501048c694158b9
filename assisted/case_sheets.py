# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a counter can do to the case that is open: what such a sheet is, and what each is given.

A sheet stands beside the case, never over it. It asks what it must know and hands an act to `SheetHand.record`; writing
it down, saying so and showing the case anew are `assisted.case_view`'s. The sheets themselves: `assisted.all_sheets`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from assisted.pages import DeskOffice
from domain.case_act import ActBook, ActHeader, ActKind, CaseAct, new_act_id
from domain.counter import CounterCase, Stage
from domain.staff import StaffMember

OPEN = frozenset({Stage.HERE, Stage.NEW, Stage.TAKEN, Stage.ASKED})
"""All stages of a case that is not closed."""


@dataclass(frozen=True, slots=True)
class SheetHand:
    """What the view hands a sheet; all of it is for the UI thread."""

    office: DeskOffice
    case: CounterCase
    acts: ActBook  # for the store's lane only
    done: Callable[[CaseAct], None]  # an act was kept: the view says so, closes the sheet and shows the case anew
    close: Callable[[], None]  # take the sheet away without an act

    def act(self, kind: ActKind, text: str = "", given: Mapping[str, str] | None = None) -> CaseAct:
        """Make an act of this member on this case as it is seen now; the book fills in the key it seals with."""
        office, case = self.office, self.case
        header = ActHeader(
            act_id=new_act_id(),
            reference=case.item.reference,
            kind=kind,
            at=office.clock.now(),
            staff_number=str(office.member.number),
            based_on=case.version,
            key_id="",
        )
        return CaseAct(header, office.member.name, text, given or {})

    def record(
        self,
        kind: ActKind,
        text: str = "",
        given: Mapping[str, str] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Keep an act off the UI thread, then `done`; without a `failed` the window says that it did not work."""
        act, acts, done = self.act(kind, text, given), self.acts, self.done
        self.office.progress.run(
            self.office.tr("desk.case.keeping"), lambda: acts.record(act), lambda _is_new: done(act), failed
        )


class CaseSheetWidget(QWidget):
    """A sheet that is open; thrown away when it is closed. The view puts its title above it, and Esc closes it."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__()
        self.hand = hand

    @property
    def sends(self) -> str:
        """Give the words of what Ctrl+Enter does here; the button itself may be out of sight."""
        return ""

    def first(self) -> QWidget:
        """Give what takes the focus."""
        return self

    @property
    def was_typed_in(self) -> bool:
        """Tell whether closing would lose something."""
        return False

    def ask_to_close(self) -> None:
        """Close, or ask first where that would lose something; the view calls it for Esc and for its button."""
        self.hand.close()

    def dressed(self) -> None:
        """Put on another theme: only what keeps a picture or colour of its own has anything to do."""

    def left(self) -> None:
        """Be thrown away: end what still runs."""


def _always(_case: CounterCase, _member: StaffMember) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One thing to do, as the view knows it; `title` is the key of a text, `icon` a Material Design Icon."""

    id: str
    title: str
    icon: str
    key: str  # as Qt writes it: "Ctrl+O"; a letter by itself would be typed in a field
    stages: frozenset[Stage]  # in which it is offered
    make: Callable[[SheetHand], CaseSheetWidget | None]  # None: done at once, there is nothing to ask
    fits: Callable[[CounterCase, StaffMember], bool] = _always  # whether it is of use for this case and this member
    is_first: bool = False  # the one that most often comes next: it stands out


def sheets_for(sheets: Sequence[CaseSheet], case: CounterCase, member: StaffMember) -> tuple[CaseSheet, ...]:
    """Give what can be done to this case, in the order of the list."""
    return tuple(sheet for sheet in sheets if case.item.stage in sheet.stages and sheet.fits(case, member))
