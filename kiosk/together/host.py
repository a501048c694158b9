# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The visit's side of doing it together: sends the masked screen, and tries at the visit what a helper wants.

What is refused is refused here, in the visitor's process, whatever the helper's window believes. A helper who is gone
changes nothing of the visit.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from domain.together import AskConsent, Coming, HandsOff, HelperChose, HelperTyped, HelpState, Joined, Point, RaiseFlag
from kiosk.effects import Effect
from kiosk.navigator import Navigator
from kiosk.together.line import Line, Waiting
from kiosk.together.masking import masked
from kiosk.together.messages import Refused, Shown, Waits
from kiosk.view import Chose, Typed, View


class Beside(Protocol):
    """The visit as a helper's wishes reach it; `kiosk.visit.Visit` is the real one."""

    def done_beside(self, effects: tuple[Effect, ...]) -> None:
        """Show and carry out what came of something the helper did."""
        ...

    def pointed_at(self, part_id: str) -> None:
        """Say what the helper points at."""
        ...

    def tell_beside(self, said: str = "") -> None:
        """Show something new about the helper; say it, or give a soft sound."""
        ...


class HelperHost(QObject):
    """One visit's open door for one helper. Lives in the UI thread."""

    def __init__(
        self,
        navigator: Navigator,
        visit: Beside,
        data_dir: Path,
        *,
        point: Callable[[str], bool],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self._navigator = navigator
        self._visit = visit
        self._point = point
        self._failed = failed
        self._waiting = Waiting(data_dir)
        self._waiting.joined.connect(self._on_waiting_joined)
        self._line: Line | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a helper can come."""
        return self._waiting.is_open

    def open(self) -> None:
        """Let a helper in from now on; without a place to wait the visit goes on without."""
        try:
            self._waiting.open()
        except OSError as error:
            self._failed(error)

    def close(self) -> None:
        """Know that the visit is over."""
        self._waiting.close()
        if self._line is not None:
            self._line.close()

    def shown(self, view: View) -> None:
        """Send the screen that is shown now."""
        if self._line is not None:
            self._line.send(self._told(view))

    def _told(self, view: View) -> Shown | Waits:
        desk = self._navigator.consent_desk
        if desk.role is None or desk.is_on_one_screen:
            return Waits(desk.help)
        return Shown(
            masked(view, desk.sight),
            service_id=self._navigator.service_id,
            helped=desk.help_log.steps,
            flag=desk.flag,
            reference=desk.sent,
            help=desk.help,
            kind=desk.kind,
            may_type=desk.may_type,
            held=desk.consents.held,
            is_asking=desk.asking is not None,
        )

    def _on_waiting_joined(self, connection: object) -> None:
        if self._line is not None:
            self._line.close()  # one helper at a time: the last who came
            self._line.closed.disconnect(self._on_line_closed)
            self._line.came.disconnect(self._on_line_came)
            self._gone()
        self._line = Line(connection)  # type: ignore[arg-type]  # Qt's signals know only objects
        self._line.came.connect(self._on_line_came)
        self._line.closed.connect(self._on_line_closed)
        self._line.begin()
        self.shown(self._navigator.view)

    def _on_line_closed(self) -> None:
        self._line = None
        self._gone()

    def _gone(self) -> None:
        self._navigator.consent_desk.left()
        self._visit.done_beside(())

    def _on_line_came(self, said: object) -> None:
        desk = self._navigator.consent_desk
        match said:
            case Joined() if desk.help is not HelpState.NONE:
                desk.joined(said.role)
                self._visit.done_beside(())
            case Coming() if desk.help is HelpState.CALLED:
                desk.is_coming()
                self._visit.tell_beside(self._navigator.words.tr("human.coming"))
            case Point():
                if self._point(said.part_id):
                    self._stepped_in()
                    self._visit.pointed_at(said.part_id)
            case HelperTyped():
                self._try(Typed(said.field_id, said.text), said.field_id)
            case HelperChose():
                self._try(Chose(said.part_id, said.option_id), said.part_id)
            case AskConsent():
                if desk.ask(said.kind):
                    self._visit.tell_beside()
            case RaiseFlag():
                if desk.raise_flag(said.flag):
                    self.shown(self._navigator.view)
            case HandsOff():
                desk.left()
                self._visit.done_beside(())
            case _:
                pass  # the visitor's window does nothing else for another

    def _try(self, event: Typed | Chose, item_id: str) -> None:
        effects = self._navigator.handle_from_helper(event)
        if effects is None:
            if self._line is not None:
                self._line.send(Refused(item_id))
            self.shown(self._navigator.view)
            return
        self._visit.done_beside(effects)

    def _stepped_in(self) -> None:
        desk = self._navigator.consent_desk
        before = desk.help_log
        desk.stepped_in()
        if desk.help_log is not before:
            self.shown(self._navigator.view)
